//! The five fixes, the knobs in the open, and behind them all the rest: made from the table.

use yew::prelude::*;

use super::knob::{KnobView, knob as knob_field};
use crate::app::browser::field_text;
use crate::app::words;
use crate::knobs::{Group, InputError, Knobs, TABLE, Value};

/// What it shows.
pub struct Panel<'a> {
    /// The values now in force.
    pub knobs: &'a Knobs,
    /// What each fix is doing, in a line.
    pub notes: [String; Knobs::FIXES.len()],
    /// What was wrong with the last value, and at which row.
    pub fault: Option<&'a (usize, InputError)>,
    /// Somebody turned a knob.
    pub turn: &'a Callback<(usize, String)>,
}

/// The fixes that are on, as settings.
pub fn turned_fixes(knobs: &Knobs) -> Vec<(&'static str, Value)> {
    let fixes = TABLE.iter().filter(|knob| knob.name.starts_with("fix_"));
    fixes.map(|knob| (knob.name, knob.get(knobs))).collect()
}

/// The panel.
pub fn panel(props: &Panel<'_>) -> Html {
    let main = words::MAIN_KNOBS
        .iter()
        .filter_map(|name| row_of(name))
        .map(|row| knob(props, row, Look::Slider));
    let fixes = words::FIX_NAMES.iter().zip(&props.notes);
    let groups = Group::ALL
        .iter()
        .filter(|group| words::FIX_NAMES.iter().all(|fix| fix.group != **group))
        .map(|group| settings(props, *group));
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

fn row_of(name: &str) -> Option<usize> {
    TABLE.iter().position(|knob| knob.name == name)
}

/// How much of a knob is shown.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// With a slider.
    Slider,
    /// With its help.
    Help,
}

fn knob(props: &Panel<'_>, row: usize, look: Look) -> Html {
    let fault = props.fault.filter(|(at, _)| *at == row);
    let fault = fault.map_or_else(String::new, |(_, fault)| fault.to_string());
    let (value, turn) = (TABLE[row].get(props.knobs), props.turn);
    let (slider, help) = (look == Look::Slider, look == Look::Help);
    knob_field(&KnobView { row, value, fault, slider, help, turn })
}

/// All knobs of a group but the switch of its fix, each with its help.
fn settings(props: &Panel<'_>, group: Group) -> Html {
    let rows = (0..TABLE.len())
        .filter(|&row| TABLE[row].group == group && !TABLE[row].name.starts_with("fix_"));
    html! {
        <fieldset key={group.title()}>
            <legend>{ group.title() }</legend>
            { for rows.map(|row| knob(props, row, Look::Help)) }
        </fieldset>
    }
}

/// A fix: its switch, what it does, what it is doing, and its settings.
fn card(props: &Panel<'_>, fix: &words::FixWords, note: &str) -> Html {
    let Some(row) = row_of(fix.knob) else { return Html::default() };
    let checked = TABLE[row].get(props.knobs) == Value::Flag(true);
    let turn = props.turn.reform(move |event: Event| (row, field_text(&event)));
    html! {
        <div key={fix.knob} class={classes!("fix", checked.then_some("on"))}>
            <label>
                <input type="checkbox" role="switch" id={fix.knob} {checked} onchange={turn} />
                <strong>{ fix.title }</strong>
                <span>{ fix.help }</span>
            </label>
            <p class="doing">{ note.to_owned() }</p>
            <details>
                <summary aria-label={format!("{}: {}", words::SETTINGS, fix.title)}>
                    { words::SETTINGS }
                </summary>
                { settings(props, fix.group) }
            </details>
        </div>
    }
}
