//! A field to type in: a component that is rendered only when its value changes, so that what is
//! being typed is not written over.

use yew::prelude::*;

use super::browser::field_text;
use crate::knobs::KnobId;
use crate::viewer::Msg;

/// What a field sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// A knob.
    Knob(KnobId),
    /// The seed.
    Seed,
}

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Its id in the page.
    pub id: AttrValue,
    /// Its value.
    pub value: AttrValue,
    /// The keyboard of a phone: `numeric` or `decimal`.
    pub mode: &'static str,
    /// What it sets.
    pub sets: Sets,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// The field.
#[component]
pub fn Field(props: &Props) -> Html {
    let sets = props.sets;
    let onchange = props.on.reform(move |event: Event| match sets {
        Sets::Knob(knob) => Msg::SetKnob(knob, field_text(&event)),
        Sets::Seed => Msg::SetSeed(field_text(&event)),
    });
    html! {
        <input type="text" inputmode={props.mode} id={props.id.clone()}
            value={props.value.clone()} {onchange} />
    }
}
