//! The alerts and the story: whatever happens, a dead pool is told as dead, a healthy one is quiet,
//! and only what was ill recovers.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::lesson::Lesson;
use common::{at, start, storm};
use rayon::prelude::*;
use zombie_workers::run::Run;
use zombie_workers::watch::{Milestone, Sample, Severity};

/// Storms that are looked at.
const STORMS: u64 = 360;
/// How long each lasts, in seconds: some end in a dead pool.
const LENGTH_S: f64 = 400.0;
/// When a pool has been dead for so long, with jobs waiting, an alert must fire, whatever the knobs
/// say: a minute without progress, and a second until the rules are evaluated.
const NOTICED_S: f64 = 62.0;

fn firing(run: &Run) -> Vec<&'static str> {
    let alerts = run.world().instruments.alerts().iter();
    alerts.filter(|(_, state)| state.is_firing()).map(|(rule, _)| rule.name).collect()
}

/// How long the pool of a storm was dead at most, in seconds; or the first moment at which it had
/// been dead for too long without an alert.
fn overlooked(seed: u64) -> Result<f64, String> {
    let mut run = start(&storm(seed));
    let (mut dead_since, mut longest_s) = (None, 0.0_f64);
    // Odd steps from 50 ms to 1 s: no look falls together with the rules for long.
    let step = 0.05 + 0.95 * (seed % 20) as f64 / 19.0;
    let mut t_s = 0.0;
    while t_s < LENGTH_S {
        t_s += step;
        run.advance(at(t_s), &mut ());
        let sample = run.sample();
        let dead = sample.active == 0 && sample.ledger.queued > 20;
        dead_since = if dead { dead_since.or(Some(t_s)) } else { None };
        let dead_s = dead_since.map_or(0.0, |since| t_s - since);
        longest_s = longest_s.max(dead_s);
        if dead_s >= NOTICED_S && firing(&run).is_empty() {
            return Err(format!("STORM={seed}, {t_s:.2} s, dead for {dead_s:.0} s: {sample:?}"));
        }
        if sample.ledger.queued > 0 && sample.stage == Milestone::Recovered.title() && dead_s > 1.0
        {
            return Err(format!("STORM={seed}, {t_s:.2} s, recovered, they say: {sample:?}"));
        }
    }
    Ok(longest_s)
}

#[test]
fn in_any_storm_a_dead_pool_with_jobs_waiting_fires_an_alert() {
    let looks: Result<Vec<f64>, String> = (0..STORMS).into_par_iter().map(overlooked).collect();
    let longest = looks.unwrap_or_else(|fault| panic!("{fault}"));
    let died = longest.into_iter().filter(|&dead_s| dead_s >= NOTICED_S).count();
    assert!(died > 20, "{died} of {STORMS} pools were dead for so long");
}

#[test]
fn a_pool_that_died_behind_its_timeouts_is_told_as_dead() {
    let lesson =
        Lesson::of("timeouts-only").with("toxic_mib", 9).with("queue_capacity", 10_000_000);
    for seed in 0..20 {
        let mut run = lesson.start(seed);
        let mut dead_s = 0.0;
        for second in 1..=900 {
            run.advance(at(f64::from(second)), &mut ());
            let sample = run.sample();
            let dead = sample.active == 0 && sample.ledger.queued > 20;
            dead_s = if dead { dead_s + 1.0 } else { 0.0 };
            let critical = ["JobsDelayed", "NoProgress"];
            let paged = firing(&run).iter().any(|name| critical.contains(name));
            assert!(paged || dead_s < 20.0, "seed {seed}, {second} s: {sample:?}");
            assert_ne!(sample.stage, Milestone::Recovered.title(), "seed {seed}, {second} s");
        }
        let sample = run.sample();
        assert_eq!((sample.active, sample.p95_s, sample.old.success_rate), (0, None, None));
        assert_eq!(sample.success_rate, Some(0.0).filter(|_| sample.hung_jobs > 0), "{sample:?}");
        assert_eq!(firing(&run)[..2], ["JobsDelayed", "NoProgress"], "seed {seed}");
    }
}

