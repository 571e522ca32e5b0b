//! The stage, or two of them side by side, the tools, the menu on top, and the inspector beneath.

mod death;
mod inspector;
mod line;
mod menu;
mod tools;

use yew::prelude::*;

use super::nodes::Nodes;
use super::words;
use crate::run::RunId;
use crate::scene::Point;
use crate::viewer::{Msg, Press, State, Tool};

pub use inspector::inspector;
pub use tools::{Tools, tools};

/// The stages and the menu.
pub fn stages(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let two = state.runs.are_two();
    html! {
        <div class={classes!("stages", two.then_some("two"))}>
            { stage(RunId::A, state, nodes, on) }
            if two {
                { stage(RunId::B, state, nodes, on) }
            }
            { line::line(state) }
            { death::death(state, on) }
            if let Some(menu) = &state.menu {
                { menu::menu(menu, on) }
            }
        </div>
    }
}

fn stage(id: RunId, state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let two = state.runs.are_two();
    let armed = (state.tool != Tool::Inspect).then_some("armed");
    let active = (two && state.runs.active() == id).then_some("active");
    let ask = on.reform(move |event: MouseEvent| {
        event.prevent_default();
        Msg::AskStage(id, place(&event))
    });
    html! {
        <div class={classes!("stage", armed, active)}>
            if two {
                <span class="side">{ id.name() }</span>
            }
            <canvas ref={nodes.stage(id).clone()} id={stage_id(id)} tabindex="0"
                role="application"
                aria-roledescription={words::STAGE_ROLE}
                data-keys="stage" aria-label={words::STAGE_HELP}
                onpointerdown={on.reform(move |event| Msg::PressStage(id, press(&event)))}
                onpointerup={on.reform(move |event| Msg::ReleaseStage(id, press(&event)))}
                onpointercancel={on.reform(|_| Msg::CancelPress)} oncontextmenu={ask} />
        </div>
    }
}

/// The id of a run's stage in the page.
fn stage_id(id: RunId) -> &'static str {
    match id {
        RunId::A => "stage",
        RunId::B => "stage-b",
    }
}

fn press(event: &PointerEvent) -> Press {
    let touch = event.pointer_type() == "touch";
    Press { touch, at: place(event), button: event.button() }
}

/// Where on the stage an event was.
fn place(event: &MouseEvent) -> Point {
    Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()))
}
