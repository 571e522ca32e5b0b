//! What one is looking at: the scenario, and how far its tale has come.

use yew::prelude::*;

use crate::run::Tape;

/// The last chapter that was told, with its time; before the first, what the scenario is about.
pub fn caption(tape: &Tape) -> Html {
    let scenario = tape.scenario();
    let told = scenario.chapters.iter().rev().find(|chapter| chapter.at() <= tape.now());
    let (lead, words) = match told {
        Some(chapter) => (tape.run().clock().at(chapter.at()), chapter.tell.clone()),
        None => (scenario.name.clone(), scenario.about.clone()),
    };
    html! { <p class="caption"><strong>{ lead }</strong>{ " " }{ words }</p> }
}
