//! Signs of life: every worker that has started up and can still do anything beats, once in each
//! interval.

use super::event::Event;
use super::ids::WorkerRef;
use super::{Pool, order};
use crate::kernel::{Cx, Instant, Wait};

impl Pool {
    /// A worker that has started up will beat, for the first time within an interval.
    pub(super) fn begin_beating<T>(&mut self, worker: WorkerRef, cx: &mut Cx<'_, T>) {
        let wait = self.knobs.beat_interval_s.mul_f64(self.rng.uniform());
        self.heartbeats.first.insert((cx.now + wait, worker));
        cx.notify_one(order::BEATS);
    }

    /// Beats are wanted more or less often now: the next ones come no later than an interval from
    /// now.
    pub fn follow_beats<T>(&mut self, cx: &mut Cx<'_, T>) {
        self.heartbeats.hasten(cx.now + self.knobs.beat_interval_s);
        cx.notify_one(order::BEATS);
    }

    /// A worker shows that it lives, if it can. False if it never will again.
    fn beat(&mut self, worker: WorkerRef, now: Instant) -> bool {
        let Some(record) = self.roster.find_mut(worker) else { return false };
        if record.hung.is_some() {
            return false;
        }
        record.last_beat = now;
        self.emit(Event::Heartbeat { worker });
        true
    }
}

/// The task that has workers beat when it is time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pacemaker;

impl Pacemaker {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline]
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if let Some(worker) = pool.heartbeats.pop_due(cx.now)
            && pool.beat(worker, cx.now)
        {
            let next = cx.now + pool.knobs.beat_interval_s;
            pool.heartbeats.rounds.push_back((next, worker));
        }
        Wait::Notify(order::BEATS, pool.heartbeats.next(), order::SIGNS)
    }
}
