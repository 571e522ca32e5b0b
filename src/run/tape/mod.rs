//! The time machine: a run that can go back, be changed in its past, and change its mind.
//!
//! A run is given by its scenario and the commands on the tape; so any instant can be found again
//! by running to it, from the nearest of a few copies that are kept on the way. Where the past is
//! changed the tape forks: what lay ahead is kept as a ghost, and one can go back to it.

mod branch;
mod checkpoints;
mod find;
mod fork;
mod marks;
mod moves;

use std::rc::Rc;

use super::command::{Command, TimedCommand, in_order};
use super::{Observer, Run, Scenario};
use crate::kernel::Instant;
use crate::knobs::InputError;
use crate::pool::Event;
use crate::watch::{Health, Series, SeriesPoint};

pub use branch::Branch;
use branch::READING;
use checkpoints::Checkpoint;
pub use find::{Interest, Progress, Search};

pub use marks::{Mark, MarkKind};

/// The most commands given by hand that a tape takes.
const MAX_GIVEN: usize = 5_000;
/// The most ghosts that are kept; the oldest goes first.
const MAX_GHOSTS: usize = 8;

/// A run with its past, its marks and charts, and the futures that were left.
#[derive(Clone, Debug)]
pub struct Tape {
    scenario: Scenario,
    /// The run, where the cursor stands.
    run: Run,
    line: Branch,
    ghosts: Vec<Branch>,
    /// A copy a little before where the cursor was last put.
    near: Option<Rc<Checkpoint>>,
    stood: Stood,
}

/// How the cursor came to stand where it does, so that a step back can be exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    /// At an instant that is complete.
    Settled,
    /// Just after an event or a command.
    Moved,
    /// The same; and before, after so many moves, it stood at a complete instant.
    MovedFrom(u64, Instant),
}

impl Tape {
    /// The most memory that a tape takes besides its run, in bytes, by [`Tape::bytes`].
    pub const MAX_BYTES: usize = 88 << 20;

    /// A tape of `scenario` at its beginning.
    ///
    /// # Errors
    /// If the scenario has a command that is not allowed.
    pub fn new(scenario: Scenario) -> Result<Self, InputError> {
        Self::with(scenario, Vec::new())
    }

    /// A tape at its beginning with commands already given, as from a link. They lie ahead.
    ///
    /// # Errors
    /// If a command is not allowed, or there are too many.
    pub fn with(scenario: Scenario, mut given: Vec<TimedCommand>) -> Result<Self, InputError> {
        check_count(given.len())?;
        given.iter().try_for_each(TimedCommand::check)?;
        scenario.check_tape(given.iter().map(|timed| &timed.command))?;
        in_order(&mut given);
        let run = Run::new(&scenario)?;
        let line = Branch::new(&run, given);
        let mut tape =
            Self { scenario, run, line, ghosts: Vec::new(), near: None, stood: Stood::Settled };
        tape.run.schedule(tape.ahead(0, true));
        tape.play(Instant::START, &mut ());
        Ok(tape)
    }

    /// The run, standing at the cursor.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The scenario as it began.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario with the commands that were given by hand: a plain run of it is this one.
    pub fn recorded(&self) -> Scenario {
        recorded(&self.scenario, &self.line.given)
    }

    /// The commands given by hand on this branch, in the order of time; some may lie ahead.
    pub fn given(&self) -> &[TimedCommand] {
        &self.line.given
    }

    /// Where the cursor stands.
    pub fn now(&self) -> Instant {
        self.run.now()
    }

    /// How far this branch was ever played.
    pub fn end(&self) -> Instant {
        self.line.end
    }

    /// Whether nothing of what was played lies ahead of the cursor.
    pub fn is_at_end(&self) -> bool {
        self.run.now() >= self.line.end && self.run.steps() == self.line.steps
    }

    /// The readings of this branch, one a second, as far as it was played.
    pub fn series(&self) -> &Series {
        &self.line.series
    }

    /// How the pool did at each point of the series, with its time in seconds.
    pub fn health(&self) -> impl ExactSizeIterator<Item = (f64, Health)> {
        self.series().points().iter().map(|point| (point.t_s, Health::of(point)))
    }

    /// What happened on this branch, as far as it was played, in the order of time.
    pub fn marks(&self) -> &[Mark] {
        self.line.marks.list()
    }

