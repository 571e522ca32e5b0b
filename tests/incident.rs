//! The night of the report: its numbers by running, and the same story in every other night.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::Instant;
use zombie_workers::knobs::Fix;
use zombie_workers::run::{Command, Run, Scenario, built_in};
use zombie_workers::watch::units::megabytes;
use zombie_workers::watch::{AlertState, Milestone, Sample};

/// Steps of the way down: all but the recovery.
const DOWN: usize = Milestone::ALL.len() - 1;

/// Nights besides the report's.
fn other_seeds() -> std::ops::Range<u64> {
    0..40
}

fn incident() -> Scenario {
    built_in("incident").expect("the scenario is built in")
}

fn other_night(seed: u64) -> Scenario {
    Scenario { seed, ..incident() }
}

/// How to see for oneself.
fn repeat(seed: u64, clock: &str) -> String {
    format!("cargo run --release -- incident --seed {seed} --at {clock}")
}

fn at(scenario: &Scenario, clock: &str) -> Instant {
    scenario.clock.find(clock).expect("a time of day")
}

/// The run of a night, until the clock shows `clock`.
fn until(scenario: &Scenario, clock: &str) -> Run {
    let mut run = Run::new(scenario).expect("the scenario is allowed");
    run.advance(at(scenario, clock), &mut ());
    run
}

fn firing(sample: &Sample) -> Vec<&str> {
    let firing = sample.alerts.iter().filter(|alert| alert.state == "firing");
    firing.map(|alert| alert.name.as_str()).collect()
}

fn percent(share: Option<f64>) -> String {
    format!("{:.1}", share.expect("jobs ended") * 100.0)
}

/// Why a pool has not recovered; nothing if it has. Of the queue, what is left may be work that
/// came in the last seconds.
fn complaints(sample: &Sample) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |what: &str, holds: bool| {
        if !holds {
            found.push(what.to_owned());
        }
    };
    expect("zombies", sample.zombies == 0);
    expect("hung jobs", sample.hung_jobs == 0);
    expect("queue", sample.queue_depth < u64::from(sample.workers));
    let off = sample.memory_mib.abs_diff(sample.baseline_mib);
    expect("memory", off * 10 <= sample.baseline_mib);
    expect("alerts", firing(sample).is_empty());
    found
}

#[test]
fn the_first_page_comes_at_03_47() {
    let scenario = incident();
    let page = |clock| {
        let run = until(&scenario, clock);
        let mut alerts = run.world().instruments.alerts().iter();
        alerts.find(|(rule, _)| rule.name == "JobsDelayed").map(|(_, state)| state)
    };
    assert_eq!(page("03:46:59"), Some(AlertState::Inactive));
    let Some(AlertState::Firing { since }) = page("03:48") else { panic!("no page") };
    assert!((at(&scenario, "03:47")..at(&scenario, "03:48")).contains(&since), "{since:?}");
}

#[test]
fn at_03_48_the_old_dashboard_shows_the_reports_numbers_and_customers_wait() {
    let sample = until(&incident(), "03:48").sample();
    let old = &sample.old;
    assert_eq!((old.active, old.queue, megabytes(old.memory_mib)), (10, 23, 412));
    assert_eq!(percent(old.success_rate), "94.2");
    assert!(sample.p95_s > Some(30.0), "{sample:?}");
    assert!(sample.zombies > 0 && sample.memory_mib > 5 * old.memory_mib, "{sample:?}");
}

#[test]
fn at_03_52_there_are_the_reports_processes_and_memory() {
    let sample = until(&incident(), "03:52").sample();
    assert_eq!((sample.processes, sample.zombies), (47, 37));
    assert!((8_650..8_750).contains(&megabytes(sample.memory_mib)), "{sample:?}");
    assert_eq!(sample.cpu_percent, 100 * sample.cores, "all cores are in use");
}

#[test]
fn at_04_03_15_every_number_of_the_report_is_there() {
    let sample = until(&incident(), "04:03:15").sample();
    assert_eq!((sample.queue_depth, sample.active, sample.zombies), (87, 3, 37));
    let memory_mb = megabytes(sample.memory_mib);
    assert_eq!((memory_mb, sample.hung_jobs, sample.restarts), (8_743, 14, 127));
    assert_eq!(firing(&sample), ["JobsDelayed", "ZombieWorkers", "HungJobs", "MemoryHigh"]);
    assert_eq!(sample.clock, "04:03:15");
}

#[test]
fn at_04_45_the_service_has_recovered() {
    let sample = until(&incident(), "04:45").sample();
    assert_eq!(complaints(&sample), Vec::<String>::new(), "{sample:?}");
    assert_eq!(sample.queue_depth, 0);
    assert_eq!(sample.active, sample.workers);
    assert_eq!(sample.stage, "Service recovered");
}

