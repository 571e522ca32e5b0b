//! The pool's lifetime clock, and the bug that lives in it.
//!
//! At the end of its life a worker is told to leave. The clock gives it a grace, and then counts
//! it as gone: with the bug its slot goes to a replacement there and then, whether or not the
//! worker has left. One that hangs in a job or in its clean-up never leaves: a zombie.

use super::{Pool, order};
use crate::kernel::{Cx, Duration, Wait, Wake};

/// How often the clock looks again at a worker that is overdue while the bug is off.
const LOOK_AGAIN: Duration = Duration::secs(5);

/// The task that counts workers' lives. Alarms carry the worker's place and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifetimeReaper;

impl LifetimeReaper {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if let Wake::Alarm(token) = cx.wake {
            Self::strike(token, cx, pool);
        }
        Wait::Alarms
    }

    fn strike<T>(token: u64, cx: &mut Cx<'_, T>, pool: &mut Pool) {
        let Some(record) = pool.roster.get(token as u32) else { return };
        if u64::from(record.who.id.0) != token >> 32 || record.replaced {
            return;
        }
        let (who, told) = (record.who, record.retiring);
        let overdue = pool.roster.expires(token as u32) + pool.knobs.drain_grace_s;
        if cx.now < overdue || !told {
            pool.retire(who, cx);
            cx.arm(overdue, order::SUPERVISION, cx.id, token);
        } else if pool.knobs.lifecycle_bug {
            pool.replace(who);
            cx.notify_one(order::SUPERVISOR);
        } else {
            cx.arm(cx.now + LOOK_AGAIN, order::SUPERVISION, cx.id, token);
        }
    }
}