    /// Futures that were left, the latest last.
    pub fn ghosts(&self) -> &[Branch] {
        &self.ghosts
    }

    /// How much memory all of it takes, in bytes, about.
    pub fn bytes(&self) -> usize {
        let branches = || self.ghosts.iter().chain([&self.line]);
        let books: usize = branches().map(Branch::book_bytes).sum();
        // Branches share the copies of their common past.
        let mut copies: Vec<_> = branches().flat_map(|branch| branch.checkpoints.iter()).collect();
        copies.extend(&self.near);
        copies.sort_unstable_by_key(|copy| Rc::as_ptr(copy));
        copies.dedup_by_key(|copy| Rc::as_ptr(copy));
        let copies: usize = copies.iter().map(|copy| copy.bytes).sum();
        self.run.bytes() + books + copies
    }

    /// The most work between an instant that was played and the copy before it: what it takes to
    /// go there, in timers that end.
    pub fn longest_way(&self) -> u64 {
        self.line.checkpoints.longest(self.line.work)
    }

    /// Plays on to `until`; what was not played before is recorded.
    pub fn play(&mut self, until: Instant, observer: &mut impl Observer) {
        self.play_while(until, observer, || true);
    }

    /// Plays on toward `until` in small pieces, at least one and then as long as `in_time` says.
    /// True when the cursor stands at `until` and that instant is complete.
    pub fn play_while(
        &mut self,
        until: Instant,
        observer: &mut impl Observer,
        in_time: impl Fn() -> bool,
    ) -> bool {
        self.stood = Stood::Settled;
        if until < self.line.end {
            return self.advance_in_pieces(until, observer, in_time);
        }
        self.replay(observer, &in_time) && self.record(until, observer, in_time)
    }

    /// Goes over what was played before, toward `until`. True when it stands there.
    fn advance_in_pieces(
        &mut self,
        until: Instant,
        observer: &mut impl Observer,
        in_time: impl Fn() -> bool,
    ) -> bool {
        loop {
            let next = until.min(self.run.now() + self.line.chunk);
            self.run.advance(next, observer);
            if next == until || !in_time() {
                return next == until;
            }
        }
    }

    /// Goes over what was played before, to its end. True when it stands there.
    fn replay(&mut self, observer: &mut impl Observer, in_time: impl Fn() -> bool) -> bool {
        let end = self.line.end;
        // The last instant may have been left in the middle: what is before it is complete.
        let eve = just_before(end);
        if self.run.now() < eve && !self.advance_in_pieces(eve, observer, in_time) {
            return false;
        }
        while self.run.steps() < self.line.steps && self.run.step(end, observer) {}
        if self.run.now() < end {
            // Nothing happens before it: this only lets time pass.
            self.run.advance(end, observer);
        }
        true
    }

    /// Plays new ground, at least a piece of it, as long as `in_time` says. True when it stands at
    /// `until`.
    fn record(
        &mut self,
        until: Instant,
        observer: &mut impl Observer,
        in_time: impl Fn() -> bool,
    ) -> bool {
        loop {
            let next = until.min(self.line.next_reading).min(self.run.now() + self.line.chunk);
            let Self { run, line, .. } = self;
            let marks = &mut line.marks;
            run.advance(next, &mut |now, event: &Event| {
                marks.saw(now, event);
                observer.observe(now, event);
            });
            self.note(true);
            if next == until || !in_time() {
                return next == until;
            }
        }
    }

    /// Keeps the books of new ground: commands, copies, and readings where an instant is complete.
    fn note(&mut self, complete: bool) {
        let (before, now) = (self.line.obeyed, self.run.executed());
        if now > before {
            for timed in self.ahead(before, true).into_iter().take(now - before) {
                self.line.marks.push(timed.at(), MarkKind::Command, timed.command.in_words());
            }
        }
        let Self { run, line, ghosts, .. } = self;
        line.follow(run);
        line.marks.read_story(run);
        if complete && run.now() >= line.next_reading {
            line.series.push(SeriesPoint::from(&run.sample()));
            line.marks.read_alerts(run);
            line.next_reading += READING;
        }
        if line.checkpoints.is_due(run, line.work) {
            line.checkpoints.keep(run, line.work);
            branch::keep_within_budget(ghosts);
        }
    }

