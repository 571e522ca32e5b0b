//! Random scenarios, knobs and commands, for the property tests.

#![allow(dead_code)] // Each test file takes what it needs.

pub mod cli;
pub mod lesson;
pub mod nights;
pub mod promtool;
pub mod tapes;
pub mod vectors;

use proptest::prelude::*;
use zombie_workers::guard::Rollout;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{Bounds, KnobId, Value};
use zombie_workers::pool::{Hang, JobId, WorkerId};
use zombie_workers::run::{Command, Run, Scenario, TimedCommand, built_in};

/// Scenarios to start from.
pub const NAMES: [&str; 4] = ["normal", "zombie", "queue", "load"];
/// How long each random run is, in virtual seconds.
pub const LENGTH: u32 = 180;

/// A value that a knob allows. Knobs that only make the run larger are kept small.
fn allowed(knob: KnobId) -> BoxedStrategy<Value> {
    match (knob, knob.row().bounds) {
        (KnobId::workers, _) => (1..=40u32).prop_map(|n| Value::Number(f64::from(n))).boxed(),
        (KnobId::leak_kib_per_s, _) => (0.0..400.0).prop_map(Value::Number).boxed(),
        (KnobId::arrival_rate, _) => (0.0..40.0).prop_map(Value::Number).boxed(),
        (KnobId::toxic_share | KnobId::taint_share | KnobId::crash_share, _) => {
            (0.0..0.5).prop_map(Value::Number).boxed()
        }
        (
            KnobId::beat_interval_s
            | KnobId::scan_interval_s
            | KnobId::normal_yield_s
            | KnobId::report_yield_s,
            _,
        ) => (0.05..20.0).prop_map(Value::Number).boxed(),
        (_, Bounds::Flag) => any::<bool>().prop_map(Value::Flag).boxed(),
        (_, Bounds::Words(words)) => {
            prop::sample::select(words).prop_map(|word| Value::Word(word.to_owned())).boxed()
        }
        (_, Bounds::Whole(min, max)) => {
            (min as u64..=max.min(min + 500.0) as u64).prop_map(|n| Value::Number(n as f64)).boxed()
        }
        (_, Bounds::Share(min, max)) => (min..=max).prop_map(Value::Number).boxed(),
        (_, Bounds::Real(min, max)) => (min..=max.min(min + 100.0)).prop_map(Value::Number).boxed(),
    }
}

/// A knob and a value that it allows.
pub fn setting() -> impl Strategy<Value = (KnobId, Value)> {
    prop::sample::select(KnobId::ALL)
        .prop_flat_map(|knob| allowed(knob).prop_map(move |value| (knob, value)))
}

/// A way to hang.
pub fn hang() -> impl Strategy<Value = Hang> {
    prop::sample::select(&Hang::ALL[..])
}

fn worker() -> impl Strategy<Value = WorkerId> {
    (0..60u32).prop_map(WorkerId)
}

/// A way to deploy.
pub fn rollout() -> impl Strategy<Value = Rollout> {
    prop::sample::select(&Rollout::ALL[..])
}

/// Something to do to a run; a worker named in it need not be there.
pub fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        6 => setting().prop_map(|(knob, value)| Command::Set { knob, value }),
        1 => (1..200u32).prop_map(|jobs| Command::Burst { jobs }),
        2 => prop::option::of((0..800u32).prop_map(JobId)).prop_map(|job| Command::Poison { job }),
        2 => (worker(), hang()).prop_map(|(worker, how)| Command::Hang { worker, how }),
        2 => worker().prop_map(|worker| Command::Kill { worker }),
        2 => worker().prop_map(|worker| Command::Drain { worker }),
        1 => (rollout(), 0.0..90.0).prop_map(|(how, grace_s)| Command::Deploy { how, grace_s }),
    ]
}

prop_compose! {
    /// Any scenario, turned and poked at random.
    pub fn scenario()(
        name in prop::sample::select(&NAMES[..]),
        seed in any::<u32>(),
        settings in prop::collection::vec(setting(), 0..12),
        commands in prop::collection::vec((0.0..f64::from(LENGTH), command()), 0..12),
    ) -> Scenario {
        let mut scenario = built_in(name).expect("the scenario is built in");
        scenario.seed = u64::from(seed);
        for (knob, value) in [(KnobId::workers, 8.0), (KnobId::arrival_rate, 8.0)] {
            scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
        }
        for (knob, value) in settings {
            scenario.knobs.set(knob, &value).expect("the value is allowed");
        }
        let timed = |(at_s, command)| TimedCommand { at_s, command };
        scenario.commands.extend(commands.into_iter().map(timed));
        scenario
    }
}

/// So many seconds into a run.
pub fn at(seconds: f64) -> Instant {
    Instant::START + Duration::secs_f64(seconds)
}

/// The end of each random run.
pub fn end() -> Instant {
    at(f64::from(LENGTH))
}

/// A run at its beginning.
pub fn start(scenario: &Scenario) -> Run {
    Run::new(scenario).expect("the scenario is allowed")
}

/// The random scenario of a seed: the same for ever, so that a failure can be repeated by it.
pub fn storm(seed: u64) -> Scenario {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    scenario().new_tree(&mut runner).expect("nothing is filtered").current()
}
