//! Heartbeats that come late, and heartbeats that come only between jobs: what each does to a pool,
//! in every one of at least twenty seeds, and that it is the heartbeat that does it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::{Lesson, mean};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, JobKind, KillReason};
use zombie_workers::run::{Command, Run};

const SEEDS: u64 = 24;

fn turn(run: &mut Run, knob: KnobId, value: Value) {
    run.apply(&Command::Set { knob, value }, &mut ()).expect("the value is allowed");
}

#[test]
fn beats_that_come_as_late_as_the_work_turn_a_burst_into_a_collapse() {
    let late = Lesson::of("late-heartbeats");
    for told in late.tell(SEEDS, 1_800.0) {
        let (sample, command) = (told.run.sample(), &told.command);
        assert!(sample.hung == 0 && sample.false_kills > 1_000, "{command}: {sample:?}");
        let queued = sample.ledger.queued;
        assert!(queued > 100, "it does not recover: {command}: {queued}");
    }
    // Beats that come in time, or a silence that allows for the load: the burst is gone soon.
    let (in_time, patient) =
        (late.clone().with("heartbeat_needs_cpu", false), late.with("liveness_timeout_s", 60));
    for told in in_time.tell(SEEDS, 1_800.0).into_iter().chain(patient.tell(SEEDS, 1_800.0)) {
        let (sample, command) = (told.run.sample(), &told.command);
        assert_eq!(sample.false_kills, 0, "{command}");
        assert!(sample.ledger.queued < 20, "{command}: {}", sample.ledger.queued);
    }
}

#[test]
fn beats_need_no_more_than_the_processor() {
    // No more workers than cores, and no swap: the very same run.
    let plain = Lesson::of("normal").with("cores", 10).with("fix_health", true);
    let needy = plain.clone().with("heartbeat_needs_cpu", true);
    for (plain, needy) in plain.tell(SEEDS, 300.0).iter().zip(needy.tell(SEEDS, 300.0)) {
        assert_eq!(plain.run.trace_hash(), needy.run.trace_hash(), "{}", needy.command);
    }
}

/// The beats of a pool whose 8 workers all work on one core, within `seconds` from now.
fn beats(run: &mut Run, seconds: f64) -> usize {
    let (until, mut beats) = (run.now().as_secs_f64() + seconds, 0);
    run.advance(at(until), &mut |_, event: &Event| {
        beats += usize::from(matches!(event, Event::Heartbeat { .. }));
    });
    beats
}

#[test]
fn a_beat_is_as_late_as_its_workers_work_and_follows_the_knob_at_once() {
    // 8 workers, each once in 5 s; or each once in 40 s, or in 13 1/3 s, for which the clock of
    // service shows parts of microseconds.
    for (cores, late) in [(1, 80), (3, 240)] {
        let busy = Lesson::of("queue").with("workers", 8).with("cores", cores);
        let busy = busy.with("arrival_rate", 100).with("service_mean_s", 10_000);
        let mut run = busy.with("beat_interval_s", 5).start(1);
        run.advance(at(100.0), &mut ());
        assert_eq!(beats(&mut run, 400.0), 640);
        turn(&mut run, KnobId::heartbeat_needs_cpu, Value::Flag(true));
        beats(&mut run, 40.0);
        assert_eq!(beats(&mut run, 400.0), late);
        turn(&mut run, KnobId::heartbeat_needs_cpu, Value::Flag(false));
        beats(&mut run, 5.0);
        assert_eq!(beats(&mut run, 400.0), 640);
    }
}

#[test]
fn beats_between_jobs_cost_the_worker_of_every_long_job_and_no_other() {
    let between = Lesson::of("beats-between-jobs");
    let reports = |told: &Run| {
        let jobs = told.world().instruments.counters().jobs[JobKind::Report.index()];
        jobs[0] as f64
    };
    let honest = between.clone().with("beat_source", "progress").tell(SEEDS, 3_600.0);
    let told = between.watch(SEEDS, 3_600.0, || {
        let mut idle = 0_i64;
        move |_, event: &Event| {
            match event {
                Event::Killed { reason, .. } => {
                    assert_eq!(*reason, KillReason::Silent);
                    idle += 1;
                }
                Event::Revoked { kind, .. } => {
                    assert_eq!(*kind, JobKind::Report, "a normal job is short");
                    idle -= 1;
                }
                _ => {}
            }
            assert!(idle <= 1, "a worker was killed that had no job");
        }
    });
    let told: Vec<_> = told.map(|(told, _)| told).collect();
    for told in &told {
        let sample = told.run.sample();
        assert!(sample.false_kills > 150 && sample.hung == 0, "{}", told.command);
    }
    for told in &honest {
        assert_eq!(told.run.sample().false_kills, 0, "{}", told.command);
    }
    assert!(mean(&told, reports) < 5.0 && mean(&honest, reports) > 150.0);
}
