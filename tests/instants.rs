//! Two things at one instant: a completion wins over a deadline and over a kill, and what was
//! attempted is counted once.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use zombie_workers::pool::{Ledger, WorkerId};
use zombie_workers::run::{Command, Run};

/// One job, sent at 5 s to a pool of one worker, that needs so many seconds; any delivery is its
/// last.
fn one_job(service: &str) -> Lesson {
    Lesson::of("queue")
        .with("arrival_rate", 0)
        .with("workers", 1)
        .with("service_distribution", "constant")
        .with("service_mean_s", service)
        .with("normal_yield_s", 1_000)
        .with("max_deliveries", 1)
}

fn told(lesson: &Lesson) -> Run {
    let mut run = lesson.start(1);
    run.advance(at(5.0), &mut ());
    run.apply(&Command::Burst { jobs: 1 }, &mut ()).expect("it is allowed");
    run.advance(at(100.0), &mut ());
    assert_eq!(run.pool().audit(), Vec::<String>::new());
    run
}

fn ends(run: &Run) -> (u64, u64) {
    let Ledger { submitted, succeeded, dead_lettered, .. } = *run.pool().ledger();
    assert_eq!(submitted, succeeded + dead_lettered, "counted once");
    (succeeded, dead_lettered)
}

#[test]
fn a_completion_at_the_deadline_wins() {
    let with = |service| one_job(service).with("fix_timeouts", true).with("timeout_normal_s", 10);
    let run = told(&with("10"));
    assert_eq!((ends(&run), run.world().instruments.counters().timeouts), ((1, 0), 0));
    let run = told(&with("10.000001"));
    assert_eq!((ends(&run), run.world().instruments.counters().timeouts), ((0, 1), 1));
    // Its worker goes on, and its report comes too late.
    assert_eq!(run.world().instruments.counters().late_results, 1);
    assert_eq!(run.world().instruments.truth().false_timeouts, 1);
}

#[test]
fn a_completion_at_the_moment_of_the_kill_wins() {
    // Silent since its start, it is asked to leave by the scan at 11 s, and killed at 16 s.
    let with = |service| {
        let lesson = one_job(service).with("fix_detection", true).with("beat_interval_s", 3_600);
        lesson.with("liveness_timeout_s", 10).with("detector_sanity", 1).with("kill_grace_s", 5)
    };
    let run = told(&with("11"));
    assert_eq!(ends(&run), (1, 0));
    let run = told(&with("11.000001"));
    assert_eq!(ends(&run), (0, 1));
    assert_eq!(run.world().instruments.counters().late_results, 0, "who is killed reports nothing");
    assert!(run.world().instruments.truth().false_kills >= 1);
}

#[test]
fn a_completion_at_the_moment_of_a_kill_by_hand_wins() {
    for (service, wanted) in [("11", (1, 0)), ("11.000001", (0, 1))] {
        let mut run = one_job(service).start(1);
        run.advance(at(5.0), &mut ());
        run.apply(&Command::Burst { jobs: 1 }, &mut ()).expect("it is allowed");
        run.advance(at(16.0), &mut ());
        run.apply(&Command::Kill { worker: WorkerId(0) }, &mut ()).expect("the worker is there");
        run.advance(at(100.0), &mut ());
        assert_eq!(ends(&run), wanted, "service {service} s");
    }
}
