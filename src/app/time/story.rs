//! The eight steps of the way down and the recovery, lit as they happen.

use yew::prelude::*;

use crate::app::words;
use crate::kernel::Instant;
use crate::run::WallClock;
use crate::viewer::Msg;
use crate::watch::Milestone;

/// What the steps show.
#[derive(PartialEq)]
pub struct Story {
    /// The milestones reached, with their times, in the order they happened.
    pub reached: Vec<(Milestone, Instant)>,
    /// The scenario's clock.
    pub clock: WallClock,
}

/// The steps.
pub fn story(story: &Story, _: &Callback<Msg>) -> Html {
    let latest = story.reached.iter().map(|(step, _)| *step).max();
    let steps = Milestone::ALL.into_iter().map(|step| {
        let reached = story.reached.iter().find(|(other, _)| *other == step).map(|(_, at)| *at);
        let class = classes!(
            reached.is_some().then_some("reached"),
            (latest == Some(step)).then_some("latest"),
            (step == Milestone::Recovered).then_some("recovered"),
        );
        let when = reached.map(|at| story.clock.at(at)).unwrap_or_default();
        html! {
            <li key={step.title()} {class}>
                <span>{ step.title() }</span>
                <time>{ when }</time>
            </li>
        }
    });
    html! { <ol class="story" aria-label={words::STORY}>{ for steps }</ol> }
}
