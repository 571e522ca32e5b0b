//! The selection, looked at closely: what a worker does, where it stands in its code and why it is
//! stuck; what is happening to a job.

use yew::prelude::*;

use crate::app::element::Button;
use crate::app::words;
use crate::scene::{CODE, Inspection, JobInspection};
use crate::viewer::{Msg, Selection, State};
use crate::watch::units::in_mb;

/// The inspector of the selection; empty if nothing is selected, or it is gone.
pub fn inspector(state: &State, on: &Callback<Msg>) -> Html {
    let run = state.runs.tape().run();
    let seen = match state.selection {
        Some(Selection::Worker(id)) => Inspection::of(run, id).map(|seen| worker(&seen, on)),
        Some(Selection::Job(id)) => JobInspection::of(run, id).map(|seen| job(&seen, on)),
        None => None,
    };
    seen.unwrap_or_default()
}

fn header(title: String, state: &'static str, on: &Callback<Msg>) -> Html {
    html! {
        <header>
            <h2>{ title }</h2>
            <span class="state">{ state }</span>
            { Button::new("", words::CLOSE).sends(Msg::Deselect, on) }
        </header>
    }
}

fn worker(seen: &Inspection, on: &Callback<Msg>) -> Html {
    let lines = CODE.iter().enumerate().map(|(number, text)| {
        let class = classes!((number == seen.line).then_some("here"));
        html! { <span {class}>{ format!("{text}\n") }</span> }
    });
    let left = if seen.expires_s >= 0.0 {
        format!("{:.0} s left", seen.expires_s)
    } else {
        format!("{:.0} s overdue", -seen.expires_s)
    };
    html! {
        <section class={classes!("inspector", seen.stuck.then_some("stuck"))}
            aria-label={words::INSPECTOR}>
            { header(format!("Worker {}", seen.id), seen.state, on) }
            <p class="why">{ seen.story.clone() }</p>
            <dl>
                <dt>{ "Age" }</dt><dd>{ format!("{:.0} s", seen.age_s) }</dd>
                <dt>{ "Lifetime" }</dt><dd>{ left }</dd>
                <dt>{ "Last heartbeat" }</dt><dd>{ format!("{:.1} s ago", seen.silent_s) }</dd>
                <dt>{ "Memory" }</dt><dd>{ in_mb(u64::from(seen.mib)) }</dd>
                <dt>{ "Jobs taken" }</dt><dd>{ seen.jobs }</dd>
            </dl>
            <pre class="code">{ for lines }</pre>
            <pre class="strace">{ format!("$ strace -p {}\n{}", 4_000 + seen.id, seen.call) }</pre>
        </section>
    }
}

fn job(seen: &JobInspection, on: &Callback<Msg>) -> Html {
    html! {
        <section class="inspector" aria-label={words::INSPECTOR}>
            { header(format!("Job {}", seen.id), seen.kind, on) }
            <p class="why">{ seen.story.clone() }</p>
            <dl>
                <dt>{ "Age" }</dt><dd>{ format!("{:.1} s", seen.age_s) }</dd>
                <dt>{ "Deliveries" }</dt><dd>{ seen.attempts }</dd>
            </dl>
        </section>
    }
}
