//! The worker: `loop { select { lifetime, job } }`, as data.

use super::event::{Event, Outcome, Truth};
use super::hang::Hang;
use super::ids::{WorkerId, WorkerRef};
use super::job::Fate;
use super::state::State;
use super::{Held, Pool, order};
use crate::kernel::{Cx, Duration, Instant, Service, Wait, Wake};

/// A worker of the pool: one cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Worker {
    id: WorkerId,
    /// Where it stands in its code.
    at: Part,
    /// There it will stand for ever.
    hung: bool,
    /// What the clock of service showed when its job began, and shows when its work is done.
    began: Service,
    ends: Service,
    fate: Fate,
    taints: bool,
    tainted: bool,
    /// Connections that its job has taken, and will have taken at its end.
    connections: u8,
    wanted: u8,
    /// It stands in line for the next of them.
    waits: bool,
}

/// A part of the worker's loop. Only one has a job in hand, so that this is no larger than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Until that instant, which is drawn when it runs for the first time.
    StartUp(Instant),
    Select,
    Work(Held),
    CleanUp,
    /// It has crashed, in a job or at the end of its start-up; the supervisor reaps it in this
    /// instant.
    Crashed(bool),
}

/// A place in the worker's loop. The page shows this as a stack trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The worker starts up, before its first job.
    StartUp,
    /// `select`: choosing between the end of its life and the next job.
    Select,
    /// The worker does the job that it holds.
    Work(Held),
    /// In a job that waits for a connection.
    WaitForConnection(Held),
    /// In a job that will never end.
    HungInJob(Held),
    /// Cleaning up to leave.
    CleanUp,
    /// In a clean-up that will never end.
    HungInCleanUp,
    /// Crashed in a job, or else at the end of its start-up: about to be reaped.
    Crashed {
        /// Whether it was in a job.
        in_job: bool,
    },
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
            at: Part::StartUp(Instant::NEVER),
            hung: false,
            began: Service::ZERO,
            ends: Service::ZERO,
            fate: Fate::Succeed,
            taints: false,
            tainted: false,
            connections: 0,
            wanted: 0,
            waits: false,
        }
    }

    /// Where it stands in its code.
    pub fn line(&self) -> Line {
        match (self.at, self.hung) {
            (Part::StartUp(_), false) => Line::StartUp,
            (Part::Select, false) => Line::Select,
            (Part::Crashed(in_job), _) => Line::Crashed { in_job },
            (Part::StartUp(_) | Part::Select, true) => Line::HungIdle,
            (Part::Work(held), false) if self.waits => Line::WaitForConnection(held),
            (Part::Work(held), false) => Line::Work(held),
            (Part::Work(held), true) => Line::HungInJob(held),
            (Part::CleanUp, false) => Line::CleanUp,
            (Part::CleanUp, true) => Line::HungInCleanUp,
        }
    }

    /// The share of its job's work that is left at `now`, which is the present: from 1 to 0. The
    /// truth, to be drawn.
    pub fn work_left(&self, pool: &Pool, now: Instant) -> f64 {
        let left = self.ends.saturating_sub(pool.host.served(now)).as_secs_f64();
        let whole = self.ends.saturating_sub(self.began).as_secs_f64();
        if left > 0.0 { (left / whole).min(1.0) } else { 0.0 }
    }

    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline]
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        let who = WorkerRef { id: self.id, task: cx.id };
        match self.at {
            _ if self.hung => Wait::Forever,
            Part::Select => self.select(who, cx, pool),
            Part::Work(held) => self.work(held, who, cx, pool),
            Part::StartUp(ready) => self.start_up(ready, who, cx, pool),
            Part::CleanUp => self.clean_up(who, cx, pool),
            Part::Crashed(_) => Wait::Forever,
        }
    }

    /// Whatever calls it meanwhile, it looks only when it has started up.
    #[cold]
    fn start_up<T>(
        &mut self,
        ready: Instant,
        who: WorkerRef,
        cx: &mut Cx<'_, T>,
        pool: &mut Pool,
    ) -> Wait {
        if cx.wake == Wake::Born {
            let ready = cx.now + pool.rng.jitter(pool.knobs.startup_s, 0.25);
            self.at = Part::StartUp(ready);
            return Wait::Until(ready, order::COMPLETIONS);
        }
        if cx.now < ready {
            return Wait::Until(ready, order::COMPLETIONS);
        }
        let Some(record) = pool.roster.find_mut(who) else { return Wait::Done };
        if record.terminated {
            return self.leave(who, cx, pool);
        }
        let share = pool.knobs.start_fail_share;
        if share > 0.0 && pool.rng.bernoulli(share) {
            return self.crash(who, false, pool);
        }
        record.state = State::Idle;
        record.last_beat = cx.now;
        self.at = Part::Select;
        pool.begin_beating(who, cx);
        pool.emit(Event::Ready { worker: who });
        Wait::Turn(order::DISPATCH)
    }

    /// At the top of the loop: the end of its life comes before the next job.
    #[inline]
    fn select<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        let Some(record) = pool.roster.get(who.task.index) else { return Wait::Done };
        if record.retiring || record.terminated {
            if cx.wake == Wake::Notified {
                // Of a job: another worker must take it.
                cx.notify_one(order::JOBS);
            }
            return self.leave(who, cx, pool);
        }
        if !record.ready {
            if cx.wake == Wake::Notified {
                cx.notify_one(order::JOBS);
            }
            return Wait::Alarms;
        }
        let began = pool.host.served(cx.now);
        let Some((held, content)) = pool.take(who, cx.now) else {
            return Wait::Notify(order::JOBS, Instant::NEVER, order::DISPATCH);
        };
        self.at = Part::Work(held);
        (self.fate, self.taints) = (content.fate, content.taints);
        (self.began, self.ends) = (began, began + Service::of(content.work));
        (self.connections, self.wanted) = (0, pool.connections_wanted());
        if self.wanted > 0 {
            return self.connect(held, who, cx.now, pool);
        }
        Wait::Served(self.ends, order::COMPLETIONS)
    }

    #[inline]
    fn work<T>(&mut self, held: Held, who: WorkerRef, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if self.waits {
            return self.wait_for_connection(held, who, cx.now, pool);
        }
        if !pool.host.clock.shows(self.stop(), cx.now) {
            return self.go_on(held, who, cx.now, pool);
        }
        if self.connections < self.wanted {
            return self.connect(held, who, cx.now, pool);
        }
        match self.fate {
            Fate::Hang(how) => {
                self.hung = true;
                Self::hang(who, how, Some(held), cx.now, pool)
            }
            Fate::Crash => self.crash(who, true, pool),
            fate => {
                let outcome = if fate == Fate::Fail { Outcome::Failed } else { Outcome::Succeeded };
                pool.report(who, &held, outcome, cx.now);
                self.taint(held, who, pool);
                self.at = Part::Select;
                Wait::Turn(order::DISPATCH)
            }
        }
    }

    /// Was called in the middle of a job. If it was asked to drop it, it does so at the next point
    /// at which the job looks.
    #[cold]
    fn go_on(&mut self, held: Held, who: WorkerRef, now: Instant, pool: &mut Pool) -> Wait {
        let Some(record) = pool.roster.get(who.task.index) else { return Wait::Done };
        if !record.cancelled && !record.terminated {
            return Wait::Served(self.stop(), order::COMPLETIONS);
        }
        let look = self.next_look(held, now, pool);
        if !pool.host.clock.shows(look, now) {
            return Wait::Served(look.min(self.stop()), order::COMPLETIONS);
        }
        pool.return_cancelled(who, held.mib, now);
        self.at = Part::Select;
        Wait::Turn(order::DISPATCH)
    }

    /// Where its job wants the next connection, or else ends: so many as it takes cut its work in
    /// equal parts, the first at the beginning.
    #[inline]
    fn stop(&self) -> Service {
        if self.connections >= self.wanted {
            return self.ends;
        }
        self.began + self.ends.saturating_sub(self.began).share(self.connections, self.wanted)
    }

    /// Its job wants a connection here: it goes on, or stands in line for it.
    #[cold]
    fn connect(&mut self, held: Held, who: WorkerRef, now: Instant, pool: &mut Pool) -> Wait {
        if pool.want_connection(who, now) {
            self.connections += 1;
            return Wait::Served(self.stop(), order::COMPLETIONS);
        }
        self.waits = true;
        self.wait_for_connection(held, who, now, pool)
    }

    /// Stands in line, and was called. Here its job looks all the time whether it was cancelled.
    #[cold]
    fn wait_for_connection(
        &mut self,
        held: Held,
        who: WorkerRef,
        now: Instant,
        pool: &mut Pool,
    ) -> Wait {
        let Some(since) = pool.connections.waits_since(who) else {
            // What it had done stays done.
            let waited = pool.host.served(now).saturating_sub(self.stop());
            (self.began, self.ends) = (self.began + waited, self.ends + waited);
            (self.waits, self.connections) = (false, self.connections + 1);
            pool.resume_with_connection(who, now);
            return Wait::Served(self.stop(), order::COMPLETIONS);
        };
        let Some(record) = pool.roster.get(who.task.index) else { return Wait::Done };
        let called_off = record.cancelled || record.terminated;
        let until = match pool.knobs.connection_wait_s {
            Duration::ZERO => Instant::NEVER,
            longest => since + longest,
        };
        if !called_off && now < until {
            return match until {
                Instant::NEVER => Wait::Alarms,
                until => Wait::Until(until, order::COMPLETIONS),
            };
        }
        self.waits = false;
        pool.stop_waiting(who, !called_off);
        if called_off {
            pool.return_cancelled(who, held.mib, now);
        } else {
            pool.report(who, &held, Outcome::Failed, now);
        }
        self.at = Part::Select;
        Wait::Turn(order::DISPATCH)
    }

    /// What the clock of service shows when the job looks next whether it was cancelled. It does so
    /// each time so much of its work is done: on a slow host seldom.
    fn next_look(&self, held: Held, now: Instant, pool: &Pool) -> Service {
        let every = Service::of(held.lease.kind.yield_interval(&pool.knobs));
        let done = pool.host.served(now).saturating_sub(self.began);
        self.began + done.round_up(every)
    }

    /// It is over, in the middle of what it did: the supervisor finds it dead in this very instant,
    /// reaps it, and sees to its job.
    #[cold]
    fn crash(&mut self, who: WorkerRef, in_job: bool, pool: &mut Pool) -> Wait {
        self.at = Part::Crashed(in_job);
        pool.emit(Event::Crashed { worker: who });
        Wait::Forever
    }

    #[inline]
    fn taint(&mut self, held: Held, who: WorkerRef, pool: &mut Pool) {
        if self.taints && !self.tainted {
            self.tainted = true;
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
            pool.change_memory(who, i64::from(pool.knobs.cleanup_mib));
            return Self::hang(who, Hang::Parked, None, cx.now, pool);
        }
        pool.reap(who, None, cx.now);
        cx.notify_one(order::SUPERVISOR);
        Wait::Done
    }

    /// Makes it hang here and now, by the viewer's hand: in its job if it has one. False if it does
    /// already. [`Pool::follow_hang`] must follow.
    pub fn hang_up(&mut self, who: WorkerRef, how: Hang, now: Instant, pool: &mut Pool) -> bool {
        if self.hung {
            return false;
        }
        let held = match self.at {
            Part::Work(held) => Some(held),
            _ => None,
        };
        self.hung = true;
        pool.stop_waiting(who, false);
        Self::hang(who, how, held, now, pool);
        true
    }

    /// Its job was poisoned: it will hang where that would have ended, and holds more for it now.
    pub fn poison(&mut self, how: Hang, mib: u32) {
        self.fate = Fate::Hang(how);
        if let Part::Work(held) = &mut self.at {
            held.mib = mib;
        }
    }

    #[cold]
    fn hang(who: WorkerRef, how: Hang, held: Option<Held>, now: Instant, pool: &mut Pool) -> Wait {
        if let Some(record) = pool.roster.get_mut(who.task.index) {
            record.hung = Some(how);
            match how {
                Hang::Parked => pool.host.rest(record, now),
                Hang::Spinning => pool.host.run(record, now),
            }
        }
        let job = held.map(|held| held.job);
        pool.emit(Event::Truth(Truth::Hung { worker: who, how, job }));
        Wait::Forever
    }
}
