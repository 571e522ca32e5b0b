//! Knobs of the fixes, turned while the fixes are on: whatever begins after is as in the run where
//! the knob stood so from the start, and what is there is reached where the knob's words say so.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{Group, KnobId, TABLE, Value};
use zombie_workers::pool::{Event, Gate, JobKind, KillReason, SpawnReason};
use zombie_workers::run::{Command, Run};

/// Every knob of the fixes but their switches, and another value for it. Apart are the intervals of
/// beats and scans and the clock of beats, which hold at once, but whose rhythm begins when they are turned, and the
/// thresholds of readiness, of which there is no event (see `tests/guard.rs`).
const TURNED: &[(&str, &str)] = &[
    ("timeout_normal_s", "2"),
    ("timeout_report_s", "6"),
    ("timeout_toxic_s", "12"),
    ("cancel_grace_s", "9"),
    ("max_deliveries", "1"),
    ("backoff_base_s", "7"),
    ("backoff_cap_s", "0.5"),
    ("backoff_jitter", "0"),
    ("liveness_timeout_s", "12"),
    ("startup_timeout_s", "0.5"),
    ("beat_source", "side_thread"),
    ("max_jobs_per_worker", "5"),
    ("max_jobs_jitter", "0"),
    ("max_worker_age_s", "30"),
    ("worker_memory_soft", "1.01"),
    ("worker_memory_hard", "1.1"),
    ("pool_memory_limit_mib", "500"),
    ("recycle_interval_s", "40"),
    ("kill_grace_s", "20"),
    ("restart_backoff_cap_s", "1"),
    ("restart_backoff_reset_s", "0"),
    ("restart_intensity", "0.1"),
    ("restart_period_s", "600"),
    ("storm_spawn_interval_s", "1"),
    ("detector_sanity", "0"),
    ("breaker_window_type", "time"),
    ("breaker_window", "3"),
    ("breaker_minimum_calls", "2"),
    ("breaker_failure_rate", "0.2"),
    ("breaker_slow_rate", "0.1"),
    ("breaker_slow_call", "0.05"),
    ("breaker_open_s", "5"),
    ("breaker_open_cap_s", "70"),
    ("breaker_permits", "3"),
    ("park_limit_s", "30"),
];

fn turn(run: &mut Run, knob: &str, value: &str) {
    let knob = KnobId::find(knob).expect("the knob is there");
    run.apply(&Command::Set { knob, value: Value::from_text(value) }, &mut ())
        .expect("the value is allowed");
}

