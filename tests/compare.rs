//! A | B: the same jobs in both, whatever the fixes; and which of the two does better.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::{at, start};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{Fix, KnobId, Value};
use zombie_workers::pool::{Event, JobKind, Outcome, Truth};
use zombie_workers::run::{RunId, Scenario, built_in, compare};

/// A night on a machine that is never short of cores or memory: so the time that a job takes is its
/// own work and nothing else.
fn night(seed: u64, fixes: u32) -> Scenario {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    scenario.seed = seed;
    let roomy =
        [(KnobId::cores, 100_000.0), (KnobId::host_memory_mib, 1e8), (KnobId::toxic_share, 0.02)];
    for (knob, value) in roomy {
        scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    for fix in Fix::ALL {
        fix.switch(&mut scenario.knobs, fixes >> fix as u32 & 1 == 1);
    }
    scenario
}

/// What is seen of jobs: when each arrived and as what; how long it took and how it ended, if it
/// did; and which hung.
#[derive(Default)]
struct Seen {
    arrived: Vec<(Instant, u32, JobKind)>,
    ended: BTreeMap<u32, (Duration, Outcome)>,
    hung: BTreeMap<u32, ()>,
}

fn watch(scenario: &Scenario) -> Seen {
    let mut seen = Seen::default();
    let mut run = start(scenario);
    run.advance(at(600.0), &mut |now: Instant, event: &Event| match *event {
        Event::Submitted { job, kind } => seen.arrived.push((now, job.0, kind)),
        Event::Finished { job, ran, outcome, .. } => {
            seen.ended.insert(job.0, (ran, outcome));
        }
        Event::Truth(Truth::Hung { job: Some(job), .. }) => {
            seen.hung.insert(job.0, ());
        }
        _ => {}
    });
    seen
}

#[test]
fn the_jobs_are_the_same_under_all_combinations_of_the_fixes() {
    for seed in [7, 8] {
        let plain = watch(&night(seed, 0));
        assert!(plain.arrived.len() > 3_000 && !plain.hung.is_empty());
        for fixes in 1..32 {
            let fixed = watch(&night(seed, fixes));
            assert!(plain.arrived == fixed.arrived, "seed {seed}, fixes {fixes:05b}: arrivals");
            let mut compared = 0;
            for (job, end) in &fixed.ended {
                assert!(!plain.hung.contains_key(job), "job {job} hung without fixes {fixes:05b}");
                if let Some(other) = plain.ended.get(job) {
                    assert_eq!(end, other, "seed {seed}, fixes {fixes:05b}: job {job}");
                    compared += 1;
                }
            }
            assert!(compared > 500, "seed {seed}, fixes {fixes:05b}: {compared} jobs in both");
            assert!(fixed.hung.keys().all(|job| !plain.ended.contains_key(job)));
        }
    }
}

#[test]
fn the_table_says_which_run_does_better() {
    let [plain, fixed] = [0, 31].map(|fixes| {
        let mut run = start(&night(7, fixes));
        run.advance(at(600.0), &mut ());
        run
    });
    let rows = compare(&plain, &fixed);
    let names: Vec<&str> = rows.iter().map(|row| row.figure.name).collect();
    assert_eq!(names, ["Goodput", "p95", "Peak Memory", "Zombie Workers", "Wasted"]);
    for (row, mirrored) in rows.iter().zip(compare(&fixed, &plain)) {
        assert_eq!(row.better, Some(RunId::B), "{row:?}");
        assert!(row.a.is_some() && row.b.is_some());
        assert_eq!((mirrored.a, mirrored.b, mirrored.better), (row.b, row.a, Some(RunId::A)));
    }
    assert!(compare(&plain, &plain).iter().all(|row| row.better.is_none() && row.a == row.b));
}
