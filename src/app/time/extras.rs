//! The buttons beside the controls of time: A | B, dialogs, the theme.

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::words;
use crate::run::link::THEMES;
use crate::viewer::Msg;

/// What they show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Whether there are two runs.
    pub compared: bool,
    /// The theme that the user has chosen.
    pub theme: Option<&'static str>,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// The buttons.
#[component]
pub fn Extras(props: &Props) -> Html {
    let (on, compared) = (&props.on, props.compared);
    let button = |id: &'static str, name: &'static str, help: &'static str, msg: Msg| {
        let onclick = on.reform(move |_: MouseEvent| msg.clone());
        html! { <button type="button" {id} title={help} {onclick}>{ name }</button> }
    };
    let themes = THEMES.iter().map(|theme| {
        let selected = props.theme == Some(theme);
        html! { <option value={*theme} {selected}>{ *theme }</option> }
    });
    html! {
        <div class="extras" role="group" aria-label={words::EXTRAS}>
            <button type="button" id="compare" aria-pressed={compared.to_string()}
                title={words::COMPARE_HELP}
                onclick={on.reform(move |_: MouseEvent| Msg::Compare(!compared))}>
                { "A | B" }
            </button>
            { button("share", words::SHARE, words::SHARE_HELP, Msg::OpenShare) }
            { button("save", words::SAVE, words::SAVE_HELP, Msg::OpenExport) }
            <label class="theme">
                <span class="unseen">{ words::THEME }</span>
                <select id="theme"
                    onchange={on.reform(|event: Event| Msg::SetTheme(field_text(&event)))}>
                    <option value="" selected={props.theme.is_none()}>{ words::SYSTEM }</option>
                    { for themes }
                </select>
            </label>
            { button("help", "?", words::KEYS, Msg::OpenHelp) }
        </div>
    }
}
