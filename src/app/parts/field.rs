//! A field to type in: a component that changes only when its value does, so that what is being
//! typed is not written over.

use yew::prelude::*;

use crate::app::browser::field_text;

/// What it shows.
#[derive(Clone, Properties)]
pub struct Props {
    /// Its name in the page.
    pub id: AttrValue,
    /// Its value.
    pub value: AttrValue,
    /// Which keyboard a phone shows: `numeric` or `decimal`.
    pub mode: &'static str,
    /// Something else was said.
    pub say: Callback<String>,
}

/// What a field calls never changes its meaning, so two of one name and value are the same.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.value == other.value
    }
}

/// The field.
#[component]
pub fn Field(props: &Props) -> Html {
    let say = props.say.reform(|event: Event| field_text(&event));
    html! {
        <input type="text" inputmode={props.mode} id={props.id.clone()}
            value={props.value.clone()} onchange={say} />
    }
}