#[test]
fn the_steps_come_in_the_reports_order_and_the_recovery_just_before_04_45() {
    let scenario = incident();
    let run = until(&scenario, "04:45");
    let story = run.world().instruments.milestones().story();
    assert!(story.iter().map(|&(step, _)| step).eq(Milestone::ALL), "{story:?}");
    let recovered = story.last().map(|&(_, when)| when).expect("there is a story");
    assert!(recovered > at(&scenario, "04:44") && recovered <= at(&scenario, "04:45"), "{story:?}");
}

#[test]
fn every_other_night_tells_the_same_story() {
    for seed in other_seeds() {
        let mut run = until(&other_night(seed), "03:48");
        let how = repeat(seed, "03:48");
        let sample = run.sample();
        assert_eq!(sample.old.active, 10, "{how}");
        assert!(sample.old.success_rate > Some(0.85), "{how}");
        assert!(firing(&sample).contains(&"JobsDelayed"), "{how}: {sample:?}");
        assert!(sample.p95_s > Some(20.0), "{how}: {sample:?}");

        run.advance(at(&incident(), "04:03:15"), &mut ());
        let how = repeat(seed, "04:03:15");
        let sample = run.sample();
        assert!((15..=60).contains(&sample.zombies), "{how}: {sample:?}");
        assert!(sample.memory_mib > 8 * sample.baseline_mib, "{how}: {sample:?}");
        assert!(sample.hung_jobs >= 3, "{how}: {sample:?}");
        assert!(sample.active < sample.workers, "{how}: {sample:?}");
        for name in ["ZombieWorkers", "HungJobs", "MemoryHigh"] {
            assert!(firing(&sample).contains(&name), "{how}: no {name}: {sample:?}");
        }

        run.advance(at(&incident(), "04:22:59"), &mut ());
        let story = run.world().instruments.milestones().story();
        assert_eq!(story.len(), DOWN, "{}: {story:?}", repeat(seed, "04:22:59"));

        run.advance(at(&incident(), "04:45"), &mut ());
        let sample = run.sample();
        let how = repeat(seed, "04:45");
        assert_eq!(complaints(&sample), Vec::<String>::new(), "{how}: {sample:?}");
    }
}

#[test]
fn no_other_night_gives_all_the_numbers() {
    let numbers = |scenario: &Scenario| {
        let sample = until(scenario, "04:03:15").sample();
        (sample.queue_depth, sample.active, sample.zombies, sample.memory_mib, sample.restarts)
    };
    let the_reports = numbers(&incident());
    assert!(other_seeds().all(|seed| numbers(&other_night(seed)) != the_reports));
}

#[test]
fn without_the_fix_of_04_23_no_night_recovers() {
    for seed in other_seeds().chain([incident().seed]) {
        let mut scenario = other_night(seed);
        let is_fix = |command: &Command| match command {
            Command::Set { knob, .. } => Fix::of(*knob).is_some(),
            _ => false,
        };
        let before = scenario.commands.len();
        scenario.commands.retain(|timed| !is_fix(&timed.command));
        assert_eq!(before - scenario.commands.len(), 5, "all five fixes are deployed");
        let sample = until(&scenario, "04:45").sample();
        let complaints = complaints(&sample);
        assert!(complaints.len() >= 3, "seed {seed}, without the fixes: {sample:?}");
    }
}

#[test]
fn chapters_are_told_in_order_and_change_nothing() {
    let scenario = incident();
    let told: Vec<Instant> = scenario.chapters.iter().map(|chapter| chapter.at()).collect();
    assert!(told.len() >= 10 && told.is_sorted(), "{told:?}");
    assert!(told.iter().all(|at| *at <= Instant::START + scenario.length()));
    let silent = Scenario { chapters: Vec::new(), ..scenario.clone() };
    let hash = |scenario| until(scenario, "04:45").trace_hash();
    assert_eq!(hash(&scenario), hash(&silent));
    let first = told[0];
    assert_eq!(scenario.chapters(Instant::START, first).count(), 1);
    assert_eq!(scenario.chapters(first, scenario.chapters[1].at()).count(), 1);
}

#[test]
fn a_chapter_at_no_time_is_refused() {
    let text = "name = \"mine\"\n[[chapters]]\nat_s = -1\ntell = \"too early\"\n";
    let error = Scenario::from_toml(text).expect_err("there is no such time");
    assert!(error.to_string().contains("line 3: got `at_s = -1`"), "{error}");
}
