//! What can be saved, and a scenario file to open.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::nodes::Nodes;
use crate::app::words;
use crate::viewer::{FORMATS, Msg};

/// The list of formats, and the field of a file.
pub fn export(nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let rows = FORMATS.iter().map(|format| {
        let save = on.reform(move |_: MouseEvent| Msg::Export(format));
        html! {
            <li key={format.file}>
                <button type="button" data-file={format.file} onclick={save}>
                    { format.name }
                </button>
                <span>{ format.help }</span>
            </li>
        }
    });
    html! {
        <div class="export">
            <ul>{ for rows }</ul>
            <label class="open">
                <span>{ words::OPEN }</span>
                <input type="file" id="file" accept=".toml,text/plain"
                    onchange={offer(nodes, on)} />
            </label>
        </div>
    }
}

/// The file that was chosen is offered.
fn offer(nodes: &Nodes, on: &Callback<Msg>) -> Callback<Event> {
    let (nodes, on) = (nodes.clone(), on.clone());
    Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
        if let Some(file) = file {
            nodes.offer(file, &on);
        }
    })
}
