//! What each fix does alone, on average and in company.

use yew::prelude::*;

use super::words;
use crate::lab::{Design, Effect, sentence};
use crate::viewer::Lab;

/// Sentences about pairs, at most.
const SENTENCES: usize = 3;
/// Pairs in the table, at most.
const PAIRS: usize = 4;
/// Half the width of a bar.
const HALF: f64 = 50.0;

/// The table of effects, and the sentences that they tell.
pub fn effects(lab: &Lab) -> Html {
    if lab.link().plan.design != Design::Fixes {
        return Html::default();
    }
    let effects = lab.table().effects(lab.link().figure);
    if effects.is_empty() {
        return Html::default();
    }
    let largest = effects.iter().map(|effect| effect.on_average.mean.abs()).fold(1e-9, f64::max);
    let shown = effects.iter().filter(|effect| effect.fixes.count() == 1);
    let shown = shown.chain(effects.iter().filter(|effect| effect.fixes.count() == 2).take(PAIRS));
    let rows = shown.map(|effect| row(effect, largest));
    let heads = words::EFFECT_HEADS.map(|head| html! { <th scope="col">{ head }</th> });
    let told = effects.iter().filter(|effect| is_told_apart(effect));
    let told = told.filter_map(|pair| sentence(pair.fixes, &effects, signed)).take(SENTENCES);
    let told = told.map(|sentence| html! { <p>{ sentence }</p> });
    html! {
        <section class="panel effects">
            <h2>{ words::EFFECTS }</h2>
            <table>
                <thead><tr>{ for heads }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
            { for told }
        </section>
    }
}

fn is_told_apart(effect: &Effect) -> bool {
    effect.on_average.interval.is_some_and(|range| !range.holds_zero())
}

fn signed(value: f64) -> String {
    format!("{value:+.0}")
}

fn row(effect: &Effect, largest: f64) -> Html {
    let range = match effect.on_average.interval {
        None => String::new(),
        Some(range) if range.holds_zero() => words::NOT_APART.to_owned(),
        Some(range) => format!("{} … {}", signed(range.low), signed(range.high)),
    };
    html! {
        <tr>
            <th scope="row">{ effect.fixes.to_string().replace(',', " + ") }</th>
            <td>{ signed(effect.alone.mean) }</td>
            <td>{ bar(effect.on_average.mean / largest) }{ signed(effect.on_average.mean) }</td>
            <td>{ range }</td>
        </tr>
    }
}

/// A bar from the middle to the left or to the right; `share` is −1 to 1.
fn bar(share: f64) -> Html {
    let width = share.abs() * HALF;
    let x = if share < 0.0 { HALF - width } else { HALF };
    html! {
        <svg class="bar" viewBox="0 0 100 10" aria-hidden="true">
            <line x1="50" x2="50" y1="0" y2="10" stroke="currentColor" stroke-width="0.5" />
            <rect x={format!("{x:.1}")} y="2" width={format!("{width:.1}")} height="6"
                fill="currentColor" />
        </svg>
    }
}
