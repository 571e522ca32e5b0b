//! Fix 1, timeouts: no job may run for ever. It frees the job, not the worker.
//!
//! A soft limit with a grace, as Celery's: at the deadline the lease is revoked and a cancel sent;
//! who does not come back within the grace is as good as silent.

use super::table::ByPlace;
use super::verdict::Alarm;
use crate::kernel::{AlarmId, Chance, Cx, Instant, Span, TaskId};
use crate::knobs::Knobs;
use crate::pool::{JobKind, Pool, Who, order};

/// The deadlines of all attempts in progress.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeouts {
    deadlines: ByPlace<Deadline>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Deadline {
    alarm: Option<AlarmId>,
    /// Since when the worker has been asked to drop its job, in vain.
    cancelled: bool,
    unresponsive: bool,
}

/// What to do when a deadline rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The attempt has timed out: revoke its lease, and cancel.
    TimedOut(Who),
    /// The grace is over, and the worker has not come back.
    Unresponsive,
    /// Nothing: it was about an attempt that is over.
    Stale,
}

impl Timeouts {
    /// An attempt has begun: it gets its deadline.
    #[inline]
    pub fn started<T>(
        &mut self,
        worker: Who,
        kind: JobKind,
        knobs: &Knobs,
        supervisor: TaskId,
        cx: &mut Cx<'_, T>,
    ) {
        self.set(worker.task.index, cx.now + kind.timeout(knobs), supervisor, cx);
    }

    /// An attempt is over, or its worker has come back, or is no more.
    #[inline]
    pub fn ended<T>(&mut self, place: u32, cx: &mut Cx<'_, T>) {
        if let Some(alarm) = std::mem::take(self.deadlines.at(place)).alarm {
            cx.cancel(alarm);
        }
    }

    #[inline]
    fn set<T>(&mut self, place: u32, at: Instant, supervisor: TaskId, cx: &mut Cx<'_, T>) {
        let alarm = cx.arm(at, order::DEADLINES, supervisor, Alarm::Deadline(place).token());
        let deadline = self.deadlines.at(place);
        if let Some(old) = deadline.alarm.replace(alarm) {
            cx.cancel(old);
        }
        deadline.unresponsive = false;
    }

    /// Judges a deadline that rang, and arms the grace after it.
    pub fn expire<T>(
        &mut self,
        place: u32,
        pool: &Pool,
        supervisor: TaskId,
        cx: &mut Cx<'_, T>,
    ) -> Expiry {
        let Some(record) = pool.roster().get(place) else { return Expiry::Stale };
        let deadline = self.deadlines.at(place);
        deadline.alarm = None;
        if deadline.cancelled {
            deadline.unresponsive = true;
            return Expiry::Unresponsive;
        }
        if record.lease.is_none() {
            return Expiry::Stale;
        }
        deadline.cancelled = true;
        self.set(place, cx.now + pool.knobs.cancel_grace_s, supervisor, cx);
        Expiry::TimedOut(record.who)
    }

    /// Whether a worker was cancelled and has not come back within its grace.
    pub fn is_unresponsive(&mut self, place: u32) -> bool {
        self.deadlines.at(place).unresponsive
    }

    /// Switched on or off while running: attempts in progress get their deadlines, or lose them.
    pub fn switch<T>(&mut self, on: bool, pool: &Pool, supervisor: TaskId, cx: &mut Cx<'_, T>) {
        for deadline in self.deadlines.iter_mut() {
            if let Some(alarm) = std::mem::take(deadline).alarm {
                cx.cancel(alarm);
            }
        }
        if !on {
            return;
        }
        for record in pool.roster().iter() {
            let Some(lease) = record.lease else { continue };
            if let Some(job) = pool.jobs().get(lease.job) {
                let at = lease.since + job.kind.timeout(&pool.knobs);
                self.set(record.who.task.index, at.max(cx.now), supervisor, cx);
            }
        }
    }
}

/// How long to wait before the next delivery, after so many: exponential with a cap and jitter.
pub fn backoff(deliveries: u32, knobs: &Knobs, chance: &mut Chance) -> Span {
    let plain = plain_backoff(deliveries, knobs.backoff_base_s, knobs.backoff_cap_s);
    chance.jitter(plain, knobs.backoff_jitter)
}

/// The wait without its jitter: `base · 2^(n−1)`, at most `cap`.
pub fn plain_backoff(deliveries: u32, base: Span, cap: Span) -> Span {
    let doublings = deliveries.saturating_sub(1).min(40);
    (base * (1 << doublings)).min(cap)
}
