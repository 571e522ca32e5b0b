//! The keys: one list, which the page obeys and the help shows.
//!
//! Letters alone act only while a stage has the focus; with Alt they act everywhere, so that they
//! do not get into the way of screen readers, fields and the browser.

use super::msg::Msg;
use super::tool::Tool;
use crate::run::{Command, Interest};

/// The jobs of one burst.
pub const BURST: u32 = 50;

/// Where a key acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// While a stage has the focus; letters with Alt everywhere.
    Stage,
    /// While the timeline has the focus.
    Timeline,
    /// While the menu has the focus.
    Menu,
}

impl Scope {
    /// All scopes, in the order in which the help lists them.
    pub const ALL: [Self; 3] = [Self::Stage, Self::Timeline, Self::Menu];

    /// Its name in the page: the attribute `data-keys` of what has the focus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Timeline => "timeline",
            Self::Menu => "menu",
        }
    }
}

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// What it writes, or its name, as browsers tell it.
    pub key: String,
    /// The key itself, whatever it writes: `KeyP`.
    pub code: String,
    /// Whether Alt was down.
    pub alt: bool,
    /// What had the focus; `None` if it has no keys of its own here.
    pub scope: Option<Scope>,
}

/// A row of the list.
#[derive(Debug)]
pub struct Key {
    /// The key as browsers name it.
    pub key: &'static str,
    /// What is written on it.
    pub cap: &'static str,
    /// Where the focus must be for the key to act.
    pub scope: Scope,
    /// What the key has happen.
    pub msg: Msg,
    /// That in words, for the help.
    pub help: &'static str,
}

const fn stage(key: &'static str, cap: &'static str, msg: Msg, help: &'static str) -> Key {
    Key { key, cap, scope: Scope::Stage, msg, help }
}

const fn timeline(key: &'static str, cap: &'static str, msg: Msg, help: &'static str) -> Key {
    Key { key, cap, scope: Scope::Timeline, msg, help }
}

const fn menu(key: &'static str, cap: &'static str, msg: Msg, help: &'static str) -> Key {
    Key { key, cap, scope: Scope::Menu, msg, help }
}

const POISON_NEXT: Msg = Msg::Issue(Command::Poison { job: None });
const SEND_BURST: Msg = Msg::Issue(Command::Burst { jobs: BURST });
const NEXT: Msg = Msg::RunToNext(Some(Interest::Anything));

/// All keys. To add one, add a row.
pub const KEYS: &[Key] = &[
    stage(" ", "Space", Msg::TogglePlay, "play or pause"),
    stage(".", ".", Msg::Step, "next event"),
    stage(",", ",", Msg::StepBack, "previous event"),
    stage("n", "N", NEXT, "skip to the next thing of interest"),
    stage("PageDown", "Page down", NEXT, "same, for a presenter remote"),
    stage("PageUp", "Page up", Msg::Nudge(-60.0), "one minute back"),
    stage("+", "+", Msg::Faster, "faster"),
    stage("-", "−", Msg::Slower, "slower"),
    stage("ArrowRight", "→", Msg::SelectNext, "next worker"),
    stage("ArrowDown", "↓", Msg::SelectNext, "next worker"),
    stage("ArrowLeft", "←", Msg::SelectPrevious, "previous worker"),
    stage("ArrowUp", "↑", Msg::SelectPrevious, "previous worker"),
    stage("Enter", "Enter", Msg::OpenMenu, "actions for the selection"),
    stage("p", "P", Msg::UseTool(Tool::Poison), "poison the selected job, or the worker's"),
    stage("h", "H", Msg::UseTool(Tool::Hang), "hang the selected worker"),
    stage("k", "K", Msg::UseTool(Tool::Kill), "kill the selected worker"),
    stage("d", "D", Msg::UseTool(Tool::Drain), "drain it: it exits after its job"),
    stage("x", "X", POISON_NEXT, "poison the next job that arrives"),
    stage("b", "B", SEND_BURST, "a burst of jobs"),
    stage("u", "U", Msg::Undo, "undo"),
    stage("s", "S", Msg::ToggleBelief, "toggle the supervisor's view"),
    stage("l", "L", Msg::OpenShare, "share a link to what you see"),
    stage("Escape", "Esc", Msg::Close, "cancel, close or deselect"),
    stage("?", "?", Msg::OpenHelp, "this list"),
    timeline("ArrowRight", "→", Msg::Nudge(5.0), "five seconds on"),
    timeline("ArrowUp", "↑", Msg::Nudge(5.0), "five seconds on"),
    timeline("ArrowLeft", "←", Msg::Nudge(-5.0), "five seconds back"),
    timeline("ArrowDown", "↓", Msg::Nudge(-5.0), "five seconds back"),
    timeline("PageUp", "Page up", Msg::Nudge(60.0), "one minute on"),
    timeline("PageDown", "Page down", Msg::Nudge(-60.0), "one minute back"),
    timeline("Home", "Home", Msg::SeekBegin, "to the beginning"),
    timeline("End", "End", Msg::SeekEnd, "to the end of what was played"),
    timeline(" ", "Space", Msg::TogglePlay, "play or pause"),
    timeline(".", ".", Msg::Step, "next event"),
    timeline(",", ",", Msg::StepBack, "previous event"),
    menu("ArrowDown", "↓", Msg::MenuNext, "next action"),
    menu("ArrowUp", "↑", Msg::MenuPrevious, "previous action"),
    menu("Home", "Home", Msg::MenuFirst, "first action"),
    menu("End", "End", Msg::MenuLast, "last action"),
    menu("Tab", "Tab", Msg::Close, "close the menu"),
];

/// The row of a key that was pressed, if it means anything there.
pub fn find(press: &KeyPress) -> Option<&'static Key> {
    // With Alt some systems write another letter; the key itself is what counts.
    let letter = press.code.strip_prefix("Key").unwrap_or_default().to_ascii_lowercase();
    let lower = press.key.to_ascii_lowercase();
    let is_letter = |key: &str| key.len() == 1 && key.chars().all(|c| c.is_ascii_lowercase());
    let same = |row: &&Key| {
        row.key == press.key
            || (is_letter(row.key) && (row.key == lower || (press.alt && row.key == letter)))
    };
    // Alt with an arrow, Home or Enter is the browser's. Escape closes from anywhere.
    let scope = match press.scope {
        _ if press.key == "Escape" => Scope::Stage,
        _ if press.alt => Scope::Stage,
        scope => scope?,
    };
    let row = KEYS.iter().filter(|row| row.scope == scope).find(same)?;
    (!press.alt || is_letter(row.key) || row.key == "?").then_some(row)
}
