//! One job, looked at closely: what it is, and what is happening to it.

use yew::prelude::*;

use crate::app::words;
use crate::scene::JobInspection;

/// The inspector of a job.
pub fn job_inspector(seen: &JobInspection, close: &Callback<MouseEvent>) -> Html {
    html! {
        <section class="inspector" aria-label="Inspector">
            <header>
                <h2>{ format!("Job {}", seen.id) }</h2>
                <span class="state">{ seen.kind }</span>
                <button type="button" onclick={close.clone()}>{ words::CLOSE }</button>
            </header>
            <p class="why">{ seen.story.clone() }</p>
            <dl>
                <dt>{ "Age" }</dt><dd>{ format!("{:.1} s", seen.age_s) }</dd>
                <dt>{ "Deliveries" }</dt><dd>{ seen.attempts }</dd>
            </dl>
        </section>
    }
}
