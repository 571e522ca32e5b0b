//! Belief beside truth, in figures: how far apart they are.

use yew::prelude::*;

use crate::app::words;
use crate::watch::Sample;

/// The counts.
pub fn belief(sample: &Sample) -> Html {
    let counts = [
        ("hung", u64::from(sample.hung), sample.hung > 0),
        ("suspected", u64::from(sample.suspects), false),
        ("undetected", u64::from(sample.missed), sample.missed > 0),
        ("killed", sample.kills, false),
        ("spared", sample.kills_averted, false),
        ("killed by mistake", sample.false_kills, sample.false_kills > 0),
    ];
    let counts = counts.into_iter().zip(words::BELIEF_COUNTS).map(|((name, count, bad), help)| {
        html! {
            <li key={name} class={classes!(bad.then_some("alarm"))} title={*help}>
                <strong>{ count }</strong>{ " " }{ name }
            </li>
        }
    });
    html! {
        <section class="belief" aria-label={words::BELIEF_LIST}>
            <h2>{ words::BELIEF_LIST }</h2>
            <ul>{ for counts }</ul>
        </section>
    }
}
