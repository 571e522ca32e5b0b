//! What is known about a knob: its row of the table.

use super::input_error::InputError;
use super::value::{Bounds, Value, percent};

/// What a knob belongs to: the headings of the table, in the order they are shown.
#[allow(missing_docs)] // See `title`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Load,
    Jobs,
    Pool,
    Memory,
    Host,
    Connections,
    Clients,
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
    /// What it is called where users see it.
    pub title: &'static str,
    /// The unit of its numbers, such as `s` or `MiB`; empty if it has none.
    pub unit: &'static str,
    /// The values that the knob accepts.
    pub bounds: Bounds,
    /// One line on what it does.
    pub help: &'static str,
}

impl Group {
    /// The groups, in the order they are shown.
    pub const ALL: [Self; 13] = [
        Self::Load,
        Self::Jobs,
        Self::Pool,
        Self::Memory,
        Self::Host,
        Self::Connections,
        Self::Clients,
        Self::Timeouts,
        Self::Health,
        Self::Limits,
        Self::Detection,
        Self::Breaker,
        Self::Watch,
    ];

    /// The group's heading on the page and in docs/knobs.md.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Load => "Load",
            Self::Jobs => "Jobs",
            Self::Pool => "Pool",
            Self::Memory => "Memory",
            Self::Host => "Host",
            Self::Connections => "Database connections",
            Self::Clients => "Clients that give up",
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
    /// the page: a switch is also `1` or `0`; a number may have a decimal comma, unless that could
    /// as well set thousands apart: `0,05` and `2,5`, but not `1,000`; and a share may be in per
    /// cent: `5 %`.
    pub fn read_text(&self, text: &str) -> Value {
        let text = text.trim();
        match (self.bounds, text) {
            (Bounds::Flag, "1") => Value::Flag(true),
            (Bounds::Flag, "0") => Value::Flag(false),
            (Bounds::Real(..), _) => Value::from_text(&with_point(text)),
            (Bounds::Share(..), _) => match text.strip_suffix('%') {
                Some(percent) => in_hundredths(&with_point(percent.trim_end()))
                    .map_or_else(|| Value::Word(text.to_owned()), Value::Number),
                None => Value::from_text(&with_point(text)),
            },
            _ => Value::from_text(text),
        }
    }

    /// A value of this knob as users see it, in fields and lists: shares in per cent.
    /// [`Knob::read_text`] reads it again. (Files and links keep the plain [`Value`].)
    pub fn text(&self, value: &Value) -> String {
        match (self.bounds, value) {
            (Bounds::Share(..), Value::Number(share)) => percent(*share),
            (_, value) => value.to_string(),
        }
    }

    /// The same with its unit.
    pub fn text_with_unit(&self, value: &Value) -> String {
        let space = if self.unit.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.text(value), self.unit)
    }

    /// The values that it takes, in words.
    pub fn allowed(&self) -> String {
        self.bounds.allowed(self.unit)
    }

    /// Checks a value before the knob is turned to it.
    ///
    /// # Errors
    /// If it is of the wrong kind or out of range.
    pub fn check(&self, value: &Value) -> Result<(), InputError> {
        if self.bounds.admits(value) {
            return Ok(());
        }
        let allowed = format!("allowed: {}", self.allowed());
        Err(InputError::new(format!("knob `{}`", self.name), value, allowed))
    }
}

/// A number with a decimal point in the place of a decimal comma.
fn with_point(text: &str) -> String {
    match text.split_once(',') {
        Some((whole, decimals)) if decimals.len() != 3 || whole == "0" => {
            format!("{whole}.{decimals}")
        }
        _ => text.to_owned(),
    }
}

/// A number of hundredths, exact in its decimals: 7 is 0.07 to the last bit.
fn in_hundredths(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    format!("{number}e-2").parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::knobs::{KnobId, Knobs, Value};

    #[test]
    fn a_share_is_shown_in_per_cent_and_read_in_either_way() {
        let knob = KnobId::toxic_share.row();
        for (text, share, shown) in [
            ("3 %", 0.03, "3 %"),
            ("0,05", 0.05, "5 %"),
            ("0.05", 0.05, "5 %"),
            ("7%", 0.07, "7 %"),
            ("12,5 %", 0.125, "12.5 %"),
            ("0.1 %", 0.001, "0.1 %"),
            ("0", 0.0, "0 %"),
            ("1", 1.0, "100 %"),
        ] {
            assert_eq!(knob.read_text(text), Value::Number(share), "{text}");
            assert_eq!(knob.text(&Value::Number(share)), shown);
        }
        for text in ["3 % %", "%", "e%", "inf %", "many", "3 %%"] {
            assert!(matches!(knob.read_text(text), Value::Word(_)), "{text}");
        }
        // A number that is no share has no per cent.
        assert!(matches!(KnobId::arrival_rate.row().read_text("3 %"), Value::Word(_)));
    }

    #[test]
    fn every_default_is_read_as_it_is_shown() {
        let defaults = Knobs::default();
        for &knob in KnobId::ALL {
            let (row, value) = (knob.row(), defaults.get(knob));
            assert_eq!(row.read_text(&row.text(&value)), value, "{}", row.name);
            assert!(row.title.len() <= 32 && row.help.ends_with('.'), "{}", row.name);
        }
    }
}
