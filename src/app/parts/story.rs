//! The eight steps of the way down and the recovery, lit as they happen.

use yew::prelude::*;

use crate::app::words;
use crate::kernel::Instant;
use crate::run::WallClock;
use crate::watch::Milestone;

/// The steps reached, with their times on the clock, in the order they happened.
pub fn story(story: &[(Milestone, Instant)], clock: WallClock) -> Html {
    let latest = story.iter().map(|(stage, _)| *stage).max();
    let steps = Milestone::ALL.into_iter().map(|stage| {
        let reached = story.iter().find(|(other, _)| *other == stage).map(|(_, at)| *at);
        let class = classes!(
            reached.is_some().then_some("reached"),
            (latest == Some(stage)).then_some("latest"),
            (stage == Milestone::Recovered).then_some("recovered"),
        );
        let when = reached.map(|at| clock.at(at)).unwrap_or_default();
        html! {
            <li key={stage.title()} {class}>
                <span>{ stage.title() }</span>
                <time>{ when }</time>
            </li>
        }
    });
    html! { <ol class="story" aria-label={words::STORY}>{ for steps }</ol> }
}
