//! A chapter: words, a question, its key, and what is shown before and after the answer.

use std::fmt;

use super::key::Key;
use super::moment::Moment;
use super::other::Other;
use crate::knobs::InputError;
use crate::scene::charts::{CHARTS, Chart};

/// A chapter of the night.
#[derive(Clone)]
pub struct Chapter {
    /// Its heading.
    pub title: String,
    /// What has happened, a paragraph each.
    pub words: Vec<String>,
    /// The question in words.
    pub asked: String,
    /// How it is answered.
    pub question: Question,
    /// What it asks for; lines and workers are read off the chart and the roster instead.
    pub key: Option<Key>,
    /// The chart that is drawn with the prediction over it.
    pub chart: &'static Chart,
    /// When it is asked: no run has come further before the answer.
    pub at: Moment,
    /// Where the run begins to play after the answer, not after `at`.
    pub from: Moment,
    /// Where it stops: what is so then is the truth.
    pub until: Moment,
    /// What is shown beside the question.
    pub before: Show,
    /// What is shown after the answer, besides the chart.
    pub after: Show,
    /// The sentence that names the difference, with places in braces.
    pub told: String,
    /// Why it is so.
    pub why: String,
}

impl fmt::Debug for Chapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chapter").field("title", &self.title).finish_non_exhaustive()
    }
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// By dragging a value along an axis, in the unit of the key's figure.
    Drag {
        /// The axis begins here.
        min: f64,
        /// And ends here.
        max: f64,
    },
    /// By picking one of several other runs.
    Pick(Vec<Other>),
    /// By drawing the rest of a line, in the unit of the chart.
    Draw {
        /// The axis of values ends here.
        max: f64,
    },
    /// By naming a worker.
    Worker,
}

/// What is shown of a run beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The old dashboard.
    Old,
    /// The new dashboard.
    New,
    /// Some of the processes.
    Processes,
    /// The stage, where figures walk.
    Stage,
}

const SHOWS: [(&str, Show); 4] =
    [("old", Show::Old), ("new", Show::New), ("ps", Show::Processes), ("stage", Show::Stage)];

impl Show {
    /// Reads what is shown.
    ///
    /// # Errors
    /// If there is no such thing.
    pub(super) fn parse(field: &str, text: &str) -> Result<Self, InputError> {
        let found = SHOWS.iter().find(|(known, _)| *known == text).map(|(_, show)| *show);
        found.ok_or_else(|| InputError::unknown(field, text, SHOWS.iter().map(|(known, _)| *known)))
    }
}

impl Question {
    /// Reads a question: `drag 0..60`, `pick a | b.c`, `draw 0..16` or `worker`.
    ///
    /// # Errors
    /// If it is none of these, or its axis or options are none.
    pub(super) fn parse(field: &str, text: &str) -> Result<Self, InputError> {
        let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
        let axis = || {
            let numbers = rest.trim().split_once("..");
            let numbers = numbers.and_then(|(min, max)| min.parse().ok().zip(max.parse().ok()));
            let numbers = numbers.filter(|(min, max): &(f64, f64)| min < max && max.is_finite());
            numbers.ok_or_else(|| InputError::new(field, text, "allowed: an axis such as 0..60"))
        };
        match kind {
            "drag" => axis().map(|(min, max)| Self::Drag { min, max }),
            "draw" => axis().map(|(_, max)| Self::Draw { max }),
            "pick" => {
                let options = rest.split('|').map(|option| Other::parse(field, option.trim()));
                options.collect::<Result<_, _>>().map(Self::Pick)
            }
            "worker" => Ok(Self::Worker),
            kind => Err(InputError::unknown(field, kind, ["drag", "pick", "draw", "worker"])),
        }
    }
}

/// The chart of that name.
///
/// # Errors
/// If there is none.
pub(super) fn chart(field: &str, name: &str) -> Result<&'static Chart, InputError> {
    let found = CHARTS.iter().find(|chart| chart.id == name);
    found.ok_or_else(|| InputError::unknown(field, name, CHARTS.iter().map(|chart| chart.id)))
}
