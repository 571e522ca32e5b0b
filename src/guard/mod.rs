//! The fixes, and the supervisor that acts on what they judge.
//!
//! A guard sees beliefs only: events that an operator could see, and the pool's records; never who
//! truly hangs. It judges; the supervisor alone acts. Each works alone, in any combination, and can
//! be switched while the pool runs.

mod breaker;
mod depart;
mod detection;
mod follow;
mod hand;
mod health;
mod host;
mod leaving;
mod limits;
mod readiness;
mod restart;
mod rollout;
mod supervisor;
mod table;
mod timeouts;
mod verdict;
mod visibility;
mod window;

use std::collections::VecDeque;

use crate::kernel::{AlarmId, Cx, Duration, Instant, Rng, Stream, TaskId};
use crate::knobs::Knobs;
use crate::pool::{
    Event, Exit, JobKind, KillReason, LostJob, Outcome, Pool, Revocation, SpawnReason, WorkerRef,
    order,
};
use hand::HandClock;
use rollout::Deploy;
use table::ByPlace;

pub use breaker::{Breaker, BreakerConfig, BreakerState, Permit};
pub use detection::{Detection, SecondLook};
pub use health::{Finding, Health};
pub use leaving::Leaving;
pub use limits::Limits;
pub use readiness::Readiness;
pub use restart::{Intensity, Restarts};
pub use rollout::Rollout;
pub use supervisor::Supervisor;
pub use timeouts::{Expiry, Timeouts, plain_backoff};
pub use verdict::{Alarm, Verdict};
pub use window::{Call, CountWindow, Tally, TimeWindow, WindowSize};

/// The switchboard: every guard's memory. Which are on is said by the knobs.
#[derive(Clone, Debug, PartialEq)]
pub struct Guards {
    supervisor: TaskId,
    rng: Rng,
    timeouts: Timeouts,
    health: Health,
    readiness: Readiness,
    limits: Limits,
    detection: Detection,
    restarts: Restarts,
    leaving: Leaving,
    /// The rolling deploy that is on its way.
    deploy: Option<Deploy>,
    breakers: [Breaker; JobKind::COUNT],
    /// The clock of each breaker, and when it rings.
    breaker_alarms: [Option<(AlarmId, Instant)>; JobKind::COUNT],
    refill_alarm: Option<AlarmId>,
    permits: ByPlace<Option<(JobKind, Permit)>>,
    /// Of each worker that has jobs in hand.
    hands: ByPlace<HandClock>,
    /// Judged, and to be carried out in the supervisor's phase of this instant.
    verdicts: Vec<Verdict>,
    /// What the last look at all workers found; empty but during that look.
    findings: Vec<(WorkerRef, Finding)>,
    /// Slots to fill, and why they are empty.
    vacant: VecDeque<(u32, SpawnReason)>,
    /// Which fixes were on when knobs were last looked at.
    on: Switches,
}

/// Which fixes are on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Switches {
    timeouts: bool,
    health: bool,
    limits: bool,
    detection: bool,
    breaker: bool,
}

impl Switches {
    fn of(knobs: &Knobs) -> Self {
        Self {
            timeouts: knobs.fix_timeouts,
            health: knobs.fix_health,
            limits: knobs.fix_limits,
            detection: knobs.fix_detection,
            breaker: knobs.fix_breaker,
        }
    }

    /// Whether any fix needs a look at all workers now and then.
    fn scan(self) -> bool {
        self.health || self.detection || self.limits || self.breaker
    }
}

impl Guards {
    /// Guards of a pool that has not begun. They set their alarms for the task `supervisor`.
    pub fn new(seed: u64, knobs: &Knobs, supervisor: TaskId) -> Self {
        Self {
            supervisor,
            rng: Rng::new(seed, Stream::Supervision),
            timeouts: Timeouts::default(),
            health: Health::default(),
            readiness: Readiness::default(),
            limits: Limits::default(),
            detection: Detection::default(),
            restarts: Restarts::default(),
            leaving: Leaving::default(),
            deploy: None,
            breakers: Default::default(),
            breaker_alarms: Default::default(),
            refill_alarm: None,
            permits: ByPlace::default(),
            hands: ByPlace::default(),
            verdicts: Vec::new(),
            findings: Vec::new(),
            vacant: (0..knobs.workers).map(|slot| (slot, SpawnReason::Fill)).collect(),
            on: Switches::of(knobs),
        }
    }

