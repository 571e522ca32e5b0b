//! The names of workers and jobs.

use std::fmt;

use crate::kernel::TaskId;

/// Names a worker; never used again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkerId(pub u32);

impl fmt::Display for WorkerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A worker and where it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerRef {
    /// Its name for ever.
    pub id: WorkerId,
    /// Its task; `task.index` is small and dense, and used again after the worker is reaped.
    pub task: TaskId,
}

/// Names a job; counts up from 0 in the order of arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u32);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a job that has not ended is kept; used again for another after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobPlace(pub u32);

/// A job whose attempt was taken away: no worker has it, and it is in no line.
/// [`Pool::settle_lost`](super::Pool::settle_lost) says what becomes of it.
#[must_use = "a job that lost its worker must be given out again or given up"]
#[derive(Debug, PartialEq, Eq)]
pub struct LostJob(pub(super) JobPlace);
