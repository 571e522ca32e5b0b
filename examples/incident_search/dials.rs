//! What may be turned, and to what: load, batches and the moment of a decision, in round numbers.

use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Command, Scenario};

use super::night::{Choice, Dial, act};

/// The size of the nightly batch.
pub fn until_dashboard(shape: &Scenario) -> Vec<Dial> {
    let tell = "The nightly batch arrives";
    vec![(22..=32).map(|n| burst(shape, "03:46:55", 5 * n, tell)).collect()]
}

/// How many customers try again, and when on-call stops the churn.
pub fn until_churn_ends(shape: &Scenario) -> Vec<Dial> {
    let moments = ["03:49:20", "03:49:30", "03:49:40", "03:49:50", "03:50:00"];
    let decide = |at: &&str| {
        let tell = "On-call lets workers live for hours, to stop the churn";
        turns(shape, at, KnobId::max_lifetime_s, &[21_600.0], tell)
    };
    let (rates, tell) = ([3.0, 3.2, 3.4, 3.5, 3.6, 3.8, 4.0], "Customers try again and again");
    vec![
        turns(shape, "03:48:30", KnobId::arrival_rate, &rates, tell),
        turns(shape, "03:48:30", KnobId::toxic_share, &[0.004, 0.005, 0.006, 0.007, 0.008], ""),
        moments.iter().flat_map(decide).collect(),
    ]
}

/// A customer that sends everything again at once.
pub fn until_login(shape: &Scenario) -> Vec<Dial> {
    let tell = "A customer sends everything again at once";
    vec![(0..=10).map(|n| burst(shape, "03:51:40", 10 * n, tell)).collect()]
}

/// Load falls off and comes back.
pub fn until_wave(shape: &Scenario) -> Vec<Dial> {
    let less = [1.2, 1.4, 1.5, 1.6, 1.8, 2.0];
    let more = [1.6, 1.8, 2.0, 2.2, 2.4, 2.5];
    vec![
        turns(shape, "03:53", KnobId::arrival_rate, &less, "Most customers give up for now"),
        turns(shape, "03:53", KnobId::toxic_share, &[0.003, 0.004, 0.005, 0.006], ""),
        turns(
            shape,
            "03:58",
            KnobId::arrival_rate,
            &more,
            "Customers of the next time zone wake up",
        ),
    ]
}

/// A batch that only makes the queue longer.
pub fn until_pattern(shape: &Scenario) -> Vec<Dial> {
    let tell = "A customer's batch arrives";
    vec![(0..=10).map(|n| burst(shape, "04:02", 5 * n, tell)).collect()]
}

fn turns(shape: &Scenario, at: &str, knob: KnobId, values: &[f64], tell: &'static str) -> Dial {
    let turn = |&value| {
        let command = Command::Set { knob, value: Value::Number(value) };
        Some(act(shape, at, command, tell))
    };
    values.iter().map(turn).collect()
}

/// So many jobs at once; none is nothing to do.
fn burst(shape: &Scenario, at: &str, jobs: u32, tell: &'static str) -> Choice {
    (jobs > 0).then(|| act(shape, at, Command::Burst { jobs }, tell))
}
