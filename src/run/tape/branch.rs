//! One course of events: its commands, charts, marks and copies; and how a tape moves from one to
//! another.

use super::checkpoints::{BUDGET, Checkpoints};
use super::marks::Marks;
use super::moves::Stood;
use super::{MAX_GHOSTS, Mark, READING, Tape, TimedCommand};
use crate::kernel::{Duration, Instant};
use crate::run::Run;
use crate::watch::{Series, SeriesPoint};

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
    forked_at: Instant,
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
    fn until(&self, at: Instant, eve: &Run, given: usize) -> Self {
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

/// Where two courses of events part that have the same scenario: at the first command that only
/// one of them has.
fn parting(a: &[TimedCommand], b: &[TimedCommand]) -> Option<Instant> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let next = |list: &[TimedCommand]| list.get(same).map(TimedCommand::at);
    next(a).into_iter().chain(next(b)).min()
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

impl Tape {
    /// Cuts the present branch just before the instant `at`, keeps the first `given` of its
    /// commands, and plays that instant again: so charts and marks are those of the commands that
    /// are left. What is cut off becomes a ghost, if it is to be kept.
    pub(super) fn fork(&mut self, at: Instant, given: usize, keep: bool) {
        self.keep_head();
        self.go_before(at);
        let part = self.line.until(at, &self.run, given);
        let left = std::mem::replace(&mut self.line, part);
        if keep {
            self.ghosts.push(left);
        }
        self.run.schedule(self.ahead(self.run.executed(), true));
        self.record(at, &mut (), || true);
        self.stood = Stood::Settled;
        self.settle_ghosts();
    }

    /// Goes back to a ghost: it becomes the present branch, and the present branch a ghost. The
    /// cursor stays where it is if both have that instant in common or the ghost came that far;
    /// else it stands at the ghost's end. Of a ghost that is not there this does nothing.
    pub fn switch(&mut self, ghost: usize) {
        if ghost >= self.ghosts.len() {
            return;
        }
        self.keep_head();
        let other = self.ghosts.remove(ghost);
        self.ghosts.push(std::mem::replace(&mut self.line, other));
        self.settle_ghosts();
        self.near = None;
        self.stood = Stood::Settled;
        let fork = self.ghosts.last().map_or(Instant::START, Branch::forked_at);
        if self.run.now() < fork && self.run.now() <= self.line.end {
            self.run.schedule(self.ahead(self.run.executed(), true));
        } else {
            let to = self.run.now().min(self.line.end);
            self.restore(to, u64::MAX);
            self.run.advance(to, &mut ());
        }
    }

    /// Takes back the last command given by hand that the cursor has passed: it stands where that
    /// was given, and the branch with the command becomes a ghost. `None` if there was none.
    pub fn undo(&mut self) -> Option<TimedCommand> {
        let last = self.given_so_far().checked_sub(1)?;
        let command = self.line.given.get(last).cloned()?;
        self.fork(command.at(), last, true);
        Some(command)
    }

    fn settle_ghosts(&mut self) {
        while self.ghosts.len() > MAX_GHOSTS {
            self.ghosts.remove(0);
        }
        for ghost in &mut self.ghosts {
            let parting = parting(&ghost.given, &self.line.given);
            ghost.forked_at = parting.unwrap_or(ghost.end.min(self.line.end));
        }
        keep_within_budget(&mut self.ghosts);
    }
}
