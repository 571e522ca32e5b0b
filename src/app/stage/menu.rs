//! The menu of what can be done to the selection.

use yew::prelude::*;

use crate::app::words;
use crate::viewer::{Menu, Msg, Selection};

/// The menu. It is put in its place once it is there: the page's policy allows no style attribute.
pub fn menu(menu: &Menu, on: &Callback<Msg>) -> Html {
    let name = match menu.on {
        Selection::Worker(id) => format!("Worker {}", id.0),
        Selection::Job(id) => format!("Job {}", id.0),
    };
    let rows = menu.tools.iter().map(|&tool| row(words::tool(tool), Msg::UseTool(tool), on));
    html! {
        <div id="menu" role="menu" aria-label={name.clone()}>
            <strong>{ name }</strong>
            { for rows }
            { row(words::CLOSE, Msg::Close, on) }
        </div>
    }
}

fn row(name: &'static str, msg: Msg, on: &Callback<Msg>) -> Html {
    let onclick = on.reform(move |_: MouseEvent| msg.clone());
    html! {
        <button key={name} type="button" role="menuitem" tabindex="-1" data-keys="menu" {onclick}>
            { name }
        </button>
    }
}
