//! What the user selects, and the tools that poke it.

use crate::pool::{Hang, JobId, WorkerId};
use crate::run::{Command, Run};

/// What the user has selected on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A worker is selected.
    Worker(WorkerId),
    /// A job is selected.
    Job(JobId),
}

impl Selection {
    /// The worker, if it is one.
    pub fn worker(self) -> Option<WorkerId> {
        match self {
            Self::Worker(id) => Some(id),
            Self::Job(_) => None,
        }
    }
}

/// What a click on a worker or a job does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Shows what the worker does and why it is stuck.
    #[default]
    Inspect,
    /// Makes the job, or the worker's job, toxic.
    Poison,
    /// Makes the worker hang at once.
    Hang,
    /// Kills the worker.
    Kill,
    /// Asks the worker to exit after its job.
    Drain,
}

impl Tool {
    /// All tools.
    pub const ALL: [Self; 5] = [Self::Inspect, Self::Poison, Self::Hang, Self::Kill, Self::Drain];

    /// The command by which the tool acts on what is selected in a run; `None` if the tool only
    /// shows, or there is nothing that it could act on.
    pub fn command(self, on: Selection, run: &Run) -> Option<Command> {
        let pool = run.pool();
        let is_hung = |id| run.worker(id).is_some_and(|worker| worker.line().is_hung());
        match (self, on) {
            (Self::Poison, Selection::Job(job)) => Some(Command::Poison { job: Some(job) }),
            (Self::Poison, Selection::Worker(id)) => {
                let lease = pool.roster().named(id)?.lease?;
                let job = pool.jobs().get(lease.job)?.id;
                Some(Command::Poison { job: Some(job) })
            }
            // A hung worker heeds nothing but a kill.
            (Self::Hang | Self::Drain, Selection::Worker(id)) if is_hung(id) => None,
            (Self::Hang, Selection::Worker(worker)) => {
                Some(Command::Hang { worker, how: Hang::default() })
            }
            (Self::Kill, Selection::Worker(worker)) => Some(Command::Kill { worker }),
            (Self::Drain, Selection::Worker(worker)) => Some(Command::Drain { worker }),
            _ => None,
        }
    }

    /// Whether the tool would do anything: it is tried on a copy of the run, and something happens.
    pub fn has_effect(self, on: Selection, run: &Run) -> bool {
        let Some(command) = self.command(on, run) else { return false };
        let mut trial = run.clone();
        trial.apply(&command, &mut ()).is_ok() && trial.trace_hash() != run.trace_hash()
    }
}
