//! The bar of time and its buttons: back and forward by events, drag to any moment, run to the
//! next thing of interest, and the futures that were left.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::app::browser;
use crate::app::words;
use crate::kernel::Instant;
use crate::run::{Interest, WallClock};

/// What can be done on the bar.
#[derive(Clone, Debug, PartialEq)]
pub enum ScrubAct {
    /// It is held, at this place.
    Hold(f64),
    /// The pointer moves over it.
    Move(f64),
    /// It is let go.
    Release,
    /// The pointer is elsewhere.
    Leave,
    /// To the next event.
    Step,
    /// To the event before.
    StepBack,
    /// To the next thing of interest.
    Next(Interest),
    /// Back to a future that was left.
    Ghost(usize),
}

/// What it shows.
pub struct ScrubBar {
    /// The canvas of the bar.
    pub canvas: NodeRef,
    /// Where the viewer stands.
    pub now: Instant,
    /// How far it was ever played.
    pub end: Instant,
    /// The scenario's clock.
    pub clock: WallClock,
    /// When the futures that were left were left, the latest last.
    pub ghosts: Vec<Instant>,
    /// What was done.
    pub act: Callback<ScrubAct>,
}

/// The bar.
pub fn scrub_bar(props: &ScrubBar) -> Html {
    let click = |act: ScrubAct| props.act.reform(move |_: MouseEvent| act.clone());
    let next = props.act.reform(|_: MouseEvent| ScrubAct::Next(interest()));
    let options = Interest::ALL.iter().map(|what| html! { <option>{ what.name() }</option> });
    let whole = |at: Instant| format!("{:.0}", at.as_secs_f64());
    html! {
        <div class="scrub" role="group" aria-label={words::TIME_MACHINE}>
            <button type="button" id="back" title={words::STEP_BACK}
                aria-label={words::STEP_BACK} onclick={click(ScrubAct::StepBack)}>
                { "◀❙" }
            </button>
            <button type="button" id="step" title={words::STEP} aria-label={words::STEP}
                onclick={click(ScrubAct::Step)}>{ "❙▶" }</button>
            <canvas ref={props.canvas.clone()} id="scrub" tabindex="0" role="slider"
                data-keys="bar" aria-label={words::TIME_BAR} aria-valuemin="0"
                aria-valuemax={whole(props.end.max(props.now))} aria-valuenow={whole(props.now)}
                aria-valuetext={props.clock.at(props.now)}
                onpointerdown={props.act.reform(hold)}
                onpointermove={props.act.reform(|event| ScrubAct::Move(place(&event)))}
                onpointerup={props.act.reform(|_| ScrubAct::Release)}
                onpointercancel={props.act.reform(|_| ScrubAct::Release)}
                onpointerleave={props.act.reform(|_| ScrubAct::Leave)}
            />
            <label class="next">
                <span class="unseen">{ words::NEXT_WHAT }</span>
                <select id="interest">{ for options }</select>
            </label>
            <button type="button" id="next" title={words::NEXT_HELP} onclick={next}>
                { words::NEXT }
            </button>
            <span class="ghost">{ ghosts(props) }</span>
        </div>
    }
}

/// The futures that were left: back to the last, or to any of several.
fn ghosts(props: &ScrubBar) -> Html {
    let Some(last) = props.ghosts.len().checked_sub(1) else { return Html::default() };
    let back = props.act.reform(move |_: MouseEvent| ScrubAct::Ghost(last));
    let pick = props.act.reform(|event: Event| {
        ScrubAct::Ghost(browser::field_text(&event).parse().unwrap_or(usize::MAX))
    });
    let options = props.ghosts.iter().enumerate().map(|(place, at)| {
        let name = format!("{} {}", words::GHOST_LEFT, props.clock.at(*at));
        html! { <option value={place.to_string()}>{ name }</option> }
    });
    html! {
        <>
        <button type="button" id="ghost" title={words::GHOST_HELP} onclick={back}>
            { format!("{} ({})", words::GHOST, props.ghosts.len()) }
        </button>
        if last > 0 {
            <select id="ghosts" aria-label={words::GHOST_HELP} onchange={pick}>
                <option value="" selected=true>{ words::GHOST_WHICH }</option>
                { for options }
            </select>
        }
        </>
    }
}

/// What is chosen in the list.
fn interest() -> Interest {
    let select = browser::element("interest");
    let select = select.and_then(|found| found.dyn_into::<HtmlSelectElement>().ok());
    let place = select.map_or(0, |select| select.selected_index().max(0) as usize);
    Interest::ALL[place.min(Interest::ALL.len() - 1)]
}

fn place(event: &PointerEvent) -> f64 {
    f64::from(event.offset_x())
}

/// Takes hold of the bar: the pointer may leave it until it is let go.
fn hold(event: PointerEvent) -> ScrubAct {
    if let Some(bar) = event.target_dyn_into::<Element>() {
        // A pointer that is gone cannot be captured, and need not be.
        let _ = bar.set_pointer_capture(event.pointer_id());
        browser::focus(&bar);
    }
    ScrubAct::Hold(place(&event))
}
