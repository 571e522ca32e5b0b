//! How near the simulator comes to a hand-tuned loop: time per event of scenario `load`, for 10 to
//! 10,000 workers, metrics and fixes on, against the floor in the same run; and what a copy of a
//! run costs, on which going back in time depends.
//!
//! `cargo bench --bench load` prints two tables and whether the aims are met. Only ratios mean
//! anything from machine to machine. Floor and simulator take turns, and of each the best of all
//! rounds is shown: what other programs do to a machine only ever adds.

mod clock;
mod floor;

use std::hint::black_box;

use clock::Stopwatch;
use floor::{Bare, Done, Same};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Run, built_in};

const SIZES: [u32; 4] = [10, 100, 1_000, 10_000];
const ROUNDS: u64 = 9;
/// Events in each measurement, about.
const EVENTS: f64 = 2_000_000.0;
/// Timers that end for each worker and second: arrivals, completions, beats.
const EVENTS_PER_WORKER: f64 = 2.7;
/// How many times the floor's time per event a run may take.
const MAX_RATIO: f64 = 3.0;
/// How many times the time per event of the smallest pool the largest may take.
const MAX_GROWTH: f64 = 1.5;

/// Time per event of each program, in ns.
#[derive(Clone, Copy)]
struct Cost {
    bare: f64,
    floor: f64,
    pool: f64,
}

fn main() {
    let mut best = SIZES.map(|_| Cost { bare: f64::MAX, floor: f64::MAX, pool: f64::MAX });
    for round in 0..ROUNDS {
        for (best, workers) in best.iter_mut().zip(SIZES) {
            let cost = measure(workers, round);
            best.bare = best.bare.min(cost.bare);
            best.floor = best.floor.min(cost.floor);
            best.pool = best.pool.min(cost.pool);
        }
    }
    println!("time per event ({}):\n", Stopwatch::KIND);
    println!("| workers | bare floor ns | floor ns | pool ns | to bare | to floor |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (Cost { bare, floor, pool }, workers) in best.iter().zip(SIZES) {
        let (to_bare, to_floor) = (pool / bare, pool / floor);
        println!(
            "| {workers} | {bare:.0} | {floor:.0} | {pool:.0} | {to_bare:.1} | {to_floor:.1} |"
        );
    }
    println!();
    for (cost, workers) in best.iter().zip(SIZES) {
        say(&format!("to the floor at {workers} workers"), cost.pool / cost.floor, MAX_RATIO);
    }
    let [first, .., last] = best;
    say("from the smallest pool to the largest", last.pool / first.pool, MAX_GROWTH);
    show_copies();
}

fn say(what: &str, is: f64, most: f64) {
    let met = if is <= most { "met" } else { "MISSED" };
    println!("{met}: {is:.2} {what}, at most {most}");
}

/// Takes each program's time over the same virtual time, one after the other.
fn measure(workers: u32, round: u64) -> Cost {
    let seconds = EVENTS / (f64::from(workers) * EVENTS_PER_WORKER);
    let bare = timed(|| floor::run(workers, seconds, Bare::new(round)));
    let floor = timed(|| floor::run(workers, seconds, Same::new(round)));
    let mut run = begin(workers, round);
    let watch = Stopwatch::start();
    run.advance(Instant::START + Duration::secs_f64(seconds), &mut ());
    let pool = watch.nanoseconds() / run.fired() as f64;
    // The same jobs, at the same times.
    assert_eq!(run.pool().ledger().submitted, floor.0.arrived, "{workers} workers");
    Cost { bare: bare.1, floor: floor.1, pool }
}

fn timed(run: impl FnOnce() -> Done) -> (Done, f64) {
    let watch = Stopwatch::start();
    let done = run();
    let spent = watch.nanoseconds() / done.fired as f64;
    assert!(done.finished > 0 && done.timed_out * 100 < done.finished, "{done:?}");
    (done, spent)
}

fn begin(workers: u32, seed: u64) -> Run {
    let mut scenario = built_in("load").expect("the scenario is built in");
    scenario.seed = seed;
    let rate = 0.85 * f64::from(workers);
    for (knob, value) in [(KnobId::workers, f64::from(workers)), (KnobId::arrival_rate, rate)] {
        scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    Run::new(&scenario).expect("the scenario is allowed")
}

/// What a copy of a run costs after five minutes.
fn show_copies() {
    println!("\na copy of a run, after five minutes:\n");
    println!("| workers | µs | KiB |");
    println!("| --- | --- | --- |");
    for (workers, copies) in [(10, 1_000), (1_000, 100)] {
        let mut run = begin(workers, 1);
        run.advance(Instant::START + Duration::secs(300), &mut ());
        let mut kept: Vec<Run> = Vec::with_capacity(copies);
        let watch = Stopwatch::start();
        (0..copies).for_each(|_| kept.push(run.clone()));
        let spent = watch.nanoseconds() / 1e3 / copies as f64;
        let size = run.bytes() / 1_024;
        black_box(&kept);
        println!("| {workers} | {spent:.1} | {size} |");
    }
}