#[test]
fn the_alert_of_a_host_that_is_out_of_memory_never_resolves() {
    let lesson = Lesson::of("zombie").with("host_memory_mib", 2_000);
    for seed in 0..10 {
        let mut run = lesson.start(seed);
        run.advance(at(900.0), &mut ());
        assert!(run.pool().host().dead, "seed {seed}: the host is out of memory by now");
        for minute in 16..40 {
            run.advance(at(60.0 * f64::from(minute)), &mut ());
            assert!(firing(&run).contains(&"OutOfMemory"), "seed {seed}, minute {minute}");
            assert_eq!(run.sample().stage, Milestone::DeathSpiral.title(), "seed {seed}");
        }
    }
}

/// Every second of a healthy run.
fn each_second(name: &'static str, seed: u64, seconds: u32, see: impl Fn(u32, &Run)) {
    let mut run = Lesson::of(name).start(seed);
    for second in 0..=seconds {
        run.advance(at(f64::from(second)), &mut ());
        see(second, &run);
    }
}

#[test]
fn a_healthy_pool_pages_at_no_second() {
    (0..40_u64).into_par_iter().for_each(|seed| {
        each_second("normal", seed, 1_800, |second, run| {
            let alerts = run.world().instruments.alerts();
            let sample = run.sample();
            assert!(!alerts.paging(), "seed {seed}, {second} s: {sample:?}");
            // An honest report may take longer than half a minute: look at it in the morning.
            let told = firing(run);
            assert!(told.is_empty() || told == ["HungJobs"], "seed {seed}, {second} s: {told:?}");
        });
    });
}

#[test]
fn what_was_never_ill_does_not_recover() {
    for (name, seconds) in [("normal", 1_800), ("queue", 1_800), ("load", 120)] {
        (0..40_u64).into_par_iter().for_each(|seed| {
            each_second(name, seed, seconds, |second, run| {
                let recovered = run.world().instruments.milestones().at(Milestone::Recovered);
                assert_eq!(recovered, None, "{name}, seed {seed}, {second} s");
            });
        });
    }
}

#[test]
fn before_the_first_toxic_job_nothing_has_recovered() {
    each_second("zombie", 7, 29, |_, run| {
        let stage = run.sample().stage;
        assert!(stage.is_empty() || stage == Milestone::Healthy.title(), "{stage}");
    });
}

#[test]
fn the_wait_at_the_head_of_the_line_is_that_of_the_job_that_joined_it_first() {
    let mut run = Lesson::of("dead-pool").with("toxic_share", 1).start(3);
    let mut last = None;
    for second in 60..200 {
        run.advance(at(f64::from(second)), &mut ());
        let Sample { oldest_waiting_s, active, .. } = run.sample();
        assert_eq!(active, 0, "each of the workers hangs in its first job");
        let grown = oldest_waiting_s.zip(last).map(|(now, before): (f64, f64)| now - before);
        assert!(grown.is_none_or(|grown| (grown - 1.0).abs() < 1e-9), "{second} s: {grown:?}");
        last = oldest_waiting_s;
    }
    assert!(last > Some(150.0), "{last:?}");
}

#[test]
fn critical_alerts_are_those_that_page() {
    let mut run = Lesson::of("dead-pool").start(1);
    run.advance(at(600.0), &mut ());
    let instruments = &run.world().instruments;
    let critical = instruments
        .alerts()
        .iter()
        .any(|(rule, state)| rule.severity == Severity::Critical && state.is_firing());
    assert!(critical && instruments.alerts().paging());
}

#[test]
fn a_pool_that_rots_by_reports_alone_goes_down_the_same_steps() {
    let mut lesson = Lesson::of("normal").with("lifecycle_bug", true);
    for (knob, value) in [
        ("taint_share", 1.0),
        ("report_share", 0.5),
        ("report_mean_s", 0.5),
        ("max_lifetime_s", 30.0),
    ] {
        lesson = lesson.with(knob, value);
    }
    for seed in 0..10 {
        let mut run = lesson.clone().start(seed);
        run.advance(at(1_884.0), &mut ());
        let milestones = run.world().instruments.milestones();
        for step in [
            Milestone::FirstToxicJob,
            Milestone::ReplacementSpawned,
            Milestone::ZombiesClimb,
            Milestone::MemoryExplodes,
            Milestone::DeathSpiral,
        ] {
            assert!(milestones.at(step).is_some(), "seed {seed}: {:?}", milestones.story());
        }
    }
}
