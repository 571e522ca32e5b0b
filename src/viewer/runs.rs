//! The runs that are shown: A, perhaps B beside it, and the one clock of both.

use super::lane::Lane;
use super::opening::Opening;
use super::pace::Pace;
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, Knobs};
use crate::run::link::{Link, Other, View as Look};
use crate::run::{Command, Interest, Progress, RunId, Scenario, Search, Tape, TimedCommand};
use crate::scene::View;

/// How fast time goes when the page opens: the story then takes about a minute.
const OPENING_SPEED: f64 = 4.0;
/// Milliseconds of a frame that the runs may take; what is missing then is left for the next frame.
const BUDGET_MS: f64 = 10.0;
/// How far a step looks for the next event.
const STEP: Duration = Duration::secs(3_600);
/// How far a search for something of interest looks.
const SEARCH: Duration = Duration::secs(3_600);

/// One run, or two that stand at the same instant.
#[derive(Clone, Debug)]
pub struct Runs {
    a: Lane,
    b: Option<Lane>,
    active: RunId,
    /// Whether and how fast time goes.
    pub pace: Pace,
    /// Where all lanes are to stand.
    target: Instant,
    behind: bool,
    /// A jump in time that has not arrived.
    jump: Option<Jump>,
    /// What the last jump cost, in milliseconds.
    jump_ms: Option<f64>,
    /// A jump has arrived.
    arrived: bool,
    search: Option<Search>,
    /// The part of its time that the search has looked through, from 0 to 1.
    searched: f64,
    /// The last search has found nothing.
    missed: bool,
    rate: Rate,
    /// A host has died: time was stopped for it once.
    dead: bool,
    pub(super) opening: Opening,
}

/// A jump in time that lasts.
#[derive(Clone, Copy, Debug)]
struct Jump {
    from: Instant,
    /// What it has cost so far, in milliseconds.
    spent_ms: f64,
}

/// How fast time really goes, smoothed over about half a second of frames.
#[derive(Clone, Copy, Debug, Default)]
struct Rate {
    /// The speed that was asked for.
    asked: f64,
    /// Virtual seconds per real second.
    reached: f64,
}

impl Rate {
    fn note(&mut self, asked: f64, moved: Duration, seconds: f64) {
        if asked != self.asked {
            *self = Self { asked, reached: asked };
        } else if seconds > 0.0 {
            let weight = (2.0 * seconds).min(1.0);
            self.reached += weight * (moved.as_secs_f64() / seconds - self.reached);
        }
    }
}

impl Runs {
    /// The runs that a link leads to, on their way to its moment.
    ///
    /// # Errors
    /// As [`Tape::with`].
    pub fn open(link: &Link) -> Result<Self, InputError> {
        let mut runs = Self::new(link.tape()?);
        runs.b = link.other_tape()?.map(Lane::new);
        runs.pace.playing = !link.view.paused;
        if let Some(speed) = link.view.speed {
            runs.pace.set_speed(speed);
        }
        if let Some(at) = link.at {
            runs.seek(at);
        }
        Ok(runs)
    }

    fn new(tape: Tape) -> Self {
        Self {
            target: tape.now(),
            a: Lane::new(tape),
            b: None,
            active: RunId::A,
            pace: Pace::new(OPENING_SPEED),
            behind: false,
            jump: None,
            jump_ms: None,
            arrived: false,
            search: None,
            searched: 0.0,
            missed: false,
            rate: Rate::default(),
            dead: false,
            opening: Opening::default(),
        }
    }

    /// A link to these runs as they stand, that looks as `look` says.
    pub fn link(&self, look: Look) -> Link {
        let speed = Some(self.pace.speed()).filter(|speed| *speed != OPENING_SPEED);
        let look = Look { speed, paused: !self.pace.playing, ..look };
        let other = self.b.as_ref().map(|b| Other::of(&b.tape));
        Link { other, ..Link::of(&self.a.tape, look) }
    }

    /// The lane of a run. Without a run B it is A's.
    pub fn lane(&self, id: RunId) -> &Lane {
        match (&self.b, id) {
            (Some(b), RunId::B) => b,
            _ => &self.a,
        }
    }

    fn lane_mut(&mut self) -> &mut Lane {
        match (&mut self.b, self.active) {
            (Some(b), RunId::B) => b,
            _ => &mut self.a,
        }
    }

