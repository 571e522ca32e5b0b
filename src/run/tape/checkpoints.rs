//! Copies of a run along its way, to go back to. They thin out with age, and their memory is
//! bounded.

use std::rc::Rc;

use crate::kernel::Instant;
use crate::run::Run;

/// Memory for the copies of one branch, in bytes. What they take is estimated: see `Run::bytes`.
pub const BUDGET: usize = 56 << 20;
/// A run of which a copy would take more than this is not copied: it is slow to go back in, but it
/// takes the memory of one.
const LARGEST: usize = BUDGET / 4;
/// The distance between two copies may be this part of the way from there to the present.
const AGE_SHARE: u64 = 2;
/// The shortest distance, as a part of the longest.
const FINEST: u64 = 8;

/// Less work than this is done again sooner than a copy is made.
const WORTH_KEEPING: u64 = 200;

/// A copy of a run, without the commands still to come: those may have changed by the time it is
/// used.
#[derive(Debug)]
pub struct Checkpoint {
    pub run: Run,
    /// How much work it was to come here.
    pub work: u64,
    pub bytes: usize,
}

/// The copies of one branch, oldest first. The first stands at the beginning and is always there.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    list: Vec<Rc<Checkpoint>>,
}

/// The longest way from a copy to what lies behind it, in work. One of these takes about 100 ns
/// natively and up to 300 ns in a browser: so a small pool is found again within a frame, and a
/// thousand workers within a tenth of a second.
pub fn longest_way(workers: u32) -> u64 {
    (8_000 + 200 * u64::from(workers)).min(250_000)
}

/// Whether a run is small enough to be copied.
pub fn can_keep(run: &Run) -> bool {
    run.bytes() <= LARGEST
}

impl Checkpoint {
    pub fn of(run: &Run, work: u64) -> Rc<Self> {
        let mut run = run.clone();
        run.schedule(Vec::new());
        Rc::new(Self { bytes: run.bytes(), run, work })
    }
}

impl Checkpoints {
    /// The copies of a run that stands at its beginning.
    pub fn new(start: &Run) -> Self {
        Self { list: vec![Checkpoint::of(start, 0)] }
    }

    /// Whether the next copy is due.
    pub fn is_due(&self, run: &Run, work: u64) -> bool {
        let shortest = longest_way(run.pool().knobs.workers) / FINEST;
        self.list.last().is_none_or(|last| work >= last.work + shortest)
    }

    /// Whether the last copy is so far that a run that leaves the end should be kept.
    pub fn is_far(&self, work: u64) -> bool {
        self.list.last().is_none_or(|last| work >= last.work + WORTH_KEEPING)
    }

    /// Keeps a copy of a run that stands behind all that were kept before.
    pub fn keep(&mut self, run: &Run, work: u64) {
        let is_new = self.list.last().is_none_or(|last| last.run.steps() < run.steps());
        if is_new && can_keep(run) {
            self.list.push(Checkpoint::of(run, work));
            self.thin(longest_way(run.pool().knobs.workers));
        }
    }

    /// Drops copies where they stand closer than their age asks for; and then, while they take too
    /// much memory, those that are missed least. The first and the last stay.
    fn thin(&mut self, longest: u64) {
        let present = self.list.last().map_or(0, |last| last.work);
        let mut place = 1;
        while place + 1 < self.list.len() {
            if self.missed(place, present, longest) <= 1.0 {
                self.list.remove(place);
            } else {
                place += 1;
            }
        }
        while self.bytes() > BUDGET && self.list.len() > 2 {
            let missed = |place: &usize| self.missed(*place, present, longest);
            let inner = 1..self.list.len() - 1;
            let min = inner.min_by(|a, b| missed(a).total_cmp(&missed(b)));
            self.list.remove(min.unwrap_or(1));
        }
    }

    /// The way that would have to be gone without a copy, as a share of what its age allows.
    fn missed(&self, place: usize, present: u64, longest: u64) -> f64 {
        let (before, after) = (self.list[place - 1].work, self.list[place + 1].work);
        let allowed = ((present - after) / AGE_SHARE).clamp(longest / FINEST, longest);
        (after - before) as f64 / allowed as f64
    }

    /// Halves the copies; the first stays.
    pub fn halve(&mut self) {
        let mut place = 0;
        self.list.retain(|_| {
            place += 1;
            place % 2 == 1
        });
    }

    /// The last copy that stands at `at` or before, and has not gone beyond `moves`.
    pub fn before(&self, at: Instant, moves: u64) -> &Rc<Checkpoint> {
        let behind =
            self.list.partition_point(|kept| kept.run.now() <= at && kept.run.steps() <= moves);
        &self.list[behind.saturating_sub(1)]
    }

    /// The copies that `run`, standing on this branch, has passed.
    pub fn passed(&self, run: &Run) -> Self {
        let passed = |kept: &&Rc<Checkpoint>| {
            kept.run.now() <= run.now()
                && kept.run.steps() <= run.steps()
                && kept.run.executed() <= run.executed()
        };
        Self { list: self.list.iter().take_while(passed).cloned().collect() }
    }

    /// The longest way from a copy to the next, or to the end, which is `work` away.
    pub fn longest(&self, work: u64) -> u64 {
        let next = self.list.iter().skip(1).map(|kept| kept.work).chain([work]);
        let ways = self.list.iter().zip(next).map(|(kept, next)| next - kept.work);
        ways.max().unwrap_or(0)
    }

    /// Their memory, in bytes.
    pub fn bytes(&self) -> usize {
        self.list.iter().map(|kept| kept.bytes).sum()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Checkpoint>> {
        self.list.iter()
    }
}
