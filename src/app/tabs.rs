//! The tabs under the stage where there is one column.

use yew::prelude::*;

use super::words;
use crate::viewer::{Msg, Tab};

/// What they show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The tab that is open.
    pub tab: Tab,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// The tabs.
#[component]
pub fn Tabs(props: &Props) -> Html {
    let tabs = Tab::ALL.into_iter().map(|tab| {
        let pressed = (tab == props.tab).to_string();
        html! {
            <button key={tab.name()} type="button" id={format!("tab-{}", tab.name())}
                aria-pressed={pressed}
                onclick={props.on.reform(move |_: MouseEvent| Msg::ShowTab(tab))}>
                { words::tab(tab) }
            </button>
        }
    });
    html! { <nav class="tabs" aria-label={words::TABS}>{ for tabs }</nav> }
}
