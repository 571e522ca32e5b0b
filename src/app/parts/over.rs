//! What lies over the page: a dialog with a title, something in it, and a way out.

use yew::prelude::*;

use crate::app::words;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Its title.
    pub title: AttrValue,
    /// What is in it.
    pub children: Children,
    /// It is bad news.
    #[prop_or_default]
    pub alarm: bool,
    /// Somebody has seen enough.
    pub close: Callback<MouseEvent>,
}

/// The dialog.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let role = if props.alarm { "alertdialog" } else { "dialog" };
    html! {
        <div class="dialog" {role} aria-modal="true" aria-labelledby="over-title">
            <header>
                <h2 id="over-title">{ props.title.clone() }</h2>
                <button type="button" id="over-close" onclick={props.close.clone()}>
                    { words::CLOSE }
                </button>
            </header>
            { props.children.clone() }
        </div>
    }
}
