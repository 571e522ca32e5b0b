//! The five fixes, the knobs in the open, and behind them all the rest: made from the table.

use yew::prelude::*;

use super::knob::{KnobView, knob as knob_field};
use crate::app::browser::field_text;
use crate::app::words;
use crate::knobs::{Fix, FixRow, Group, InputError, KnobId, Knobs};

/// What it shows.
pub struct Panel<'a> {
    /// The values now in force.
    pub knobs: &'a Knobs,
    /// What each fix is doing, in a line.
    pub notes: [String; Fix::ALL.len()],
    /// What was wrong with the last value, and of which knob.
    pub fault: Option<&'a (KnobId, InputError)>,
    /// The user turned a knob.
    pub turn: &'a Callback<(KnobId, String)>,
}

/// The panel.
pub fn panel(props: &Panel<'_>) -> Html {
    let main = words::MAIN_KNOBS.iter().map(|&id| knob(props, id, Look::Slider));
    let fixes = Fix::ALL.into_iter().zip(&props.notes);
    let groups = Group::ALL
        .into_iter()
        .filter(|&group| Fix::of_group(group).is_none())
        .map(|group| settings(props, group));
    html! {
        <section class="panel" aria-label="Controls">
            <h2>{ words::FIXES }</h2>
            <div class="fixes">{ for fixes.map(|(fix, note)| card(props, fix, note)) }</div>
            <h2>{ words::KNOBS }</h2>
            <div class="knobs">{ for main }</div>
            <details class="more">
                <summary>{ words::MORE }</summary>
                { for groups }
            </details>
        </section>
    }
}

/// How much of a knob is shown.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// With a slider.
    Slider,
    /// With its help.
    Help,
}

fn knob(props: &Panel<'_>, id: KnobId, look: Look) -> Html {
    let fault = props.fault.filter(|(at, _)| *at == id);
    let fault = fault.map_or_else(String::new, |(_, fault)| fault.to_string());
    let (value, turn) = (props.knobs.get(id), props.turn);
    let (slider, help) = (look == Look::Slider, look == Look::Help);
    knob_field(&KnobView { id, value, fault, slider, help, turn })
}

/// All knobs of a group but the switch of its fix, each with its help.
fn settings(props: &Panel<'_>, group: Group) -> Html {
    let knobs = KnobId::of(group).filter(|&id| Fix::of(id).is_none());
    html! {
        <fieldset key={group.title()}>
            <legend>{ group.title() }</legend>
            { for knobs.map(|id| knob(props, id, Look::Help)) }
        </fieldset>
    }
}

/// A fix: its switch, what it does, what it is doing, and its settings.
fn card(props: &Panel<'_>, fix: Fix, note: &str) -> Html {
    let FixRow { knob, title, help, group, .. } = *fix.row();
    let checked = fix.is_on(props.knobs);
    let turn = props.turn.reform(move |event: Event| (knob, field_text(&event)));
    html! {
        <div key={knob.name()} class={classes!("fix", checked.then_some("on"))}>
            <label>
                <input type="checkbox" role="switch" id={knob.name()} {checked} onchange={turn} />
                <strong>{ title }</strong>
                <span>{ help }</span>
            </label>
            <p class="doing">{ note.to_owned() }</p>
            <details>
                <summary aria-label={format!("{}: {}", words::SETTINGS, title)}>
                    { words::SETTINGS }
                </summary>
                { settings(props, group) }
            </details>
        </div>
    }
}