    /// The run that knobs and pokes act on.
    pub fn active(&self) -> RunId {
        self.active
    }

    /// Makes a run the active one; without a run B it is always A.
    pub fn activate(&mut self, id: RunId) {
        let id = if self.are_two() { id } else { RunId::A };
        if id != self.active {
            (self.active, self.search) = (id, None);
        }
    }

    /// Whether there is a run B.
    pub fn are_two(&self) -> bool {
        self.b.is_some()
    }

    /// The tape of the active run.
    pub fn tape(&self) -> &Tape {
        self.lane(self.active).tape()
    }

    /// The lane beside the active one, if there are two.
    pub fn other(&self) -> Option<&Lane> {
        match self.active {
            RunId::A => self.b.as_ref(),
            RunId::B => Some(&self.a),
        }
    }

    /// Where all runs stand, or are about to.
    pub fn now(&self) -> Instant {
        self.target
    }

    /// How far a search or a jump in time has come, from 0 to 1, while one lasts.
    pub fn progress(&self) -> Option<f64> {
        if self.search.is_some() {
            return Some(self.searched);
        }
        let from = self.jump?.from;
        let way = self.target.saturating_since(from).as_secs_f64();
        let gone = self.slowest().saturating_since(from).as_secs_f64();
        Some(if way > 0.0 { (gone / way).min(1.0) } else { 0.0 })
    }

    /// The speed that this machine reaches, if it is well below the one that was asked for.
    pub fn lag(&self) -> Option<f64> {
        let Rate { asked, reached } = self.rate;
        (self.pace.playing && reached < 0.9 * asked).then_some(reached)
    }

    /// What the last jump in time cost, in milliseconds; told once.
    pub fn take_jump_ms(&mut self) -> Option<f64> {
        self.jump_ms.take()
    }

    /// Whether a jump in time has arrived; told once.
    pub(super) fn take_arrival(&mut self) -> bool {
        std::mem::take(&mut self.arrived)
    }

    /// Whether a search has found nothing; told once.
    pub fn take_miss(&mut self) -> bool {
        std::mem::take(&mut self.missed)
    }

    /// Where the run stands that is furthest behind.
    fn slowest(&self) -> Instant {
        let (a, b) = (self.a.tape.now(), self.b.as_ref().map(|b| b.tape.now()));
        b.map_or(a, |b| a.min(b))
    }

    /// A frame of `seconds` passes. While `still`, time waits, but searches and jumps go on.
    /// `clock` tells milliseconds, to keep within the frame's budget; `views` tell how each stage
    /// is looked at.
    pub fn frame(&mut self, seconds: f64, still: bool, views: [View; 2], clock: impl Fn() -> f64) {
        let begin = clock();
        let in_time = || clock() < begin + BUDGET_MS;
        self.look_ahead(&in_time);
        let free = self.jump.is_none() && self.search.is_none() && !still;
        let before = self.target;
        let factor = self.opening.factor(self.pace.speed());
        if free && !self.behind {
            self.target = self.pace.until(self.target, seconds * factor);
        }
        if free && self.pace.playing {
            self.opening.pass(seconds, self.a.stage());
            self.rate.note(
                factor * self.pace.speed(),
                self.target.saturating_since(before),
                seconds,
            );
        }
        let (target, jumps) = (self.target, self.jump.is_some());
        let mut arrived = true;
        for (lane, view) in [Some(&mut self.a), self.b.as_mut()].into_iter().flatten().zip(views) {
            arrived &= lane.approach(target, jumps, &in_time);
            lane.follow(seconds, view);
        }
        self.behind = !arrived;
        self.mourn(free);
        if let Some(jump) = &mut self.jump {
            jump.spent_ms += clock() - begin;
            self.jump_ms = arrived.then_some(jump.spent_ms);
            self.arrived |= arrived;
        }
        self.jump = self.jump.take_if(|_| !arrived);
    }

    /// Stops time where a host dies while it is `played`.
    fn mourn(&mut self, played: bool) {
        let mut lanes = [Some(&self.a), self.b.as_ref()].into_iter().flatten();
        let dead = lanes.any(|lane| lane.tape.run().pool().host().dead);
        if played && dead && !self.dead {
            self.pace.playing = false;
        }
        self.dead = dead;
    }

    /// How far the opening has come.
    pub fn opening(&self) -> Opening {
        self.opening
    }

