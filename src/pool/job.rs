//! Jobs: what they are, what they will do, and where they stand.

use super::hang::Hang;
use super::ids::{JobId, JobPlace, WorkerRef};
use super::kind::JobKind;
use crate::kernel::{Duration, Instant, Rng, Stream};
use crate::knobs::{Knobs, ToxicLabel};

/// What a job will do to its worker, in every attempt. Hidden until it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The job ends well.
    Succeed,
    /// End in an error.
    Fail,
    /// The job never ends.
    Hang(Hang),
    /// The job crashes its worker somewhere on the way.
    Crash,
}

/// Where a job stands. The ends (succeeded, failed, dead-lettered, rejected) are counted in the
/// [`Ledger`](super::Ledger), and the job is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its next delivery.
    Delayed,
    /// Waits in the queue.
    Queued,
    /// Waits in the hand of a worker that has fetched it and has not begun it.
    Prefetched,
    /// A worker has begun it.
    InFlight,
}

/// A job that has not ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job {
    /// The job's number, in the order of arrival, from 0.
    pub id: JobId,
    /// What the pool sees of it.
    pub kind: JobKind,
    /// How often its client had submitted the same before.
    pub tries: u8,
    /// Its client has left, and nobody waits for it.
    pub abandoned: bool,
    /// Where the job stands between its arrival and its end.
    pub state: JobState,
    /// How often it was given to a worker.
    pub attempt: u8,
    /// When the job arrived; delays are measured from here.
    pub submitted: Instant,
    /// When it last joined the queue; while it waits for its next delivery, when it is to.
    pub queued: Instant,
    /// The number of its request, from which all its chance comes: the same in each try.
    pub(super) request: u32,
    /// How much work it is (before it hangs or crashes, if it does). This and all below is the
    /// truth, hidden from everything outside the pool.
    pub(super) work: Duration,
    /// What its worker holds for it, in MiB.
    pub(super) mib: u32,
    /// How it will end.
    pub(super) fate: Fate,
    /// It leaves a lock held: its worker will hang in its clean-up.
    pub(super) taints: bool,
}

/// What a job will do to the worker that begins it. The truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) work: Duration,
    pub(super) fate: Fate,
    pub(super) taints: bool,
}

impl Job {
    /// What it will do to the worker that begins it.
    #[inline]
    pub(super) fn content(&self) -> Content {
        Content { work: self.work, fate: self.fate, taints: self.taints }
    }

    /// Whether it ends by itself, well or in an error. The truth, for the books only.
    pub(super) fn would_end(&self) -> bool {
        matches!(self.fate, Fate::Succeed | Fate::Fail)
    }

    /// Draws the `n`th request of a run as a job. All its chance is its own, in a fixed order, so
    /// that neither a fix nor a knob changes any other job (common random numbers).
    #[inline]
    pub(super) fn draw(seed: u64, n: u32, now: Instant, knobs: &Knobs) -> Self {
        let rng = &mut Rng::nth(seed, Stream::Jobs, u64::from(n));
        let (sort, mut end, mut taint) = (rng.uniform(), rng.later(), rng.later());
        let nature = nature(sort, knobs);
        let (kind, fate) = match nature {
            JobKind::Toxic => {
                let spins = end.bernoulli(knobs.toxic_spin_share);
                let how = if spins { Hang::Spinning } else { Hang::Parked };
                (label(&mut taint, knobs), Fate::Hang(how))
            }
            kind if crashes(kind, &taint, knobs) => (kind, Fate::Crash),
            kind if knobs.fail_share > 0.0 && end.bernoulli(knobs.fail_share) => (kind, Fate::Fail),
            kind => (kind, Fate::Succeed),
        };
        let mut work = nature.work(knobs, rng);
        if fate == Fate::Crash {
            taint.uniform();
            work = work.mul_f64(taint.uniform());
        }
        Self {
            id: JobId(n),
            request: n,
            tries: 0,
            abandoned: false,
            kind,
            state: JobState::Queued,
            attempt: 0,
            submitted: now,
            queued: now,
            work,
            mib: nature.mib(knobs),
            fate,
            taints: nature == JobKind::Report && taint.bernoulli(knobs.taint_share),
        }
    }
}

/// What a job is. Toxic jobs are cut from the low end and reports from the high end, so that
/// turning one share up makes no difference to the jobs of the other.
fn nature(sort: f64, knobs: &Knobs) -> JobKind {
    if sort < knobs.toxic_share {
        JobKind::Toxic
    } else if sort >= 1.0 - knobs.report_share {
        JobKind::Report
    } else {
        JobKind::Normal
    }
}

/// Whether a job crashes its worker. Only reports taint: that chance is free for normal jobs.
fn crashes(kind: JobKind, chance: &Rng, knobs: &Knobs) -> bool {
    let share = knobs.crash_share;
    share > 0.0 && kind == JobKind::Normal && chance.clone().bernoulli(share)
}

/// As what a toxic job comes.
fn label(draw: &mut Rng, knobs: &Knobs) -> JobKind {
    match knobs.toxic_label {
        ToxicLabel::Own => JobKind::Toxic,
        ToxicLabel::Hidden if draw.bernoulli(knobs.toxic_as_report) => JobKind::Report,
        ToxicLabel::Hidden => JobKind::Normal,
    }
}

/// What was done to a job that was poisoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poisoned {
    /// The worker that has it in hand, if one has.
    pub holder: Option<WorkerRef>,
    /// How it will hang.
    pub how: Hang,
    /// What is held for it from now on, in MiB.
    pub mib: u32,
}

/// All jobs that have not ended, in one flat table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jobs {
    table: Vec<Option<Job>>,
    free: Vec<u32>,
}

impl Jobs {
    #[inline]
    pub(super) fn insert(&mut self, job: Job) -> JobPlace {
        match self.free.pop() {
            Some(place) => {
                self.table[place as usize] = Some(job);
                JobPlace(place)
            }
            None => {
                self.table.push(Some(job));
                JobPlace(self.table.len() as u32 - 1)
            }
        }
    }

    #[inline]
    pub(super) fn remove(&mut self, place: JobPlace) -> Option<Job> {
        let job = self.table.get_mut(place.0 as usize)?.take();
        if job.is_some() {
            self.free.push(place.0);
        }
        job
    }

    /// The job at a place.
    #[inline]
    pub fn get(&self, place: JobPlace) -> Option<&Job> {
        self.table.get(place.0 as usize)?.as_ref()
    }

    #[inline]
    pub(super) fn get_mut(&mut self, place: JobPlace) -> Option<&mut Job> {
        self.table.get_mut(place.0 as usize)?.as_mut()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.table) + size_of_val(&*self.free)
    }

    /// Where the job of that name is kept. Slow: for what is rare.
    pub(super) fn find(&self, id: JobId) -> Option<JobPlace> {
        let is_it = |job: &Option<Job>| job.as_ref().is_some_and(|job| job.id == id);
        self.table.iter().position(is_it).map(|place| JobPlace(place as u32))
    }

    /// All jobs that have not ended and where they are kept, in no meaningful order.
    pub(super) fn places(&self) -> impl Iterator<Item = (JobPlace, &Job)> {
        let places = (0..).map(JobPlace).zip(&self.table);
        places.filter_map(|(place, job)| Some((place, job.as_ref()?)))
    }

    /// All jobs that have not ended, in no meaningful order.
    pub fn iter(&self) -> impl Iterator<Item = &Job> {
        self.table.iter().flatten()
    }
}
