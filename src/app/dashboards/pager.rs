//! Alerts as a pager shows them: a row for each rule, so that none moves when another fires.

use yew::prelude::*;

use crate::app::words;
use crate::watch::{RULES, Rule, Sample};

/// The pager.
pub fn pager(sample: &Sample) -> Html {
    let fires = sample.alerts.iter().any(|alert| alert.state == "firing");
    html! {
        <section class="pager" aria-label={words::PAGER}>
            <div class="head">
                <h2>{ words::PAGER }</h2>
                if !fires {
                    <p class="quiet">{ words::QUIET }</p>
                }
            </div>
            <ul>{ for RULES.iter().map(|rule| row(rule, sample)) }</ul>
        </section>
    }
}

fn row(rule: &Rule, sample: &Sample) -> Html {
    let alert = sample.alerts.iter().find(|alert| alert.name == rule.name);
    let state = alert.map(|alert| alert.state.clone()).unwrap_or_default();
    html! {
        <li key={rule.name} class={classes!(state.clone(), rule.severity.name())} title={rule.help}>
            <strong>{ rule.name }</strong>
            <span class="state">{ state }</span>
        </li>
    }
}
