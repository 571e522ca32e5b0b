//! The line at a worker while the page opens.

use yew::prelude::*;

use crate::app::words;
use crate::run::RunId;
use crate::viewer::State;

/// The line; empty if there is nothing to show. It is put in its place once it is there.
pub fn line(state: &State) -> Html {
    let beat = state.runs.opening().beat();
    let Some(beat) = beat else { return Html::default() };
    let pool = state.runs.lane(RunId::A).tape().run().pool();
    let record = pool.roster().iter().find(|record| record.who.id == beat.worker());
    let lease = record.and_then(|record| record.lease.as_ref());
    let job = lease.and_then(|lease| pool.jobs().get(lease.job)).map(|job| job.id);
    html! { <p id="line">{ words::beat(beat, job) }</p> }
}
