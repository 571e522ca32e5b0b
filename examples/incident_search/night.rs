//! A night as far as it has come, and what was done in it that the shape does not say.

use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{InputError, KnobId, Value};
use zombie_workers::run::{Chapter, Command, Run, Scenario, TimedCommand};

/// A run, with the commands that were given on the way.
#[derive(Clone)]
pub struct Night {
    /// As far as it has come.
    pub run: Run,
    given: Vec<Act>,
}

/// A command, and what it stands for in the story; nothing, if another tells it.
#[derive(Clone)]
pub struct Act {
    /// What is done.
    pub timed: TimedCommand,
    /// As a chapter of the scenario.
    pub tell: &'static str,
}

/// One thing that may be done, or `None` for letting it be.
pub type Choice = Option<Act>;

/// The choices there are at one place of the story. All dials of a list are in order of time, and
/// so are the choices of a dial.
pub type Dial = Vec<Choice>;

impl Night {
    /// The beginning of the night.
    ///
    /// # Errors
    /// If the shape has a command that is not allowed.
    pub fn begin(shape: &Scenario) -> Result<Self, InputError> {
        Ok(Self { run: Run::new(shape)?, given: Vec::new() })
    }

    /// Tries all combinations of choices, until `then` makes something of one.
    pub fn vary<T>(&self, dials: &[Dial], then: &mut dyn FnMut(Self) -> Option<T>) -> Option<T> {
        let Some((dial, rest)) = dials.split_first() else { return then(self.clone()) };
        let mut before = self.clone();
        for choice in dial {
            let mut night = before.clone();
            if let Some(act) = choice {
                before.run.advance(act.timed.at(), &mut ());
                night = before.clone();
                night.run.apply(&act.timed.command, &mut ()).ok()?;
                night.given.push(act.clone());
            }
            if let Some(found) = night.vary(rest, then) {
                return Some(found);
            }
        }
        None
    }

    /// Goes on until `at`; `None` if the run is not as wanted then.
    pub fn reach(mut self, at: Instant, wanted: fn(&Run) -> bool) -> Option<Self> {
        self.run.advance(at, &mut ());
        wanted(&self.run).then_some(self)
    }

    /// The scenario of this night, with the sizes of memory that were found.
    pub fn write(&self, shape: &Scenario, sizes: &[(KnobId, u32)]) -> Scenario {
        let mut scenario = shape.clone();
        scenario.seed = self.run.pool().seed;
        for (knob, mib) in sizes {
            let set = scenario.knobs.set(*knob, &Value::Number(f64::from(*mib)));
            debug_assert!(set.is_ok(), "{}", knob.name());
        }
        for Act { timed, tell } in &self.given {
            scenario.commands.push(timed.clone());
            if !tell.is_empty() {
                let tell = (*tell).to_owned();
                scenario.chapters.push(Chapter { at_s: timed.at_s, tell });
            }
        }
        scenario.commands.sort_by_key(TimedCommand::at);
        scenario.chapters.sort_by_key(Chapter::at);
        scenario
    }
}

/// The instant at which the shape's clock shows `text`.
pub fn seconds(shape: &Scenario, text: &str) -> Instant {
    shape.clock.find(text).expect("the program's own times are times of day")
}

/// A command, and the time on the clock at which it is given.
pub fn act(shape: &Scenario, clock: &str, command: Command, tell: &'static str) -> Act {
    let at_s = seconds(shape, clock).as_secs_f64();
    Act { timed: TimedCommand { at_s, command }, tell }
}
