//! What the page shows and what its viewer can do, without a browser: one tape, or two side by
//! side, the pace, and who is walking where.

use super::side::Side;
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, Knobs, Value};
use crate::pool::{JobId, WorkerId};
use crate::run::link::{Link, Other, View};
use crate::run::{self, Command, Interest, Scenario, Tape, TimedCommand};
use crate::scene::{Pace, View as Sight};
use crate::watch::Sample;

/// How fast time goes when the page opens: the story takes about a minute.
const OPENING_SPEED: f64 = 4.0;
/// Milliseconds that the runs may take of a frame; what is missing then is left for the next.
const BUDGET_MS: f64 = 10.0;
/// How far a step looks for the next event.
const STEP: Duration = Duration::secs(3_600);
/// How far a search for something of interest looks.
const SEARCH: Duration = Duration::secs(3_600);

/// One of the two runs that may stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// The first, which is always there.
    #[default]
    A,
    /// The second.
    B,
}

impl Which {
    /// The name of its stage in the page.
    pub fn stage(self) -> &'static str {
        match self {
            Self::A => "stage",
            Self::B => "stage-b",
        }
    }
}

impl From<Which> for run::Side {
    fn from(which: Which) -> Self {
        match which {
            Which::A => Self::A,
            Which::B => Self::B,
        }
    }
}

/// What the viewer has picked on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A worker.
    Worker(WorkerId),
    /// A job.
    Job(JobId),
}

/// The state behind the page.
pub struct Model {
    a: Side,
    b: Option<Side>,
    /// The side that knobs and pokes act on.
    pub hand: Which,
    /// Whether and how fast time goes.
    pub pace: Pace,
    /// What the viewer has picked, on the side of the hand.
    pub chosen: Option<Chosen>,
    /// Whether the stage shows what the supervisor believes, in the place of what is so.
    pub belief: bool,
    /// The viewer holds the bar of time: it stands still under the hand.
    pub held: bool,
    /// The machine does not keep up.
    pub behind: bool,
    /// What the last jump in time cost, in milliseconds.
    pub jump_ms: Option<f64>,
    /// Where all sides are to stand.
    target: Instant,
    /// The viewer has jumped in time.
    jumped: bool,
}

impl Model {
    /// A model of what a link shows.
    ///
    /// # Errors
    /// As [`Tape::with`].
    pub fn show(link: &Link) -> Result<Self, InputError> {
        let mut model = Self::of(link.tape()?);
        model.b = link.other_tape()?.map(Side::new);
        model.chosen = link.view.worker.map(|worker| Chosen::Worker(WorkerId(worker)));
        model.pace.playing = !link.view.paused;
        if let Some(speed) = link.view.speed {
            model.pace.set_speed(speed);
        }
        if let Some(at) = link.at {
            model.seek(at);
        }
        Ok(model)
    }

    /// A link to what is shown, that looks as `look` says.
    pub fn link(&self, look: View) -> Link {
        let (tape, other) = (&self.a.tape, self.b.as_ref().map(|b| &b.tape));
        let worker = match self.chosen {
            Some(Chosen::Worker(WorkerId(worker))) => Some(worker),
            _ => None,
        };
        let speed = Some(self.pace.speed()).filter(|speed| *speed != OPENING_SPEED);
        let view = View { worker, speed, paused: !self.pace.playing, ..look };
        Link { other: other.map(Other::of), ..Link::of(tape, view) }
    }

    fn of(tape: Tape) -> Self {
        Self {
            target: tape.now(),
            a: Side::new(tape),
            b: None,
            hand: Which::A,
            pace: Pace::new(OPENING_SPEED),
            chosen: None,
            belief: false,
            held: false,
            behind: false,
            jump_ms: None,
            jumped: false,
        }
    }

    /// Begins anew with another scenario; what is not about the run stays as it is.
    ///
    /// # Errors
    /// If the scenario is not allowed; nothing is changed then.
    pub fn reset(&mut self, scenario: Scenario) -> Result<(), InputError> {
        let fresh = Self::of(Tape::new(scenario)?);
        let (pace, belief) = (self.pace.clone(), self.belief);
        *self = Self { pace, belief, ..fresh };
        Ok(())
    }

    /// Begins anew, on both sides, with the scenarios there are after a `change` that may depend on
    /// how the knobs are turned now.
    ///
    /// # Errors
    /// If the change is not allowed; nothing is changed then.
    pub fn restart(
        &mut self,
        change: impl Fn(&mut Scenario, &Knobs) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let fresh = |side: &Side| {
            let mut scenario = side.tape.scenario().clone();
            change(&mut scenario, &side.tape.run().pool().knobs)?;
            Tape::new(scenario).map(Side::new)
        };
        let (a, b) = (fresh(&self.a)?, self.b.as_ref().map(fresh).transpose()?);
        (self.a, self.b) = (a, b);
        (self.target, self.chosen) = (Instant::START, None);
        Ok(())
    }

    /// The side that the hand is on.
    pub fn side(&self) -> &Side {
        match (&self.b, self.hand) {
            (Some(b), Which::B) => b,
            _ => &self.a,
        }
    }

    fn side_mut(&mut self) -> &mut Side {
        match (&mut self.b, self.hand) {
            (Some(b), Which::B) => b,
            _ => &mut self.a,
        }
    }

    /// The first side, and the second if there is one.
    pub fn sides(&self) -> (&Side, Option<&Side>) {
        (&self.a, self.b.as_ref())
    }

    /// The tape of the side that the hand is on.
    pub fn tape(&self) -> &Tape {
        &self.side().tape
    }

