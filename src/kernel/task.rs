//! What a cooperative task is: plain data that runs until it must wait.

use super::dispatcher::Dispatcher;
use super::ids::{AlarmId, Phase, TaskId, Topic};
use super::service::ServiceClock;
use super::time::Instant;
use super::wait::{Wait, Wake};

/// A cooperative task.
///
/// It holds all its own state, so a run can be cloned, looked at and rewound. Code between two
/// waits runs to its end without a break, so nothing else changes under it.
pub trait Task: Clone {
    /// What all tasks share.
    type World;

    /// Runs until the task must wait, and says what it waits for.
    fn resume(&mut self, cx: &mut Cx<'_, Self>, world: &mut Self::World) -> Wait;
}

/// What a task may ask of the scheduler while it runs.
pub struct Cx<'a, T> {
    /// The virtual time at which the task runs.
    pub now: Instant,
    /// The task that runs.
    pub id: TaskId,
    /// What ended the task's wait.
    pub wake: Wake,
    pub(super) dispatcher: &'a mut Dispatcher<T>,
}

impl<T> Cx<'_, T> {
    /// Wakes the task that has waited longest for `topic`, if any does.
    #[inline]
    pub fn notify_one(&mut self, topic: Topic) {
        self.dispatcher.notify_one(topic);
    }

    /// Calls a task out of its wait, to run in `phase` of this instant. It does not reach a task
    /// that waits for ever.
    pub fn interrupt(&mut self, task: TaskId, phase: Phase) {
        self.dispatcher.interrupt(task, phase);
    }

    /// Has `task` resumed with [`Wake::Alarm`] at `at`, whatever it waits for.
    #[inline]
    pub fn arm(&mut self, at: Instant, phase: Phase, task: TaskId, token: u64) -> AlarmId {
        self.dispatcher.arm(at, phase, task, token)
    }

    /// Takes an alarm back. Of an alarm that is over this does nothing.
    #[inline]
    pub fn cancel(&mut self, alarm: AlarmId) {
        self.dispatcher.timers.cancel(alarm);
    }

    /// Sets the rate of the clock of service from now on, in seconds of service a second: above 0,
    /// at most 1. All that wait for service follow at once. Gives a copy of the clock.
    pub fn set_service_rate(&mut self, rate: f64) -> ServiceClock {
        self.dispatcher.set_service_rate(rate)
    }

    /// Adds a task; it runs in `phase` of this instant.
    pub fn spawn(&mut self, task: T, phase: Phase) -> TaskId {
        self.dispatcher.spawn(task, phase)
    }

    /// Ends another task where it stands, whatever it waits for.
    pub fn kill(&mut self, task: TaskId) {
        debug_assert!(task != self.id, "a task ends itself with Wait::Done");
        self.dispatcher.kill(task);
    }
}
