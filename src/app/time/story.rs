//! The eight steps of the way down and the recovery, lit as they happen.

use yew::prelude::*;

use crate::app::words;
use crate::kernel::Instant;
use crate::run::WallClock;
use crate::watch::Milestone;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The milestones reached, with their times, in the order they happened.
    pub story: Vec<(Milestone, Instant)>,
    /// The scenario's clock.
    pub clock: WallClock,
}

/// The steps.
#[component]
pub fn Story(props: &Props) -> Html {
    let latest = props.story.iter().map(|(step, _)| *step).max();
    let steps = Milestone::ALL.into_iter().map(|step| {
        let reached = props.story.iter().find(|(other, _)| *other == step).map(|(_, at)| *at);
        let class = classes!(
            reached.is_some().then_some("reached"),
            (latest == Some(step)).then_some("latest"),
            (step == Milestone::Recovered).then_some("recovered"),
        );
        let when = reached.map(|at| props.clock.at(at)).unwrap_or_default();
        html! {
            <li key={step.title()} {class}>
                <span>{ step.title() }</span>
                <time>{ when }</time>
            </li>
        }
    });
    html! { <ol class="story" aria-label={words::STORY}>{ for steps }</ol> }
}
