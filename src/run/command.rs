//! What can be done to a run from outside. Every act is a command with a time, so it can be
//! repeated.

use serde::{Deserialize, Serialize};

use crate::kernel::Instant;
use crate::knobs::{Fault, Value, find};

/// Something to do to a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Turns a knob; the fixes are knobs too.
    Set {
        /// The knob's name.
        knob: String,
        /// Its new value.
        value: Value,
    },
    /// Sends so many jobs at once.
    Burst {
        /// How many; at most [`Command::MOST_JOBS`].
        jobs: u32,
    },
    /// Kills a worker by hand.
    Kill {
        /// Its number.
        worker: u32,
    },
    /// Asks a worker to leave when its job is done.
    Drain {
        /// Its number.
        worker: u32,
    },
}

/// A command and when it is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimedCommand {
    /// Seconds since the run began.
    pub at_s: f64,
    /// What to do.
    #[serde(flatten)]
    pub command: Command,
}

impl Command {
    /// The most jobs of one burst.
    pub const MOST_JOBS: u32 = 100_000;

    /// Checks the command before it is given.
    ///
    /// # Errors
    /// If a knob is unknown, or a value is not allowed.
    pub fn check(&self) -> Result<(), Fault> {
        match self {
            Self::Set { knob, value } => find(knob)?.set(&mut Default::default(), value),
            Self::Burst { jobs } if !(1..=Self::MOST_JOBS).contains(jobs) => {
                let allowed = format!("allowed: a whole number, 1 to {}", Self::MOST_JOBS);
                Err(Fault::new("burst `jobs`", jobs, allowed))
            }
            Self::Burst { .. } | Self::Kill { .. } | Self::Drain { .. } => Ok(()),
        }
    }
}

impl TimedCommand {
    /// When it is given.
    pub fn at(&self) -> Instant {
        Instant::from_micros(crate::kernel::Span::secs_f64(self.at_s).as_micros())
    }
}
