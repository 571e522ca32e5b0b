//! One course of events: its commands, charts, marks and copies; and how a tape moves from one to
//! another.

use super::checkpoints::{BUDGET, Checkpoints};
use super::marks::{MarkKind, Marks};
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

    /// The part of this branch that `run` has passed, with the first `given` commands.
    fn until(&self, run: &Run, given: usize) -> Self {
        let mut part = Self { given: self.given[..given].to_vec(), ..self.clone() };
        part.checkpoints = self.checkpoints.passed(run);
        let last = part.checkpoints.before(run.now(), run.steps());
        part.work = last.work + count(run).saturating_sub(count(&last.run));
        part.counted = count(run);
        part.series.truncate(run.now().as_secs_f64());
        part.marks.rewind(run);
        part.end = run.now();
        (part.steps, part.obeyed) = (run.steps(), run.executed());
        let second = run.now().as_micros() / READING.as_micros();
        let after = Instant::START + READING * (second + 1);
        part.next_reading = part.next_reading.min(after);
        part
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
    /// Leaves the present branch at the cursor, with the first `given` of its commands.
    pub(super) fn fork(&mut self, given: usize) {
        self.keep_head();
        self.near = None;
        let part = self.line.until(&self.run, given);
        self.ghosts.push(std::mem::replace(&mut self.line, part));
        for timed in self.ahead(0, true).into_iter().take(self.run.executed()) {
            if timed.at() == self.run.now() {
                self.line.marks.push(timed.at(), MarkKind::Command, timed.command.to_string());
            }
        }
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
        self.keep_head();
        // All that was given before it, and what the scenario says.
        let mut hand = 0..;
        let kept = |(_, given): &(&TimedCommand, bool)| !given || hand.next() < Some(last);
        let script: Vec<TimedCommand> =
            self.script().into_iter().filter(kept).map(|(timed, _)| timed.clone()).collect();
        let place = script.iter().take_while(|timed| timed.at() <= command.at()).count();
        self.run = self.line.checkpoints.given(command.at(), place).run.clone();
        self.run.schedule(script[self.run.executed()..].to_vec());
        self.run.advance(command.at(), &mut ());
        self.stood = Stood::Settled;
        self.fork(last);
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
