//! The keys: one list, which the page obeys and the help shows.
//!
//! Letters alone act only while a stage has the focus; with Alt they act everywhere, so that they
//! do not get into the way of screen readers and fields.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::viewer::Tool;

/// What a key does.
#[allow(missing_docs)] // The list says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    PlayPause,
    Step,
    StepBack,
    NextWorker,
    PreviousWorker,
    Later,
    Earlier,
    MuchLater,
    MuchEarlier,
    Begin,
    End,
    NextThing,
    Faster,
    Slower,
    Tool(Tool),
    PoisonNext,
    Burst,
    Undo,
    Belief,
    Menu,
    Close,
    Help,
    Share,
}

/// Where a key acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// While a stage has the focus, and with Alt everywhere.
    Stage,
    /// While the bar of time has the focus.
    Bar,
}

/// A row of the list: the key as browsers name it, how people call it, where it acts, what it
/// does, and that in words.
pub struct Key {
    key: &'static str,
    /// What is written on it.
    pub cap: &'static str,
    place: Place,
    stroke: Stroke,
    /// What it does.
    pub help: &'static str,
}

const fn row(
    key: &'static str,
    cap: &'static str,
    place: Place,
    stroke: Stroke,
    help: &'static str,
) -> Key {
    Key { key, cap, place, stroke, help }
}

/// All keys. To add one, add a row.
pub const KEYS: &[Key] = &[
    row(" ", "Space", Place::Stage, Stroke::PlayPause, "play or pause"),
    row(".", ".", Place::Stage, Stroke::Step, "one event forward"),
    row(",", ",", Place::Stage, Stroke::StepBack, "one event back"),
    row("n", "N", Place::Stage, Stroke::NextThing, "run to the next thing of interest"),
    row("PageDown", "Page down", Place::Stage, Stroke::NextThing, "the same, for a clicker"),
    row("PageUp", "Page up", Place::Stage, Stroke::MuchEarlier, "a minute back"),
    row("+", "+", Place::Stage, Stroke::Faster, "faster"),
    row("-", "−", Place::Stage, Stroke::Slower, "slower"),
    row("ArrowRight", "→", Place::Stage, Stroke::NextWorker, "choose the next worker"),
    row("ArrowDown", "↓", Place::Stage, Stroke::NextWorker, "choose the next worker"),
    row("ArrowLeft", "←", Place::Stage, Stroke::PreviousWorker, "choose the worker before"),
    row("ArrowUp", "↑", Place::Stage, Stroke::PreviousWorker, "choose the worker before"),
    row("Enter", "Enter", Place::Stage, Stroke::Menu, "what can be done to it"),
    row("p", "P", Place::Stage, Stroke::Tool(Tool::Poison), "poison what is chosen"),
    row("h", "H", Place::Stage, Stroke::Tool(Tool::Hang), "hang the chosen worker"),
    row("k", "K", Place::Stage, Stroke::Tool(Tool::Kill), "kill the chosen worker"),
    row("d", "D", Place::Stage, Stroke::Tool(Tool::Drain), "drain it: it leaves after its job"),
    row("x", "X", Place::Stage, Stroke::PoisonNext, "poison the next job that arrives"),
    row("b", "B", Place::Stage, Stroke::Burst, "a burst of jobs"),
    row("u", "U", Place::Stage, Stroke::Undo, "take the last act back"),
    row("s", "S", Place::Stage, Stroke::Belief, "what the supervisor believes, or what is so"),
    row("l", "L", Place::Stage, Stroke::Share, "a link to what is seen"),
    row("Escape", "Esc", Place::Stage, Stroke::Close, "close, let go"),
    row("?", "?", Place::Stage, Stroke::Help, "this list"),
    row("ArrowRight", "→", Place::Bar, Stroke::Later, "five seconds on"),
    row("ArrowUp", "↑", Place::Bar, Stroke::Later, "five seconds on"),
    row("ArrowLeft", "←", Place::Bar, Stroke::Earlier, "five seconds back"),
    row("ArrowDown", "↓", Place::Bar, Stroke::Earlier, "five seconds back"),
    row("PageUp", "Page up", Place::Bar, Stroke::MuchLater, "a minute on"),
    row("PageDown", "Page down", Place::Bar, Stroke::MuchEarlier, "a minute back"),
    row("Home", "Home", Place::Bar, Stroke::Begin, "to the beginning"),
    row("End", "End", Place::Bar, Stroke::End, "to the end of what was played"),
    row(" ", "Space", Place::Bar, Stroke::PlayPause, "play or pause"),
    row(".", ".", Place::Bar, Stroke::Step, "one event forward"),
    row(",", ",", Place::Bar, Stroke::StepBack, "one event back"),
];

impl Key {
    /// Whether it acts on the bar of time, and not on a stage.
    pub fn is_of_the_bar(&self) -> bool {
        self.place == Place::Bar
    }
}

/// What a key that was pressed anywhere on the page means.
pub fn stroke(event: &KeyboardEvent) -> Option<Stroke> {
    if event.ctrl_key() || event.meta_key() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    let place = match target.get_attribute("data-keys").as_deref() {
        Some("bar") => Place::Bar,
        Some(_) => Place::Stage,
        // Elsewhere only Alt and Escape: fields and buttons need their own keys.
        None if event.alt_key() || event.key() == "Escape" => Place::Stage,
        None => return None,
    };
    let pressed = event.key();
    // With Alt some systems write another letter; the key itself is what counts.
    let code = event.code().trim_start_matches("Key").to_ascii_lowercase();
    let same = |key: &str| {
        key == pressed || key == pressed.to_ascii_lowercase() || (event.alt_key() && key == code)
    };
    KEYS.iter().find(|row| row.place == place && same(row.key)).map(|row| row.stroke)
}
