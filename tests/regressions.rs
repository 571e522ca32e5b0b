//! What once went wrong, each with the case that showed it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, Gate, JobKind, Rejection, Revocation};
use zombie_workers::run::{Command, Run};
use zombie_workers::watch::exposition;

fn turn(run: &mut Run, knob: &str, value: &str) {
    let command = Command::Set {
        knob: KnobId::find(knob).expect("there is such a knob"),
        value: Value::from_text(value),
    };
    run.apply(&command, &mut ()).expect("the value is allowed");
}

/// Everything that happens in a run up to `seconds`.
fn events(run: &mut Run, seconds: f64) -> Vec<(Instant, Event)> {
    let mut all = Vec::new();
    run.advance(at(seconds), &mut |now, event: &Event| all.push((now, *event)));
    all
}

#[test]
fn a_pool_above_its_memory_limit_kills_and_fills_by_rounds_not_for_ever_at_once() {
    let over = Lesson::of("normal").with("fix_limits", true).with("pool_memory_limit_mib", 1);
    for lesson in [over.clone(), over.with("startup_s", 0).with("normal_mib", 0)] {
        let mut run = lesson.start(1);
        let mut spawned: Vec<(Instant, u32)> = Vec::new();
        let until = at(60.0);
        let mut steps = 0;
        while run.step(until, &mut |now, event: &Event| {
            if let Event::Spawned { slot, .. } = event {
                assert!(!spawned.contains(&(now, *slot)), "slot {slot} is filled twice at {now:?}");
                spawned.push((now, *slot));
            }
        }) {
            steps += 1;
            assert!(steps < 200_000, "{:?} does not come to an end", run.now());
        }
        assert!(spawned.len() > 100, "it goes on, by rounds: {}", spawned.len());
    }
}

#[test]
fn a_breaker_that_a_timeout_opens_shuts_its_gate_in_the_same_instant() {
    // Many idle workers, and nobody else who wakes the supervisor.
    let lesson = Lesson::of("three-fixes").with("toxic_share", 0.3).with("scan_interval_s", 60);
    let lesson = lesson.with("workers", 1_000).with("arrival_rate", 20).with("cores", 1_000);
    let lesson = lesson.with("host_memory_mib", 100_000_000);
    for seed in 0..20 {
        let mut run = lesson.start(seed);
        let (mut failed, mut started_late) = (0, false);
        run.advance(at(120.0), &mut |_, event: &Event| match *event {
            Event::Revoked { kind: JobKind::Toxic, why: Revocation::TimedOut, .. } => failed += 1,
            Event::Started { kind: JobKind::Toxic, .. } if failed >= 5 => started_late = true,
            Event::Breaker { gate: Gate::Permits(_) | Gate::Open, .. } => failed = 0,
            _ => {}
        });
        assert!(!started_late, "{}", lesson.command(seed, 120.0));
    }
}

#[test]
fn time_in_the_queue_before_the_breaker_opened_is_no_parking_time() {
    // The pool is busy for minutes before the first toxic calls fail.
    let lesson = Lesson::of("three-fixes").with("toxic_share", 0.3).with("workers", 2);
    let lesson = lesson.with("timeout_toxic_s", 80).with("liveness_timeout_s", 200);
    for seed in 0..20 {
        let mut run = lesson.start(seed);
        let limit = run.pool().knobs.park_limit_s;
        let (mut opened, mut parked) = (None, 0);
        run.advance(at(1_800.0), &mut |now: Instant, event: &Event| match *event {
            Event::Breaker { gate: Gate::Shut, .. } if opened.is_none() => opened = Some(now),
            Event::Breaker { gate: Gate::Open, .. } => opened = None,
            Event::Rejected { reason: Rejection::Parked, .. } => {
                let since = opened.expect("only behind a breaker that is not closed");
                assert!(
                    now.saturating_since(since) >= limit,
                    "seed {seed}: {now:?}, open since {since:?}"
                );
                parked += 1;
            }
            _ => {}
        });
        assert!(parked > 0, "seed {seed}: some were turned away");
    }
}

/// What Prometheus would read of a run.
fn scrape(run: &Run) -> String {
    exposition(&run.world().instruments, run.pool(), run.now())
}

#[test]
fn a_fix_that_is_switched_off_takes_back_what_it_told() {
    let night = Lesson::of("zombie").with("fix_detection", true).with("restart_intensity", 0.2);
    let mut run = night.start(7);
    run.advance(at(300.0), &mut ());
    assert!(scrape(&run).contains("\nzombie_pool_restart_storm 1\n"), "restarts come too fast");
    turn(&mut run, "fix_detection", "false");
    assert!(scrape(&run).contains("\nzombie_pool_restart_storm 0\n"));
    assert_eq!(run.sample().suspects, 0, "nobody suspects any more");

    let mut run = Lesson::of("health-only").start(7);
    run.advance(at(300.0), &mut ());
    assert!(run.sample().suspects > 0);
    turn(&mut run, "fix_health", "false");
    assert_eq!(run.sample().suspects, 0);
    turn(&mut run, "fix_health", "true");
    run.advance(at(302.0), &mut ());
    assert!(run.sample().suspects > 0, "they are found again");
}

#[test]
fn a_job_dropped_in_its_last_delivery_is_a_dead_letter() {
    // Reports that show no life in their long slices: their workers are asked to leave, and do.
    let lesson = Lesson::of("normal").with("report_share", 1).with("report_mean_s", 60);
    let lesson = lesson.with("report_cv", 0).with("arrival_rate", 0.05).with("job_limit", 5);
    let lesson = lesson.with("fix_detection", true).with("beat_interval_s", 20);
    let lesson = lesson.with("liveness_timeout_s", 10).with("max_lifetime_s", 604_800);
    let mut run = lesson.with("kill_grace_s", 60).with("detector_sanity", 1).start(1);
    let all = events(&mut run, 3_600.0);
    let dropped = |event: &&(Instant, Event)| {
        matches!(event.1, Event::Revoked { why: Revocation::Forfeited, .. })
    };
    assert!(all.iter().filter(dropped).count() >= 3, "some were dropped");
    let attempts = all.iter().filter_map(|(_, event)| match event {
        Event::Started { attempt, .. } => Some(*attempt),
        _ => None,
    });
    assert_eq!(attempts.max(), Some(3), "no more deliveries than allowed");
    assert!(run.pool().ledger().dead_lettered > 0);
    assert_eq!(run.pool().dead_letters().count() as u64, run.pool().ledger().dead_lettered);
}

#[test]
fn a_shorter_interval_holds_at_once() {
    let slow = Lesson::of("zombie").with("fix_detection", true).with("scan_interval_s", 3_600);
    let mut run = slow.start(7);
    run.advance(at(200.0), &mut ());
    assert_eq!(run.sample().kills, 0, "nobody looks for an hour");
    turn(&mut run, "scan_interval_s", "1");
    run.advance(at(210.0), &mut ());
    assert!(run.sample().kills > 0, "it looks now");

    let rare = Lesson::of("normal").with("beat_interval_s", 600).with("arrival_rate", 0.01);
    let rare = rare.with("fix_detection", true).with("liveness_timeout_s", 3_600);
    let mut run = rare.start(1);
    run.advance(at(20.0), &mut ());
    turn(&mut run, "beat_interval_s", "5");
    turn(&mut run, "liveness_timeout_s", "30");
    run.advance(at(200.0), &mut ());
    assert_eq!(run.sample().kills, 0, "all show themselves in time");
    let unready = run.pool().roster().iter().filter(|record| !record.ready);
    assert_eq!(unready.count(), 0);
}
