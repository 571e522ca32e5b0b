//! Signs of life: every worker that has started up and can still do anything beats, once in each
//! interval.

use super::event::Event;
use super::heartbeat::Rhythm;
use super::ids::WorkerRef;
use super::state::State;
use super::{Pool, order};
use crate::kernel::{Cx, Instant, Service, TaskId, Wait};
use crate::knobs::BeatSource;

impl Pool {
    /// Names the task that has workers beat.
    pub fn set_pacemaker(&mut self, pacemaker: TaskId) {
        self.heartbeats.pacemaker = Some(pacemaker);
    }

    /// A beat may be due sooner than was known.
    fn call_pacemaker<T>(&self, cx: &mut Cx<'_, T>) {
        if let Some(pacemaker) = self.heartbeats.pacemaker {
            cx.interrupt(pacemaker, order::SIGNS);
        }
    }

    /// What the clock shows that beats go by.
    fn beat_clock(&self, now: Instant) -> Service {
        if self.heartbeats.rhythm.by_service {
            self.host.served(now)
        } else {
            Service::of(now.saturating_since(Instant::START))
        }
    }

    /// A worker that has started up will beat, for the first time within an interval.
    pub(super) fn begin_beating<T>(&mut self, worker: WorkerRef, cx: &mut Cx<'_, T>) {
        let wait = self.heartbeats.rhythm.interval.mul_f64(self.rng.uniform());
        let at = self.beat_clock(cx.now) + Service::of(wait);
        self.heartbeats.begin(at, worker);
        self.call_pacemaker(cx);
    }

    /// Follows turned knobs. If beats are wanted more or less often, or by another clock, the next
    /// ones come no later than an interval from now.
    pub(super) fn follow_beats<T>(&mut self, cx: &mut Cx<'_, T>) {
        let rhythm = Rhythm::of(&self.knobs);
        if rhythm == self.heartbeats.rhythm {
            return;
        }
        let old = self.beat_clock(cx.now);
        self.heartbeats.rhythm = rhythm;
        let new = self.beat_clock(cx.now);
        self.heartbeats.change_clock(old, new);
        self.heartbeats.hasten(new + Service::of(rhythm.interval));
        self.call_pacemaker(cx);
    }

    /// A worker shows that it lives, if it can. False if it never will again.
    fn beat(&mut self, worker: WorkerRef, now: Instant) -> bool {
        let Some(record) = self.roster.find_mut(worker) else { return false };
        if record.hung.is_some() {
            return false;
        }
        let in_job = record.runs || matches!(record.state, State::Busy | State::Draining);
        if self.knobs.beat_source == BeatSource::BetweenJobs && in_job {
            return true;
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
        let Rhythm { interval, by_service } = pool.heartbeats.rhythm;
        let now = pool.beat_clock(cx.now);
        let is_due = |at| match by_service {
            true => pool.host.clock.shows(at, cx.now),
            false => at <= now,
        };
        if let Some(worker) = pool.heartbeats.pop_due(is_due)
            && pool.beat(worker, cx.now)
        {
            pool.heartbeats.rounds.push_back((now + Service::of(interval), worker));
        }
        match pool.heartbeats.next() {
            Some(next) if by_service => Wait::Served(next, order::SIGNS),
            Some(next) => Wait::Until(Instant::START + next.at_full_rate(), order::SIGNS),
            None => Wait::Alarms,
        }
    }
}
