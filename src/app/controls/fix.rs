//! A fix: its switch, what it does, what it is doing, and its settings.

use std::rc::Rc;

use yew::prelude::*;

use super::settings::{Settings, settings};
use crate::app::browser::field_text;
use crate::app::fold::use_fold;
use crate::app::lazy::lazy;
use crate::app::words;
use crate::knobs::{Fix, FixRow, InputError, Knob, KnobId, Knobs};
use crate::viewer::Msg;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which fix.
    pub fix: Fix,
    /// What it is doing, in a line.
    pub note: AttrValue,
    /// The values in force.
    pub knobs: Rc<Knobs>,
    /// Why the last value was refused, and of which knob.
    pub error: Option<(KnobId, InputError)>,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// The fix.
#[component]
pub fn FixCard(props: &Props) -> Html {
    let FixRow { knob, group, .. } = *props.fix.row();
    let Knob { title, help, .. } = *knob.row();
    let checked = props.fix.is_on(&props.knobs);
    let (open, toggle) = use_fold();
    let switch = props.on.reform(move |event: Event| Msg::SetKnob(knob, field_text(&event)));
    let shown = Settings { group, knobs: props.knobs.clone(), error: props.error.clone() };
    html! {
        <div class={classes!("fix", checked.then_some("on"))}>
            <label>
                <input type="checkbox" role="switch" id={knob.name()} {checked} onchange={switch} />
                <strong>{ title }</strong>
                <span>{ help }</span>
            </label>
            <p class="doing">{ props.note.clone() }</p>
            <details ontoggle={toggle}>
                <summary aria-label={format!("{}: {title}", words::SETTINGS)}>
                    { words::SETTINGS }
                </summary>
                if open {
                    { lazy(settings, shown, &props.on) }
                }
            </details>
        </div>
    }
}
