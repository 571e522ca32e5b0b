//! Alerts as a pager shows them.

use yew::prelude::*;

use crate::app::words;
use crate::watch::{RULES, Sample, Severity};

/// The pager.
pub fn pager(sample: &Sample) -> Html {
    let help =
        |name: &str| RULES.iter().find(|rule| rule.name == name).map_or("", |rule| rule.help);
    let alerts = sample.alerts.iter().map(|alert| {
        let severity = if alert.severity == Severity::Critical { "critical" } else { "warning" };
        html! {
            <li key={alert.name.clone()} class={classes!(alert.state.clone(), severity)}>
                <strong>{ alert.name.clone() }</strong>
                <span class="state">{ format!("{severity}, {}", alert.state) }</span>
                <span class="help">{ help(&alert.name) }</span>
            </li>
        }
    });
    html! {
        <section class="pager" aria-label={words::PAGER}>
            <h2>{ words::PAGER }</h2>
            <ul>{ for alerts }</ul>
            if sample.alerts.is_empty() {
                <p class="quiet">{ words::QUIET }</p>
            }
        </section>
    }
}