    /// Searches on, as long as there is time, and goes to what is found.
    fn look_ahead(&mut self, in_time: &impl Fn() -> bool) {
        let Some(search) = &mut self.search else { return };
        match search.advance(in_time) {
            Progress::Going { share } => self.searched = share,
            Progress::Nothing => (self.search, self.missed) = (None, true),
            Progress::Found(at) => {
                self.pace.playing = false;
                self.seek(at);
            }
        }
    }

    /// Goes to an instant, back or forward: over ground that was played before at once, over new
    /// ground as fast as it can be played.
    pub fn seek(&mut self, to: Instant) {
        self.search = None;
        self.target = to;
        let from = self.slowest();
        self.jump.get_or_insert(Jump { from, spent_ms: 0.0 }).from = from;
    }

    /// Searches for the next thing of interest in the active run, within an hour; if there is one,
    /// goes there. Time waits meanwhile.
    pub fn search(&mut self, what: Interest) {
        (self.search, self.searched) = (Some(self.tape().search(what, SEARCH)), 0.0);
    }

    /// Gives up a search, or a jump in time where it has come to. False if there was none.
    pub fn cancel(&mut self) -> bool {
        if self.search.take().is_some() {
            return true;
        }
        let jumps = self.jump.is_some();
        if jumps {
            self.seek(self.slowest());
        }
        jumps
    }

    /// All runs go to where the active one stands now.
    fn follow_active(&mut self) {
        let at = self.tape().now();
        self.seek(at);
    }

    /// Runs to the next event of the active run.
    pub fn step(&mut self) {
        self.pace.playing = false;
        let until = self.tape().now() + STEP;
        self.lane_mut().step(until);
        self.follow_active();
    }

    /// Goes back by one event of the active run.
    pub fn step_back(&mut self) {
        self.pace.playing = false;
        self.lane_mut().jump(Tape::step_back);
        self.follow_active();
    }

    /// Sets a knob of the active run, now. A value that it has already is no command.
    ///
    /// # Errors
    /// If the value is not allowed; nothing is changed then.
    pub fn set(&mut self, knob: KnobId, text: &str) -> Result<(), InputError> {
        let value = knob.row().read_text(text);
        if self.tape().run().pool().knobs.get(knob) == value {
            return Ok(());
        }
        self.issue(Command::Set { knob, value })
    }

    /// Issues a command to the active run, now.
    ///
    /// # Errors
    /// If the command is not allowed; nothing is changed then.
    pub fn issue(&mut self, command: Command) -> Result<(), InputError> {
        self.search = None;
        self.lane_mut().issue(command)
    }

    /// Takes back the last command of the active run, and goes to where it was issued. `None` if
    /// there was none.
    pub fn undo(&mut self) -> Option<TimedCommand> {
        let undone = self.lane_mut().jump(Tape::undo);
        self.follow_active();
        undone
    }

    /// Goes back to an abandoned timeline of the active run.
    pub fn switch(&mut self, ghost: usize) {
        self.lane_mut().jump(|tape| tape.switch(ghost));
        self.follow_active();
    }

    /// Puts a run B beside A, the same so far, or takes it away.
    pub fn compare(&mut self, on: bool) {
        if on != self.are_two() {
            (self.b, self.search) = (on.then(|| self.a.clone()), None);
        }
        self.active = if on { RunId::B } else { RunId::A };
    }

    /// Begins anew with another scenario, which stands alone; the pace stays.
    ///
    /// # Errors
    /// If the scenario is not allowed; nothing is changed then.
    pub fn begin(&mut self, scenario: Scenario) -> Result<(), InputError> {
        let fresh = Self::new(Tape::new(scenario)?);
        *self = Self { pace: self.pace.clone(), ..fresh };
        Ok(())
    }

    /// Begins all runs anew, each with its scenario after a `change` that may depend on how its
    /// knobs are set now.
    ///
    /// # Errors
    /// If the change is not allowed; nothing is changed then.
    pub fn restart(
        &mut self,
        change: impl Fn(&mut Scenario, &Knobs) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let fresh = |lane: &Lane| {
            let mut scenario = lane.tape.scenario().clone();
            change(&mut scenario, &lane.tape.run().pool().knobs)?;
            Tape::new(scenario).map(Lane::new)
        };
        (self.a, self.b) = (fresh(&self.a)?, self.b.as_ref().map(fresh).transpose()?);
        (self.target, self.jump, self.search) = (Instant::START, None, None);
        Ok(())
    }
}
