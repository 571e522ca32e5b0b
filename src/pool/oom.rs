//! What becomes of a host that is out of memory: the knob `out_of_memory`.
//!
//! Here is declared that it is so, and what follows; the supervisor carries it out in the same
//! instant, so that the job of a worker that dies comes back by the rules of redelivery:
//!
//! * `pool_dies`: all workers die, and none is started any more. Jobs in flight go back to the
//!   queue, unless they were given out as often as allowed, and wait there with the others for a
//!   pool that never comes; new ones are turned away.
//! * `largest_dies`: the process that holds most memory is killed, as by Linux. If that is not
//!   enough, the host is declared out of memory again, and the next one dies. If the largest is the
//!   pool's parent process, the pool dies with it.
//! * `restart`: all workers die. The queue is kept elsewhere: it takes new jobs and those that come
//!   back. Workers are started again after `restart_after_s`.

use super::event::Event;
use super::{Pool, order};
use crate::kernel::{Cx, Instant, Wait};
use crate::knobs::OutOfMemory;

/// The task that declares the host out of memory: after supervision had its turn in the same
/// instant, so that a limit which frees memory at once comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OomKiller;

impl OomKiller {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T>(&mut self, _: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if pool.host.is_full() && pool.host.is_up() {
            let then = match pool.knobs.out_of_memory {
                OutOfMemory::LargestDies if pool.is_parent_largest() => OutOfMemory::PoolDies,
                set => set,
            };
            pool.emit(Event::OutOfMemory { then });
            match then {
                OutOfMemory::PoolDies => pool.host.dead = true,
                OutOfMemory::LargestDies => {}
                OutOfMemory::Restart => pool.host.restarts = true,
            }
        }
        Wait::Notify(order::MEMORY, Instant::NEVER, order::OUT_OF_MEMORY)
    }
}

impl Pool {
    /// Whether no worker holds as much memory as the parent process.
    fn is_parent_largest(&self) -> bool {
        let largest = self.roster.largest().map(|record| record.mib);
        largest.is_none_or(|mib| mib < self.knobs.process_base_mib)
    }

    /// The host is up again: workers may be started.
    pub fn come_up(&mut self) {
        if std::mem::take(&mut self.host.restarts) {
            self.emit(Event::Restarted);
        }
    }
}
