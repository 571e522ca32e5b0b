//! One knob of the table: a switch, a choice, or a number with a slider where that helps.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::element::select;
use crate::app::field::{Field, Sets};
use crate::knobs::{Bounds, InputError, KnobId, Value};
use crate::viewer::Msg;

/// Where a knob stands. One that stands in the open stands among the folded ones too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the open, with a slider.
    Open,
    /// Folded away with its group, with its help.
    Folded,
}

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which knob.
    pub knob: KnobId,
    /// Its value.
    pub value: Value,
    /// Why the last value was refused; empty if it was not.
    pub error: AttrValue,
    /// Where it stands.
    pub place: Place,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// What was wrong with the last value, if it was one of this knob.
pub fn error_of(error: Option<&(KnobId, InputError)>, knob: KnobId) -> AttrValue {
    let own = error.filter(|(of, _)| *of == knob);
    own.map_or_else(AttrValue::default, |(_, error)| error.to_string().into())
}

/// The knob.
#[component]
pub fn KnobRow(props: &Props) -> Html {
    let Props { knob, ref value, ref error, place, ref on } = *props;
    let row = knob.row();
    let id = match place {
        Place::Open => format!("knob-{}", row.name),
        Place::Folded => format!("setting-{}", row.name),
    };
    // What the slider shows while it is moved.
    let preview = use_state_eq(|| None::<String>);
    let held = use_mut_ref(|| false);
    let shown = preview.as_ref().cloned().unwrap_or_else(|| value.to_string());
    let set = on.reform(move |event: Event| Msg::SetKnob(knob, field_text(&event)));
    let field = match row.bounds {
        Bounds::Flag => {
            let checked = *value == Value::Flag(true);
            html! { <input type="checkbox" id={id.clone()} {checked} onchange={set} /> }
        }
        Bounds::Words(choices) => {
            let options: Vec<_> =
                choices.iter().map(|word| ((*word).into(), (*word).into())).collect();
            select(id.clone(), &options, &shown, move |word| Msg::SetKnob(knob, word), on)
        }
        Bounds::Whole(..) | Bounds::Real(..) | Bounds::Share(..) => html! {
            <Field id={id.clone()} value={row.text(&row.read_text(&shown))} mode="decimal"
                sets={Sets::Knob(knob)}
                {on} />
        },
    };
    let range = slider_range(knob).filter(|_| place == Place::Open);
    let slider =
        range.map(|range| slider(knob, range, shown.clone(), Gesture { preview, held }, on));
    html! {
        <div class={classes!("knob", (!error.is_empty()).then_some("wrong"))} title={row.help}>
            <label for={id}>{ row.title }</label>
            <span class="slider">{ slider.unwrap_or_default() }</span>
            { field }
            <span class="unit">{ row.unit }</span>
            if place == Place::Folded {
                <p class="help">{ row.help }</p>
            }
            <p class="error" role="status">{ error.clone() }</p>
        </div>
    }
}

/// What a slider remembers while it is used: the value that it shows, and whether a key is down.
struct Gesture {
    preview: UseStateHandle<Option<String>>,
    held: Rc<RefCell<bool>>,
}

/// A slider shows its value while it is moved, and sets it when the pointer or the key goes up.
fn slider(
    knob: KnobId,
    (min, max, step): (&'static str, &'static str, &'static str),
    value: String,
    Gesture { preview, held }: Gesture,
    on: &Callback<Msg>,
) -> Html {
    let show = {
        let preview = preview.clone();
        on.reform(move |event: InputEvent| {
            let text = field_text(&event);
            preview.set(Some(text.clone()));
            Msg::PreviewKnob(knob, text)
        })
    };
    let set = {
        let (preview, held) = (preview.clone(), held.clone());
        on.reform(move |event: Event| {
            if !*held.borrow() {
                preview.set(None);
            }
            Msg::SetKnob(knob, field_text(&event))
        })
    };
    let hold = {
        let held = held.clone();
        on.reform(move |_: KeyboardEvent| {
            held.replace(true);
            Msg::HoldKnob(knob)
        })
    };
    let release = on.reform(move |()| {
        held.replace(false);
        preview.set(None);
        Msg::ReleaseKnob(knob)
    });
    html! {
        <input type="range" {min} {max} {step} {value} aria-label={knob.row().title}
            oninput={show} onchange={set} onkeydown={hold}
            onkeyup={release.reform(|_: KeyboardEvent| ())}
            onblur={release.reform(|_: FocusEvent| ())} />
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