    /// The circuit breaker of a kind.
    pub fn breaker(&self, kind: JobKind) -> &Breaker {
        &self.breakers[kind.index()]
    }

    /// What a copy takes outside itself, in bytes, about.
    pub fn bytes(&self) -> usize {
        let books = self.timeouts.bytes() + self.health.bytes() + self.limits.bytes();
        let asked = self.readiness.bytes()
            + self.detection.bytes()
            + self.restarts.bytes()
            + self.permits.bytes()
            + self.hands.bytes();
        let breakers: usize = self.breakers.iter().map(Breaker::bytes).sum();
        let vacant = self.vacant.len() * size_of::<(u32, SpawnReason)>();
        books + asked + self.leaving.bytes() + breakers + vacant
    }

    /// Shows an event to the guards that are on. Deadlines come first: nearly all events are
    /// theirs or nobody's.
    #[inline(always)] // In its one caller: most events need no instruction here.
    pub fn observe<T>(&mut self, event: &Event, pool: &Pool, cx: &mut Cx<'_, T>) {
        match *event {
            Event::Heartbeat { .. } | Event::Submitted { .. } => return,
            Event::Started { kind, worker, .. } if self.on.timeouts => {
                let supervisor = self.supervisor;
                self.timeouts.started(worker, kind, &pool.knobs, supervisor, cx);
            }
            Event::Started { .. } | Event::Finished { .. } => {}
            _ => self.observe_rare(event, pool, cx),
        }
        if self.on.breaker || self.on.limits {
            self.observe_calls(event, pool, cx);
        }
    }

    #[inline(never)]
    fn observe_rare<T>(&mut self, event: &Event, pool: &Pool, cx: &mut Cx<'_, T>) {
        match *event {
            Event::ReturnedCancelled { worker }
            | Event::LateResult { worker, .. }
            | Event::Reclaimed { worker, .. }
            | Event::Reaped { worker, .. }
                if self.on.timeouts =>
            {
                self.timeouts.ended(worker.task.index);
            }
            // Suspects have a grace of their own.
            Event::Draining { worker } | Event::Terminating { worker }
                if pool.roster().find(worker).is_some_and(|record| !record.terminated) =>
            {
                self.note_leaving(worker, None, pool, cx);
            }
            Event::Ready { .. } => self.watch_rollout(cx),
            Event::Crashed { worker } => {
                self.judge(Verdict::Kill(worker, KillReason::Crashed), cx);
            }
            Event::OutOfMemory { then } => self.watch_host(then, pool, cx),
            Event::Prefetched { worker, .. } => self.watch_hand(worker.task.index, pool, cx),
            _ => {}
        }
        if matches!(event, Event::Reaped { .. } | Event::Replaced { .. }) {
            self.watch_slots(event, pool, cx);
        }
    }

    #[inline(never)]
    fn observe_calls<T>(&mut self, event: &Event, pool: &Pool, cx: &mut Cx<'_, T>) {
        if self.on.breaker {
            self.watch_calls(event, pool, cx);
        }
        if self.on.limits
            && let Some(verdict) = self.limits.observe(event, pool, &mut self.rng, cx.now)
        {
            self.judge(verdict, cx);
        }
    }

    /// Notes a verdict. A gate is moved in this very instant, also if it is the supervisor's own
    /// act that moved the breaker: no job may slip through.
    fn judge<T>(&mut self, verdict: Verdict, cx: &mut Cx<'_, T>) {
        if !self.verdicts.contains(&verdict) {
            self.verdicts.push(verdict);
        }
        match verdict {
            Verdict::MoveGate(_) => self.call_supervisor(cx),
            _ => cx.notify_one(order::SUPERVISOR),
        }
    }

