//! What becomes of a turned knob: the fixes that are on apply it to what is there.
//!
//! Limits and waits are not kept but worked out from what happened and when, so most knobs reach
//! what is there by themselves; what has an alarm set is set anew here. What was decided by the old
//! value stays decided: an attempt that timed out, a suspect that was asked to leave, a redelivery
//! that waits, a kill.

use super::breaker::BreakerConfig;
use super::table::ByPlace;
use super::verdict::Alarm;
use super::{Guards, Readiness, Switches};
use crate::kernel::Cx;
use crate::pool::{Event, Gate, JobKind, Pool, SpawnReason, WorkerRef, order};

impl Guards {
    /// Follows a turned knob: a fix that was switched on adopts what is there, one that was
    /// switched off lets go of it, one that is on reads its knobs again; new slots are filled.
    pub fn follow_knobs<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        let (before, now) = (self.on, Switches::of(&pool.knobs));
        self.on = now;
        if before.timeouts != now.timeouts {
            self.timeouts.switch(now.timeouts, pool, self.supervisor, cx);
        } else if now.timeouts {
            self.timeouts.follow_knobs(pool, self.supervisor, cx);
        }
        self.watch_hands(pool, cx);
        if now.limits {
            if !before.limits {
                self.limits.adopt(pool, &mut self.rng);
            }
            for verdict in super::limits::over_hard_limits(pool) {
                self.judge(verdict, cx);
            }
        }
        if before.detection != now.detection {
            self.forget_detection(pool);
        } else if now.detection {
            self.follow_grace(pool, cx);
        }
        self.follow_readiness(before.health, pool, cx);
        if !now.health && !now.detection {
            self.health.forget(pool);
        }
        if before.breaker != now.breaker {
            self.switch_breakers(pool, cx);
        } else if now.breaker {
            self.follow_breakers(pool, cx);
        }
        self.follow_leaving(pool, cx);
        self.follow_slots(pool);
        cx.notify_one(order::SUPERVISOR);
    }

    fn follow_slots(&mut self, pool: &Pool) {
        for (slot, owner) in (0..).zip(pool.roster().slots()) {
            if owner.is_none() && !self.vacant.iter().any(|&(vacant, _)| vacant == slot) {
                self.vacant.push_back((slot, SpawnReason::Fill));
            }
        }
    }

    /// Without health checks every worker counts as ready.
    fn follow_readiness<T>(&mut self, before: bool, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        self.readiness.follow_interval(cx.now, &pool.knobs);
        if before && !self.on.health {
            self.readiness = Readiness::default();
            let all: Vec<WorkerRef> = pool.roster().iter().map(|record| record.who).collect();
            all.into_iter().for_each(|who| pool.set_ready(who, true, cx));
        }
    }

    /// Suspects that were asked to leave have another time for it.
    fn follow_grace<T>(&mut self, pool: &Pool, cx: &mut Cx<'_, T>) {
        for (place, until) in self.detection.turn_grace(pool.knobs.kill_grace_s) {
            let token = Alarm::KillGrace(place).token();
            cx.arm(until.max(cx.now), order::SUPERVISION, self.supervisor, token);
        }
    }

    /// Detection begins with a clean book, and takes back what it told.
    fn forget_detection(&mut self, pool: &mut Pool) {
        if std::mem::take(&mut self.detection).distrusts_itself {
            pool.emit(Event::DetectorSuspect { on: false });
        }
        if std::mem::take(&mut self.restarts).storm {
            pool.emit(Event::RestartStorm { on: false });
        }
    }

    /// Breakers begin closed, and leave every gate open behind them.
    fn switch_breakers<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        self.breakers = Default::default();
        self.permits = ByPlace::default();
        for (alarm, _) in self.breaker_alarms.iter_mut().filter_map(Option::take) {
            cx.cancel(alarm);
        }
        for kind in JobKind::ALL {
            pool.set_gate(kind, Gate::Open, cx);
        }
    }

    /// A breaker that is open or half-open has another wait, deadline or number of permits.
    fn follow_breakers<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        for kind in JobKind::ALL {
            let config = BreakerConfig::of(kind, &pool.knobs);
            let breaker = &mut self.breakers[kind.index()];
            breaker.tick(cx.now, &config);
            let due = breaker.due(&config);
            let clock = self.breaker_alarms[kind.index()].map(|(_, rings)| rings);
            if due != clock || breaker.gate(&config) != pool.queue().gate(kind) {
                self.move_gate(kind, pool, cx);
            }
        }
    }
}