    /// The commands of the scenario, and those given by hand if `all`, in the order in which they
    /// are given, without the first `obeyed`.
    fn ahead(&self, obeyed: usize, all: bool) -> Vec<TimedCommand> {
        let script = self.script();
        let wanted = script.iter().skip(obeyed).filter(|(_, given)| all || !given);
        wanted.map(|(timed, _)| (*timed).clone()).collect()
    }

    fn script(&self) -> Vec<(&TimedCommand, bool)> {
        script(&self.scenario, &self.line.given)
    }

    /// Does something to the run, now. In the past this forks the tape: what lay ahead becomes a
    /// ghost. What is left of the present instant happens first, so that the command has a time,
    /// and what follows from it at this very instant happens too, so that the run stands as it
    /// does where a link opens.
    ///
    /// A [`Command::Set`] of the knob that was set last, at this very instant, takes the place of
    /// that command: a slider that is dragged while time stands still is one command and one undo.
    ///
    /// # Errors
    /// If the command is not allowed; nothing at all is changed then.
    pub fn apply(
        &mut self,
        command: Command,
        observer: &mut impl Observer,
    ) -> Result<(), InputError> {
        command.check()?;
        let (at, passed) = (self.run.now(), self.given_so_far());
        let again = passed.checked_sub(1).filter(|last| self.sets_again(*last, &command));
        let kept = again.unwrap_or(passed);
        check_count(kept + 1)?;
        let given = self.line.given[..kept].iter().map(|timed| &timed.command);
        self.scenario.check_tape(given.chain([&command]))?;
        let mut run = match again {
            Some(kept) => self.without(kept),
            None => self.run.clone(),
        };
        run.schedule(self.ahead(run.executed(), false));
        let mut news: Vec<(Instant, Event)> = Vec::new();
        let mut listen = |now: Instant, event: &Event| news.push((now, *event));
        run.advance(at, &mut listen);
        run.issue(&command, &mut listen)?;
        run.advance(at, &mut listen);
        let leaves_a_future = at < self.line.end || passed < self.line.given.len();
        if leaves_a_future || again.is_some() {
            self.fork(at, kept, leaves_a_future);
        }
        self.stood = Stood::Settled;
        self.line.given.push(TimedCommand::new(at, command));
        self.run = run;
        for (now, event) in &news {
            self.line.marks.saw(*now, event);
            observer.observe(*now, event);
        }
        self.line.forget_from(at);
        self.note(true);
        Ok(())
    }

    /// Whether `command` sets, at the instant of the cursor, the same knob as the command by hand
    /// with the number `last`.
    fn sets_again(&self, last: usize, command: &Command) -> bool {
        let before = &self.line.given[last];
        let same_knob = match (&before.command, command) {
            (Command::Set { knob: before, .. }, Command::Set { knob, .. }) => before == knob,
            _ => false,
        };
        same_knob && before.at() == self.run.now()
    }

    /// How many of the commands given by hand the cursor has passed.
    fn given_so_far(&self) -> usize {
        let script = self.script();
        script.iter().take(self.run.executed()).filter(|(_, given)| *given).count()
    }
}

/// All commands in the order in which they are given, each with whether it was by hand. At one
/// instant the scenario's come first: a hand is never quicker.
fn script<'a>(scenario: &'a Scenario, given: &'a [TimedCommand]) -> Vec<(&'a TimedCommand, bool)> {
    let own = scenario.commands.iter().map(|timed| (timed, false));
    let mut all: Vec<(&TimedCommand, bool)> = Vec::new();
    for (timed, by_hand) in own.chain(given.iter().map(|timed| (timed, true))) {
        // Nearly always the end: they come in order.
        let place = all.partition_point(|(other, _)| other.at() <= timed.at());
        all.insert(place, (timed, by_hand));
    }
    all
}

/// A scenario with commands that were given by hand: a plain run of it is theirs.
pub fn recorded(scenario: &Scenario, given: &[TimedCommand]) -> Scenario {
    let commands = script(scenario, given).into_iter().map(|(timed, _)| timed.clone()).collect();
    Scenario { commands, ..scenario.clone() }
}

/// The last instant before `at`; of the beginning, that itself.
fn just_before(at: Instant) -> Instant {
    Instant::from_micros(at.as_micros().saturating_sub(1))
}

fn check_count(given: usize) -> Result<(), InputError> {
    if given <= MAX_GIVEN {
        return Ok(());
    }
    Err(InputError::new("commands", given, format!("allowed: at most {MAX_GIVEN} on one tape")))
}
