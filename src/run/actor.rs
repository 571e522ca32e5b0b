//! The tasks of a run, and the world that they share.

use crate::guard::{Guards, Rollout, Supervisor};
use crate::kernel::{Cx, Duration, Instant, Task, TaskId, Trace, Wait, Wake};
use crate::knobs::{InputError, KnobId, Value};
use crate::pool::{
    ClientClock, Event, JobId, KillReason, Leak, LifetimeReaper, OomKiller, Pacemaker, Poisoned,
    Pool, Source, Worker, WorkerId, WorkerRef, order,
};
use crate::watch::Instruments;

/// Time between two readings of the instruments.
const SAMPLE_INTERVAL: Duration = Duration::secs(1);

/// Every kind of task there is.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// A worker, which does jobs.
    Worker(Worker),
    /// The source, which sends jobs.
    Source(Source),
    /// The reaper, which replaces workers at the end of their lifetime.
    LifetimeReaper(LifetimeReaper),
    /// The pacemaker, at whose beats workers show that they are alive.
    Pacemaker(Pacemaker),
    /// The leak, by which workers' memory grows with time.
    Leak(Leak),
    /// The clients' clock, by which they give up and try again.
    ClientClock(ClientClock),
    /// Declares the host out of memory.
    OomKiller(OomKiller),
    /// Judges, acts and refills.
    Supervisor(Supervisor),
    /// The sampler, which reads the instruments each second.
    Sampler,
}

impl From<Worker> for Actor {
    fn from(worker: Worker) -> Self {
        Self::Worker(worker)
    }
}

/// What all tasks share.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The pool: workers, jobs, host.
    pub pool: Pool,
    /// The five fixes and the supervisor that acts on their verdicts.
    pub guards: Guards,
    /// What an operator sees of the pool, and the truth beside it.
    pub instruments: Instruments,
    /// The hash over all events.
    pub trace: Trace,
    /// How many of the pool's news all who follow them have been shown.
    shown: usize,
}

impl World {
    pub(super) fn new(pool: Pool, supervisor: TaskId) -> Self {
        let guards = Guards::new(pool.seed, &pool.knobs, supervisor);
        Self {
            pool,
            guards,
            instruments: Instruments::default(),
            trace: Trace::default(),
            shown: 0,
        }
    }

    /// Shows the news of a step to all who follow them.
    #[inline(always)] // In its one caller: the call alone would cost a tenth of a step.
    pub(super) fn dispatch_events(&mut self, cx: &mut Cx<'_, Actor>) {
        for event in &self.pool.events()[self.shown..] {
            event.trace(cx.now, &mut self.trace);
            self.instruments.observe(cx.now, event);
            self.guards.observe(event, &self.pool, cx);
        }
        self.shown = self.pool.events().len();
    }

    /// Whoever looks on has seen the news of a step as well.
    #[inline]
    pub(super) fn clear_events(&mut self) {
        self.pool.clear_events();
        self.shown = 0;
    }

    #[inline(never)] // Rare.
    fn read_instruments(&mut self, cx: &Cx<'_, Actor>) -> Wait {
        if cx.wake == Wake::Time {
            self.instruments.tick(cx.now, &self.pool);
        }
        Wait::Until(next_sample(cx.now), order::SAMPLES)
    }
}

/// What each command does to the world.
impl World {
    pub(super) fn turn(
        &mut self,
        knob: KnobId,
        value: &Value,
        source: TaskId,
        cx: &mut Cx<'_, Actor>,
    ) -> Result<(), InputError> {
        self.pool.knobs.set(knob, value)?;
        self.pool.emit(Event::KnobTurned { knob });
        self.pool.follow_knobs(cx);
        self.guards.follow_knobs(&mut self.pool, cx);
        cx.interrupt(source, order::ARRIVALS);
        Ok(())
    }

    pub(super) fn kill(
        &mut self,
        worker: WorkerId,
        cx: &mut Cx<'_, Actor>,
    ) -> Result<(), InputError> {
        let who = self.named(worker)?;
        self.guards.kill(who, KillReason::Poke, &mut self.pool, cx);
        Ok(())
    }

    pub(super) fn drain(
        &mut self,
        worker: WorkerId,
        cx: &mut Cx<'_, Actor>,
    ) -> Result<(), InputError> {
        let who = self.named(worker)?;
        self.guards.retire(who, None, &mut self.pool, cx);
        Ok(())
    }

    pub(super) fn deploy(&mut self, how: Rollout, grace: Duration, cx: &mut Cx<'_, Actor>) {
        self.guards.deploy(how, grace, &mut self.pool, cx);
    }

    /// Poisons a job; who has it in hand, if anybody, must be told.
    pub(super) fn poison(&mut self, job: JobId) -> Result<Poisoned, InputError> {
        self.pool.poison(job).ok_or_else(|| {
            let allowed = "allowed: a job that waits or is in progress, and is not toxic already";
            InputError::new("job", job, allowed)
        })
    }

    pub(super) fn named(&self, worker: WorkerId) -> Result<WorkerRef, InputError> {
        let record = self.pool.roster().named(worker);
        record.map(|record| record.who).ok_or_else(|| {
            InputError::new(
                "worker",
                worker,
                "no such worker is there now; it may have been reaped",
            )
        })
    }
}

impl Task for Actor {
    type World = World;

    #[inline]
    fn resume(&mut self, cx: &mut Cx<'_, Self>, world: &mut World) -> Wait {
        let wait = match self {
            Self::Worker(worker) => worker.resume(cx, &mut world.pool),
            Self::Source(source) => source.resume(cx, &mut world.pool),
            Self::LifetimeReaper(clock) => clock.resume(cx, &mut world.pool),
            Self::ClientClock(clock) => clock.resume(cx, &mut world.pool),
            Self::Pacemaker(pacemaker) => pacemaker.resume(cx, &mut world.pool),
            Self::Leak(leak) => leak.resume(cx, &mut world.pool),
            Self::OomKiller(killer) => killer.resume(cx, &mut world.pool),
            Self::Supervisor(supervisor) => {
                supervisor.resume(cx, &mut world.pool, &mut world.guards)
            }
            Self::Sampler => world.read_instruments(cx),
        };
        world.pool.settle_host(cx);
        world.dispatch_events(cx);
        wait
    }
}

fn next_sample(now: Instant) -> Instant {
    now + SAMPLE_INTERVAL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_fills_one_cache_line() {
        assert_eq!(size_of::<Option<Actor>>(), 64);
    }
}
