//! One knob: its name, unit, range, help, and how it is read and written as a value.

use serde::Serialize;

use super::input_error::InputError;
use super::table::{Group, Knobs};
use crate::kernel::Duration;

/// A knob's value as people write it. Times are in seconds, memory in MiB, shares from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off.
    Flag(bool),
    /// A number, in the knob's unit.
    Number(f64),
    /// One of the knob's words.
    Word(String),
}

/// What a knob accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the second.
    Whole(f64, f64),
    /// A number from the first to the second.
    Real(f64, f64),
    /// One of these words.
    Words(&'static [&'static str]),
}

/// A row of the table of parameters.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its name, in commands, links and files.
    pub name: &'static str,
    /// The group it is shown in.
    pub group: Group,
    /// The unit of its numbers, such as `s` or `MiB`; empty if it has none.
    pub unit: &'static str,
    /// What it accepts.
    pub bounds: Bounds,
    /// One line on what it does.
    pub help: &'static str,
    pub(super) get: fn(&Knobs) -> Value,
    pub(super) set: fn(&mut Knobs, &Value) -> bool,
}

/// A type a knob can have.
pub trait KnobType: Copy {
    /// As people write it.
    fn value(self) -> Value;
    /// From what people write; `None` if it is not within `bounds`.
    fn read(value: &Value, bounds: &Bounds) -> Option<Self>;
}

impl Knob {
    /// The knob's value in `knobs`.
    pub fn get(&self, knobs: &Knobs) -> Value {
        (self.get)(knobs)
    }

    /// Its value before anybody turned it.
    pub fn default(&self) -> Value {
        self.get(&Knobs::default())
    }

    /// Turns the knob.
    ///
    /// # Errors
    /// If the value is of the wrong type or out of range; `knobs` is then as it was.
    pub fn set(&self, knobs: &mut Knobs, value: &Value) -> Result<(), InputError> {
        if (self.set)(knobs, value) {
            return Ok(());
        }
        Err(InputError::new(format!("knob `{}`", self.name), value, self.bounds.allowed(self.unit)))
    }

    /// Reads a value from text, as on the command line or in a link.
    ///
    /// # Errors
    /// As [`Knob::set`].
    pub fn set_text(&self, knobs: &mut Knobs, text: &str) -> Result<(), InputError> {
        self.set(knobs, &Value::from_text(text))
    }
}

impl Bounds {
    /// What is allowed, in words.
    pub fn allowed(&self, unit: &str) -> String {
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        match self {
            Self::Flag => "allowed: true or false".to_owned(),
            Self::Whole(min, max) => format!("allowed: a whole number, {min} to {max}{unit}"),
            Self::Real(min, max) => format!("allowed: a number, {min} to {max}{unit}"),
            Self::Words(words) => format!("allowed: {}", words.join(", ")),
        }
    }

    fn admits(&self, number: f64) -> bool {
        match *self {
            Self::Whole(min, max) => number == libm::trunc(number) && (min..=max).contains(&number),
            Self::Real(min, max) => (min..=max).contains(&number),
            Self::Flag | Self::Words(_) => false,
        }
    }
}

impl Value {
    /// The value that `text` most plainly says.
    pub fn from_text(text: &str) -> Self {
        match text.trim() {
            "true" | "on" => Self::Flag(true),
            "false" | "off" => Self::Flag(false),
            other => match other.parse() {
                Ok(number) => Self::Number(number),
                Err(_) => Self::Word(other.to_owned()),
            },
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => write!(f, "{word}"),
        }
    }
}

impl KnobType for bool {
    fn value(self) -> Value {
        Value::Flag(self)
    }

    fn read(value: &Value, _: &Bounds) -> Option<Self> {
        match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }
}

impl KnobType for f64 {
    fn value(self) -> Value {
        Value::Number(self)
    }

    fn read(value: &Value, bounds: &Bounds) -> Option<Self> {
        value.number().filter(|number| bounds.admits(*number))
    }
}

impl KnobType for u32 {
    fn value(self) -> Value {
        Value::Number(f64::from(self))
    }

    fn read(value: &Value, bounds: &Bounds) -> Option<Self> {
        f64::read(value, bounds).map(|number| number as Self)
    }
}

impl KnobType for Duration {
    fn value(self) -> Value {
        Value::Number(self.as_secs_f64())
    }

    fn read(value: &Value, bounds: &Bounds) -> Option<Self> {
        f64::read(value, bounds).map(Self::secs_f64)
    }
}
