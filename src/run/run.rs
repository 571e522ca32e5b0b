//! The run itself.

use super::actor::{Actor, World};
use super::command::{Command, TimedCommand};
use super::scenario::{Clock, Scenario};
use crate::guard::Supervisor;
use crate::kernel::{Instant, Scheduler, TaskId};
use crate::knobs::Fault;
use crate::pool::{Event, LifetimeClock, Pool, Source, Worker, WorkerId, order};
use crate::watch::{Sample, Summary};

/// A run, standing at some instant. Clone it to look ahead, to go back, or to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    scheduler: Scheduler<Actor>,
    world: World,
    clock: Clock,
    source: TaskId,
    supervisor: TaskId,
    /// Commands still to come, latest first.
    agenda: Vec<TimedCommand>,
}

/// Who looks on. It sees each event as it happens, and can change nothing.
pub trait Observer {
    /// An event happened at `now`.
    fn saw(&mut self, now: Instant, event: &Event);
}

impl Observer for () {
    #[inline]
    fn saw(&mut self, _: Instant, _: &Event) {}
}

impl<F: FnMut(Instant, &Event)> Observer for F {
    #[inline]
    fn saw(&mut self, now: Instant, event: &Event) {
        self(now, event);
    }
}

impl Run {
    /// A run of `scenario` at its beginning.
    ///
    /// # Errors
    /// If the scenario or one of its commands is not allowed.
    pub fn new(scenario: &Scenario) -> Result<Self, Fault> {
        let mut agenda = scenario.commands.clone();
        scenario.check()?;
        agenda.reverse();
        agenda.sort_by_key(|timed| std::cmp::Reverse(timed.at()));
        let mut pool = Pool::new(scenario.seed, scenario.knobs.clone());
        let mut scheduler = Scheduler::sized_for(scenario.knobs.workers as usize * 2);
        let clock = scheduler.spawn(Actor::Clock(LifetimeClock), order::SUPERVISION);
        let supervisor =
            scheduler.spawn(Actor::Supervisor(Supervisor::default()), order::SUPERVISION);
        let source = scheduler.spawn(Actor::Source(Source::new(scenario.seed)), order::ARRIVALS);
        scheduler.spawn(Actor::Sampler, order::SAMPLES);
        pool.set_clock(clock);
        let world = World::new(pool, supervisor);
        Ok(Self { scheduler, world, clock: scenario.clock, source, supervisor, agenda })
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.scheduler.now()
    }

    /// The pool, to look at.
    pub fn pool(&self) -> &Pool {
        &self.world.pool
    }

    /// Everything the tasks share, to look at.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The task of a worker, to look into: what it does, and why it is stuck.
    pub fn worker(&self, id: WorkerId) -> Option<&Worker> {
        let record = self.world.pool.roster().named(id)?;
        match self.scheduler.task(record.who.task)? {
            Actor::Worker(worker) => Some(worker),
            _ => None,
        }
    }

    /// The worker's task in a place of the roster.
    pub fn worker_at(&self, index: u32) -> Option<&Worker> {
        match self.scheduler.task_at(index)? {
            Actor::Worker(worker) => Some(worker),
            _ => None,
        }
    }

    /// The scenario's clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Timed waits and alarms that ended so far: the events of discrete-event simulation.
    pub fn fired(&self) -> u64 {
        self.scheduler.fired()
    }

    /// The hash over all events so far.
    pub fn trace_hash(&self) -> u64 {
        self.world.trace.value()
    }

    /// What the instruments show now.
    pub fn sample(&self) -> Sample {
        let mut sample = self.world.watch.sample(self.now(), &self.world.pool);
        sample.clock = self.clock.at(self.now());
        sample
    }

    /// Measured means since the warm-up ended.
    pub fn summary(&self) -> Summary {
        self.world.watch.summary(self.now(), self.world.pool.knobs.workers)
    }

    /// The warm-up is over: means begin again. Nothing else is changed.
    pub fn end_warm_up(&mut self) {
        let now = self.now();
        self.world.watch.end_warm_up(now);
    }

    /// Whether no more jobs will come and none is left.
    pub fn is_done(&self) -> bool {
        let pool = &self.world.pool;
        let limit = u64::from(pool.knobs.job_limit);
        limit > 0 && pool.ledger().ended() >= limit
    }

    /// Runs everything due up to and including `until`, and then stands at `until`.
    pub fn advance(&mut self, until: Instant, observer: &mut impl Observer) {
        while let Some(at) = self.agenda.last().map(TimedCommand::at).filter(|at| *at <= until) {
            self.run_to(at, observer);
            if let Some(timed) = self.agenda.pop() {
                // Checked in `new`.
                let _ = self.apply(&timed.command, observer);
            }
        }
        self.run_to(until, observer);
    }

    fn run_to(&mut self, until: Instant, observer: &mut impl Observer) {
        while self.scheduler.step(until, &mut self.world) {
            self.show(observer);
        }
    }

    /// Runs until the next event, but not past `until`. False if there was none.
    pub fn step(&mut self, until: Instant, observer: &mut impl Observer) -> bool {
        let next = self.agenda.last().map_or(until, |timed| timed.at().min(until));
        while self.scheduler.step(next, &mut self.world) {
            if !self.world.last.is_empty() {
                self.show(observer);
                return true;
            }
        }
        if next < until
            && let Some(timed) = self.agenda.pop()
        {
            let _ = self.apply(&timed.command, observer);
            return true;
        }
        false
    }

    #[inline]
    fn show(&mut self, observer: &mut impl Observer) {
        for event in &self.world.last {
            observer.saw(self.scheduler.now(), event);
        }
        self.world.last.clear();
    }

    /// Does something to the run, now.
    ///
    /// # Errors
    /// If the command is not allowed; nothing is done then.
    pub fn apply(&mut self, command: &Command, observer: &mut impl Observer) -> Result<(), Fault> {
        command.check()?;
        let Self { scheduler, world, source, supervisor, .. } = self;
        scheduler.with(*supervisor, |cx| {
            let done = match command {
                Command::Set { knob, value } => world.turn(knob, value, *source, cx),
                Command::Burst { jobs } => {
                    (0..*jobs).for_each(|_| world.pool.arrive(cx));
                    Ok(())
                }
                Command::Kill { worker } => world.kill(*worker, cx),
                Command::Drain { worker } => world.drain(*worker, cx),
            };
            world.spread_news(cx);
            done
        })?;
        self.show(observer);
        Ok(())
    }
}
