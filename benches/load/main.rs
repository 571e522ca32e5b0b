//! How near the simulator comes to a hand-tuned loop: time per event of scenario `load`, for 10 to
//! 1,000,000 workers, metrics and fixes on, against the floor in the same run; and what a copy of a
//! run costs, on which going back in time depends.
//!
//! `cargo bench --bench load` prints two tables and whether the aims are met. Only ratios mean
//! anything from machine to machine. Floor and simulator take turns, and of each the best of all
//! rounds is shown: what other programs do to a machine only ever adds.

mod clock;
mod floor;

use std::hint::black_box;

use clock::Stopwatch;
use floor::{Bare, Draws, Floor, Same};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Run, built_in};

const SIZES: [u32; 6] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
const ROUNDS: u64 = 5;
/// Events in each measurement, about.
const EVENTS: f64 = 2_000_000.0;
/// Virtual time until all workers have started up and done their first jobs, in seconds.
const WARM_UP_S: f64 = 3.0;
/// Timers that end for each worker and second: arrivals, completions, beats.
const EVENTS_PER_WORKER: f64 = 2.7;
/// How many times the floor's time per event a run is to take at most.
const fn aim(workers: u32) -> f64 {
    if workers <= ORDINARY { 2.0 } else { 4.0 }
}
/// How many times the time per event of the smallest pool one of [`ORDINARY`] workers is to take
/// at most.
const MAX_GROWTH: f64 = 1.2;
/// Up to so many workers a pool is to cost the same for each event, or nearly.
const ORDINARY: u32 = 10_000;

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
        say(&format!("to the floor at {workers} workers"), cost.pool / cost.floor, aim(workers));
    }
    let last = SIZES.iter().zip(best).rfind(|(size, _)| **size <= ORDINARY);
    let growth = last.map_or(0.0, |(_, cost)| cost.pool) / best[0].pool;
    say(&format!("from {} to {ORDINARY} workers", SIZES[0]), growth, MAX_GROWTH);
    show_copies();
}

fn say(what: &str, is: f64, most: f64) {
    let met = if is <= most { "met" } else { "MISSED" };
    println!("{met}: {is:.2} {what}, at most {most}");
}

/// Takes each program's time over the same virtual time, one after the other, once all workers
/// have started up and taken their first jobs.
fn measure(workers: u32, round: u64) -> Cost {
    let seconds = EVENTS / (f64::from(workers) * EVENTS_PER_WORKER);
    let bare = time_floor(Floor::new(workers, Bare::new(round)), seconds).0;
    let (floor, arrived) = time_floor(Floor::new(workers, Same::new(round)), seconds);
    let mut run = begin(workers, round);
    run.advance(Instant::START + Duration::secs_f64(WARM_UP_S), &mut ());
    let (watch, fired) = (Stopwatch::start(), run.fired());
    run.advance(Instant::START + Duration::secs_f64(WARM_UP_S + seconds), &mut ());
    let pool = watch.nanoseconds() / (run.fired() - fired) as f64;
    // The same jobs, at the same times.
    assert_eq!(run.pool().ledger().submitted, arrived, "{workers} workers");
    Cost { bare, floor, pool }
}

/// Time per event of a floor, and the jobs that have arrived.
fn time_floor(mut floor: Floor<impl Draws>, seconds: f64) -> (f64, u64) {
    let before = floor.advance(WARM_UP_S).fired;
    let watch = Stopwatch::start();
    let done = floor.advance(WARM_UP_S + seconds);
    let spent = watch.nanoseconds() / (done.fired - before) as f64;
    assert!(done.finished > 0 && done.timed_out * 100 < done.finished, "{done:?}");
    (spent, done.arrived)
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
