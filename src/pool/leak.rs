//! A leak by time: every worker that was not reaped loses memory each second, zombies too.

use super::ids::WorkerRef;
use super::{Pool, order};
use crate::kernel::{Cx, Duration, Instant, Wait, Wake};

/// The step in which memory leaks.
const STEP: Duration = Duration::secs(1);

/// The task that has workers leak, once a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Leak {
    /// When the next second is over.
    next: Option<Instant>,
    /// What is owed to the next second, since whole KiB leak: below 1.
    owed_kib: f64,
}

impl Leak {
    /// See [`Task::resume`](crate::kernel::Task::resume). It is notified when the knob is turned.
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        let rate = pool.knobs.leak_kib_per_s;
        if rate <= 0.0 {
            self.next = None;
            return Wait::Notify(order::LEAK, Instant::NEVER, order::COMPLETIONS);
        }
        if cx.wake == Wake::Time && self.next == Some(cx.now) {
            let kib = rate + self.owed_kib;
            self.owed_kib = kib - kib as u32 as f64;
            pool.leak_everywhere(kib as u32);
            self.next = None;
        }
        let next = *self.next.get_or_insert(cx.now + STEP);
        Wait::Notify(order::LEAK, next, order::COMPLETIONS)
    }
}

impl Pool {
    /// Every worker leaks so many KiB.
    fn leak_everywhere(&mut self, kib: u32) {
        let all: Vec<WorkerRef> = self.roster.iter().map(|record| record.who).collect();
        for who in all {
            let mib = self.roster.leak(who.task.index, kib);
            if mib > 0 {
                self.change_memory(who, i64::from(mib));
            }
        }
    }
}
