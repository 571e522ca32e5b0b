//! The supervisor: judge, act, refill, as gunicorn's arbiter does (murder, reap, manage). It alone
//! acts on the pool.

use super::Guards;
use super::breaker::BreakerConfig;
use super::detection::SecondLook;
use super::health::Finding;
use super::limits::is_over_pool_limit;
use super::timeouts::Expiry;
use super::verdict::{Alarm, Verdict};
use crate::kernel::{Cx, Instant, Wait, Wake};
use crate::pool::{
    Event, Gate, JobKind, KillReason, Pool, Rejection, Revocation, Worker, WorkerRef, order,
};

/// The task of supervision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Supervisor {
    next_scan: Instant,
}

impl Supervisor {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T: From<Worker>>(
        &mut self,
        cx: &mut Cx<'_, T>,
        pool: &mut Pool,
        guards: &mut Guards,
    ) -> Wait {
        if let Wake::Alarm(token) = cx.wake
            && let Some(alarm) = Alarm::from_token(token)
        {
            guards.answer(alarm, pool, cx);
        }
        if !pool.host().is_up() {
            guards.bury_all(pool, cx);
            return Wait::Notify(order::SUPERVISOR, Instant::NEVER, order::SUPERVISION);
        }
        // A shorter interval holds at once.
        self.next_scan = self.next_scan.min(cx.now + pool.knobs.scan_interval_s);
        if guards.on.scan() && cx.now >= self.next_scan {
            self.next_scan = cx.now + pool.knobs.scan_interval_s;
            guards.scan(pool, cx);
        }
        guards.act(pool, cx);
        guards.refill(pool, cx);
        let next = if guards.on.scan() { self.next_scan } else { Instant::NEVER };
        Wait::Notify(order::SUPERVISOR, next, order::SUPERVISION)
    }
}

impl Guards {
    /// An alarm of the supervisor's is due: the guard that asked for it judges, and the verdict is
    /// acted on.
    fn answer<T>(&mut self, alarm: Alarm, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        match alarm {
            Alarm::Deadline(place) => self.deadline(place, pool, cx),
            Alarm::KillGrace(place) => self.look_again(place, pool, cx),
            Alarm::Leave(place) => self.end_grace(place, pool, cx),
            Alarm::Redeliver(job) => pool.requeue(job, cx),
            Alarm::Refill => self.refill_alarm = None,
            Alarm::ComeUp => self.come_up(pool, cx),
            Alarm::TakeBack(place) => self.look_in_hand(place, pool, cx),
            Alarm::Breaker(kind) => {
                let config = BreakerConfig::of(kind, &pool.knobs);
                self.breaker_alarms[kind.index()] = None;
                self.breakers[kind.index()].tick(cx.now, &config);
                self.move_gate(kind, pool, cx);
            }
        }
    }

    /// A timeout frees the job, not the worker.
    fn deadline<T>(&mut self, place: u32, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if self.on.timeouts
            && let Expiry::TimedOut(who) = self.timeouts.expire(place, pool, self.supervisor, cx)
            && let Some(lost) = pool.revoke(who, Revocation::TimedOut, cx.now)
        {
            self.lost(lost, pool, cx);
            if pool.knobs.timeout_cancels {
                pool.cancel(who, cx);
            }
        }
    }