    /// Has the supervisor come in this instant, even if it is the one that acts now, when no bell
    /// would reach it.
    fn call_supervisor<T>(&mut self, cx: &mut Cx<'_, T>) {
        if let Some(old) = self.refill_alarm.take() {
            cx.cancel(old);
        }
        let token = Alarm::Refill.token();
        self.refill_alarm = Some(cx.arm(cx.now, order::SUPERVISION, self.supervisor, token));
    }

    /// Notes slots that have become empty.
    fn watch_slots<T>(&mut self, event: &Event, pool: &Pool, cx: &mut Cx<'_, T>) {
        match *event {
            Event::Replaced { worker } => {
                if let Some(record) = pool.roster().find(worker) {
                    self.vacant.push_back((record.slot, SpawnReason::Replaced));
                }
            }
            Event::Reaped { slot, zombie: false, exit, healthy, .. } => {
                let reason = match exit {
                    Exit::Planned => SpawnReason::Recycled,
                    Exit::Suspect => SpawnReason::Suspect,
                    Exit::Killed => SpawnReason::Killed,
                };
                if reason.is_unplanned() && self.on.detection {
                    self.restarts.died(slot, healthy, cx.now, &pool.knobs, &mut self.rng);
                }
                self.vacant.push_back((slot, reason));
            }
            _ => {}
        }
        self.call_supervisor(cx);
    }

    /// Shows the breakers every call's beginning and end.
    fn watch_calls<T>(&mut self, event: &Event, pool: &Pool, cx: &mut Cx<'_, T>) {
        match *event {
            Event::Started { kind, worker, .. } => {
                let config = BreakerConfig::of(kind, &pool.knobs);
                let permit = self.breakers[kind.index()].acquire(cx.now, &config);
                *self.permits.at(worker.task.index) = permit.map(|permit| (kind, permit));
            }
            Event::Finished { worker, outcome, ran, kind, .. } => {
                let config = BreakerConfig::of(kind, &pool.knobs);
                let failed = outcome == Outcome::Failed;
                let call = Call { failed, slow: ran > config.slow_after };
                self.end_call(worker.task.index, Some(call), &config, cx);
            }
            Event::Revoked { worker, why, ran, kind, .. } => {
                let config = BreakerConfig::of(kind, &pool.knobs);
                let blameless = matches!(
                    why,
                    Revocation::Forfeited | Revocation::HostDied | Revocation::Superseded
                );
                let call = Call { failed: true, slow: ran > config.slow_after };
                self.end_call(worker.task.index, (!blameless).then_some(call), &config, cx);
            }
            _ => {}
        }
    }

    /// A call's permit comes back, with its outcome or unused.
    fn end_call<T>(
        &mut self,
        place: u32,
        call: Option<Call>,
        config: &BreakerConfig,
        cx: &mut Cx<'_, T>,
    ) {
        let Some((kind, permit)) = self.permits.at(place).take() else { return };
        let breaker = &mut self.breakers[kind.index()];
        let before = breaker.state().clone();
        match call {
            Some(call) => breaker.report(permit, call, cx.now, config),
            None => breaker.release(permit, cx.now),
        }
        if *breaker.state() != before {
            self.judge(Verdict::MoveGate(kind), cx);
        }
    }

    /// Hands a job that lost its worker back to the pool, and sees to its next delivery. The waits
    /// between deliveries are part of fix 1; without it a job goes back at once.
    pub fn lost<T>(&mut self, lost: LostJob, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        let wait = |deliveries, knobs: &Knobs| match self.on.timeouts {
            true => timeouts::backoff(deliveries, knobs, &mut self.rng),
            false => Duration::ZERO,
        };
        if let Some((job, due)) = pool.settle_lost(lost, cx.now, wait) {
            let token = Alarm::Redeliver(job).token();
            cx.arm(due, order::SUPERVISION, self.supervisor, token);
        }
    }
}
