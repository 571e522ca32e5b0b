//! The run itself.

use super::actor::{Actor, World};
use super::command::{Command, TimedCommand, in_order};
use super::scenario::{Scenario, WallClock};
use crate::guard::Supervisor;
use crate::kernel::{Duration, Instant, Scheduler, TaskId};
use crate::knobs::InputError;
use crate::pool::{
    ClientClock, Event, Leak, LifetimeReaper, OomKiller, Pacemaker, Poisoned, Pool, Source, Worker,
    WorkerId, WorkerRef, order,
};
use crate::watch::{Sample, Summary};

/// A run, standing at some instant. Clone it to look ahead, to go back, or to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    scheduler: Scheduler<Actor>,
    world: World,
    clock: WallClock,
    source: TaskId,
    supervisor: TaskId,
    /// Commands still to come, latest first.
    pending: Vec<TimedCommand>,
    moves: u64,
    obeyed: u32,
}

/// Tasks of a run that are no workers, at most.
const OWN_TASKS: usize = 16;

/// Who looks on. It sees each event as it happens, and can change nothing.
pub trait Observer {
    /// An event happened at `now`.
    fn observe(&mut self, now: Instant, event: &Event);
}

impl Observer for () {
    #[inline]
    fn observe(&mut self, _: Instant, _: &Event) {}
}

impl<F: FnMut(Instant, &Event)> Observer for F {
    #[inline]
    fn observe(&mut self, now: Instant, event: &Event) {
        self(now, event);
    }
}

impl Run {
    /// A run of `scenario` at its beginning.
    ///
    /// # Errors
    /// If the scenario or one of its commands is not allowed.
    pub fn new(scenario: &Scenario) -> Result<Self, InputError> {
        scenario.check()?;
        let mut pool = Pool::new(scenario.seed, scenario.knobs);
        let mut scheduler = Scheduler::sized_for(scenario.knobs.workers as usize + OWN_TASKS);
        let clock = scheduler.spawn(Actor::LifetimeReaper(LifetimeReaper), order::SUPERVISION);
        pool.set_pacemaker(scheduler.spawn(Actor::Pacemaker(Pacemaker), order::SIGNS));
        scheduler.spawn(Actor::OomKiller(OomKiller), order::OUT_OF_MEMORY);
        let supervisor =
            scheduler.spawn(Actor::Supervisor(Supervisor::default()), order::SUPERVISION);
        let source = scheduler.spawn(Actor::Source(Source::new(scenario.seed)), order::ARRIVALS);
        scheduler.spawn(Actor::ClientClock(ClientClock), order::ARRIVALS);
        scheduler.spawn(Actor::Sampler, order::SAMPLES);
        scheduler.spawn(Actor::Leak(Leak::default()), order::COMPLETIONS);
        pool.set_lifetime_reaper(clock);
        let world = World::new(pool, supervisor);
        let (clock, agenda) = (scenario.clock, Vec::new());
        let mut run = Self {
            scheduler,
            world,
            clock,
            source,
            supervisor,
            pending: agenda,
            moves: 0,
            obeyed: 0,
        };
        run.schedule(scenario.commands.clone());
        Ok(run)
    }

    /// Replaces the commands still to come. They are given in the order of their times, and those
    /// of one instant in the order of this list.
    pub(super) fn schedule(&mut self, mut commands: Vec<TimedCommand>) {
        in_order(&mut commands);
        commands.reverse();
        self.pending = commands;
    }

    /// How many of the commands of the scenario's list were given so far.
    pub fn executed(&self) -> usize {
        self.obeyed as usize
    }

    /// How far the run has come, in events and commands: [`Run::step`] goes on by one.
    pub fn steps(&self) -> u64 {
        self.moves
    }

