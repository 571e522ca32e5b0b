//! A knob's value as users write it, what a knob accepts, and the types it is kept as.

use serde::Serialize;

use crate::kernel::Duration;

/// A knob's value as users write it. Times are in seconds, memory in MiB, shares from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A switch: on or off.
    Flag(bool),
    /// A number, in the knob's unit.
    Number(f64),
    /// One of the knob's words.
    Word(String),
}

/// What a knob accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// The knob accepts `true` and `false`.
    Flag,
    /// A whole number from the first to the second.
    Whole(f64, f64),
    /// A number from the first to the second.
    Real(f64, f64),
    /// A share from the first to the second, within 0 to 1; shown in per cent.
    Share(f64, f64),
    /// One of these words.
    Words(&'static [&'static str]),
}

/// A type that a knob is kept as in [`Knobs`](super::Knobs).
pub trait KnobType: Copy {
    /// As users write it.
    fn value(self) -> Value;
    /// From what users write; `None` if it is of another kind. Ranges are for
    /// [`Bounds::admits`] to check, beforehand.
    fn read(value: &Value) -> Option<Self>;
}

impl Bounds {
    /// What is allowed, in words.
    pub(super) fn allowed(&self, unit: &str) -> String {
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Whole(min, max) => format!("a whole number, {min} to {max}{unit}"),
            Self::Real(min, max) => format!("a number, {min} to {max}{unit}"),
            Self::Share(min, max) => {
                format!("a share, {min} to {max}, or {} to {}", percent(*min), percent(*max))
            }
            Self::Words(words) => words.join(", "),
        }
    }

    /// Whether a knob with these bounds takes the value.
    pub fn admits(&self, value: &Value) -> bool {
        match (*self, value) {
            (Self::Flag, Value::Flag(_)) => true,
            (Self::Whole(min, max), Value::Number(number)) => {
                *number == libm::trunc(*number) && (min..=max).contains(number)
            }
            (Self::Real(min, max) | Self::Share(min, max), Value::Number(number)) => {
                (min..=max).contains(number)
            }
            (Self::Words(words), Value::Word(word)) => words.contains(&word.as_str()),
            _ => false,
        }
    }
}

/// A share in per cent, such as `2.5 %`: without the dust of binary fractions.
pub(super) fn percent(share: f64) -> String {
    const PARTS: f64 = 1e9;
    format!("{} %", libm::round(share * 100.0 * PARTS) / PARTS)
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

    fn read(value: &Value) -> Option<Self> {
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

    fn read(value: &Value) -> Option<Self> {
        value.number()
    }
}

impl KnobType for u32 {
    fn value(self) -> Value {
        Value::Number(f64::from(self))
    }

    fn read(value: &Value) -> Option<Self> {
        value.number().map(|number| number as Self)
    }
}

impl KnobType for Duration {
    fn value(self) -> Value {
        Value::Number(self.as_secs_f64())
    }

    fn read(value: &Value) -> Option<Self> {
        value.number().map(Self::secs_f64)
    }
}
