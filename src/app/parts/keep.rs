//! What can be taken away, and brought: series, pictures, metrics, the scenario.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::take::{FORMATS, Format};
use crate::app::words;

/// The list.
pub fn keep(take: &Callback<&'static Format>, open: &Callback<web_sys::File>) -> Html {
    let rows = FORMATS.iter().map(|format| {
        let take = take.reform(move |_: MouseEvent| format);
        html! {
            <li key={format.file}>
                <button type="button" data-file={format.file} onclick={take}>
                    { format.name }
                </button>
                <span>{ format.help }</span>
            </li>
        }
    });
    let open = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
            if let Some(file) = file {
                open.emit(file);
            }
        })
    };
    html! {
        <div class="keep">
            <ul>{ for rows }</ul>
            <label class="bring">
                <span>{ words::BRING }</span>
                <input type="file" id="file" accept=".toml,text/plain" onchange={open} />
            </label>
        </div>
    }
}
