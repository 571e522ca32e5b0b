//! What a viewer's hand may do to jobs: poison them. Nobody in the simulated world can see it; what
//! comes of it they can.

use super::event::{Event, Truth};
use super::hang::Hang;
use super::ids::{JobId, WorkerRef};
use super::job::{Fate, Job, JobState};
use super::{Pool, order};
use crate::kernel::{Cx, Rng, Stream};
use crate::knobs::Knobs;

impl Job {
    /// Makes it hang where it would have ended, and hold what a toxic job holds. How it hangs is
    /// drawn from its own chance, as a toxic job's: no other job notices.
    fn poison(&mut self, seed: u64, knobs: &Knobs) -> Hang {
        let rng = &mut Rng::nth(seed, Stream::Jobs, u64::from(self.id.0));
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

    /// Poisons the job of that name. Who has it in hand must be told how it will hang: that is
    /// handed back. `None` if no job of that name waits or is in hand.
    pub fn poison(&mut self, id: JobId) -> Option<Option<(WorkerRef, Hang)>> {
        let place = self.jobs.find(id)?;
        let job = self.jobs.get_mut(place)?;
        let how = job.poison(self.seed, &self.knobs);
        let in_hand = job.state == JobState::InFlight;
        self.emit(Event::Truth(Truth::Poisoned { job: id }));
        let holds = |who: &&super::Record| who.lease.is_some_and(|lease| lease.job == place);
        let holder = self.roster.iter().find(holds).filter(|_| in_hand);
        Some(holder.map(|record| (record.who, how)))
    }

    /// A worker was made to hang: it wants a core if it spins, and hears nothing any more.
    pub fn follow_hang<T>(&mut self, who: WorkerRef, how: Hang, cx: &mut Cx<'_, T>) {
        if let Some(record) = self.roster.find_mut(who)
            && how == Hang::Spinning
            && !record.runs
        {
            record.runs = true;
            self.host.runnable += 1;
            self.settle_host();
        }
        cx.interrupt(who.task, order::COMPLETIONS);
        // It may have been rung for a job that is still there.
        cx.notify_one(order::JOBS);
    }
}
