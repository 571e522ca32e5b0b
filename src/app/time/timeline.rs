//! The timeline and its buttons: back and forward by events, drag to any moment, run to the next
//! thing of interest, and the abandoned timelines.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::app::browser::{self, field_text};
use crate::app::element::{Button, select};
use crate::app::lazy::lazy;
use crate::app::nodes::Nodes;
use crate::app::words;
use crate::kernel::Instant;
use crate::run::Interest;
use crate::viewer::{Msg, State};

/// The timeline.
pub fn timeline(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let (runs, tape) = (&state.runs, state.runs.tape());
    let whole = |at: Instant| format!("{:.0}", at.as_secs_f64());
    html! {
        <div class="timeline" role="group" aria-label={words::TIME_MACHINE}>
            { button("back", "◀❙", words::STEP_BACK, Msg::StepBack, on) }
            { button("step", "❙▶", words::STEP, Msg::Step, on) }
            <canvas ref={nodes.timeline.clone()} id="timeline" tabindex="0" role="slider"
                data-keys="timeline" aria-label={words::TIMELINE} aria-valuemin="0"
                aria-valuemax={whole(tape.end().max(runs.now()))}
                aria-valuenow={whole(runs.now())}
                aria-valuetext={tape.run().clock().at(runs.now())}
                onpointerdown={on.reform(press)}
                onpointermove={on.reform(|event| {
                    let (x, width) = place(&event);
                    Msg::PointTimeline(x, width)
                })}
                onpointerup={on.reform(|_| Msg::ReleaseTimeline)}
                onpointercancel={on.reform(|_| Msg::ReleaseTimeline)}
                onpointerleave={on.reform(|_| Msg::LeaveTimeline)}
            />
            { lazy(next, state.interest, on) }
            { ghosts(state, on) }
        </div>
    }
}

fn button(
    id: &'static str,
    sign: &'static str,
    name: &'static str,
    msg: Msg,
    on: &Callback<Msg>,
) -> Html {
    Button::new(id, sign).label(name).sends(msg, on)
}

/// The button that runs to the next event, and the list of what is searched.
fn next(interest: &Interest, on: &Callback<Msg>) -> Html {
    let options = Interest::ALL.map(|what| (what.name().into(), words::interest(what).into()));
    let choose = |name: String| {
        let what = Interest::ALL.into_iter().find(|what| what.name() == name);
        Msg::SetInterest(what.unwrap_or(Interest::Anything))
    };
    let button = Button::new("next", words::NEXT).help(words::NEXT_HELP);
    html! {
        <>
        { button.sends(Msg::RunToNext(None), on) }
        <label class="next">
            <span class="unseen">{ words::NEXT_WHAT }</span>
            { select("interest", &options, interest.name(), choose, on) }
        </label>
        </>
    }
}

/// The abandoned timelines: back to the last, or to any of several.
fn ghosts(state: &State, on: &Callback<Msg>) -> Html {
    let (tape, clock) = (state.runs.tape(), state.runs.tape().run().clock());
    let ghosts = tape.ghosts();
    let Some(last) = ghosts.len().checked_sub(1) else { return Html::default() };
    let name = format!("{} ({})", words::GHOST, ghosts.len());
    let back = Button::new("ghost", name).help(words::GHOST_HELP);
    let pick = on.reform(|event: Event| {
        Msg::SwitchTimeline(field_text(&event).parse().unwrap_or(usize::MAX))
    });
    let options = ghosts.iter().enumerate().map(|(place, ghost)| {
        let name = format!("{} {}", words::GHOST_LEFT, clock.at(ghost.forked_at()));
        html! { <option value={place.to_string()}>{ name }</option> }
    });
    html! {
        <span class="ghost">
            { back.sends(Msg::SwitchTimeline(last), on) }
            if last > 0 {
                <select id="ghosts" aria-label={words::GHOST_HELP} onchange={pick}>
                    <option value="" selected=true>{ words::GHOST_WHICH }</option>
                    { for options }
                </select>
            }
        </span>
    }
}

/// Where on the timeline an event was, and the timeline's width, in pixels.
fn place(event: &PointerEvent) -> (f64, f64) {
    let bar = event.target_dyn_into::<HtmlElement>();
    let width = bar.map_or(1, |bar| bar.client_width().max(1));
    (f64::from(event.offset_x()), f64::from(width))
}

/// Takes hold of the timeline: the pointer may leave it until it goes up.
fn press(event: PointerEvent) -> Msg {
    if let Some(bar) = event.target_dyn_into::<Element>() {
        // A pointer that is gone cannot be captured, and need not be.
        let _ = bar.set_pointer_capture(event.pointer_id());
        browser::focus(&bar);
    }
    let (x, width) = place(&event);
    Msg::PressTimeline(x, width)
}
