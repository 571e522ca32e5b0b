//! What somebody said to a question, as links carry it.

use std::fmt;

use super::chapter::Question;
use super::other::Other;
use crate::knobs::InputError;

/// The values of a line that is drawn, evenly spread from its beginning to its end.
pub const LINE_POINTS: usize = 6;

/// What somebody said to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value, in the unit that is shown.
    Value(f64),
    /// One of the options.
    Option(Other),
    /// A line, by its values in the unit of the chart.
    Line([f64; LINE_POINTS]),
    /// A worker, by its number.
    Worker(u32),
}

impl Answer {
    /// Reads an answer to a question: `11`, `timeouts.detection`, `0.4_1_3_6_8_8.7`.
    ///
    /// # Errors
    /// If it is no answer to that question, or off its axis.
    pub fn parse(field: &str, question: &Question, text: &str) -> Result<Self, InputError> {
        let on_axis = |text: &str, min: f64, max: f64| {
            let value = text.parse().ok().filter(|value| (min..=max).contains(value));
            let allowed = format!("allowed: a number, {min} to {max}");
            value.ok_or_else(|| InputError::new(field, text, allowed))
        };
        match question {
            Question::Drag { min, max } => on_axis(text, *min, *max).map(Self::Value),
            Question::Pick(options) => {
                let names: Vec<String> = options.iter().map(Other::to_string).collect();
                let place = names.iter().position(|name| name == text);
                let option = place.map(|place| Self::Option(options[place]));
                let names = names.iter().map(String::as_str);
                option.ok_or_else(|| InputError::unknown(field, text, names))
            }
            Question::Draw { max } => {
                let values = text.split('_').map(|value| on_axis(value, 0.0, *max));
                let values: Vec<f64> = values.collect::<Result<_, _>>()?;
                let allowed = format!("allowed: {LINE_POINTS} numbers with _ between them");
                let line = values.try_into().map(Self::Line);
                line.map_err(|_| InputError::new(field, text, allowed))
            }
            Question::Worker => {
                let worker = text.parse().map(Self::Worker);
                worker.map_err(|_| InputError::new(field, text, "allowed: a worker's number"))
            }
        }
    }
}

/// As a link says it.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value}"),
            Self::Option(other) => write!(f, "{other}"),
            Self::Worker(worker) => write!(f, "{worker}"),
            Self::Line(values) => {
                let values: Vec<String> = values.iter().map(f64::to_string).collect();
                f.write_str(&values.join("_"))
            }
        }
    }
}
