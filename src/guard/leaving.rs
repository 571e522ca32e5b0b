//! Planned ends: a worker at the end of its life, or that is recycled, drained or deployed anew, is
//! asked to leave when its job is done. Past its graceful timeout it is killed, as by gunicorn's
//! `graceful_timeout` and by Kubernetes' `terminationGracePeriodSeconds`.

use super::Guards;
use super::table::ByPlace;
use super::verdict::Alarm;
use crate::kernel::{Cx, Duration, Instant};
use crate::knobs::Knobs;
use crate::pool::{KillReason, Pool, Record, WorkerRef, order};

/// The workers that were asked to leave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    asked: ByPlace<Option<Asked>>,
    /// The graceful timeout that alarms are set for.
    timeout: Duration,
}

/// A worker that was asked to leave: when, and the time that a deploy gave it for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    who: WorkerRef,
    at: Instant,
    grace: Option<Duration>,
}

impl Asked {
    /// When it has to be gone, if ever.
    fn due(self, knobs: &Knobs) -> Option<Instant> {
        let timeout = knobs.graceful_timeout_s;
        let grace = self.grace.or((timeout > Duration::ZERO).then_some(timeout))?;
        Some(self.at + grace)
    }
}

impl Leaving {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.asked.bytes()
    }

    /// The worker in a place, if it should be gone by now.
    fn overdue(&mut self, place: u32, pool: &Pool, now: Instant) -> Option<WorkerRef> {
        let asked = (*self.asked.at(place))?;
        let record = pool.roster().find(asked.who)?;
        asked.due(&pool.knobs).is_some_and(|due| now >= due).then_some(record.who)
    }
}

impl Guards {
    /// Asks a worker to leave when its job is done; a deploy says how long it has for that.
    pub fn retire<T>(
        &mut self,
        who: WorkerRef,
        grace: Option<Duration>,
        pool: &mut Pool,
        cx: &mut Cx<'_, T>,
    ) {
        pool.retire(who, cx);
        self.note_leaving(who, grace, pool, cx);
    }

    /// Notes that a worker was asked to leave, and sets the alarm for the end of its time. Asked
    /// again, its time goes on, unless a deploy gives it another.
    pub(super) fn note_leaving<T>(
        &mut self,
        who: WorkerRef,
        grace: Option<Duration>,
        pool: &Pool,
        cx: &mut Cx<'_, T>,
    ) {
        let place = self.leaving.asked.at(who.task.index);
        if grace.is_none() && place.is_some_and(|asked| asked.who == who) {
            return;
        }
        let asked = Asked { who, at: cx.now, grace };
        *place = Some(asked);
        self.leaving.timeout = pool.knobs.graceful_timeout_s;
        if let Some(due) = asked.due(&pool.knobs) {
            let token = Alarm::Leave(who.task.index).token();
            cx.arm(due, order::SUPERVISION, self.supervisor, token);
        }
    }

    /// The time of a worker that was asked to leave may be over.
    pub(super) fn end_grace<T>(&mut self, place: u32, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if let Some(who) = self.leaving.overdue(place, pool, cx.now) {
            self.kill(who, KillReason::Overdue, pool, cx);
        }
    }

    /// Follows a turned graceful timeout, and the owners of slots that were removed.
    pub(super) fn follow_leaving<T>(&mut self, pool: &Pool, cx: &mut Cx<'_, T>) {
        let leaves = |record: &&Record| record.retiring;
        let leaving: Vec<WorkerRef> =
            pool.roster().iter().filter(leaves).map(|record| record.who).collect();
        leaving.into_iter().for_each(|who| self.note_leaving(who, None, pool, cx));
        let timeout = pool.knobs.graceful_timeout_s;
        if std::mem::replace(&mut self.leaving.timeout, timeout) == timeout {
            return;
        }
        let asked: Vec<Asked> = self.leaving.asked.iter_mut().filter_map(|asked| *asked).collect();
        for asked in asked {
            if let Some(due) = asked.due(&pool.knobs) {
                let token = Alarm::Leave(asked.who.task.index).token();
                cx.arm(due.max(cx.now), order::SUPERVISION, self.supervisor, token);
            }
        }
    }
}
