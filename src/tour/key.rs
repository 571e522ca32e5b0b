//! The key of a question: a figure of the table of figures, in the run at hand or in another.

use super::other::Other;
use crate::knobs::InputError;
use crate::watch::Sample;
use crate::watch::figures::{
    ACTIVE, Figure, GOODPUT, HUNG_JOBS, MEMORY, P95, QUEUE, RESTARTS, SUCCESS, Unit, WASTED,
    ZOMBIES,
};

/// The figures that a key can name.
const FIGURES: [(&str, &Figure); 10] = [
    ("queue", &QUEUE),
    ("active", &ACTIVE),
    ("zombies", &ZOMBIES),
    ("hung-jobs", &HUNG_JOBS),
    ("memory", &MEMORY),
    ("restarts", &RESTARTS),
    ("p95", &P95),
    ("success", &SUCCESS),
    ("goodput", &GOODPUT),
    ("wasted", &WASTED),
];

/// What a question asks for: `p95`, `active with restart`, or `goodput with option`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The figure.
    pub figure: &'static Figure,
    /// In which run.
    pub run: KeyRun,
}

/// The run that a figure is read off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRun {
    /// The run at hand.
    Own,
    /// One other run.
    Other(Other),
    /// Each option has a run of its own.
    Options,
}

impl Key {
    /// Reads a key.
    ///
    /// # Errors
    /// If the figure or the other run is unknown.
    pub fn parse(field: &str, text: &str) -> Result<Self, InputError> {
        let (name, run) = match text.split_once(" with ") {
            None => (text, KeyRun::Own),
            Some((name, "option")) => (name, KeyRun::Options),
            Some((name, other)) => (name, KeyRun::Other(Other::parse(field, other.trim())?)),
        };
        let found = FIGURES.iter().find(|(known, _)| *known == name.trim());
        let names = FIGURES.iter().map(|(known, _)| *known);
        let (_, figure) = found.ok_or_else(|| InputError::unknown(field, name.trim(), names))?;
        Ok(Self { figure, run })
    }

    /// Its value in a reading, in the unit that is shown: MB, per cent, seconds; `None` where there
    /// is nothing to measure.
    pub fn value(&self, sample: &Sample) -> Option<f64> {
        self.figure.value(sample).map(|value| value * self.scale())
    }

    /// A value in the unit that is shown, as text.
    pub fn text(&self, value: Option<f64>) -> String {
        self.figure.unit.text(value.map(|value| value / self.scale()))
    }

    /// How many of the unit that is shown make one of the table's.
    fn scale(&self) -> f64 {
        match self.figure.unit {
            Unit::Memory => 1.048_576,
            Unit::Share => 100.0,
            Unit::Count | Unit::Seconds | Unit::JobsPerSecond | Unit::WorkerSeconds => 1.0,
        }
    }
}
