//! The card over a pool whose host has died: what happened, and two ways on.

use yew::prelude::*;

use crate::app::words;
use crate::viewer::{Msg, State};

/// Seconds that the first way goes back.
const BACK_S: f64 = 300.0;

/// The card; empty while the pool lives.
pub fn death(state: &State, on: &Callback<Msg>) -> Html {
    let Some(at) = state.death() else { return Html::default() };
    let when = state.runs.tape().run().clock().at(at);
    html! {
        <div class="death" role="alert">
            <p><strong>{ when }</strong>{ " " }{ words::DEATH }</p>
            <button type="button" id="death-back"
                onclick={on.reform(|_: MouseEvent| Msg::Nudge(-BACK_S))}>
                { words::DEATH_BACK }
            </button>
            <button type="button" id="death-again" class="main"
                onclick={on.reform(|_: MouseEvent| Msg::AgainFixed)}>
                { words::DEATH_AGAIN }
            </button>
        </div>
    }
}
