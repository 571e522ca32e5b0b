//! The five fixes, the knobs in the open, and behind them all the rest: made from the tables.

mod fix;
mod knob;
mod settings;

use std::rc::Rc;

use yew::prelude::*;

use super::browser::field_text;
use super::words;
use crate::knobs::{Fix, KnobId, Value};
use crate::scene::fix_notes;
use crate::viewer::{Msg, State};
use fix::FixCard;
use knob::{KnobRow, Place};
use settings::AllSettings;

/// The panel.
pub fn panel(state: &State, on: &Callback<Msg>) -> Html {
    let run = state.runs.tape().run();
    let knobs = Rc::new(run.pool().knobs);
    let error = state.knobs.error.clone();
    let fixes = Fix::ALL.into_iter().zip(fix_notes(run)).map(|(fix, note)| {
        html! {
            <FixCard key={fix.row().name} {fix} {note} knobs={knobs.clone()}
                error={error.clone()} {on} />
        }
    });
    let main = words::MAIN_KNOBS.iter().map(|&knob| {
        let value = knobs.get(knob);
        let error = knob::error_of(error.as_ref(), knob);
        html! { <KnobRow key={knob.name()} {knob} {value} {error} place={Place::Open} {on} /> }
    });
    html! {
        <section class="panel" aria-label={words::CONTROLS}>
            { bug(knobs.get(KnobId::lifecycle_bug), on) }
            <h2>{ words::FIXES }</h2>
            <div class="fixes">{ for fixes }</div>
            <h2>{ words::KNOBS }</h2>
            <div class="knobs">{ for main }</div>
            <AllSettings knobs={knobs.clone()} error={error.clone()} {on} />
        </section>
    }
}

/// The cause of it all, above what mends it.
fn bug(value: Value, on: &Callback<Msg>) -> Html {
    let (knob, checked) = (KnobId::lifecycle_bug, value == Value::Flag(true));
    let switch = on.reform(move |event: Event| Msg::SetKnob(knob, field_text(&event)));
    html! {
        <div class={classes!("fix", "bug", checked.then_some("there"))}>
            <label>
                <input type="checkbox" role="switch" id="knob-lifecycle_bug" {checked}
                    onchange={switch} />
                <strong>{ knob.row().title }</strong>
                <span>{ words::BUG }</span>
            </label>
        </div>
    }
}
