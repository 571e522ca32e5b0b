//! The names of tasks, topics and alarms, and the order of things within an instant.

/// The order of things that are due at the same instant: lower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phase(pub u8);

/// Names a task for as long as it lives. The place of a task that is over is used again, with
/// another generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId {
    /// Where the task is stored: small, dense, used again after the task is over.
    pub index: u32,
    pub(super) generation: u32,
}

/// Something that tasks can wait for and be notified of, such as "there are jobs".
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

/// Names an armed alarm. Of an alarm that went off or was cancelled it names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlarmId {
    pub(super) node: u32,
    pub(super) generation: u32,
}
