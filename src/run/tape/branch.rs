//! One course of events: its commands, charts, marks and copies.

use super::checkpoints::{BUDGET, Checkpoints};
use super::marks::{Mark, Marks};
use crate::kernel::{Duration, Instant};
use crate::run::Run;
use crate::run::command::TimedCommand;
use crate::watch::{Series, SeriesPoint};

/// Time between two readings for the charts.
pub(super) const READING: Duration = Duration::secs(1);
/// Memory for the copies of all ghosts together, in bytes.
const GHOST_BUDGET: usize = BUDGET / 5;
/// Workers that cost as much in each reading as a timer.
const WORKERS_A_TIMER: u64 = 32;
/// A stretch is played in pieces of no more work than this, about, so that copies can be kept.
const PIECE: u64 = 1_000;
const MAX_PIECES: u64 = 64;

/// One course of events.
#[derive(Clone, Debug)]
pub struct Branch {
    pub(super) given: Vec<TimedCommand>,
    pub(super) series: Series,
    pub(super) marks: Marks,
    pub(super) checkpoints: Checkpoints,
    pub(super) end: Instant,
    /// Moves made by the end, and commands given.
    pub(super) steps: u64,
    pub(super) obeyed: usize,
    pub(super) next_reading: Instant,
    /// Work done by the end: timers that ended, and looks at workers.
    pub(super) work: u64,
    /// Timers that had ended by the end, and jobs that had arrived.
    counted: u64,
    /// Length of the pieces in which new ground is played.
    pub(super) chunk: Duration,
    pub(super) forked_at: Instant,
}

impl Branch {
    pub(super) fn new(run: &Run, given: Vec<TimedCommand>) -> Self {
        Self {
            given,
            series: Series::default(),
            marks: Marks::default(),
            checkpoints: Checkpoints::new(run),
            end: Instant::START,
            steps: 0,
            obeyed: 0,
            next_reading: Instant::START,
            work: 0,
            counted: 0,
            chunk: READING,
            forked_at: Instant::START,
        }
    }

    /// Where a ghost and the present branch part.
    pub fn forked_at(&self) -> Instant {
        self.forked_at
    }

    /// How far it was played.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// Its readings after the fork.
    pub fn points(&self) -> &[SeriesPoint] {
        let points = self.series.points();
        let fork = self.forked_at.as_secs_f64();
        &points[points.partition_point(|point| point.t_s <= fork)..]
    }

    /// All its readings, from the beginning.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// Its marks after the fork.
    pub fn marks(&self) -> &[Mark] {
        let marks = self.marks.list();
        &marks[marks.partition_point(|mark| mark.at < self.forked_at)..]
    }

    /// The commands given by hand on it, from the beginning.
    pub fn given(&self) -> &[TimedCommand] {
        &self.given
    }

    pub(super) fn book_bytes(&self) -> usize {
        let given = size_of_val(&*self.given);
        size_of::<Self>() + self.series.bytes() + self.marks.bytes() + given
    }

    /// The run has gone on, beyond the end.
    pub(super) fn follow(&mut self, run: &Run) {
        let counted = count(run);
        let passed =
            run.now().saturating_since(self.end).as_micros() as f64 / READING.as_micros() as f64;
        let looks = u64::from(run.pool().roster().places()) / WORKERS_A_TIMER;
        let work = counted.saturating_sub(self.counted) + (looks as f64 * passed) as u64;
        if passed > 0.0 {
            let rate = (work as f64 / passed) as u64;
            self.chunk =
                Duration::micros(READING.as_micros() / (rate / PIECE).clamp(1, MAX_PIECES));
        }
        self.work += work;
        self.counted = self.counted.max(counted);
        self.end = self.end.max(run.now());
        self.steps = run.steps();
        self.obeyed = run.executed();
    }

    /// The part of this branch before the instant `at`, with the first `given` commands. `eve` is
    /// its run just before that instant.
    pub(super) fn until(&self, at: Instant, eve: &Run, given: usize) -> Self {
        let mut part = Self { given: self.given[..given].to_vec(), ..self.clone() };
        part.checkpoints = self.checkpoints.passed(eve);
        let last = part.checkpoints.before(eve.now(), eve.steps());
        part.work = last.work + count(eve).saturating_sub(count(&last.run));
        part.counted = count(eve);
        part.forget_from(at);
        part.marks.rewind(at, eve);
        part.end = eve.now();
        (part.steps, part.obeyed) = (eve.steps(), eve.executed());
        part
    }

    /// Readings at `at` and later are taken again.
    pub(super) fn forget_from(&mut self, at: Instant) {
        self.series.forget_from(at.as_secs_f64());
        let second = at.as_micros().div_ceil(READING.as_micros());
        self.next_reading = self.next_reading.min(Instant::START + READING * second);
    }
}

/// What is work: timers that end, or jobs that arrive all at once.
fn count(run: &Run) -> u64 {
    run.fired().max(run.pool().ledger().submitted)
}

/// Drops copies of ghosts, of the oldest first, while all together take too much memory.
pub fn keep_within_budget(ghosts: &mut [Branch]) {
    let bytes =
        |ghosts: &[Branch]| -> usize { ghosts.iter().map(|ghost| ghost.checkpoints.bytes()).sum() };
    while bytes(ghosts) > GHOST_BUDGET {
        let Some(rich) = ghosts.iter_mut().find(|ghost| ghost.checkpoints.len() > 1) else {
            return;
        };
        rich.checkpoints.halve();
    }
}
