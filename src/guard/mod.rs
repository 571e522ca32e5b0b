//! The fixes, and the supervisor that acts on what they judge. Guards see beliefs only: events
//! that an operator could see, and the pool's records; never the truth.

mod supervisor;

pub use supervisor::Supervisor;

use crate::kernel::{Cx, TaskId};
use crate::pool::{Event, JobPlace, Pool};

/// The switchboard: every guard's memory. Which are on is said by the knobs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guards {
    /// The supervisor's task: guards arm their alarms for it.
    pub supervisor: Option<TaskId>,
}

impl Guards {
    /// Shows an event to the guards that are on.
    #[inline]
    pub fn observe<T>(&mut self, _event: &Event, _pool: &Pool, _cx: &mut Cx<'_, T>) {}

    /// Says what becomes of a job whose attempt was taken away.
    pub fn lost<T>(&mut self, job: JobPlace, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        pool.redeliver(job, cx.now);
        pool.requeue(job, cx);
    }

    /// Follows a turned knob.
    pub fn follow_knobs<T>(&mut self, _pool: &mut Pool, _cx: &mut Cx<'_, T>) {}
}
