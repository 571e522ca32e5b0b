//! Tapes to begin with.

use super::start;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Command, Run, Scenario, Tape, built_in};

/// A tape of a scenario at its beginning.
pub fn tape(scenario: &Scenario) -> Tape {
    Tape::new(scenario.clone()).expect("the scenario is allowed")
}

/// A plain run of a scenario to an instant.
pub fn played(scenario: &Scenario, to: Instant) -> Run {
    let mut run = start(scenario);
    run.advance(to, &mut ());
    run
}

/// A tape of a built-in scenario, played for so many seconds.
pub fn night(name: &str, workers: f64, seconds: u64) -> Tape {
    let mut scenario = built_in(name).expect("the scenario is built in");
    scenario.knobs.set(KnobId::workers, &Value::Number(workers)).expect("the value is allowed");
    let mut tape = tape(&scenario);
    tape.play(Instant::START + Duration::secs(seconds), &mut ());
    tape
}

/// Sets a knob to a number.
pub fn set(knob: KnobId, value: f64) -> Command {
    Command::Set { knob, value: Value::Number(value) }
}
