//! A | B in figures: which run does better, and on which the knobs act.

use yew::prelude::*;

use crate::app::words;
use crate::run::{Comparison, RunId, compare as compare_runs};
use crate::viewer::{Msg, State};

/// The table; empty if there is one run.
pub fn compare(state: &State, on: &Callback<Msg>) -> Html {
    if !state.runs.are_two() {
        return Html::default();
    }
    let [a, b] = RunId::ALL.map(|id| state.runs.lane(id).tape());
    let rows = compare_runs(a.run(), b.run());
    let choice = |id: RunId| {
        let pressed = (state.runs.active() == id).to_string();
        html! {
            <button type="button" id={format!("active-{}", id.name())} aria-pressed={pressed}
                onclick={on.reform(move |_: MouseEvent| Msg::Activate(id))}>{ id.name() }</button>
        }
    };
    html! {
        <section class="compare" aria-label={words::COMPARE}>
            <div class="head">
                <h2>{ words::COMPARE }</h2>
                <span class="turns">
                    { words::EDITING }{ for RunId::ALL.map(choice) }
                </span>
            </div>
            <table>
                <thead><tr>
                    <th scope="col"><span class="unseen">{ words::FIGURE }</span></th>
                    <th scope="col">{ "A" }</th><th scope="col">{ "B" }</th>
                    <th scope="col">{ "B − A" }</th>
                </tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
            <p class="changed">{ changed(state) }</p>
        </section>
    }
}

fn row(row: &Comparison) -> Html {
    let cell = |value: f64, id: RunId| {
        let better = row.better == Some(id);
        let mark = if better { " ✓" } else { "" };
        html! { <td class={classes!(better.then_some("better"))}>{ figure(value) }{ mark }</td> }
    };
    html! {
        <tr key={row.name}>
            <th scope="row">{ row.name }{ " " }<small>{ row.unit }</small></th>
            { cell(row.a, RunId::A) }{ cell(row.b, RunId::B) }
            <td>{ change(row.a, row.b) }</td>
        </tr>
    }
}

/// What is set otherwise in B.
fn changed(state: &State) -> String {
    let [a, b] = RunId::ALL.map(|id| state.runs.lane(id).tape());
    if a.now() != b.now() {
        return words::CATCHING_UP.to_owned();
    }
    let changed = b.run().pool().knobs.changed_from(&a.run().pool().knobs);
    if changed.is_empty() {
        return words::SAME.to_owned();
    }
    let names = changed.iter().map(|(knob, value)| words::setting(*knob, value));
    let names: Vec<String> = names.collect();
    format!("{} {}", words::IN_B, names.join(", "))
}

fn figure(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    let decimals = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.decimals$}")
}

fn change(a: f64, b: f64) -> String {
    let change = b - a;
    let sign = if change > 0.0 { "+" } else { "" };
    format!("{sign}{}", figure(change))
}