    /// Moves on by a frame of `seconds`. `clock` tells milliseconds, to keep within the budget.
    pub fn frame(&mut self, seconds: f64, sights: [Sight; 2], clock: impl Fn() -> f64) {
        let begin = clock();
        let deadline = begin + BUDGET_MS;
        if !self.behind && !self.held && !self.jumped {
            self.target = self.pace.until(self.target, seconds);
        }
        let (target, jumped) = (self.target, std::mem::take(&mut self.jumped));
        let in_time = || clock() < deadline;
        let mut arrived = true;
        for side in [Some(&mut self.a), self.b.as_mut()].into_iter().flatten() {
            arrived &= side.approach(target, jumped, in_time);
        }
        self.behind = !arrived;
        if jumped {
            self.jump_ms = Some(clock() - begin);
        }
        self.a.stage.follow(self.a.tape.run(), seconds, sights[0]);
        if let Some(b) = &mut self.b {
            b.stage.follow(b.tape.run(), seconds, sights[1]);
        }
    }

    /// Goes to an instant, back or forward.
    pub fn seek(&mut self, to: Instant) {
        self.target = to;
        self.jumped = true;
    }

    /// Where it stands, or is about to.
    pub fn now(&self) -> Instant {
        self.target
    }

    /// Runs to the next event of the side of the hand.
    pub fn step(&mut self) {
        self.pace.playing = false;
        let side = self.side_mut();
        let until = side.tape.now() + STEP;
        let stage = &mut side.stage;
        side.tape.step(until, &mut |now, event: &_| stage.saw(now, event));
        self.target = self.side().tape.now();
    }

    /// Goes back by one event of the side of the hand.
    pub fn step_back(&mut self) {
        self.pace.playing = false;
        let side = self.side_mut();
        side.tape.step_back();
        side.stage.jump();
        self.target = self.side().tape.now();
    }

    /// Goes to where the next thing of interest happens on the side of the hand. False if nothing
    /// of the kind does within an hour.
    pub fn run_to(&mut self, what: Interest) -> bool {
        let found = self.side().tape.find_next(what, SEARCH);
        if let Some(at) = found {
            self.pace.playing = false;
            self.target = at;
            self.jumped = at <= self.side().tape.end();
        }
        found.is_some()
    }

    /// Turns a knob, now, on the side of the hand.
    ///
    /// # Errors
    /// If the value is not allowed; nothing is changed then.
    pub fn turn(&mut self, knob: KnobId, text: &str) -> Result<(), InputError> {
        let value = Value::from_text(text);
        if self.tape().run().pool().knobs.get(knob) == value {
            return Ok(());
        }
        self.give(Command::Set { knob, value })
    }

    /// Does something to the run, now, on the side of the hand.
    ///
    /// # Errors
    /// If it is not allowed; nothing is changed then.
    pub fn give(&mut self, command: Command) -> Result<(), InputError> {
        let Side { tape, stage } = self.side_mut();
        tape.apply(command, &mut |now, event: &_| stage.saw(now, event))
    }

    /// Takes back the last thing that was done, and goes to where it was.
    pub fn undo(&mut self) -> Option<TimedCommand> {
        let side = self.side_mut();
        let undone = side.tape.undo();
        side.stage.jump();
        self.target = self.side().tape.now();
        self.jumped = self.b.is_some();
        undone
    }

    /// Goes back to a future that was left.
    pub fn switch(&mut self, ghost: usize) {
        let side = self.side_mut();
        side.tape.switch(ghost);
        side.stage.jump();
        self.target = self.side().tape.now();
    }

    /// Puts a second run beside the first, the same so far, or takes it away.
    ///
    /// # Errors
    /// If the first run's scenario is not allowed, which cannot be once it runs.
    pub fn compare(&mut self, on: bool) -> Result<(), InputError> {
        self.hand = if on { Which::B } else { Which::A };
        self.chosen = None;
        self.b = if on { Some(self.a.beside()?) } else { None };
        self.jumped = on;
        Ok(())
    }

    /// What the instruments of the side of the hand show now.
    pub fn sample(&self) -> Sample {
        self.tape().run().sample()
    }

    /// Picks the worker after the one that is picked, or before it.
    pub fn choose_next(&mut self, back: bool) {
        let roster = self.tape().run().pool().roster();
        let ids: Vec<WorkerId> = roster.iter().map(|record| record.who.id).collect();
        let at = ids.iter().position(|id| Some(Chosen::Worker(*id)) == self.chosen);
        let next = match (at, back) {
            (Some(at), false) => (at + 1) % ids.len(),
            (Some(at), true) => (at + ids.len() - 1) % ids.len(),
            (None, _) => 0,
        };
        self.chosen = ids.get(next).copied().map(Chosen::Worker);
    }

    /// The query of the link that repeats this run; or if it is too large for a link, its
    /// scenario.
    pub fn recipe(&self) -> String {
        match self.link(View::default()).write() {
            Ok(query) => format!("?{query}"),
            Err(_) => self.tape().recorded().to_toml(),
        }
    }

    /// What the instruments show in a sentence, for those who cannot see it.
    pub fn digest(&self, sample: &Sample) -> String {
        let trend = match self.tape().series().points() {
            [.., before, last] if last.queue_depth > before.queue_depth => "and rising",
            _ => "",
        };
        format!(
            "{}: {} of {} workers can work, {} zombies, queue {} {trend}, memory {} megabytes.",
            sample.clock,
            sample.active,
            sample.workers,
            sample.zombies,
            sample.queue_depth,
            sample.memory_mb
        )
    }
}
