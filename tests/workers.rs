//! What a pool promises of its workers: who gets work, what they hold, when they show that they
//! live, and when they leave.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, Hang, JobState, Revocation, SpawnReason, WorkerId};
use zombie_workers::run::{Command, Run};

fn give(run: &mut Run, command: Command) {
    run.apply(&command, &mut ()).expect("the command is allowed");
}

fn turn(run: &mut Run, knob: &str, value: &str) {
    let knob = KnobId::find(knob).expect("there is such a knob");
    give(run, Command::Set { knob, value: Value::from_text(value) });
}

/// Everything that happens up to `seconds`.
fn events(run: &mut Run, seconds: f64) -> Vec<(Instant, Event)> {
    let mut all = Vec::new();
    run.advance(at(seconds), &mut |now, event: &Event| all.push((now, *event)));
    all
}

#[test]
fn work_is_dealt_evenly_whatever_the_heartbeats_do() {
    for beats in ["0.5", "5", "3600"] {
        let lesson = Lesson::of("queue").with("workers", 10).with("arrival_rate", 1);
        let lesson = lesson.with("service_mean_s", 0.1).with("service_distribution", "constant");
        let lesson = lesson.with("fix_limits", true).with("max_jobs_per_worker", 100);
        let lesson = lesson.with("max_jobs_jitter", 0).with("recycle_interval_s", 0);
        let lesson = lesson.with("worker_memory_soft", 1_000).with("worker_memory_hard", 1_000);
        let mut run = lesson.with("beat_interval_s", beats).start(1);
        let recycles: Vec<f64> = events(&mut run, 2_000.0)
            .into_iter()
            .filter(|(_, event)| {
                matches!(event, Event::Spawned { reason: SpawnReason::Recycled, .. })
            })
            .map(|(when, _)| when.as_secs_f64())
            .collect();
        let (first, tenth) = (recycles[0], recycles[9]);
        assert!(tenth - first < 20.0, "beats each {beats} s: {first} to {tenth}");
        assert!((first / 1_000.0 - 1.0).abs() < 0.1, "beats each {beats} s: {first}");
    }
}

#[test]
fn a_cap_on_memory_comes_before_the_death_of_the_host() {
    let lesson = Lesson::of("normal").with("report_share", 0.03).with("report_mib", 20_000);
    for told in lesson.clone().with("fix_limits", true).tell(6, 300.0) {
        assert!(!told.run.pool().host().dead, "{}", told.command);
        assert!(told.run.pool().ledger().succeeded > 1_000, "{}", told.command);
    }
    for told in lesson.tell(3, 300.0) {
        assert!(told.run.pool().host().dead, "without it: {}", told.command);
    }
}

#[test]
fn a_worker_without_memory_of_its_own_has_no_cap_by_it() {
    let lesson = Lesson::of("normal").with("fix_limits", true).with("worker_base_mib", 0);
    for told in lesson.tell(3, 300.0) {
        assert_eq!(told.run.sample().kills, 0, "{}", told.command);
        assert!(told.run.pool().ledger().succeeded > 1_000, "{}", told.command);
    }
}

#[test]
fn a_poisoned_job_holds_what_a_toxic_job_holds_in_hand_and_in_the_queue() {
    let lesson = Lesson::of("queue").with("workers", 2).with("arrival_rate", 0);
    let lesson = lesson.with("toxic_mib", 150).with("worker_base_mib", 40).with("normal_mib", 1);
    for wanted in [JobState::InFlight, JobState::Queued] {
        let mut run = lesson.clone().with("service_mean_s", 100).start(1);
        run.advance(at(5.0), &mut ());
        give(&mut run, Command::Burst { jobs: 4 });
        run.advance(at(5.0), &mut ());
        let pool = run.pool();
        let job = pool.jobs().iter().find(|job| job.state == wanted).expect("there is one").id;
        give(&mut run, Command::Poison { job: Some(job) });
        run.advance(at(10_000.0), &mut ());
        let held: Vec<u32> = run.pool().roster().iter().map(|record| record.mib).collect();
        assert!(held.contains(&190), "{wanted:?}: {held:?}");
        assert_eq!(run.pool().audit(), Vec::<String>::new());
        let record = run.pool().roster().iter().find(|record| record.mib == 190);
        let worker = record.expect("it holds 190").who.id;
        give(&mut run, Command::Kill { worker });
        assert_eq!(run.pool().audit(), Vec::<String>::new());
    }
}

