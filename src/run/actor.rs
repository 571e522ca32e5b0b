//! The tasks of a run, and the world that they share.

use crate::guard::{Guards, Supervisor};
use crate::kernel::{Cx, Instant, Span, Task, TaskId, Trace, Wait, Wake};
use crate::knobs::{Fault, TABLE, Value};
use crate::pool::{
    Event, Hang, JobId, KillReason, LifetimeClock, Pool, Source, Who, Worker, WorkerId, order,
};
use crate::watch::Watch;

/// Time between two readings of the instruments.
const SAMPLE_INTERVAL: Span = Span::secs(1);

/// Every kind of task there is.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// Does jobs.
    Worker(Worker),
    /// Sends jobs.
    Source(Source),
    /// Counts workers' lives.
    Clock(LifetimeClock),
    /// Judges, acts and refills.
    Supervisor(Supervisor),
    /// Reads the instruments.
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
    /// The pool.
    pub pool: Pool,
    /// The fixes.
    pub guards: Guards,
    /// The instruments.
    pub watch: Watch,
    /// The hash over all events.
    pub trace: Trace,
    /// How many of the pool's news all who follow them have been shown.
    shown: usize,
}

impl World {
    pub(super) fn new(pool: Pool, supervisor: TaskId) -> Self {
        let guards = Guards::new(pool.seed, &pool.knobs, supervisor);
        Self { pool, guards, watch: Watch::default(), trace: Trace::default(), shown: 0 }
    }

    /// Shows the news of a step to all who follow them.
    #[inline(always)] // In its one caller: the call alone would cost a tenth of a step.
    pub(super) fn spread_news(&mut self, cx: &mut Cx<'_, Actor>) {
        for event in &self.pool.news()[self.shown..] {
            event.trace(cx.now, &mut self.trace);
            self.watch.observe(cx.now, event);
            self.guards.observe(event, &self.pool, cx);
        }
        self.shown = self.pool.news().len();
    }

    /// Whoever looks on has seen the news of a step as well.
    #[inline]
    pub(super) fn forget_news(&mut self) {
        self.pool.forget_news();
        self.shown = 0;
    }

    #[inline(never)] // Rare.
    fn read_instruments(&mut self, cx: &Cx<'_, Actor>) -> Wait {
        if cx.wake == Wake::Time {
            self.watch.tick(cx.now, &self.pool);
        }
        Wait::Until(next_sample(cx.now), order::SAMPLES)
    }
}

/// What commands do.
impl World {
    pub(super) fn turn(
        &mut self,
        knob: &str,
        value: &Value,
        source: TaskId,
        cx: &mut Cx<'_, Actor>,
    ) -> Result<(), Fault> {
        let beats = self.pool.knobs.beat_interval_s;
        self.pool.knobs.set(knob, value)?;
        if self.pool.knobs.beat_interval_s != beats {
            self.pool.follow_beats(cx);
        }
        let place = TABLE.iter().position(|row| row.name == knob).unwrap_or_default();
        self.pool.tell(Event::KnobTurned { knob: place as u16 });
        self.pool.follow_knobs(cx);
        self.guards.follow_knobs(&mut self.pool, cx);
        cx.nudge(source, order::ARRIVALS);
        Ok(())
    }

    pub(super) fn kill(&mut self, worker: u32, cx: &mut Cx<'_, Actor>) -> Result<(), Fault> {
        let who = self.named(worker)?;
        if let Some(job) = self.pool.kill(who, KillReason::Poke, cx) {
            self.guards.lost(job, &mut self.pool, cx);
        }
        Ok(())
    }

    pub(super) fn drain(&mut self, worker: u32, cx: &mut Cx<'_, Actor>) -> Result<(), Fault> {
        let who = self.named(worker)?;
        self.pool.retire(who, cx);
        Ok(())
    }

    /// Poisons a job; who has it in hand, if anybody, must be told.
    pub(super) fn poison(&mut self, job: u32) -> Result<Option<(Who, Hang)>, Fault> {
        self.pool.poison(JobId(job)).ok_or_else(|| {
            Fault::new("job", job, "no such job waits or is in progress; it may have ended")
        })
    }

    pub(super) fn named(&self, worker: u32) -> Result<Who, Fault> {
        let record = self.pool.roster().named(WorkerId(worker));
        record.map(|record| record.who).ok_or_else(|| {
            Fault::new("worker", worker, "no such worker is there now; it may have been reaped")
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
            Self::Clock(clock) => clock.resume(cx, &mut world.pool),
            Self::Supervisor(supervisor) => {
                supervisor.resume(cx, &mut world.pool, &mut world.guards)
            }
            Self::Sampler => world.read_instruments(cx),
        };
        world.spread_news(cx);
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
