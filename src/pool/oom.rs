//! What becomes of a host that is out of memory: the pool on it dies.

use super::event::Event;
use super::{Pool, order};
use crate::kernel::{Cx, Instant, Wait};

/// The task that declares the host out of memory: after supervision had its turn in the same
/// instant, so that a limit which frees memory at once comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OomKiller;

impl OomKiller {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T>(&mut self, _: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if pool.host.is_full() && !pool.host.dead {
            pool.host.dead = true;
            pool.emit(Event::OutOfMemory);
        }
        Wait::Notify(order::MEMORY, Instant::NEVER, order::OUT_OF_MEMORY)
    }
}
