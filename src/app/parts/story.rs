//! The eight steps of the way down, lit as they happen.

use yew::prelude::*;

use crate::app::words;
use crate::kernel::Instant;
use crate::run::Clock;
use crate::watch::Stage;

/// What it shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The steps reached, with their times, in the order they happened.
    pub story: Vec<(Stage, Instant)>,
    /// The scenario's clock.
    pub clock: Clock,
}

/// The story.
#[component]
pub fn Story(props: &Props) -> Html {
    let latest = props.story.last().map(|(stage, _)| *stage);
    let steps = Stage::ALL.into_iter().map(|stage| {
        let reached = props.story.iter().find(|(other, _)| *other == stage).map(|(_, at)| *at);
        let class = classes!(
            reached.is_some().then_some("reached"),
            (latest == Some(stage)).then_some("latest"),
        );
        let when = reached.map(|at| props.clock.at(at)).unwrap_or_default();
        html! {
            <li key={stage.title()} {class}>
                <span>{ stage.title() }</span>
                <time>{ when }</time>
            </li>
        }
    });
    html! { <ol class="story" aria-label={words::STORY}>{ for steps }</ol> }
}
