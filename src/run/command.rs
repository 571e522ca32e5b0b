//! What can be done to a run from outside. Every act is a command with a time, so it can be
//! repeated.

use std::fmt;

use super::check;
use crate::guard::Rollout;
use crate::kernel::Instant;
use crate::knobs::{InputError, KnobId, Value};
use crate::pool::{Hang, JobId, WorkerId};

/// Something to do to a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Turns a knob; the fixes are knobs too.
    Set {
        /// The knob that is turned.
        knob: KnobId,
        /// The knob's new value, within its bounds.
        value: Value,
    },
    /// Sends so many jobs at once.
    Burst {
        /// How many; at most [`Command::MAX_JOBS`].
        jobs: u32,
    },
    /// Makes a job toxic: no guard can see it, and the worker that takes it will hang. How, and
    /// what it holds then, is as with any toxic job.
    Poison {
        /// Which; without one, the next job that arrives.
        job: Option<JobId>,
    },
    /// Makes a worker hang at once: in its job if it has one.
    Hang {
        /// Which worker.
        worker: WorkerId,
        /// Whether it waits for a lock or burns a core.
        how: Hang,
    },
    /// Kills a worker by hand.
    Kill {
        /// Which worker.
        worker: WorkerId,
    },
    /// Deploys anew: asks every worker to leave when its job is done, and kills it if it has not
    /// in time.
    Deploy {
        /// One by one, or all at once.
        how: Rollout,
        /// How long each worker has to leave, in seconds.
        grace_s: f64,
    },
    /// Asks a worker to leave when its job is done.
    Drain {
        /// Which worker.
        worker: WorkerId,
    },
}

/// A command and when it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedCommand {
    /// Seconds since the run began.
    pub at_s: f64,
    /// What the user does to the run at that time.
    pub command: Command,
}

impl Command {
    /// The most jobs of one burst.
    pub const MAX_JOBS: u32 = 100_000;

    /// The longest that a deploy may give each worker to leave, in seconds.
    pub const MAX_GRACE: f64 = 86_400.0;
    /// How long it gives where nothing is said: Kubernetes' default.
    pub const DEFAULT_GRACE: f64 = 30.0;
    /// A usual deploy: worker by worker.
    pub const DEPLOY: Self = Self::Deploy { how: Rollout::Rolling, grace_s: Self::DEFAULT_GRACE };

    /// It in words for users, who know knobs by their titles.
    pub fn in_words(&self) -> String {
        match self {
            Self::Set { knob, value } => {
                let row = knob.row();
                format!("{} {}", row.title, row.text_with_unit(value))
            }
            _ => self.to_string(),
        }
    }

    /// The jobs that it sends at once.
    pub(super) fn burst_jobs(&self) -> u64 {
        match self {
            Self::Burst { jobs } => u64::from(*jobs),
            _ => 0,
        }
    }

    /// Checks the command before it is given.
    ///
    /// # Errors
    /// If a value is not allowed.
    pub fn check(&self) -> Result<(), InputError> {
        match self {
            Self::Set { knob, value } => knob.row().check(value),
            Self::Burst { jobs } if !(1..=Self::MAX_JOBS).contains(jobs) => {
                let allowed = format!("allowed: a whole number, 1 to {}", Self::MAX_JOBS);
                Err(InputError::new("burst `jobs`", jobs, allowed))
            }
            Self::Deploy { grace_s, .. } if !(0.0..=Self::MAX_GRACE).contains(grace_s) => {
                let allowed = format!("allowed: a number, 0 to {} s", Self::MAX_GRACE);
                Err(InputError::new("deploy `grace_s`", grace_s, allowed))
            }
            Self::Deploy { .. } => Ok(()),
            Self::Burst { .. } | Self::Poison { .. } | Self::Hang { .. } => Ok(()),
            Self::Kill { .. } | Self::Drain { .. } => Ok(()),
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set { knob, value } => write!(f, "{} = {value}", knob.name()),
            Self::Burst { jobs } => write!(f, "burst of {jobs} jobs"),
            Self::Poison { job: None } => f.write_str("poison the next job"),
            Self::Poison { job: Some(job) } => write!(f, "poison job {job}"),
            Self::Hang { worker, how } => write!(f, "hang worker {worker}, {}", how.name()),
            Self::Kill { worker } => write!(f, "kill worker {worker}"),
            Self::Deploy { how: Rollout::Rolling, grace_s } => {
                write!(f, "rolling deploy, {grace_s} s of grace")
            }
            Self::Deploy { how: Rollout::AtOnce, grace_s } => {
                write!(f, "deploy at once, {grace_s} s of grace")
            }
            Self::Drain { worker } => write!(f, "drain worker {worker}"),
        }
    }
}

impl TimedCommand {
    /// A command given at an instant.
    pub fn new(at: Instant, command: Command) -> Self {
        Self { at_s: at.as_secs_f64(), command }
    }

    /// Checks the time and the command.
    ///
    /// # Errors
    /// If the time is none or too late, or as [`Command::check`].
    pub fn check(&self) -> Result<(), InputError> {
        check::time("command `at_s`", self.at_s)?;
        self.command.check()
    }

    /// When it is given.
    pub fn at(&self) -> Instant {
        Instant::from_micros(crate::kernel::Duration::secs_f64(self.at_s).as_micros())
    }
}

/// Brings commands in the order of their times; those of one instant keep theirs.
pub(super) fn in_order(commands: &mut [TimedCommand]) {
    commands.sort_by_key(TimedCommand::at);
}
