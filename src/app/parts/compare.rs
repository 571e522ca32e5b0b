//! A | B in figures: who does better, and which side the knobs act on.

use yew::prelude::*;

use crate::app::words;
use crate::run::{Comparison, RunId};

/// What it shows.
pub struct Compare {
    /// The figures.
    pub rows: Vec<Comparison>,
    /// What is turned otherwise in B than in A.
    pub changed: String,
    /// The side that knobs and pokes act on.
    pub hand: RunId,
    /// Somebody turns to the other.
    pub turn: Callback<RunId>,
}

/// The table.
pub fn compare(props: &Compare) -> Html {
    let rows = props.rows.iter().map(|row| {
        let cell = |value: f64, side: RunId| {
            let better = row.better == Some(side);
            let mark = if better { " ✓" } else { "" };
            let class = classes!(better.then_some("better"));
            html! { <td {class}>{ figure(value) }{ mark }</td> }
        };
        html! {
            <tr key={row.name}>
                <th scope="row">{ row.name }{ " " }<small>{ row.unit }</small></th>
                { cell(row.a, RunId::A) }{ cell(row.b, RunId::B) }
                <td>{ change(row.a, row.b) }</td>
            </tr>
        }
    });
    let side = |which: RunId, name: &'static str| {
        let turn = props.turn.reform(move |_: MouseEvent| which);
        let pressed = (props.hand == which).to_string();
        html! {
            <button type="button" id={format!("hand-{name}")} aria-pressed={pressed}
                onclick={turn}>{ name }</button>
        }
    };
    html! {
        <section class="compare" aria-label={words::COMPARE}>
            <header>
                <h2>{ words::COMPARE }</h2>
                <span class="turns">
                    { words::HAND }{ side(RunId::A, "A") }{ side(RunId::B, "B") }
                </span>
            </header>
            <table>
                <thead><tr>
                    <th scope="col"><span class="unseen">{ words::FIGURE }</span></th>
                    <th scope="col">{ "A" }</th><th scope="col">{ "B" }</th>
                    <th scope="col">{ "B − A" }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
            <p class="changed">{ props.changed.clone() }</p>
        </section>
    }
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
