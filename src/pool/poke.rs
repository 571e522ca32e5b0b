//! What a viewer's hand may do: poison jobs, and make workers hang. The simulated world cannot see
//! it done; what comes of it, it can.

use super::event::{Event, Truth};
use super::hang::Hang;
use super::ids::{JobId, WorkerRef};
use super::job::{Fate, Job, Poisoned};
use super::{Pool, order};
use crate::kernel::{Cx, Rng, Stream};
use crate::knobs::Knobs;

impl Job {
    /// Makes it hang where it would have ended, and hold what a toxic job holds. How it hangs is
    /// drawn from its own chance, as a toxic job's: no other job notices.
    fn poison(&mut self, seed: u64, knobs: &Knobs) -> Hang {
        let rng = &mut Rng::nth(seed, Stream::Jobs, u64::from(self.request));
        let (_, end) = (rng.uniform(), rng.uniform());
        let how = if end < knobs.toxic_spin_share { Hang::Spinning } else { Hang::Parked };
        self.fate = Fate::Hang(how);
        self.mib = self.mib.max(knobs.toxic_mib);
        how
    }
}

impl Pool {
    /// The next job that arrives will be poisoned; called twice, the next two.
    pub fn poison_next(&mut self) {
        self.poisons = self.poisons.saturating_add(1);
    }

    /// Poisons a job that has just been drawn, if one is to be.
    #[cold]
    pub(super) fn poison_drawn(&mut self, job: &mut Job) {
        self.poisons -= 1;
        job.poison(self.seed, &self.knobs);
    }

    /// Poisons the job of that name. `None` if no such job waits or is in hand, or if it never ends
    /// anyway. If a worker has it in hand, it holds as much as for any toxic job from now on, and
    /// must be told: [`Worker::poison`](super::Worker::poison) must follow.
    pub fn poison(&mut self, id: JobId) -> Option<Poisoned> {
        let place = self.jobs.find(id)?;
        let job = self.jobs.get_mut(place).filter(|job| !matches!(job.fate, Fate::Hang(_)))?;
        let before = job.mib;
        let how = job.poison(self.seed, &self.knobs);
        let mib = job.mib;
        self.emit(Event::Truth(Truth::Poisoned { job: id }));
        let holds = |who: &&super::Record| who.lease.is_some_and(|lease| lease.job == place);
        let holder = self.roster.iter().find(holds).map(|record| record.who);
        let Some(who) = holder else { return Some(Poisoned { holder, how, mib }) };
        let kept = self.roster.kept(who.task.index);
        let [before, mib] = [before, mib].map(|whole| whole.saturating_sub(kept));
        self.change_memory(who, i64::from(mib) - i64::from(before));
        Some(Poisoned { holder, how, mib })
    }

    /// A worker was made to hang: it hears nothing any more.
    pub fn follow_hang<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>) {
        cx.interrupt(who.task, order::COMPLETIONS);
        // It may have been notified of a job that is still there.
        cx.notify_one(order::JOBS);
    }
}
