//! A deploy: every worker makes room for one that runs the new release.

use crate::kernel::Duration;
use crate::pool::WorkerId;

/// How a deploy goes through the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rollout {
    /// Slot by slot: the next worker is asked to leave when the one before has a successor that
    /// takes jobs (Kubernetes' `maxUnavailable: 1`, `maxSurge: 0`).
    #[default]
    Rolling,
    /// All workers are asked to leave at once.
    AtOnce,
}

impl Rollout {
    /// Both ways of a deploy, in the order in which a user is offered them.
    pub const ALL: [Self; 2] = [Self::Rolling, Self::AtOnce];

    /// The way in a word, as in files and links.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rolling => "rolling",
            Self::AtOnce => "at_once",
        }
    }
}

/// A rolling deploy on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deploy {
    /// The slot that is to have a new worker next.
    pub(super) slot: usize,
    /// The last worker of the old release.
    pub(super) newest: WorkerId,
    /// How long each has to leave.
    pub(super) grace: Duration,
}
