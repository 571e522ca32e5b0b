//! Belief beside truth: a switch for the stage, and how far apart the two are.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::words;
use crate::watch::Sample;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The readings.
    pub sample: Rc<Sample>,
    /// Whether the stage shows what the supervisor believes.
    pub belief: bool,
    /// Somebody wants to see the one or the other.
    pub show: Callback<bool>,
}

/// The switch and the counts.
#[component]
pub fn Belief(props: &Props) -> Html {
    let sample = &*props.sample;
    let show = props.show.reform(|event: Event| field_text(&event) == "true");
    let counts = [
        ("hang", u64::from(sample.hung), sample.hung > 0),
        ("suspected", u64::from(sample.suspects), false),
        ("missed", u64::from(sample.missed), sample.missed > 0),
        ("killed", sample.kills, false),
        ("spared", sample.kills_averted, false),
        ("wronged", sample.false_kills, sample.false_kills > 0),
    ];
    let counts = counts.into_iter().zip(words::BELIEF_COUNTS).map(|((name, count, bad), help)| {
        html! {
            <li key={name} class={classes!(bad.then_some("alarm"))} title={*help}>
                <strong>{ count }</strong>{ " " }{ name }
            </li>
        }
    });
    html! {
        <div class="belief">
            <label>
                <input type="checkbox" role="switch" id="belief" checked={props.belief}
                    onchange={show} />
                { words::BELIEF }
            </label>
            <ul aria-label={words::BELIEF_LIST}>{ for counts }</ul>
        </div>
    }
}
