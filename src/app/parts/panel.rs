//! The five fixes, the knobs in the open, and behind them all the rest: made from the table.

use std::rc::Rc;

use yew::prelude::*;

use super::knob::KnobField;
use crate::app::browser::field_text;
use crate::app::words;
use crate::knobs::{Fault, Group, Knobs, TABLE, Value};

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The values now in force.
    pub knobs: Rc<Knobs>,
    /// What was wrong with the last value, and at which row.
    pub fault: Option<(usize, Fault)>,
    /// Somebody turned a knob.
    pub turn: Callback<(usize, String)>,
}

/// The fixes that are on, as settings.
pub fn turned_fixes(knobs: &Knobs) -> Vec<(&'static str, Value)> {
    let fixes = TABLE.iter().filter(|knob| knob.name.starts_with("fix_"));
    fixes.map(|knob| (knob.name, knob.get(knobs))).collect()
}

/// The panel.
#[component]
pub fn Panel(props: &Props) -> Html {
    let main =
        words::MAIN_KNOBS.iter().filter_map(|name| row_of(name)).map(|row| knob(props, row, true));
    let groups = Group::ALL.iter().map(|group| {
        let rows = (0..TABLE.len()).filter(|&row| TABLE[row].group == *group);
        html! {
            <fieldset key={group.title()}>
                <legend>{ group.title() }</legend>
                { for rows.map(|row| knob(props, row, false)) }
            </fieldset>
        }
    });
    html! {
        <section class="panel" aria-label="Controls">
            <h2>{ words::FIXES }</h2>
            <div class="fixes">{ for words::FIX_NAMES.iter().map(|fix| switch(props, fix)) }</div>
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

fn knob(props: &Props, row: usize, slider: bool) -> Html {
    let fault = props.fault.as_ref().filter(|(at, _)| *at == row);
    let fault = fault.map(|(_, fault)| AttrValue::from(fault.to_string()));
    html! {
        <KnobField key={row} {row} {slider} {fault}
            value={TABLE[row].get(&props.knobs)} turn={props.turn.clone()} />
    }
}

fn switch(props: &Props, fix: &(&'static str, &'static str, &'static str)) -> Html {
    let &(name, title, help) = fix;
    let Some(row) = row_of(name) else { return Html::default() };
    let checked = TABLE[row].get(&props.knobs) == Value::Flag(true);
    let turn = props.turn.reform(move |event: Event| (row, field_text(&event)));
    html! {
        <label key={name} class={classes!("fix", checked.then_some("on"))} title={help}>
            <input type="checkbox" role="switch" id={name} {checked} onchange={turn} />
            <strong>{ title }</strong>
            <span>{ help }</span>
        </label>
    }
}
