//! The two dashboards side by side, the gap between which is the story; belief beside truth; the
//! pager; and two runs in figures.

mod belief;
mod compare;
mod pager;

use yew::prelude::*;

use super::words;
use crate::watch::Sample;

pub use belief::belief;
pub use compare::compare;
pub use pager::pager;

/// The old dashboard and the new one.
pub fn dashboards(sample: &Sample) -> Html {
    let old = &sample.old;
    let is_bad = sample.zombies > 0 || sample.hung > 0;
    html! {
        <div class="dashboards">
            <section class="dashboard old" aria-label={words::OLD_DASHBOARD}>
                <h2>{ words::OLD_DASHBOARD }</h2>
                <dl>
                    { good("Active", old.active.to_string()) }
                    { good("Queue", old.queue.to_string()) }
                    { good("Memory", format!("{} MB", old.memory_mb)) }
                    { good("Success", percent(old.success_rate)) }
                </dl>
                <p class="verdict">{ words::OLD_VERDICT }</p>
            </section>
            <section class={classes!("dashboard", "new", is_bad.then_some("bad"))}
                aria-label={words::NEW_DASHBOARD}>
                <h2>{ words::NEW_DASHBOARD }</h2>
                <dl>
                    { row("Able to work", format!("{} of {}", sample.active, sample.workers),
                        (sample.active + sample.filling) * 10 <= sample.workers * 7) }
                    { row("Zombies", sample.zombies.to_string(), sample.zombies > 0) }
                    { row("Hung jobs", sample.hung_jobs.to_string(), sample.hung_jobs > 0) }
                    { row("All memory", format!("{} MB", sample.memory_mb),
                        sample.memory_mb > 2 * sample.baseline_mb) }
                    { row("Restarts", sample.restarts.to_string(), false) }
                    { row("p95 delay", sample.p95_s.map_or_else(none, |p95| format!("{p95:.1} s")),
                        sample.p95_s > Some(5.0)) }
                    { row("Success", percent(sample.success_rate),
                        sample.success_rate.is_some_and(|rate| rate < 0.9)) }
                </dl>
            </section>
        </div>
    }
}

fn good(name: &str, value: String) -> Html {
    html! { <><dt>{ name }</dt><dd>{ value }<span class="tick">{ " ✓" }</span></dd></> }
}

fn row(name: &str, value: String, alarm: bool) -> Html {
    let class = classes!(alarm.then_some("alarm"));
    let mark = if alarm { " ⚠" } else { "" };
    html! { <><dt>{ name }</dt><dd {class}>{ value }{ mark }</dd></> }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(none, |share| format!("{:.1} %", share * 100.0))
}

/// What stands where there is no value.
fn none() -> String {
    "–".to_owned()
}
