//! Planned ends: graceful timeouts, and deploys.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeSet;

use common::at;
use common::lesson::Lesson;
use rayon::prelude::*;
use zombie_workers::guard::Rollout;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, KillReason, Revocation, SpawnReason, State, WorkerId};
use zombie_workers::run::{Command, Run, built_in};

fn order(run: &mut Run, command: Command) {
    run.apply(&command, &mut ()).expect("the command is allowed");
}

fn deploy(run: &mut Run, how: Rollout, grace_s: f64) {
    order(run, Command::Deploy { how, grace_s });
}

fn overdue(run: &Run) -> u64 {
    run.world().instruments.counters().killed(KillReason::Overdue)
}

/// Jobs that the deploy of the scenario takes from their workers, with another grace.
fn lost(seed: u64, how: Rollout, grace_s: f64) -> u64 {
    let mut scenario = built_in("deploy").expect("the scenario is built in");
    scenario.seed = seed;
    for timed in &mut scenario.commands {
        timed.command = Command::Deploy { how, grace_s };
    }
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    let mut lost = 0;
    run.advance(at(scenario.length_s + 14_400.0), &mut |_: Instant, event: &Event| {
        lost += u64::from(matches!(event, Event::Revoked { why: Revocation::WorkerKilled, .. }));
    });
    assert_eq!(run.pool().audit(), Vec::<String>::new(), "seed {seed}");
    let newest = run.pool().roster().iter().map(|record| record.who.id).min();
    assert!(newest >= Some(WorkerId(6)), "seed {seed}: no worker of the old release is there");
    assert_eq!(overdue(&run), lost, "each that was killed had a job");
    lost
}

#[test]
fn a_deploy_takes_the_jobs_that_are_longer_than_its_grace() {
    let mean = |how, grace_s| {
        let all: u64 = (0..60).into_par_iter().map(|seed| lost(seed, how, grace_s)).sum();
        all as f64 / 60.0
    };
    let (short, long) = (mean(Rollout::AtOnce, 30.0), mean(Rollout::AtOnce, 1_800.0));
    assert!((short - 3.7).abs() <= 0.4 && long == 0.0, "{short} and {long} jobs a deploy");
    let (short, long) = (mean(Rollout::Rolling, 30.0), mean(Rollout::Rolling, 1_800.0));
    assert!(short > 2.0 && long == 0.0, "{short} and {long} jobs a rolling deploy");
}

#[test]
fn a_rolling_deploy_leaves_all_slots_but_one_at_work() {
    for seed in 0..8 {
        let mut run = Lesson::of("normal").with("startup_s", 3).start(seed);
        run.advance(at(60.0), &mut ());
        let old: BTreeSet<u32> = run.pool().roster().iter().map(|record| record.who.id.0).collect();
        deploy(&mut run, Rollout::Rolling, 30.0);
        let mut fewest = u32::MAX;
        for step in 0..2_000 {
            run.advance(at(60.0 + f64::from(step) * 0.1), &mut ());
            let ready = |state| matches!(state, State::Idle | State::Busy | State::Draining);
            let at_work = run.pool().roster().iter().filter(|record| ready(record.state)).count();
            fewest = fewest.min(at_work as u32);
        }
        assert_eq!(fewest, 9, "seed {seed}: one at a time");
        let left = run.pool().roster().iter().filter(|record| old.contains(&record.who.id.0));
        assert_eq!(left.count(), 0, "seed {seed}: all are new");
        let counters = run.world().instruments.counters();
        assert_eq!(counters.spawns[SpawnReason::Recycled as usize], 10, "seed {seed}");
        assert_eq!((counters.deploys, run.sample().restarts_a_minute), (1, 0), "it is planned");
    }
}

#[test]
fn a_deploy_at_once_clears_the_graveyard() {
    let mut run = Lesson::of("zombie").start(7);
    run.advance(at(600.0), &mut ());
    assert!(run.sample().zombies > 5 && run.sample().hung > 5);
    order(&mut run, Command::Set { knob: KnobId::toxic_share, value: Value::Number(0.0) });
    order(&mut run, Command::Set { knob: KnobId::taint_share, value: Value::Number(0.0) });
    deploy(&mut run, Rollout::AtOnce, 10.0);
    run.advance(at(609.9), &mut ());
    assert!(run.sample().zombies > 5, "they have ten seconds");
    run.advance(at(610.0), &mut ());
    assert_eq!(run.sample().zombies, 0);
    assert!(overdue(&run) > 5);
}

#[test]
fn a_graceful_timeout_ends_every_planned_end() {
    // At the end of its life a worker that hangs would be a zombie for ever.
    let night = Lesson::of("zombie").with("graceful_timeout_s", 20);
    let mut run = night.start(7);
    let mut most = 0;
    for minute in 1..=10 {
        run.advance(at(60.0 * f64::from(minute)), &mut ());
        most = most.max(run.sample().zombies);
    }
    let alone = Lesson::of("zombie").tell(8, 600.0).remove(7).run.sample().zombies;
    assert!(most * 2 < alone, "at most {most} zombies; {alone} without it");
    assert!(overdue(&run) > 5);

    // Drained, of a removed slot, and hung without a job: turned on later, it reaches them all.
    let mut run = Lesson::of("normal").with("arrival_rate", 0).start(1);
    run.advance(at(10.0), &mut ());
    for worker in [WorkerId(1), WorkerId(9)] {
        order(&mut run, Command::Hang { worker, how: Default::default() });
    }
    order(&mut run, Command::Drain { worker: WorkerId(1) });
    order(&mut run, Command::Set { knob: KnobId::workers, value: Value::Number(9.0) });
    run.advance(at(100.0), &mut ());
    assert_eq!((overdue(&run), run.sample().alive), (0, 10), "without limit they stay");
    let graceful = Command::Set { knob: KnobId::graceful_timeout_s, value: Value::Number(95.0) };
    order(&mut run, graceful);
    run.advance(at(104.0), &mut ());
    assert_eq!(overdue(&run), 0);
    run.advance(at(106.0), &mut ());
    assert_eq!((overdue(&run), run.sample().hung), (2, 0));
}
