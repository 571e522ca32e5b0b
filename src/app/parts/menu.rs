//! The menu of what can be done to a worker or a job.

use yew::prelude::*;

use crate::app::act::Poke;
use crate::app::page::Menu;
use crate::app::words;
use crate::viewer::Selection;

/// The menu. It is put in its place when it is there: the page's policy allows no style attribute.
pub fn poke_menu(menu: &Menu, poke: &Callback<Poke>, close: &Callback<MouseEvent>) -> Html {
    let Menu { on, ref tools, .. } = *menu;
    let name = match on {
        Selection::Worker(id) => format!("Worker {}", id.0),
        Selection::Job(id) => format!("Job {}", id.0),
    };
    let rows = tools.iter().map(|&tool| {
        let act = poke.reform(move |_: MouseEvent| Poke::Use(tool));
        html! {
            <button key={words::tool(tool)} type="button" role="menuitem" onclick={act}>
                { words::tool(tool) }
            </button>
        }
    });
    html! {
        <div id="menu" role="menu" aria-label={name.clone()}>
            <strong>{ name }</strong>
            { for rows }
            <button type="button" role="menuitem" onclick={close.clone()}>
                { words::CLOSE }
            </button>
        </div>
    }
}
