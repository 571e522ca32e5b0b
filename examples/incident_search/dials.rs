//! What may be turned, and to what: load, bursts and the moment of a decision, in round numbers.

use zombie_workers::knobs::Value;
use zombie_workers::run::{Command, Scenario};

use super::night::{Choice, Dial, timed};

/// The size of the nightly batch.
pub fn until_dashboard(shape: &Scenario) -> Vec<Dial> {
    vec![(22..=32).map(|n| burst(shape, "03:46:55", 5 * n)).collect()]
}

/// Customers try again, and the moment at which on-call stops the churn.
pub fn until_churn_ends(shape: &Scenario) -> Vec<Dial> {
    let decisions = ["03:49:20", "03:49:30", "03:49:40", "03:49:50", "03:50:00"];
    vec![
        turns(shape, "03:48:30", "arrival_rate", &[3.0, 3.2, 3.4, 3.5, 3.6, 3.8, 4.0]),
        turns(shape, "03:49:00", "toxic_share", &[0.004, 0.005, 0.006, 0.007, 0.008]),
        decisions.iter().flat_map(|at| turns(shape, at, "max_lifetime_s", &[21_600.0])).collect(),
    ]
}

/// Customers who try again all at once.
pub fn until_login(shape: &Scenario) -> Vec<Dial> {
    vec![(0..=10).map(|n| burst(shape, "03:51:40", 10 * n)).collect()]
}

/// Load falls off and comes back.
pub fn until_pattern(shape: &Scenario) -> Vec<Dial> {
    vec![
        turns(shape, "03:53:00", "arrival_rate", &[1.6, 1.8, 2.0, 2.2, 2.4]),
        turns(shape, "03:54:00", "toxic_share", &[0.004, 0.005, 0.006, 0.007, 0.008]),
        turns(shape, "03:58:00", "arrival_rate", &[1.6, 1.8, 2.0, 2.2, 2.4, 2.6]),
        (0..=10).map(|n| burst(shape, "04:02:00", 5 * n)).collect(),
    ]
}

fn turns(shape: &Scenario, at: &str, knob: &str, values: &[f64]) -> Dial {
    let turn = |&value| {
        let command = Command::Set { knob: knob.to_owned(), value: Value::Number(value) };
        Some(timed(shape, at, command))
    };
    values.iter().map(turn).collect()
}

/// So many jobs at once; none is nothing to do.
fn burst(shape: &Scenario, at: &str, jobs: u32) -> Choice {
    (jobs > 0).then(|| timed(shape, at, Command::Burst { jobs }))
}
