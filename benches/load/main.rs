//! How near the simulator comes to a hand-tuned loop: time per event of scenario `load`, for 10 to
//! 10,000 workers, metrics and fixes on, against the floor in the same run.
//!
//! `cargo bench --bench load` prints a table. Only the ratios mean anything from machine to
//! machine; each figure is the median of rounds in which the two take turns.

mod floor;

use std::time::Instant as WallClock;

use zombie_workers::kernel::{Instant, Span};
use zombie_workers::knobs::Value;
use zombie_workers::run::{Run, built_in};

const SIZES: [u32; 4] = [10, 100, 1_000, 10_000];
const ROUNDS: usize = 7;
/// Events in each measurement, about.
const EVENTS: f64 = 2_000_000.0;
/// Timers that end for each worker and second: arrivals, completions, beats.
const EVENTS_PER_WORKER: f64 = 2.7;

fn main() {
    println!("{:>8} {:>12} {:>12} {:>8}", "workers", "floor ns", "pool ns", "ratio");
    for workers in SIZES {
        let seconds = EVENTS / (f64::from(workers) * EVENTS_PER_WORKER);
        let mut rounds: Vec<(f64, f64)> = (0..ROUNDS)
            .map(|round| (floor_ns(workers, seconds, round), pool_ns(workers, seconds, round)))
            .collect();
        let floor = median(&mut rounds, |round| round.0);
        let pool = median(&mut rounds, |round| round.1);
        let ratio = median(&mut rounds, |round| round.1 / round.0);
        println!("{workers:>8} {floor:>12.1} {pool:>12.1} {ratio:>8.2}");
    }
}

fn median(rounds: &mut [(f64, f64)], figure: impl Fn(&(f64, f64)) -> f64) -> f64 {
    rounds.sort_by(|a, b| figure(a).total_cmp(&figure(b)));
    figure(&rounds[rounds.len() / 2])
}

fn floor_ns(workers: u32, seconds: f64, round: usize) -> f64 {
    let begin = WallClock::now();
    let done = floor::run(workers, seconds, round as u64);
    let spent = begin.elapsed().as_nanos() as f64;
    assert!(done.finished > 0 && done.timed_out * 100 < done.finished, "{done:?}");
    spent / done.fired as f64
}

fn pool_ns(workers: u32, seconds: f64, round: usize) -> f64 {
    let mut scenario = built_in("load").expect("the scenario is built in");
    scenario.seed = round as u64;
    let rate = 0.85 * f64::from(workers);
    for (knob, value) in [("workers", f64::from(workers)), ("arrival_rate", rate)] {
        scenario.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    let begin = WallClock::now();
    run.advance(Instant::START + Span::secs_f64(seconds), &mut ());
    let spent = begin.elapsed().as_nanos() as f64;
    assert!(run.pool().ledger().succeeded > 0);
    spent / run.fired() as f64
}
