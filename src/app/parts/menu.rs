//! The menu of what can be done to a worker or a job.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::act::Poke;
use crate::app::model::{Chosen, Which};
use crate::app::page::Menu;
use crate::app::words;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Where, and on what.
    pub menu: Menu,
    /// Somebody does one of the things.
    pub poke: Callback<Poke>,
    /// Somebody does none.
    pub close: Callback<MouseEvent>,
}

/// The menu.
#[component]
pub fn PokeMenu(props: &Props) -> Html {
    let node = use_node_ref();
    let Menu { which, at, on, ref tools } = props.menu;
    {
        let node = node.clone();
        // Placed by script: the page's policy allows no style attribute.
        use_effect_with(props.menu.clone(), move |_| {
            let Some(menu) = node.cast::<HtmlElement>() else { return };
            let stage = if which == Which::A { "stage" } else { "stage-b" };
            crate::app::browser::place_on(&menu, stage, at.x, at.y);
        });
    }
    let name = match on {
        Chosen::Worker(id) => format!("Worker {}", id.0),
        Chosen::Job(id) => format!("Job {}", id.0),
    };
    let rows = tools.iter().map(|&tool| {
        let act = props.poke.reform(move |_: MouseEvent| Poke::Use(tool));
        html! {
            <button key={words::tool(tool)} type="button" role="menuitem" onclick={act}>
                { words::tool(tool) }
            </button>
        }
    });
    html! {
        <div ref={node} id="menu" role="menu" aria-label={name.clone()}>
            <strong>{ name }</strong>
            { for rows }
            <button type="button" role="menuitem" onclick={props.close.clone()}>
                { words::CLOSE }
            </button>
        </div>
    }
}
