//! The two dashboards side by side, the gap between which is the story; belief beside truth; the
//! pager; and two runs in figures.

mod belief;
mod compare;
mod pager;

use yew::prelude::*;

use super::words;
use crate::watch::Sample;
use crate::watch::figures::{Figure, NEW_DASHBOARD, OLD_DASHBOARD};

pub use belief::belief;
pub use compare::compare;
pub use pager::pager;

/// The old dashboard and the new one.
pub fn dashboards(sample: &Sample) -> Html {
    let is_bad = sample.zombies > 0 || sample.hung > 0;
    html! {
        <div class="dashboards">
            <section class="dashboard old" aria-label={words::OLD_DASHBOARD}>
                <h2>{ words::OLD_DASHBOARD }</h2>
                <dl>{ for OLD_DASHBOARD.iter().map(|figure| good(figure, sample)) }</dl>
                <p class="verdict">{ words::OLD_VERDICT }</p>
            </section>
            <section class={classes!("dashboard", "new", is_bad.then_some("bad"))}
                aria-label={words::NEW_DASHBOARD}>
                <h2>{ words::NEW_DASHBOARD }</h2>
                <dl>{ for NEW_DASHBOARD.iter().map(|figure| row(figure, sample)) }</dl>
            </section>
        </div>
    }
}

fn good(figure: &Figure, sample: &Sample) -> Html {
    html! {
        <>
            <dt title={figure.help}>{ figure.name }</dt>
            <dd>{ figure.text(sample) }<span class="tick">{ " ✓" }</span></dd>
        </>
    }
}

fn row(figure: &Figure, sample: &Sample) -> Html {
    let alarm = figure.is_alarming(sample);
    let mark = if alarm { " ⚠" } else { "" };
    html! {
        <>
            <dt title={figure.help}>{ figure.name }</dt>
            <dd class={classes!(alarm.then_some("alarm"))}>{ figure.text(sample) }{ mark }</dd>
        </>
    }
}
