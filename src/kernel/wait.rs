//! What a task can wait for, and what can end its wait.

use super::ids::{Phase, Topic};
use super::service::Service;
use super::time::Instant;

/// What a task waits for. It is resumed when that is here, or before by [`Cx::interrupt`] and by
/// alarms.
///
/// [`Cx::interrupt`]: super::Cx::interrupt
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// For this instant, at this place among the things that are due then.
    Until(Instant, Phase),
    /// For the clock of service to show this reading, however fast it runs until then.
    Served(Service, Phase),
    /// To be notified of the topic, or for the instant, whichever comes first.
    Notify(Topic, Instant, Phase),
    /// Only for its turn in a phase of the present instant.
    Turn(Phase),
    /// For ever: no interrupt reaches it, only a kill ends this wait. This is what makes a zombie.
    Forever,
    /// For alarms and interrupts only.
    Alarms,
    /// For nothing: the task is over.
    Done,
}

/// Why a task was resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The task has just been spawned and runs for the first time.
    Born,
    /// The instant or the service it waited for is here, or its turn has come.
    Time,
    /// It was notified of its topic.
    Notified,
    /// Another task called it out of its wait.
    Interrupted,
    /// An alarm armed for it went off; the token is the one it was armed with.
    Alarm(u64),
}

/// How a task waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The task waits for its turn within this instant.
    Ready,
    /// The task waits for an instant.
    Timed,
    /// For service at full rate, which is a wait for an instant.
    Serving,
    /// For a reading of the clock of service.
    Shared,
    /// For a topic, and perhaps for an instant.
    Listening(u8),
    /// The task waits for ever: nothing but a kill ends it.
    Hung,
    /// The task waits for alarms that it has armed, and for nothing else.
    Alarms,
    /// There is no task.
    Over,
}
