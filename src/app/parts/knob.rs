//! One knob of the table: a switch, a choice, or a number with a slider where that helps.

use yew::prelude::*;

use super::field::Field;
use crate::app::browser::field_text;
use crate::app::words;
use crate::knobs::{Bounds, KnobId, Value};

/// What it shows.
pub struct KnobView<'a> {
    /// Which knob.
    pub id: KnobId,
    /// Its value.
    pub value: Value,
    /// What was wrong with the last value.
    pub fault: String,
    /// With a slider; without, only a field.
    pub slider: bool,
    /// With its help beneath.
    pub help: bool,
    /// The user turned it.
    pub turn: &'a Callback<(KnobId, String)>,
}

/// The knob.
pub fn knob(props: &KnobView<'_>) -> Html {
    let (row, knob) = (props.id, props.id.row());
    let id = format!("knob-{}", knob.name);
    let say = props.turn.reform(move |event: Event| (row, field_text(&event)));
    let slide = props.turn.reform(move |event: InputEvent| (row, field_text(&event)));
    let value = props.value.to_string();
    let field = match knob.bounds {
        Bounds::Flag => {
            let checked = props.value == Value::Flag(true);
            html! { <input type="checkbox" id={id.clone()} {checked} onchange={say} /> }
        }
        Bounds::Words(choices) => {
            let options = choices.iter().map(|word| {
                html! { <option value={*word} selected={value == *word}>{ *word }</option> }
            });
            html! { <select id={id.clone()} onchange={say}>{ for options }</select> }
        }
        Bounds::Whole(..) | Bounds::Real(..) => {
            let say = props.turn.reform(move |text: String| (row, text));
            html! { <Field id={id.clone()} {value} mode="decimal" {say} /> }
        }
    };
    let range = slider_range(row).filter(|_| props.slider);
    let slider = range.map(|(least, most, step)| {
        let value = props.value.to_string();
        html! {
            <input type="range" min={least} max={most} {step} {value}
                aria-label={words::knob_label(knob.name)} oninput={slide} />
        }
    });
    let fault = props.fault.clone();
    html! {
        <div class={classes!("knob", (!fault.is_empty()).then_some("wrong"))} title={knob.help}>
            <label for={id}>{ words::knob_label(knob.name) }</label>
            <span class="slider">{ slider.unwrap_or_default() }</span>
            { field }
            <span class="unit">{ knob.unit }</span>
            <p class="help">{ if props.help { knob.help } else { "" } }</p>
            <p class="fault" role="status">{ fault }</p>
        </div>
    }
}

/// The part of a knob's range that is worth sliding through: least, most and step.
fn slider_range(knob: KnobId) -> Option<(&'static str, &'static str, &'static str)> {
    match knob {
        KnobId::toxic_share => Some(("0", "0.2", "0.005")),
        KnobId::arrival_rate => Some(("0", "20", "0.1")),
        KnobId::workers => Some(("1", "200", "1")),
        KnobId::max_lifetime_s => Some(("10", "600", "5")),
        KnobId::timeout_normal_s => Some(("1", "60", "1")),
        KnobId::timeout_report_s => Some(("1", "300", "1")),
        KnobId::timeout_toxic_s => Some(("1", "120", "1")),
        _ => None,
    }
}
