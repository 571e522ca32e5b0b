//! The list of keys, and of what the signs on the stage and on the timeline mean.

use yew::prelude::*;

use crate::app::words;
use crate::viewer::{KEYS, Key, Scope};

/// The help.
pub fn help() -> Html {
    let list = |scope: Scope| {
        let rows = KEYS.iter().filter(move |key| key.scope == scope).map(row);
        html! { <><h3>{ words::scope(scope) }</h3><dl>{ for rows }</dl></> }
    };
    let legend = words::LEGEND.iter().map(|(sign, text)| {
        html! { <><dt>{ *sign }</dt><dd>{ *text }</dd></> }
    });
    html! {
        <div class="columns">
            <section>{ list(Scope::Stage) }</section>
            <section>
                { list(Scope::Timeline) }
                { list(Scope::Menu) }
                <h3>{ words::LEGEND_TITLE }</h3><dl>{ for legend }</dl>
            </section>
        </div>
    }
}

fn row(key: &Key) -> Html {
    html! { <><dt><kbd>{ key.cap }</kbd></dt><dd>{ key.help }</dd></> }
}
