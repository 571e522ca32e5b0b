//! What a cooperative task is: plain data that runs until it must wait.

use super::scheduler::Core;
use super::time::Instant;
use super::timers::{AlarmId, Phase};

/// Names a task for as long as it lives. The place of a task that is over is used again, with
/// another generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId {
    /// Where the task is stored: small, dense, used again after the task is over.
    pub index: u32,
    pub(super) generation: u32,
}

/// Something tasks can wait for and ring, such as "there are jobs".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Which topic; below [`Topic::MAX`].
    pub index: u8,
    /// When, within an instant, those that it wakes run.
    pub phase: Phase,
}

impl Topic {
    /// How many topics there can be.
    pub const MAX: usize = 8;
}

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

/// What a task waits for. It will not be resumed before, but by [`Cx::nudge`] and by alarms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// For this instant, at this place among the things that are due then.
    Until(Instant, Phase),
    /// For the topic to be rung, or for the instant, whichever comes first.
    Notify(Topic, Instant, Phase),
    /// Only for its turn in a phase of the present instant.
    Turn(Phase),
    /// For ever: nudges do not reach it, only a kill ends this wait. This is what makes a zombie.
    Forever,
    /// For alarms only.
    Alarms,
    /// For nothing: the task is over.
    Done,
}

/// Why a task was resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// It is new.
    Born,
    /// The instant it waited for is here, or its turn has come.
    Time,
    /// Its topic was rung.
    Notified,
    /// Another task called it out of its wait.
    Interrupted,
    /// An alarm armed for it rang; the token is whatever the armer said.
    Alarm(u64),
}

/// How a task waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// For its turn.
    Ready,
    /// For an instant.
    Timed,
    /// For a topic, and perhaps for an instant.
    Listening(u8),
    /// For ever.
    Hung,
    /// For alarms only.
    Alarms,
    /// There is no task.
    Over,
}

/// What a task may ask of the scheduler while it runs.
pub struct Cx<'a, T> {
    /// The present.
    pub now: Instant,
    /// The task that runs.
    pub id: TaskId,
    /// Why it runs.
    pub wake: Wake,
    pub(super) core: &'a mut Core<T>,
}

impl<T> Cx<'_, T> {
    /// Wakes the task that has waited longest for `topic`, if any does.
    #[inline]
    pub fn notify_one(&mut self, topic: Topic) {
        self.core.notify_one(topic);
    }

    /// Calls a task out of its wait, to run in `phase` of this instant. A wait for ever is deaf.
    pub fn interrupt(&mut self, task: TaskId, phase: Phase) {
        self.core.interrupt(task, phase);
    }

    /// Has `task` resumed with [`Wake::Alarm`] at `at`, whatever it waits for.
    #[inline]
    pub fn arm(&mut self, at: Instant, phase: Phase, task: TaskId, token: u64) -> AlarmId {
        self.core.arm(at, phase, task, token)
    }

    /// Takes an alarm back. Of an alarm that is over this does nothing.
    #[inline]
    pub fn cancel(&mut self, alarm: AlarmId) {
        self.core.timers.cancel(alarm);
    }

    /// Adds a task; it runs in `phase` of this instant.
    pub fn spawn(&mut self, task: T, phase: Phase) -> TaskId {
        self.core.spawn(task, phase)
    }

    /// Ends another task where it stands, whatever it waits for.
    pub fn kill(&mut self, task: TaskId) {
        debug_assert!(task != self.id, "a task ends itself with Wait::Done");
        self.core.kill(task);
    }
}
