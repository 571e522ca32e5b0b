//! The two dashboards side by side, the gap between which is the story; belief beside truth; the
//! pager; and two runs in figures.

mod belief;
mod compare;
mod pager;

use yew::prelude::*;

use super::words;
use crate::run::RunId;
use crate::viewer::State;
use crate::watch::Sample;
use crate::watch::figures::{Figure, NEW_DASHBOARD, OLD_DASHBOARD};

pub use belief::belief;
pub use compare::compare;
pub use pager::pager;

/// The old dashboard and the new one, in one strip over the stage.
pub fn dashboards(state: &State) -> Html {
    let sample = &*state.sample;
    let dead = state.death().is_some();
    let warns = |figures: &[&Figure]| figures.iter().any(|figure| figure.is_alarming(sample));
    let is_late = dead || warns(OLD_DASHBOARD);
    let is_bad = dead || sample.zombies > 0 || sample.hung > 0 || warns(NEW_DASHBOARD);
    let old = if is_late { words::OLD_LATE } else { words::OLD_VERDICT };
    let new = match (dead, is_bad) {
        (true, _) => words::NEW_DEAD,
        (false, true) => words::NEW_BAD,
        (false, false) => words::NEW_WELL,
    };
    html! {
        <div class="dashboards">
            <section class={classes!("dashboard", "old", is_late.then_some("late"))}
                aria-label={words::OLD_DASHBOARD}>
                { head(words::OLD_DASHBOARD, old, state) }
                <dl>{ for OLD_DASHBOARD.iter().map(|figure| tile(figure, sample, " ✓")) }</dl>
            </section>
            <section class={classes!("dashboard", "new", is_bad.then_some("bad"))}
                aria-label={words::NEW_DASHBOARD}>
                { head(words::NEW_DASHBOARD, new, state) }
                <dl>{ for NEW_DASHBOARD.iter().map(|figure| tile(figure, sample, "")) }</dl>
                <p class="host">{ sample.processes_text() }</p>
            </section>
        </div>
    }
}

/// What a dashboard is called, of which run it tells if there are two, and its verdict.
fn head(title: &'static str, verdict: &'static str, state: &State) -> Html {
    let run: Option<RunId> = state.runs.are_two().then(|| state.runs.active());
    html! {
        <div class="head">
            <h2>{ title }{ run.map(|run| format!(" · {}", run.name())).unwrap_or_default() }</h2>
            <p class="verdict">{ verdict }</p>
        </div>
    }
}

/// A figure with its name; `well` marks one that is within its limit.
fn tile(figure: &Figure, sample: &Sample, well: &'static str) -> Html {
    let alarm = figure.is_alarming(sample);
    let mark = if alarm { " ⚠" } else { well };
    html! {
        <div key={figure.name}>
            <dt title={figure.help}>{ figure.name }</dt>
            <dd class={classes!(alarm.then_some("alarm"))}>
                { figure.text(sample) }<span class="tick">{ mark }</span>
            </dd>
        </div>
    }
}
