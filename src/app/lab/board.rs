//! The fixes board: a Karnaugh map of all 32 combinations, as a table of buttons.

use yew::prelude::*;

use super::words;
use crate::knobs::Fix;
use crate::lab::{COLUMNS, Cell, Figure, FixSet, ROWS, Verdict};
use crate::viewer::{Lab, LabMsg, Msg};

/// The board, and what it says.
pub fn board(lab: &Lab, on: &Callback<Msg>) -> Html {
    let smallest = lab.table().smallest_sets();
    let heads = (0..COLUMNS).map(|column| {
        html! { <th scope="col">{ name(FixSet::at(0, column)) }</th> }
    });
    let rows = (0..ROWS).map(|row| {
        let cells = (0..COLUMNS).map(|column| {
            let set = FixSet::at(row, column);
            html! { <td>{ cell(lab, set, smallest.contains(&set), on) }</td> }
        });
        html! { <tr><th scope="row">{ name(FixSet::at(row, 0)) }</th>{ for cells }</tr> }
    });
    html! {
        <>
        <table class="board">
            <caption>{ words::BOARD }</caption>
            <thead><tr><td></td>{ for heads }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
        { told(lab, &smallest) }
        </>
    }
}

/// The smallest sets in words, and the guess beside them.
fn told(lab: &Lab, smallest: &[FixSet]) -> Html {
    if lab.runs().0 == 0 {
        return html! { <p class="told">{ words::EMPTY }</p> };
    }
    let sets: Vec<String> = smallest.iter().map(|set| name(*set)).collect();
    let sets = if sets.is_empty() { words::NO_SET.to_owned() } else { sets.join(" · ") };
    let guess = lab.link().guess.map(|guess| {
        let verdict = lab.table().cells()[guess.index()].verdict();
        html! {
            <p id="lab-guess">
                { words::GUESSED }{ ": " }{ name(guess) }{ " " }{ verdict.sign() }
            </p>
        }
    });
    html! {
        <div class="told" aria-live="polite">
            <p id="lab-smallest"><strong>{ words::SMALLEST }{ ": " }</strong>{ sets }</p>
            { guess }
        </div>
    }
}

fn name(set: FixSet) -> String {
    set.to_string().replace(',', " + ")
}

fn cell(lab: &Lab, set: FixSet, smallest: bool, on: &Callback<Msg>) -> Html {
    let index = set.index() as u32;
    let cell = &lab.table().cells()[set.index()];
    let verdict = cell.verdict();
    let class = classes!("cell", verdict_class(verdict), smallest.then_some("smallest"));
    let pressed = (lab.selected() == Some(index)).to_string();
    let press = on.reform(move |event: MouseEvent| {
        Msg::Lab(if event.shift_key() { LabMsg::Compare(index) } else { LabMsg::Select(index) })
    });
    html! {
        <button type="button" {class} aria-pressed={pressed} onclick={press}>
            <span class="unseen">{ name(set) }</span>
            { value(cell, lab.link().figure) }
            { dots(set) }
        </button>
    }
}

/// The sign of the verdict, the figure and its interval.
pub fn value(cell: &Cell, figure: Figure) -> Html {
    let Some(estimate) = cell.estimate(figure) else { return html! { <b>{ "–" }</b> } };
    let range = estimate.interval.map(|range| {
        let (low, high) = (figure.show(range.low), figure.show(range.high));
        html! { <small>{ low }{ " … " }{ high }</small> }
    });
    html! {
        <>
        <b>{ cell.verdict().sign() }{ " " }{ figure.show(estimate.mean) }</b>
        { range }
        </>
    }
}

/// The class of a verdict, for its colour.
pub fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::All => "all",
        Verdict::Some => "some",
        Verdict::None => "none",
        Verdict::Unknown => "unknown",
    }
}

/// Five dots, filled for the fixes that are on.
fn dots(set: FixSet) -> Html {
    let dots = Fix::ALL.into_iter().enumerate().map(|(place, fix)| {
        let cx = (5 + 10 * place).to_string();
        let fill = if set.has(fix) { "currentColor" } else { "none" };
        html! { <circle {cx} cy="5" r="3.5" {fill} stroke="currentColor" /> }
    });
    html! { <svg class="dots" viewBox="0 0 50 10" aria-hidden="true">{ for dots }</svg> }
}
