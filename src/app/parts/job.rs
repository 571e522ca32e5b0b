//! One job, looked at closely: what it is, and what is happening to it.

use yew::prelude::*;

use crate::app::words;
use crate::scene::JobInspection;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The job.
    pub inspection: JobInspection,
    /// Somebody has seen enough.
    pub close: Callback<MouseEvent>,
}

/// The inspector of a job.
#[component]
pub fn JobInspector(props: &Props) -> Html {
    let seen = &props.inspection;
    html! {
        <section class="inspector" aria-label="Inspector">
            <header>
                <h2>{ format!("Job {}", seen.id) }</h2>
                <span class="state">{ seen.kind }</span>
                <button type="button" onclick={props.close.clone()}>{ words::CLOSE }</button>
            </header>
            <p class="why">{ seen.story.clone() }</p>
            <dl>
                <dt>{ "Age" }</dt><dd>{ format!("{:.1} s", seen.age_s) }</dd>
                <dt>{ "Deliveries" }</dt><dd>{ seen.attempts }</dd>
            </dl>
        </section>
    }
}
