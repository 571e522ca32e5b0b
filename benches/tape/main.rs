//! How long the time machine takes to go to an instant, and how much memory it holds: an hour of
//! 10 and of 1,000 workers, and two hours of the page's own scenario.
//!
//! `cargo bench --bench tape` prints a table. Times are real: only their size means anything.

use std::time::Instant as WallClock;

use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Tape, built_in};

const SEEKS: u64 = 200;

fn main() {
    println!(
        "{:>8} {:>8} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "scenario",
        "workers",
        "hours",
        "events",
        "play s",
        "median ms",
        "worst ms",
        "back ms",
        "farthest",
        "MiB"
    );
    for (name, workers, hours) in
        [("load", 10, 1), ("load", 1_000, 1), ("zombie", 10, 2), ("normal", 10, 2)]
    {
        measure(name, workers, hours);
    }
}

fn measure(name: &str, workers: u32, hours: u64) {
    let mut scenario = built_in(name).expect("the scenario is built in");
    if name == "load" {
        let rate = 0.85 * f64::from(workers);
        for (knob, value) in [(KnobId::workers, f64::from(workers)), (KnobId::arrival_rate, rate)] {
            scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
        }
    }
    let mut tape = Tape::new(scenario).expect("the scenario is allowed");
    let end = Instant::START + Duration::secs(3_600) * hours;
    let begin = WallClock::now();
    tape.play(end, &mut ());
    let play = begin.elapsed().as_secs_f64();
    let events = tape.run().fired();
    let mut seeks = Vec::new();
    let mut backs = Vec::new();
    for n in 0..SEEKS {
        // Scattered over the whole run, never the same distance twice.
        let to = Instant::from_micros(n * 7_919 % SEEKS * end.as_micros() / SEEKS + n * 1_234_567);
        seeks.push(timed(|| tape.seek(to.min(end))));
        backs.push(timed(|| {
            tape.step_back();
        }));
    }
    seeks.sort_by(f64::total_cmp);
    backs.sort_by(f64::total_cmp);
    println!(
        "{name:>8} {workers:>8} {hours:>6} {events:>9} {play:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>9} \
         {:>9.1}",
        seeks[seeks.len() / 2],
        seeks[seeks.len() - 1],
        backs[backs.len() - 1],
        tape.longest_way(),
        tape.bytes() as f64 / f64::from(1 << 20),
    );
}

/// Milliseconds that it takes.
fn timed(act: impl FnOnce()) -> f64 {
    let begin = WallClock::now();
    act();
    begin.elapsed().as_secs_f64() * 1e3
}
