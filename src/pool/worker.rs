//! The worker: `loop { select { lifetime, job } }`, as data.

use super::event::{Event, Outcome, Truth};
use super::hang::Hang;
use super::host::FULL_SPEED;
use super::ids::{WorkerId, WorkerRef};
use super::job::Fate;
use super::state::State;
use super::{Held, Pool, order};
use crate::kernel::{Cx, Duration, Instant, Wait, Wake};

/// A worker of the pool: one cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Worker {
    id: WorkerId,
    /// Where it stands in its code.
    at: Part,
    /// There it will stand for ever.
    hung: bool,
    /// When it is to show itself next.
    next_beat: Instant,
    /// When this slice of work began, and how fast it goes, in thousandths.
    since: Instant,
    speed: u32,
    /// Work left before the job ends or hangs.
    left: Duration,
    fate: Fate,
    taints: bool,
    tainted: bool,
}

/// A part of the worker's loop. Only one has anything in hand, so that this is no larger than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    StartUp,
    Select,
    Work(Held),
    CleanUp,
}

/// A place in the worker's loop. The page shows this as a stack trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Before the loop.
    StartUp,
    /// `select`: choosing between the end of its life and the next job.
    Select,
    /// In a job.
    Work(Held),
    /// In a job that will never end.
    HungInJob(Held),
    /// Cleaning up to leave.
    CleanUp,
    /// In a clean-up that will never end.
    HungInCleanUp,
    /// Made to hang by the viewer's hand while it had no job.
    HungIdle,
}

impl Line {
    /// Whether it will never go on from here.
    pub fn is_hung(self) -> bool {
        matches!(self, Self::HungInJob(_) | Self::HungInCleanUp | Self::HungIdle)
    }
}

impl Worker {
    /// A worker that has not yet started up.
    pub fn new(id: WorkerId) -> Self {
        Self {
            id,
            at: Part::StartUp,
            hung: false,
            next_beat: Instant::START,
            since: Instant::START,
            speed: FULL_SPEED,
            left: Duration::ZERO,
            fate: Fate::Succeed,
            taints: false,
            tainted: false,
        }
    }

    /// Where it stands in its code.
    pub fn line(&self) -> Line {
        match (self.at, self.hung) {
            (Part::StartUp, false) => Line::StartUp,
            (Part::Select, false) => Line::Select,
            (Part::StartUp | Part::Select, true) => Line::HungIdle,
            (Part::Work(held), false) => Line::Work(held),
            (Part::Work(held), true) => Line::HungInJob(held),
            (Part::CleanUp, false) => Line::CleanUp,
            (Part::CleanUp, true) => Line::HungInCleanUp,
        }
    }