#[test]
fn a_hung_worker_whose_slot_was_removed_and_is_there_again_is_a_zombie() {
    let mut run = Lesson::of("normal").start(1);
    run.advance(at(20.0), &mut ());
    give(&mut run, Command::Hang { worker: WorkerId(9), how: Hang::Parked });
    turn(&mut run, "workers", "5");
    run.advance(at(100.0), &mut ());
    assert_eq!((run.sample().alive, run.sample().zombies), (6, 0), "its slot is gone");
    turn(&mut run, "workers", "10");
    run.advance(at(101.0), &mut ());
    let sample = run.sample();
    assert_eq!((sample.alive, sample.zombies, sample.hung, sample.hung_in_slots), (11, 1, 1, 0));
    assert_eq!(run.pool().audit(), Vec::<String>::new());
    turn(&mut run, "fix_detection", "true");
    run.advance(at(150.0), &mut ());
    assert_eq!((run.sample().alive, run.sample().zombies), (10, 0));
}

#[test]
fn a_cancelled_worker_that_still_computes_shows_that_it_lives() {
    let lesson = Lesson::of("queue").with("workers", 1).with("arrival_rate", 0);
    let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 130);
    let lesson = lesson.with("normal_yield_s", 120).with("fix_timeouts", true);
    let mut run = lesson.with("timeout_normal_s", 30).with("beat_interval_s", 5).start(1);
    run.advance(at(5.0), &mut ());
    give(&mut run, Command::Burst { jobs: 1 });
    let told = events(&mut run, 120.0);
    let late = |event: &Event| {
        matches!(event, Event::Revoked { why: Revocation::TimedOut, .. } | Event::Heartbeat { .. })
    };
    let signs: Vec<Instant> =
        told.into_iter().filter(|(_, event)| late(event)).map(|(when, _)| when).collect();
    assert!(signs.len() > 20, "{signs:?}");
    let silence = signs.windows(2).map(|pair| pair[1].saturating_since(pair[0])).max();
    assert!(silence <= Some(Duration::secs(5)), "{silence:?}");
}

#[test]
fn a_start_takes_its_time_whatever_the_worker_is_asked() {
    let mut run = Lesson::of("normal").with("startup_s", 10).start(1);
    run.advance(at(2.0), &mut ());
    give(&mut run, Command::Drain { worker: WorkerId(3) });
    let told = events(&mut run, 15.0);
    let of_it = told.iter().filter(|(_, event)| match event {
        Event::Ready { worker } | Event::Reaped { worker, .. } => worker.id == WorkerId(3),
        _ => false,
    });
    let times: Vec<Instant> = of_it.map(|(when, _)| *when).collect();
    assert_eq!(times.len(), 2, "it is ready, and leaves: {times:?}");
    assert_eq!(times[0], times[1]);
    assert!(times[0] >= at(7.5), "{times:?}");
}

#[test]
fn a_job_looks_after_so_much_work_not_after_so_much_time() {
    // A core for four: what is cancelled after 3 s has done less than a second of work.
    let lesson = Lesson::of("queue").with("workers", 4).with("cores", 1).with("arrival_rate", 0);
    let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 10);
    let lesson = lesson.with("normal_yield_s", 1).with("fix_timeouts", true).with("startup_s", 0);
    let mut run = lesson.with("timeout_normal_s", 3).with("max_deliveries", 1).start(1);
    run.advance(at(1.0), &mut ());
    give(&mut run, Command::Burst { jobs: 4 });
    let told = events(&mut run, 30.0);
    let back = told.iter().filter(|(_, event)| matches!(event, Event::ReturnedCancelled { .. }));
    let times: Vec<Instant> = back.map(|(when, _)| *when).collect();
    assert_eq!(times, [at(5.0); 4]);
}

#[test]
fn jobs_arrive_at_the_rate_that_was_asked_for_however_high() {
    for rate in [100_000.0, 1_000_000.0] {
        let mut run = Lesson::of("queue").with("arrival_rate", rate).start(1);
        run.advance(at(4e6 / rate), &mut ());
        let off = run.pool().ledger().submitted as f64 / 4e6 - 1.0;
        assert!(off.abs() < 0.002, "{rate} a second: {off}");
    }
}
