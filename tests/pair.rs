//! A | B: the same jobs in both, whatever the fixes; and two clocks that are one.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::{at, start};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{Fix, KnobId, Value};
use zombie_workers::pool::{Event, JobKind, Outcome, Truth, WorkerId};
use zombie_workers::run::link::{Link, View};
use zombie_workers::run::{Command, Pair, Scenario, Side, Tape, built_in};

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

fn pair() -> Pair {
    let scenario = night(7, 0);
    let fixed = night(7, 31).knobs;
    Pair::new(scenario, fixed).expect("both scenarios are allowed")
}

#[test]
fn both_stand_at_the_same_instant_whatever_is_done() {
    let mut pair = pair();
    pair.play(at(120.0), &mut (), &mut ());
    let mut stood = Vec::new();
    for _ in 0..40 {
        stood.push(pair.now());
        assert!(pair.step(at(400.0), &mut (), &mut ()));
        assert_eq!(pair.a.now(), pair.b.now());
    }
    while let Some(before) = stood.pop().filter(|_| !stood.is_empty()) {
        assert!(pair.step_back());
        assert_eq!((pair.a.now(), pair.b.now()), (before, before));
    }
    pair.seek(at(60.0));
    pair.apply(Side::Both, &Command::Burst { jobs: 50 }).expect("a burst is allowed");
    assert_eq!((pair.a.ghosts().len(), pair.b.ghosts().len()), (1, 1));
    let kill = Command::Kill { worker: WorkerId(9_999) };
    for side in [Side::A, Side::B, Side::Both] {
        assert!(pair.apply(side, &kill).is_err());
    }
    pair.play(at(200.0), &mut (), &mut ());
    for (tape, fixes) in [(&pair.a, 0), (&pair.b, 31)] {
        let mut scenario = night(7, fixes);
        scenario.commands = tape.recorded().commands;
        let mut plain = start(&scenario);
        plain.advance(at(200.0), &mut ());
        assert_eq!(tape.run().trace_hash(), plain.trace_hash());
    }
}

#[test]
fn the_table_says_who_does_better() {
    let mut pair = pair();
    pair.play(at(600.0), &mut (), &mut ());
    let rows = pair.rows();
    let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names, ["goodput", "p95", "peak memory", "zombies", "wasted"]);
    for row in &rows {
        assert_eq!(row.better, Some(Side::B), "{row:?}");
        assert!(row.a.is_finite() && row.b.is_finite());
    }
    let even = Pair::new(night(7, 0), night(7, 0).knobs).expect("both scenarios are allowed");
    assert!(even.rows().iter().all(|row| row.better.is_none() && row.a == row.b));
}

#[test]
fn another_seed_is_refused() {
    let tape = |seed| Tape::new(night(seed, 0)).expect("the scenario is allowed");
    let error = Pair::of(tape(1), tape(2)).expect_err("the jobs differ").to_string();
    assert!(error.contains("seed of B") && error.contains("`2`"), "{error}");
}

#[test]
fn a_link_to_a_pair_leads_to_the_same_pair() {
    let mut pair = pair();
    pair.play(at(50.0), &mut (), &mut ());
    pair.apply(Side::Both, &Command::Burst { jobs: 5 }).expect("a burst is allowed");
    pair.play(at(60.0), &mut (), &mut ());
    pair.apply(Side::B, &Command::Poison { job: None }).expect("a job can be poisoned");
    pair.play(at(90.0), &mut (), &mut ());
    let text = Link::of_pair(&pair, View::default()).write().expect("the run is small");
    let link = Link::read(&text).expect("it was written here");
    let other = link.other_tape().expect("it is allowed").expect("there is a B");
    let mut again = Pair::of(link.tape().expect("it is allowed"), other).expect("same seed");
    again.seek(link.at.expect("it has a moment"));
    assert!(again.a.run() == pair.a.run() && again.b.run() == pair.b.run());
}