/// A bad night with some of the fixes on. Nothing arrives until it begins. Not all fixes are on in
/// all nights, since one may leave another nothing to do.
fn bad_night(fixes: &[&'static str]) -> Lesson {
    let lesson = Lesson::of("normal").with("arrival_rate", 0).with("workers", 8);
    let lesson = lesson.with("toxic_share", 0.1).with("report_share", 0.2).with("leak_kib", 700);
    let lesson = lesson.with("fail_share", 0.2).with("taint_share", 0.3).with("report_mib", 30);
    let lesson = lesson.with("max_jobs_per_worker", 20).with("restart_intensity", 0.8);
    let lesson = lesson.with("report_yield_s", 8).with("max_lifetime_s", 300);
    let lesson = lesson.with("max_worker_age_s", 150).with("park_limit_s", 100);
    let lesson = lesson.with("breaker_slow_call", 0.2).with("breaker_slow_rate", 0.5);
    let lesson = lesson.with("liveness_timeout_s", 60);
    fixes.iter().fold(lesson, |lesson, fix| lesson.with(fix, true))
}

const NIGHTS: [&[&str]; 3] = [
    &["fix_timeouts", "fix_health", "fix_limits", "fix_detection", "fix_breaker"],
    &["fix_timeouts", "fix_limits", "fix_detection"],
    &["fix_health", "fix_detection", "fix_breaker"],
];

/// The events of the night, after `knob` was turned to `value` in its first second.
fn night(lesson: &Lesson, seed: u64, knob: &str, value: &str) -> Vec<(Instant, Event)> {
    let mut run = lesson.start(seed);
    run.advance(at(2.0), &mut ());
    turn(&mut run, knob, value);
    turn(&mut run, "arrival_rate", "3");
    let mut all = Vec::new();
    run.advance(at(900.0), &mut |now, event: &Event| all.push((now, *event)));
    all
}

#[test]
fn a_knob_turned_before_anything_begins_is_one_that_stood_so_from_the_start() {
    let groups = [Group::Timeouts, Group::Health, Group::Limits, Group::Detection, Group::Breaker];
    for knob in TABLE.iter().filter(|knob| groups.contains(&knob.group)) {
        let rhythm = ["beat_interval_s", "heartbeat_needs_cpu", "scan_interval_s"];
        let rhythm = rhythm.contains(&knob.name);
        let readiness = knob.name.starts_with("probe_");
        // They need good jobs that time out, and these nights have none: see tests/late.rs.
        let late = ["timeout_cancels", "late_results"].contains(&knob.name);
        let apart = knob.name.starts_with("fix_") || rhythm || readiness || late;
        let known = TURNED.iter().any(|(name, _)| *name == knob.name);
        assert!(apart != known, "`{}` is to be turned here", knob.name);
    }
    TURNED.par_iter().for_each(|&(knob, value)| {
        let mut differ = 0;
        for (fixes, seed) in NIGHTS.into_iter().zip(1..) {
            let lesson = bad_night(fixes);
            let late = night(&lesson, seed, knob, value);
            let early = night(&lesson.clone().with(knob, value), seed, knob, value);
            let other = late.iter().zip(&early).position(|(late, early)| late != early);
            let shown = other.map(|n| (&late[n], &early[n]));
            assert!(late == early, "{knob} = {value}, {fixes:?}, seed {seed}: {shown:?}");
            differ += u32::from(late != night(&lesson, seed, "toxic_share", "0.1"));
        }
        assert!(differ > 0, "{knob} = {value} makes a difference");
    });
}

/// A knob that reaches what is there.
struct Reach {
    /// The run: a scenario with some knobs set.
    night: Lesson,
    /// When the knob is turned, in seconds.
    at: f64,
    knob: &'static str,
    value: &'static str,
    /// When it shows, in seconds …
    by: f64,
    /// … and in what. It does not show in the run where the knob was left alone.
    shows: fn(&Run) -> bool,
}

fn kills(run: &Run) -> u64 {
    run.world().instruments.counters().killed(KillReason::Memory)
}

/// Workers were killed for their memory, and the pool holds no more than it may.
fn fits(run: &Run) -> bool {
    let knobs = &run.pool().knobs;
    let held = run.pool().host().memory_mib(knobs);
    kills(run) > 0 && held <= u64::from(knobs.pool_memory_limit_mib)
}

fn timeouts(run: &Run) -> u64 {
    run.world().instruments.counters().timeouts
}

fn gate(run: &Run) -> Gate {
    run.pool().queue().gate(JobKind::Toxic)
}

/// Workers that hang in the first seconds and are there for an hour.
fn hung(fix: &'static str) -> Lesson {
    let lesson = Lesson::of("normal").with("toxic_share", 1).with("job_limit", 4);
    lesson.with("max_lifetime_s", 604_800).with("detector_sanity", 1).with(fix, true)
}

/// Toxic calls that fail after a second: the breaker opens at once.
fn opened() -> Lesson {
    let lesson = Lesson::of("normal").with("toxic_share", 1).with("fix_breaker", true);
    let lesson = lesson.with("fix_timeouts", true).with("timeout_toxic_s", 1);
    lesson.with("breaker_open_s", 600).with("max_lifetime_s", 604_800)
}

fn reaches() -> Vec<Reach> {
    let row = |night, at, knob, value, by, shows| Reach { night, at, knob, value, by, shows };
    let late = hung("fix_timeouts").with("timeout_toxic_s", 86_400);
    let grace = hung("fix_timeouts").with("fix_detection", true).with("timeout_toxic_s", 10);
    let grace = grace.with("liveness_timeout_s", 86_400).with("cancel_grace_s", 3_600);
    let asked = hung("fix_detection").with("kill_grace_s", 3_600);
    let crash = hung("fix_detection").with("workers", 1).with("job_limit", 0);
    let crash = crash.with("liveness_timeout_s", 1).with("kill_grace_s", 0);
    let limits = || hung("fix_limits").with("worker_memory_hard", 10);
    let recycles = Lesson::of("normal").with("fix_limits", true).with("max_jobs_per_worker", 5);
    let recycles = recycles.with("recycle_interval_s", 3_600).with("max_jobs_jitter", 0);
    let life = Lesson::of("normal").with("fix_limits", true);
    let recycled = |run: &Run| {
        let spawns = run.world().instruments.counters().spawns;
        spawns[SpawnReason::Recycled as usize] >= 8
    };
    let replaced: fn(&Run) -> bool = |run| run.sample().restarts >= 7;
    vec![
        row(late, 120.0, "timeout_toxic_s", "10", 120.0, |run| timeouts(run) == 4),
        row(grace, 60.0, "cancel_grace_s", "2", 61.0, |run| run.sample().suspects == 10),
        row(asked, 60.0, "kill_grace_s", "1", 60.0, |run| run.sample().kills == 4),
        row(limits(), 60.0, "worker_memory_hard", "3", 60.0, |run| kills(run) >= 4),
        row(limits(), 60.0, "worker_base_mib", "10", 60.0, |run| kills(run) >= 4),
        row(limits(), 60.0, "pool_memory_limit_mib", "900", 60.0, fits),
        row(limits(), 60.0, "pool_memory_limit_mib", "600", 60.0, fits),
        row(limits(), 60.0, "process_base_mib", "7700", 60.0, fits),
        row(recycles, 120.0, "recycle_interval_s", "1", 150.0, recycled),
        row(life.clone(), 200.0, "max_worker_age_s", "20", 240.0, recycled),
        row(life, 200.0, "max_jobs_per_worker", "1", 290.0, recycled),
        row(crash, 30.0, "restart_backoff_cap_s", "0", 60.0, replaced),
        row(opened(), 60.0, "breaker_open_s", "10", 60.0, |run| gate(run) != Gate::Shut),
        row(opened(), 60.0, "breaker_open_cap_s", "10", 60.0, |run| gate(run) != Gate::Shut),
        row(opened(), 60.0, "park_limit_s", "10", 62.0, |run| run.sample().ledger.rejected > 100),
    ]
}

#[test]
fn knobs_of_fixes_that_are_on_reach_what_is_there() {
    for Reach { night, at: turned, knob, value, by, shows } in reaches() {
        let mut alone = night.start(1);
        alone.advance(at(turned), &mut ());
        let mut run = alone.clone();
        turn(&mut run, knob, value);
        run.advance(at(by), &mut ());
        alone.advance(at(by), &mut ());
        assert!(!shows(&alone), "{knob} was left alone");
        assert!(shows(&run), "{knob} = {value} at {turned} s: {:?}", run.sample());
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{knob}");
    }
}
