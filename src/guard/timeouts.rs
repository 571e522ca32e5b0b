//! Fix 1, timeouts: no job may run for ever. It frees the job, not the worker.
//!
//! A soft limit with a grace, as Celery's: at the deadline the lease is revoked and a cancel sent;
//! who does not come back within the grace is as good as silent.

use super::table::ByPlace;
use super::verdict::Alarm;
use crate::kernel::{AlarmId, Cx, Duration, Instant, Rng, TaskId};
use crate::knobs::Knobs;
use crate::pool::{JobKind, Pool, WorkerRef, order};

/// The deadlines of all attempts in progress.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeouts {
    deadlines: ByPlace<Deadline>,
    /// The grace that cancelled workers were given.
    grace: Duration,
}

/// The deadline of the worker in one place.
///
/// Nearly every attempt ends long before its deadline, so its alarm is left armed for the next
/// attempt: one that rings early is armed again for what it should be by then. An alarm for each
/// timeout's length takes the place of one for each job.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
struct Deadline {
    /// When the attempt, or the grace after it, is over. Of an attempt that was reported it says
    /// nothing: the worker has no lease then.
    at: Instant,
    /// The alarm that is armed.
    alarm: Option<AlarmId>,
    /// When it rings: not after `at`.
    rings: Instant,
    /// The worker has been asked to drop its job.
    cancelled: bool,
    /// It has not come back in time.
    unresponsive: bool,
}

impl Default for Deadline {
    fn default() -> Self {
        Self {
            at: Instant::NEVER,
            alarm: None,
            rings: Instant::NEVER,
            cancelled: false,
            unresponsive: false,
        }
    }
}

/// What to do when a deadline rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The attempt has timed out: revoke its lease, and cancel.
    TimedOut(WorkerRef),
    /// The grace is over, and the worker has not come back.
    Unresponsive,
    /// Nothing: it was about an attempt that is over.
    Stale,
}

impl Timeouts {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.deadlines.bytes()
    }

    /// An attempt has begun: it gets its deadline.
    #[inline]
    pub fn started<T>(
        &mut self,
        worker: WorkerRef,
        kind: JobKind,
        knobs: &Knobs,
        supervisor: TaskId,
        cx: &mut Cx<'_, T>,
    ) {
        self.set(worker.task.index, cx.now + kind.timeout(knobs), supervisor, cx);
    }

    /// A worker that was cancelled has come back, or one is no more. (Who reports on its attempt in
    /// time need not say so here.)
    #[inline]
    pub fn ended(&mut self, place: u32) {
        let deadline = self.deadlines.at(place);
        deadline.at = Instant::NEVER;
        (deadline.cancelled, deadline.unresponsive) = (false, false);
    }

    #[inline]
    fn set<T>(&mut self, place: u32, at: Instant, supervisor: TaskId, cx: &mut Cx<'_, T>) {
        let deadline = self.deadlines.at(place);
        deadline.at = at;
        deadline.unresponsive = false;
        match deadline.alarm {
            Some(_) if deadline.rings <= at => {}
            late => {
                if let Some(late) = late {
                    cx.cancel(late);
                }
                let token = Alarm::Deadline(place).token();
                deadline.alarm = Some(cx.arm(at, order::DEADLINES, supervisor, token));
                deadline.rings = at;
            }
        }
    }

    /// Judges a deadline that rang, and arms the grace after it, if its worker is to be asked to
    /// drop the job.
    pub fn expire<T>(
        &mut self,
        place: u32,
        pool: &Pool,
        supervisor: TaskId,
        cx: &mut Cx<'_, T>,
    ) -> Expiry {
        let deadline = self.deadlines.at(place);
        deadline.alarm = None;
        let Some(record) = pool.roster().get(place) else { return Expiry::Stale };
        if record.lease.is_none() && !deadline.cancelled {
            return Expiry::Stale;
        }
        if deadline.at > cx.now {
            let at = deadline.at;
            if at != Instant::NEVER {
                self.set(place, at, supervisor, cx);
            }
            return Expiry::Stale;
        }
        deadline.at = Instant::NEVER;
        if deadline.cancelled {
            deadline.unresponsive = true;
            return Expiry::Unresponsive;
        }
        if pool.knobs.timeout_cancels {
            deadline.cancelled = true;
            self.grace = pool.knobs.cancel_grace_s;
            self.set(place, cx.now + pool.knobs.cancel_grace_s, supervisor, cx);
        }
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

/// What a knob that is turned while jobs run does to deadlines.
impl Timeouts {
    /// Attempts in progress get the deadlines that they have by the knobs of now, and cancelled
    /// workers their grace. A worker that did not come back in time stays unresponsive.
    pub fn follow_knobs<T>(&mut self, pool: &Pool, supervisor: TaskId, cx: &mut Cx<'_, T>) {
        let knobs = &pool.knobs;
        let grace = std::mem::replace(&mut self.grace, knobs.cancel_grace_s);
        for record in pool.roster().iter() {
            let place = record.who.task.index;
            let Deadline { at, cancelled, .. } = *self.deadlines.at(place);
            let due = match record.lease {
                _ if cancelled && at == Instant::NEVER => continue,
                _ if cancelled => {
                    let asked = at.saturating_since(Instant::START + grace);
                    Instant::START + asked + knobs.cancel_grace_s
                }
                Some(lease) => lease.since + lease.kind.timeout(knobs),
                None => continue,
            };
            if due != at {
                self.set(place, due.max(cx.now), supervisor, cx);
            }
        }
    }
}

/// How long to wait before the next delivery, after so many: exponential with a cap and jitter.
pub fn backoff(deliveries: u32, knobs: &Knobs, rng: &mut Rng) -> Duration {
    let plain = plain_backoff(deliveries, knobs.backoff_base_s, knobs.backoff_cap_s);
    rng.jitter(plain, knobs.backoff_jitter)
}

/// The wait without its jitter: `base · 2^(n−1)`, at most `cap`.
pub fn plain_backoff(deliveries: u32, base: Duration, cap: Duration) -> Duration {
    let doublings = deliveries.saturating_sub(1).min(40);
    (base * (1 << doublings)).min(cap)
}
