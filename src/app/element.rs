//! Elements that the page has many of.

use yew::prelude::*;

use super::browser::field_text;
use crate::viewer::Msg;

/// A button: what it is called, and what else there is to say of it.
#[derive(Clone, Default)]
pub struct Button {
    /// Its id in the page.
    pub id: &'static str,
    /// What stands on it.
    pub name: AttrValue,
    /// What it is called where a sign stands on it.
    pub label: Option<&'static str>,
    /// What it does, where its name does not say it.
    pub help: Option<&'static str>,
    /// Whether it is pressed, if it is a switch.
    pub pressed: Option<bool>,
    /// Its class.
    pub class: &'static str,
    /// Whether it can do nothing now.
    pub disabled: bool,
}

impl Button {
    /// A button with a name, which says all of it.
    pub fn new(id: &'static str, name: impl Into<AttrValue>) -> Self {
        Self { id, name: name.into(), ..Self::default() }
    }

    /// The same, with a sign on it in the place of its name.
    pub fn label(self, label: &'static str) -> Self {
        Self { label: Some(label), help: Some(label), ..self }
    }

    /// The same, with what it does.
    pub fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// The same, as a switch that is pressed or not.
    pub fn pressed(self, pressed: bool) -> Self {
        Self { pressed: Some(pressed), ..self }
    }

    /// The same, of a class.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same, which can do nothing if `disabled`.
    pub fn disabled(self, disabled: bool) -> Self {
        Self { disabled, ..self }
    }

    /// The button, which sends a message when it is clicked.
    pub fn sends(self, msg: Msg, on: &Callback<Msg>) -> Html {
        let Self { id, name, label, help, pressed, class, disabled } = self;
        let onclick = on.reform(move |_: MouseEvent| msg.clone());
        let id = Some(id).filter(|id| !id.is_empty());
        let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
        html! {
            <button type="button" {id} {class} title={help} aria-label={label}
                aria-pressed={pressed} {disabled} {onclick}>
                { name }
            </button>
        }
    }
}

/// A list of values, each with what is shown of it, to choose one from. The value that the user
/// chooses becomes a message.
pub fn select(
    id: impl Into<AttrValue>,
    options: &[(AttrValue, AttrValue)],
    chosen: &str,
    msg: impl Fn(String) -> Msg + 'static,
    on: &Callback<Msg>,
) -> Html {
    let onchange = on.reform(move |event: Event| msg(field_text(&event)));
    list(id.into(), options, chosen, onchange)
}

fn list(
    id: AttrValue,
    options: &[(AttrValue, AttrValue)],
    chosen: &str,
    onchange: Callback<Event>,
) -> Html {
    let options = options.iter().map(|(value, shown)| {
        let selected = &**value == chosen;
        html! { <option value={value.clone()} {selected}>{ shown.clone() }</option> }
    });
    html! { <select {id} {onchange}>{ for options }</select> }
}
