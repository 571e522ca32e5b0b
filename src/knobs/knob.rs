//! What is known about a knob: its row of the table.

use super::input_error::InputError;
use super::value::{Bounds, Value};

/// What a knob belongs to: the headings of the table, in the order they are shown.
#[allow(missing_docs)] // See `title`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Load,
    Jobs,
    Pool,
    Memory,
    Host,
    Timeouts,
    Health,
    Limits,
    Detection,
    Breaker,
    Watch,
}

/// A row of the table of knobs.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its name in commands, links and files.
    pub name: &'static str,
    /// The group it is shown in.
    pub group: Group,
    /// The unit of its numbers, such as `s` or `MiB`; empty if it has none.
    pub unit: &'static str,
    /// What it accepts.
    pub bounds: Bounds,
    /// One line on what it does.
    pub help: &'static str,
}

impl Group {
    /// The groups, in the order they are shown.
    pub const ALL: [Self; 11] = [
        Self::Load,
        Self::Jobs,
        Self::Pool,
        Self::Memory,
        Self::Host,
        Self::Timeouts,
        Self::Health,
        Self::Limits,
        Self::Detection,
        Self::Breaker,
        Self::Watch,
    ];

    /// The group's heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Load => "Load",
            Self::Jobs => "Jobs",
            Self::Pool => "Pool",
            Self::Memory => "Memory",
            Self::Host => "Host",
            Self::Timeouts => "Fix 1: timeouts",
            Self::Health => "Fix 2: health checks",
            Self::Limits => "Fix 3: resource limits",
            Self::Detection => "Fix 4: zombie detection",
            Self::Breaker => "Fix 5: circuit breaker",
            Self::Watch => "Watching",
        }
    }
}

impl Knob {
    /// The value of this knob that a text says, as on the command line, in a link or in a field of
    /// the page: a switch is also `1` or `0`, and a number may have a decimal comma, unless that
    /// could as well set thousands apart: `0,05` and `2,5`, but not `1,000`.
    pub fn read_text(&self, text: &str) -> Value {
        let text = text.trim();
        match (self.bounds, text) {
            (Bounds::Flag, "1") => Value::Flag(true),
            (Bounds::Flag, "0") => Value::Flag(false),
            (Bounds::Real(..), _) => match text.split_once(',') {
                Some((whole, decimals)) if decimals.len() != 3 || whole == "0" => {
                    Value::from_text(&format!("{whole}.{decimals}"))
                }
                _ => Value::from_text(text),
            },
            _ => Value::from_text(text),
        }
    }

    /// Checks a value before the knob is turned to it.
    ///
    /// # Errors
    /// If it is of the wrong kind or out of range.
    pub fn check(&self, value: &Value) -> Result<(), InputError> {
        if self.bounds.admits(value) {
            return Ok(());
        }
        Err(InputError::new(format!("knob `{}`", self.name), value, self.bounds.allowed(self.unit)))
    }
}
