//! One worker, looked at closely: what it does, where it stands in its code, why it is stuck.

use yew::prelude::*;

use crate::scene::{CODE, Inspection};

/// The inspector.
pub fn inspector(seen: &Inspection, close: &Callback<MouseEvent>) -> Html {
    let lines = CODE.iter().enumerate().map(|(number, text)| {
        let class = classes!((number == seen.line).then_some("here"));
        html! { <span {class}>{ format!("{text}\n") }</span> }
    });
    let left = if seen.expires_s >= 0.0 {
        format!("ends in {:.0} s", seen.expires_s)
    } else {
        format!("should have ended {:.0} s ago", -seen.expires_s)
    };
    html! {
        <section class={classes!("inspector", seen.stuck.then_some("stuck"))}
            aria-label="Inspector">
            <header>
                <h2>{ format!("Worker {}", seen.id) }</h2>
                <span class="state">{ seen.state }</span>
                <button type="button" onclick={close.clone()}>{ "Close" }</button>
            </header>
            <p class="why">{ seen.story.clone() }</p>
            <dl>
                <dt>{ "Age" }</dt><dd>{ format!("{:.0} s", seen.age_s) }</dd>
                <dt>{ "Life" }</dt><dd>{ left }</dd>
                <dt>{ "Last sign of life" }</dt><dd>{ format!("{:.1} s ago", seen.silent_s) }</dd>
                <dt>{ "Memory" }</dt><dd>{ format!("{} MB", seen.mib) }</dd>
                <dt>{ "Jobs taken" }</dt><dd>{ seen.jobs }</dd>
            </dl>
            <pre class="code">{ for lines }</pre>
            <pre class="strace">{ format!("$ strace -p {}\n{}", 4_000 + seen.id, seen.call) }</pre>
        </section>
    }
}
