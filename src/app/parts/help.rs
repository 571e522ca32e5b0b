//! The list of keys, and of what the signs on the stage and on the bar mean.

use yew::prelude::*;

use crate::app::keys::{KEYS, Key};
use crate::app::words;

/// The help.
pub fn help() -> Html {
    let list = |bar: bool| {
        let rows = KEYS.iter().filter(move |key| key.is_of_the_bar() == bar).map(row);
        html! { <dl>{ for rows }</dl> }
    };
    let legend = words::LEGEND.iter().map(|(sign, text)| {
        html! { <><dt>{ *sign }</dt><dd>{ *text }</dd></> }
    });
    html! {
        <div class="columns">
            <section><h3>{ words::KEYS_STAGE }</h3>{ list(false) }</section>
            <section>
                <h3>{ words::KEYS_BAR }</h3>{ list(true) }
                <h3>{ words::LEGEND_TITLE }</h3><dl>{ for legend }</dl>
            </section>
        </div>
    }
}

fn row(key: &Key) -> Html {
    html! { <><dt><kbd>{ key.cap }</kbd></dt><dd>{ key.help }</dd></> }
}
