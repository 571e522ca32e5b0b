//! The runs that are shown: A, perhaps B beside it, and the one clock of both.

use super::lane::Lane;
use super::pace::Pace;
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, Knobs};
use crate::run::link::{Link, Other, View as Look};
use crate::run::{Command, Interest, RunId, Scenario, Tape, TimedCommand};
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
#[derive(Debug)]
pub struct Runs {
    a: Lane,
    b: Option<Lane>,
    active: RunId,
    /// Whether and how fast time goes.
    pub pace: Pace,
    /// Where all lanes are to stand.
    target: Instant,
    /// Whether `target` was set by a jump in time since the last frame.
    jumped: bool,
    behind: bool,
    jump_ms: Option<f64>,
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
            jumped: false,
            behind: false,
            jump_ms: None,
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
        self.active = if self.are_two() { id } else { RunId::A };
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

    /// Whether the last frame was too short to bring all runs to [`Runs::now`].
    pub fn is_behind(&self) -> bool {
        self.behind
    }

    /// What the last jump in time cost, in milliseconds; told once.
    pub fn take_jump_ms(&mut self) -> Option<f64> {
        self.jump_ms.take()
    }

    /// A frame of `seconds` passes. While `still`, time waits, but runs that are not yet at
    /// [`Runs::now`] go on. `clock` tells milliseconds, to keep within the frame's budget; `views`
    /// tell how each stage is looked at.
    pub fn frame(&mut self, seconds: f64, still: bool, views: [View; 2], clock: impl Fn() -> f64) {
        let begin = clock();
        if !self.behind && !still && !self.jumped {
            self.target = self.pace.until(self.target, seconds);
        }
        let (target, jumped) = (self.target, std::mem::take(&mut self.jumped));
        let in_time = || clock() < begin + BUDGET_MS;
        let mut arrived = true;
        for (lane, view) in [Some(&mut self.a), self.b.as_mut()].into_iter().flatten().zip(views) {
            arrived &= lane.approach(target, jumped, &in_time);
            lane.follow(seconds, view);
        }
        self.behind = !arrived;
        if jumped {
            self.jump_ms = Some(clock() - begin);
        }
    }

    /// Goes to an instant, back or forward.
    pub fn seek(&mut self, to: Instant) {
        self.target = to;
        self.jumped = true;
    }

    /// Runs to the next event of the active run.
    pub fn step(&mut self) {
        self.pace.playing = false;
        let until = self.tape().now() + STEP;
        self.lane_mut().step(until);
        self.target = self.tape().now();
    }

    /// Goes back by one event of the active run.
    pub fn step_back(&mut self) {
        self.pace.playing = false;
        self.lane_mut().jump(Tape::step_back);
        self.target = self.tape().now();
    }

    /// Goes to where the next thing of interest happens in the active run. False if there is none
    /// within an hour.
    pub fn run_to(&mut self, what: Interest) -> bool {
        let found = self.tape().find_next(what, SEARCH);
        if let Some(at) = found {
            self.pace.playing = false;
            self.target = at;
            self.jumped = at <= self.tape().end();
        }
        found.is_some()
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
        self.lane_mut().issue(command)
    }

    /// Takes back the last command of the active run, and goes to where it was issued. `None` if
    /// there was none.
    pub fn undo(&mut self) -> Option<TimedCommand> {
        let undone = self.lane_mut().jump(Tape::undo);
        self.target = self.tape().now();
        self.jumped = self.are_two();
        undone
    }

    /// Goes back to an abandoned timeline of the active run.
    pub fn switch(&mut self, ghost: usize) {
        self.lane_mut().jump(|tape| tape.switch(ghost));
        self.target = self.tape().now();
    }

    /// Puts a run B beside A, the same so far, or takes it away.
    pub fn compare(&mut self, on: bool) {
        if on != self.are_two() {
            self.b = on.then(|| self.a.clone());
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
        (self.target, self.jumped) = (Instant::START, false);
        Ok(())
    }
}