    /// How much memory a copy takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        let World { pool, guards, instruments: watch, .. } = &self.world;
        let agenda = size_of_val(&*self.pending);
        self.scheduler.bytes() + pool.bytes() + guards.bytes() + watch.bytes() + agenda
    }

    /// The virtual time to which the run has come, since it began.
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

    /// The clock on the wall in the scenario, which turns virtual time into a time of day.
    pub fn clock(&self) -> WallClock {
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
        let mut sample = self.world.instruments.sample(self.now(), &self.world.pool);
        sample.clock = self.clock.at(self.now());
        sample
    }

    /// Measured means since the warm-up ended.
    pub fn summary(&self) -> Summary {
        self.world.instruments.summary(self.now(), self.world.pool.knobs.workers)
    }

    /// The warm-up is over: means begin again. Nothing else is changed.
    pub fn end_warm_up(&mut self) {
        let now = self.now();
        self.world.instruments.end_warm_up(now);
    }

    /// Whether all jobs of the knob `job_limit` have arrived, those of bursts included; false if it
    /// is 0, which is no limit.
    pub fn all_arrived(&self) -> bool {
        let pool = &self.world.pool;
        let limit = u64::from(pool.knobs.job_limit);
        limit > 0 && pool.ledger().requests() >= limit
    }

    /// Whether all jobs have arrived, as in [`Run::all_arrived`], and none of them is left.
    pub fn is_done(&self) -> bool {
        let ledger = self.world.pool.ledger();
        self.all_arrived()
            && ledger.ended() == ledger.submitted
            && self.world.pool.returning_clients() == 0
    }

    /// Whether commands are still to come.
    pub fn has_commands_ahead(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Runs everything due up to and including `until`, and then stands at `until`.
    pub fn advance(&mut self, until: Instant, observer: &mut impl Observer) {
        while let Some(at) = self.pending.last().map(TimedCommand::at).filter(|at| *at <= until) {
            self.run_to(at, observer);
            if let Some(timed) = self.pending.pop() {
                self.execute(&timed.command, observer);
            }
        }
        self.run_to(until, observer);
    }

    fn run_to(&mut self, until: Instant, observer: &mut impl Observer) {
        while self.scheduler.step(until, &mut self.world) {
            self.show(observer);
        }
    }

    /// Runs until the next event or command, but not past `until`. False if there was none.
    pub fn step(&mut self, until: Instant, observer: &mut impl Observer) -> bool {
        let command = self.pending.last().map(TimedCommand::at).filter(|at| *at <= until);
        let next = command.unwrap_or(until);
        while self.scheduler.step(next, &mut self.world) {
            if !self.world.pool.events().is_empty() {
                self.show(observer);
                return true;
            }
        }
        if command.is_some()
            && let Some(timed) = self.pending.pop()
        {
            self.execute(&timed.command, observer);
            return true;
        }
        false
    }

    #[inline]
    fn show(&mut self, observer: &mut impl Observer) {
        if self.world.pool.events().is_empty() {
            return;
        }
        debug_assert!(self.world.pool.ledger().balances(), "the books balance after every event");
        self.moves += 1;
        for event in self.world.pool.events() {
            observer.observe(self.scheduler.now(), event);
        }
        self.world.clear_events();
    }

    /// Does what the scenario says. A command that has come to nothing (its worker is gone) counts
    /// as given all the same.
    fn execute(&mut self, command: &Command, observer: &mut impl Observer) {
        let moves = self.moves;
        // Its values were checked in `new`; what it is about may be gone by now.
        let _ = self.apply(command, observer);
        self.count_command(moves);
    }

    /// Gives a command by hand, as if it stood in the scenario's list.
    ///
    /// # Errors
    /// As [`Run::apply`].
    pub(super) fn issue(
        &mut self,
        command: &Command,
        observer: &mut impl Observer,
    ) -> Result<(), InputError> {
        let moves = self.moves;
        self.apply(command, observer)?;
        self.count_command(moves);
        Ok(())
    }

    /// A command is one move, whether or not anybody could see what it did.
    fn count_command(&mut self, moves_before: u64) {
        self.moves = moves_before + 1;
        self.obeyed += 1;
    }

    /// Does something to the run, now.
    ///
    /// # Errors
    /// If the command is not allowed; nothing is done then.
    pub fn apply(
        &mut self,
        command: &Command,
        observer: &mut impl Observer,
    ) -> Result<(), InputError> {
        command.check()?;
        let told = self.tell_worker(command)?;
        let Self { scheduler, world, source, supervisor, .. } = self;
        let done = scheduler.with(*supervisor, |cx| {
            let done = match command {
                Command::Set { knob, value } => world.turn(*knob, value, *source, cx),
                Command::Burst { jobs } => {
                    (0..*jobs).for_each(|_| world.pool.arrive(cx));
                    Ok(())
                }
                Command::Kill { worker } => world.kill(*worker, cx),
                Command::Deploy { how, grace_s } => {
                    world.deploy(*how, Duration::secs_f64(*grace_s), cx);
                    Ok(())
                }
                Command::Drain { worker } => world.drain(*worker, cx),
                Command::Poison { job: None } => {
                    world.pool.poison_next();
                    Ok(())
                }
                // Done but for what the worker's task has been told.
                Command::Poison { job: Some(_) } => Ok(()),
                Command::Hang { .. } => {
                    told.into_iter().for_each(|who| world.pool.follow_hang(who, cx));
                    Ok(())
                }
            };
            world.pool.settle_host(cx);
            world.dispatch_events(cx);
            done
        });
        self.show(observer);
        done
    }

    /// What commands do inside the task of a worker: it hangs, or its job was poisoned.
    fn tell_worker(&mut self, command: &Command) -> Result<Option<WorkerRef>, InputError> {
        match *command {
            Command::Poison { job: Some(job) } => {
                let Poisoned { holder, how, mib } = self.world.poison(job)?;
                if let Some(who) = holder
                    && let Some(Actor::Worker(worker)) = self.scheduler.task_mut(who.task)
                {
                    worker.poison(how, mib);
                }
                Ok(None)
            }
            Command::Hang { worker, how } => {
                let (who, now) = (self.world.named(worker)?, self.now());
                if let Some(Actor::Worker(task)) = self.scheduler.task_mut(who.task)
                    && task.hang_up(who, how, now, &mut self.world.pool)
                {
                    return Ok(Some(who));
                }
                Err(InputError::new("worker", worker, "it hangs already"))
            }
            _ => Ok(None),
        }
    }
}
