//! What lies over the page: a dialog with a title, something in it, and a way out.

use yew::prelude::*;

use crate::app::words;

/// The dialog; an alarm is bad news.
pub fn dialog(
    title: &'static str,
    alarm: bool,
    close: &Callback<MouseEvent>,
    inside: Html,
) -> Html {
    let role = if alarm { "alertdialog" } else { "dialog" };
    html! {
        <div class="dialog" {role} aria-modal="true" aria-labelledby="over-title">
            <header>
                <h2 id="over-title">{ title }</h2>
                <button type="button" id="over-close" onclick={close.clone()}>
                    { words::CLOSE }
                </button>
            </header>
            { inside }
        </div>
    }
}