    /// How much of its job's work is left at `now`: at this pace, as virtual time at full speed.
    pub fn work_left(&self, now: Instant) -> Duration {
        match self.line() {
            Line::Work(_) => self.left.saturating_sub(self.worked(now)),
            _ => Duration::ZERO,
        }
    }

    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline]
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        let who = WorkerRef { id: self.id, task: cx.id };
        if cx.wake == Wake::Interrupted {
            // Beats may be wanted more often now.
            self.next_beat = self.next_beat.min(cx.now + pool.knobs.beat_interval_s);
        }
        match self.at {
            _ if self.hung => Wait::Forever,
            Part::Select => self.select(who, cx, pool),
            Part::Work(held) => self.work(held, who, cx, pool),
            Part::StartUp => self.start_up(who, cx, pool),
            Part::CleanUp => self.clean_up(who, cx, pool),
        }
    }

    #[cold]
    fn start_up<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if cx.wake == Wake::Born {
            let span = pool.rng.jitter(pool.knobs.startup_s, 0.25);
            // The first beat comes at a random moment, so that workers do not beat in step.
            let share = pool.rng.uniform();
            self.next_beat = cx.now + span + pool.knobs.beat_interval_s.mul_f64(share);
            return Wait::Until(cx.now + span, order::COMPLETIONS);
        }
        let Some(record) = pool.roster.find_mut(who) else { return Wait::Done };
        if record.terminated {
            return self.leave(who, cx, pool);
        }
        record.state = State::Idle;
        record.last_beat = cx.now;
        self.at = Part::Select;
        pool.emit(Event::Ready { worker: who });
        Wait::Turn(order::DISPATCH)
    }

    /// At the top of the loop: the end of its life comes before the next job.
    #[inline]
    fn select<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        self.beat_if_due(who, cx.now, pool);
        let Some(record) = pool.roster.get(who.task.index) else { return Wait::Done };
        let expires = record.expires;
        if cx.now >= expires || record.retiring || record.terminated {
            if cx.wake == Wake::Notified {
                // For a job: somebody else must take it.
                cx.notify_one(order::JOBS);
            }
            return self.leave(who, cx, pool);
        }
        if !record.ready {
            if cx.wake == Wake::Notified {
                cx.notify_one(order::JOBS);
            }
            return Wait::Until(expires.min(self.next_beat), order::SIGNS);
        }
        match pool.take(who, cx.now) {
            Some((lease, job)) => {
                let held = Held { lease, job: job.id, mib: job.mib };
                self.left = job.work;
                self.fate = job.fate;
                self.taints = job.taints;
                self.at = Part::Work(held);
                self.slice(cx.now, pool)
            }
            None => Wait::Notify(order::JOBS, expires.min(self.next_beat), order::SIGNS),
        }
    }

    #[inline]
    fn work<T>(&mut self, held: Held, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        self.left = self.left.saturating_sub(self.worked(cx.now));
        self.since = cx.now;
        self.beat_if_due(who, cx.now, pool);
        if self.left > Duration::ZERO {
            return self.go_on(held, who, cx, pool);
        }
        match self.fate {
            Fate::Hang(how) => {
                self.hung = true;
                Self::hang(who, how, Some(held), pool)
            }
            fate => {
                let outcome = if fate == Fate::Fail { Outcome::Failed } else { Outcome::Succeeded };
                pool.report(who, &held, outcome, cx.now);
                self.taint(held, who, pool);
                self.at = Part::Select;
                Wait::Turn(order::DISPATCH)
            }
        }
    }

    /// In the middle of a job: looks whether it was cancelled, if it is at a point where it looks.
    #[inline]
    fn go_on<T>(&mut self, held: Held, who: WorkerRef, cx: &Cx<'_, T>, pool: &mut Pool) -> Wait {
        let Some(record) = pool.roster.get(who.task.index) else { return Wait::Done };
        if record.cancelled || record.terminated {
            return self.honor_cancel(held, who, cx, pool);
        }
        self.slice(cx.now, pool)
    }

    /// Was asked to drop its job: does so at the next point where it looks.
    #[cold]
    fn honor_cancel<T>(
        &mut self,
        held: Held,
        who: WorkerRef,
        cx: &Cx<'_, T>,
        pool: &mut Pool,
    ) -> Wait {
        let look = next_look(held, cx.now, pool);
        if look > cx.now {
            let end = cx.now + self.needs();
            return Wait::Until(look.min(end), order::COMPLETIONS);
        }
        pool.return_cancelled(who, held.mib, cx.now);
        self.at = Part::Select;
        Wait::Turn(order::DISPATCH)
    }

    /// Works until the job's end or the next sign of life, whichever is first.
    #[inline]
    fn slice(&mut self, now: Instant, pool: &Pool) -> Wait {
        self.since = now;
        self.speed = pool.host.speed;
        let end = now + self.needs();
        if end <= self.next_beat {
            Wait::Until(end, order::COMPLETIONS)
        } else {
            Wait::Until(self.next_beat, order::SIGNS)
        }
    }

    /// Time that the work left needs at the present speed, rounded up.
    #[inline]
    fn needs(&self) -> Duration {
        if self.speed == FULL_SPEED {
            return self.left;
        }
        let micros = (self.left * u64::from(FULL_SPEED)).as_micros();
        Duration::micros(micros.div_ceil(u64::from(self.speed.max(1))))
    }

    /// Work done in this slice by `now`.
    #[inline]
    fn worked(&self, now: Instant) -> Duration {
        let span = now.saturating_since(self.since);
        if self.speed == FULL_SPEED {
            return span;
        }
        Duration::micros((span * u64::from(self.speed)).as_micros() / u64::from(FULL_SPEED))
    }

    #[inline]
    fn beat_if_due(&mut self, who: WorkerRef, now: Instant, pool: &mut Pool) {
        if now >= self.next_beat {
            pool.heartbeat(who, now);
            // Beats keep their rhythm; after a stall it starts again from now.
            self.next_beat += pool.knobs.beat_interval_s;
            if self.next_beat <= now {
                self.next_beat = now + pool.knobs.beat_interval_s;
            }
        }
    }

    #[inline]
    fn taint(&mut self, held: Held, who: WorkerRef, pool: &mut Pool) {
        if self.taints && !self.tainted {
            self.tainted = true;
            if let Some(record) = pool.roster.get_mut(who.task.index) {
                record.tainted = true;
            }
            pool.emit(Event::Truth(Truth::Tainted { worker: who, job: held.job }));
        }
    }

    /// Begins to leave.
    #[cold]
    fn leave<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        self.at = Part::CleanUp;
        pool.begin_leaving(who);
        self.clean_up(who, cx, pool)
    }

    /// Gives back what it holds and goes; a lock left held by a report keeps it here for ever.
    #[cold]
    fn clean_up<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if self.tainted {
            self.hung = true;
            pool.change(who, i64::from(pool.knobs.cleanup_mib), false);
            return Self::hang(who, Hang::Parked, None, pool);
        }
        pool.reap(who, None);
        cx.notify_one(order::SUPERVISOR);
        Wait::Done
    }

    /// Makes it hang here and now, by the viewer's hand: in its job if it has one. False if it does
    /// already. [`Pool::follow_hang`] must follow.
    pub fn hang_up(&mut self, who: WorkerRef, how: Hang, pool: &mut Pool) -> bool {
        if self.hung {
            return false;
        }
        let held = match self.at {
            Part::Work(held) => Some(held),
            _ => None,
        };
        self.hung = true;
        Self::hang(who, how, held, pool);
        true
    }

    /// Its job was poisoned: it will hang where that would have ended.
    pub fn poison(&mut self, how: Hang) {
        self.fate = Fate::Hang(how);
    }

    #[cold]
    fn hang(who: WorkerRef, how: Hang, held: Option<Held>, pool: &mut Pool) -> Wait {
        if let Some(record) = pool.roster.get_mut(who.task.index) {
            record.hung = Some(how);
        }
        if how == Hang::Parked {
            pool.change(who, 0, true);
        }
        let job = held.map(|held| held.job);
        pool.emit(Event::Truth(Truth::Hung { worker: who, how, job }));
        Wait::Forever
    }
}

/// The next moment at which a job looks whether it was cancelled, at `now` or later.
fn next_look(held: Held, now: Instant, pool: &Pool) -> Instant {
    let every = held.lease.kind.yield_interval(&pool.knobs).as_micros().max(1);
    let ran = now.saturating_since(held.lease.since).as_micros();
    held.lease.since + Duration::micros(ran.div_ceil(every) * every)
}