    /// Looks at every worker, zombies included, and at jobs parked for too long.
    fn scan<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if self.on.health || self.on.detection {
            self.find_suspects(pool, cx);
        }
        if self.on.health {
            self.probe_readiness(pool, cx);
        }
        if self.on.limits {
            let due =
                pool.roster().iter().find_map(|record| self.limits.look(record, pool, cx.now));
            self.verdicts.extend(due);
        }
        if self.on.breaker {
            for kind in JobKind::ALL {
                reject_parked(kind, self.breakers[kind.index()].unclosed_since(), pool, cx.now);
            }
        }
    }

    /// Workers that miss their beats are given no job.
    fn probe_readiness<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        self.readiness.follow_interval(cx.now, &pool.knobs);
        let mut changed: Vec<(WorkerRef, bool)> = Vec::new();
        for record in pool.roster().iter() {
            let ready = self.readiness.probe(record, &pool.knobs, cx.now);
            if ready != record.ready {
                changed.push((record.who, ready));
            }
        }
        changed.into_iter().for_each(|(who, ready)| pool.set_ready(who, ready, cx));
    }

    fn find_suspects<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        let mut findings = std::mem::take(&mut self.findings);
        for record in pool.roster().iter() {
            let worker = record.who;
            // Only who was cancelled can have failed to come back: the table is large, and rarely
            // has to be looked at.
            let unresponsive = record.cancelled && self.timeouts.is_unresponsive(worker.task.index);
            match self.health.look(record, unresponsive, &pool.knobs, cx.now) {
                Finding::Well => {}
                finding => findings.push((worker, finding)),
            }
        }
        for &(worker, finding) in &findings {
            match finding {
                Finding::Well | Finding::StillSuspect => {}
                Finding::Cleared => pool.emit(Event::Cleared { worker }),
                Finding::NewlySuspect => pool.emit(Event::Suspected { worker }),
            }
        }
        findings.retain(|(_, finding)| *finding != Finding::Cleared);
        if self.on.detection {
            self.doubt(findings.len(), pool);
            findings.iter().for_each(|&(who, _)| self.ask_to_leave(who, pool, cx));
        }
        findings.clear();
        self.findings = findings;
    }

    /// The detector's sanity: can so many be silent at once?
    fn doubt(&mut self, suspects: usize, pool: &mut Pool) {
        let share = suspects as f64 / f64::from(pool.roster().present().max(1));
        let distrusts = share > pool.knobs.detector_sanity;
        if std::mem::replace(&mut self.detection.distrusts_itself, distrusts) != distrusts {
            pool.emit(Event::DetectorSuspect { on: distrusts });
        }
    }

    fn ask_to_leave<T>(&mut self, who: WorkerRef, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        let Some(record) = pool.roster().find(who) else { return };
        let unresponsive = self.timeouts.is_unresponsive(who.task.index);
        if self.detection.should_ask(record, unresponsive, &pool.knobs, cx.now) {
            let until = self.detection.note(who, cx.now, pool.knobs.kill_grace_s);
            let token = Alarm::KillGrace(who.task.index).token();
            cx.arm(until, order::SUPERVISION, self.supervisor, token);
            pool.terminate(who, cx);
        }
    }

    fn look_again<T>(&mut self, place: u32, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if !self.on.detection {
            return;
        }
        match self.detection.look_again(place, pool, cx.now) {
            SecondLook::Kill(who) => self.kill(who, KillReason::Silent, pool, cx),
            SecondLook::Spare(worker) => pool.emit(Event::KillAverted { worker }),
            SecondLook::Gone => {}
        }
    }

    /// Kills a worker, and sees to the job that it had.
    pub fn kill<T>(
        &mut self,
        who: WorkerRef,
        reason: KillReason,
        pool: &mut Pool,
        cx: &mut Cx<'_, T>,
    ) {
        if let Some(lost) = pool.kill(who, reason, cx) {
            self.lost(lost, pool, cx);
        }
        // Its end becomes known only when this task waits: its slot is noted then.
    }

    /// Carries out what was judged.
    fn act<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        // The list goes back empty with its memory, and what is judged meanwhile behind it.
        let mut verdicts = std::mem::take(&mut self.verdicts);
        for verdict in verdicts.drain(..) {
            match verdict {
                Verdict::Kill(who, reason) => self.kill(who, reason, pool, cx),
                Verdict::Retire(who) => self.retire(who, None, pool, cx),
                Verdict::Roll => self.roll(pool, cx),
                Verdict::MoveGate(kind) => self.move_gate(kind, pool, cx),
                Verdict::FreeMemory => self.free_memory(pool, cx),
                Verdict::KillLargest => {
                    while is_over_pool_limit(pool)
                        && let Some(who) = pool.roster().largest().map(|record| record.who)
                    {
                        self.kill(who, KillReason::Memory, pool, cx);
                    }
                }
            }
        }
        verdicts.append(&mut self.verdicts);
        self.verdicts = verdicts;
    }

    /// Brings the pool's gate in line with the breaker, and sets the breaker's clock.
    pub(super) fn move_gate<T>(&mut self, kind: JobKind, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        let config = BreakerConfig::of(kind, &pool.knobs);
        let breaker = &self.breakers[kind.index()];
        let due = breaker.due(&config);
        pool.set_gate(kind, breaker.gate(&config), cx);
        if let Some((old, _)) = self.breaker_alarms[kind.index()].take() {
            cx.cancel(old);
        }
        if let Some(due) = due {
            let token = Alarm::Breaker(kind).token();
            let alarm = cx.arm(due, order::BREAKERS, self.supervisor, token);
            self.breaker_alarms[kind.index()] = Some((alarm, due));
        }
    }

    /// Fills empty slots, as fast as restarts are allowed.
    fn refill<T: From<Worker>>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if self.restarts.calmed(cx.now, &pool.knobs) {
            pool.emit(Event::RestartStorm { on: false });
        }
        let mut soonest = Instant::NEVER;
        for _ in 0..self.vacant.len() {
            let Some((slot, reason)) = self.vacant.pop_front() else { break };
            match pool.roster().slots().get(slot as usize) {
                Some(None) => {}
                // Filled already, or removed.
                _ => continue,
            }
            let mut ready = self.restarts.not_at_once(slot, cx.now, &pool.knobs);
            if self.on.detection {
                ready = ready.max(self.restarts.ready_at(slot, &pool.knobs));
            }
            if ready > cx.now {
                soonest = soonest.min(ready);
                self.vacant.push_back((slot, reason));
                continue;
            }
            pool.spawn(slot, reason, cx);
            self.restarts.note(slot, cx.now);
            let unplanned = reason.is_unplanned();
            if self.on.detection && self.restarts.filled(unplanned, cx.now, &pool.knobs) {
                pool.emit(Event::RestartStorm { on: true });
            }
        }
        if let Some(old) = self.refill_alarm.take() {
            cx.cancel(old);
        }
        if soonest < Instant::NEVER {
            let token = Alarm::Refill.token();
            self.refill_alarm = Some(cx.arm(soonest, order::SUPERVISION, self.supervisor, token));
        }
    }
}

/// Turns away jobs that have waited too long behind a breaker that has not been closed `since`.
fn reject_parked(kind: JobKind, since: Instant, pool: &mut Pool, now: Instant) {
    let limit = pool.knobs.park_limit_s;
    let too_long = |pool: &Pool| {
        let first = pool.queue().lane(kind).next().and_then(|place| pool.jobs().get(place));
        first.is_some_and(|job| now.saturating_since(job.queued.max(since)) >= limit)
    };
    while pool.queue().gate(kind) != Gate::Open && too_long(pool) {
        pool.reject_first(kind, Rejection::Parked, now);
    }
}
