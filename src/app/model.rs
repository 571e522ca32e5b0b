//! What the page shows and what its viewer can do, without a browser: the run, the pace, the stage
//! and the past for the charts.

use crate::kernel::{Instant, Span};
use crate::knobs::{Fault, Knob, Value};
use crate::pool::{Event, WorkerId};
use crate::run::{Command, Run, Scenario, built_in};
use crate::scene::{Pace, Stage, View};
use crate::watch::{Point, Sample, Series};

/// How fast time goes when the page opens: the story takes about a minute.
const OPENING_SPEED: f64 = 4.0;
/// Milliseconds that the run may take of a frame; what is missing then is left out.
const BUDGET_MS: f64 = 10.0;
/// Time between two readings for the charts.
const READING: Span = Span::secs(1);
/// How far a step looks for the next event.
const STEP: Span = Span::secs(3_600);

/// The state behind the page.
pub struct Model {
    /// The scenario, with the seed and what was turned before the beginning.
    pub scenario: Scenario,
    /// The run.
    pub run: Run,
    /// Whether and how fast time goes.
    pub pace: Pace,
    /// Who is walking where.
    pub stage: Stage,
    /// The past, for the charts.
    pub series: Series,
    /// The worker that the viewer has picked.
    pub chosen: Option<WorkerId>,
    /// Whether the stage shows what the supervisor believes, in the place of what is so.
    pub belief: bool,
    /// The machine does not keep up with the speed.
    pub behind: bool,
    next_reading: Instant,
}

impl Model {
    /// A model at the beginning of a built-in scenario.
    ///
    /// # Errors
    /// If there is no such scenario.
    pub fn open(name: &str) -> Result<Self, Fault> {
        Self::start(built_in(name)?)
    }

    /// A model at the beginning of any scenario.
    ///
    /// # Errors
    /// If the scenario is not allowed.
    pub fn start(scenario: Scenario) -> Result<Self, Fault> {
        let mut model = Self {
            run: Run::new(&scenario)?,
            scenario,
            pace: Pace::new(OPENING_SPEED),
            stage: Stage::default(),
            series: Series::default(),
            chosen: None,
            belief: false,
            behind: false,
            next_reading: Instant::START,
        };
        model.advance(Instant::START);
        Ok(model)
    }

    /// Goes back to the beginning, with everything as it is turned now.
    ///
    /// # Errors
    /// If the scenario is not allowed; nothing is changed then.
    pub fn reset(&mut self, scenario: Scenario) -> Result<(), Fault> {
        let (pace, belief) = (self.pace.clone(), self.belief);
        *self = Self { pace, belief, ..Self::start(scenario)? };
        Ok(())
    }

    /// Moves on by a frame of `seconds`. `clock` tells milliseconds, to keep within the budget.
    pub fn frame(&mut self, seconds: f64, view: View, clock: impl Fn() -> f64) {
        let begin = clock();
        let target = self.pace.until(self.run.now(), seconds);
        while self.run.now() < target && clock() - begin < BUDGET_MS {
            self.advance((self.run.now() + READING).min(target));
        }
        self.behind = self.run.now() < target;
        self.stage.follow(&self.run, seconds, view);
    }

    /// Runs up to `until`, and takes the readings that fall due.
    pub fn advance(&mut self, until: Instant) {
        let Self { run, stage, series, next_reading, .. } = self;
        let mut watch = |now, event: &Event| stage.saw(now, event);
        while *next_reading <= until {
            run.advance(*next_reading, &mut watch);
            series.push(Point::from(&run.sample()));
            *next_reading += READING;
        }
        run.advance(until, &mut watch);
    }

    /// Runs to the next event.
    pub fn step(&mut self) {
        self.pace.playing = false;
        let Self { run, stage, .. } = self;
        let until = run.now() + STEP;
        run.step(until, &mut |now, event: &Event| stage.saw(now, event));
        let now = self.run.now();
        self.advance(now);
    }

    /// Turns a knob, now.
    ///
    /// # Errors
    /// If the value is not allowed; nothing is changed then.
    pub fn turn(&mut self, knob: &Knob, text: &str) -> Result<(), Fault> {
        let value = Value::from_text(text);
        let command = Command::Set { knob: knob.name.to_owned(), value };
        let Self { run, stage, .. } = self;
        run.apply(&command, &mut |now, event: &Event| stage.saw(now, event))
    }

    /// What the instruments show now.
    pub fn sample(&self) -> Sample {
        self.run.sample()
    }

    /// Picks the worker after the one that is picked, or before it.
    pub fn choose_next(&mut self, back: bool) {
        let ids: Vec<WorkerId> =
            self.run.pool().roster().iter().map(|record| record.who.id).collect();
        let at = ids.iter().position(|id| Some(*id) == self.chosen);
        let next = match (at, back) {
            (Some(at), false) => (at + 1) % ids.len(),
            (Some(at), true) => (at + ids.len() - 1) % ids.len(),
            (None, _) => 0,
        };
        self.chosen = ids.get(next).copied();
    }

    /// The state in a sentence, for those who cannot see it.
    pub fn digest(&self) -> String {
        let sample = self.sample();
        let trend = match self.series.points() {
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

    /// What it takes to repeat this run.
    pub fn recipe(&self) -> String {
        let changed = self.run.pool().knobs.changed_from(&self.scenario.knobs);
        let turned: Vec<String> =
            changed.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!(
            "scenario {}, seed {}, turned: {}; at {} s",
            self.scenario.name,
            self.scenario.seed,
            if turned.is_empty() { "nothing".to_owned() } else { turned.join(" ") },
            self.run.now().as_secs_f64()
        )
    }
}
