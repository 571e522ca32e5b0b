//! The states of a worker, and the ways between them.

/// What the pool knows a worker to be doing; exactly one at a time. A reaped worker is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The worker starts up, for `startup_s`, and takes no job yet.
    Starting,
    /// Waiting for a job.
    Idle,
    /// The worker has a job in hand.
    Busy,
    /// In its last job.
    Draining,
    /// Cleaning up to leave, or told to leave at once.
    Terminating,
    /// Killed by force, about to be reaped.
    Killed,
}

impl State {
    /// All states, in the order of a life.
    pub const ALL: [Self; 6] =
        [Self::Starting, Self::Idle, Self::Busy, Self::Draining, Self::Terminating, Self::Killed];

    /// The state's name, as in metrics and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Idle => "idle",
            Self::Busy => "busy",
            Self::Draining => "draining",
            Self::Terminating => "terminating",
            Self::Killed => "killed",
        }
    }

    /// Whether a worker may go from this state to that one.
    pub const fn may_become(self, next: Self) -> bool {
        use State::{Busy, Draining, Idle, Killed, Starting, Terminating};
        matches!(
            (self, next),
            (Starting, Idle | Terminating)
                | (Idle, Busy | Terminating)
                | (Busy, Idle | Draining | Terminating)
                | (Draining, Terminating)
                | (Starting | Idle | Busy | Draining | Terminating, Killed)
        )
    }
}
