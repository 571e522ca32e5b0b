//! A | B in figures: which run does better, and on which the knobs act.

use yew::prelude::*;

use crate::app::element::Button;
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
        let place = match id {
            RunId::A => "active-A",
            RunId::B => "active-B",
        };
        let pressed = state.runs.active() == id;
        Button::new(place, id.name()).pressed(pressed).sends(Msg::Activate(id), on)
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
    let cell = |value: Option<f64>, id: RunId| {
        let better = row.better == Some(id);
        let mark = if better { " ✓" } else { "" };
        let class = classes!(better.then_some("better"));
        html! { <td {class}>{ row.figure.unit.text(value) }{ mark }</td> }
    };
    html! {
        <tr key={row.figure.name}>
            <th scope="row" title={row.figure.help}>{ row.figure.name }</th>
            { cell(row.a, RunId::A) }{ cell(row.b, RunId::B) }
            <td>{ change(row) }</td>
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

/// B less A, with its sign.
fn change(row: &Comparison) -> String {
    let change = row.a.zip(row.b).map(|(a, b)| b - a);
    let sign = match change {
        Some(change) if change > 0.0 => "+",
        Some(change) if change < 0.0 => "−",
        _ => "",
    };
    format!("{sign}{}", row.figure.unit.text(change.map(f64::abs)))
}
