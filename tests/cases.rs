//! Nights that people reported: each file of `tests/cases/` is a public report of a worker pool
//! that hung, leaked or ate itself, and must come out as it was reported, or as follows from the
//! report by hand. Each test prints what it got: `cargo test --test cases -- --nocapture`.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::fs;

use common::nights::{
    breaker_in_flight, burst, crash_loop, deploy, fetched, first_recycles, kill_loop,
    long_requests, lost_job, nested_connections, pool_death, recycles, rescued, restarts,
    slow_beats, time_to_out_of_memory,
};
use rayon::prelude::*;
use zombie_workers::run::Scenario;

/// A mean over the seeds, and how far off it may be.
struct Figure {
    what: &'static str,
    wanted: f64,
    tolerance: f64,
}

/// The table. A row is a file, its report, how many seeds are run, the measurement, and the means
/// that must come out, in the order in which the measurement gives them.
macro_rules! cases {
    ($($name:ident ($report:literal), $seeds:literal seeds, $measure:path:
        $($what:literal: $wanted:literal within $tolerance:literal),+;)+) => {
        const TOLD: &[&str] = &[$(stringify!($name)),+];

        $(#[test]
        fn $name() {
            let figures = [$(Figure { what: $what, wanted: $wanted, tolerance: $tolerance }),+];
            check(stringify!($name), $report, $seeds, $measure, &figures);
        })+
    };
}

cases! {
    // 16 jobs of 1 s share 2 cores.
    burst_ps("Processor sharing by hand"), 1 seeds, burst:
        "the first job ends at": 9.0 within 0.0,
        "the last job ends at": 9.0 within 0.0;
    // Each of six workers is lost after 1/(pλ) = 9,840 s on average, one after the other.
    morph_dead_pool("openaustralia/morph #1177"), 24 seeds, pool_death:
        "hours until all workers hang": 16.4 within 1.4,
        "share of runs with a critical alert an hour later": 1.0 within 0.0,
        "jobs queued then": 100.0 within 0.0,
        "jobs turned away a second": 4.63 within 0.1;
    // 4 workers × 35,000 requests a day × 4 KiB fill what 2 GiB leave.
    insights_recycle("RedHatInsights/insights-host-inventory #3994"), 12 seeds, time_to_out_of_memory:
        "seconds until out of memory": 227_180.0 within 400.0;
    // 12.2 GB in 17 h 40 min, under the report's load of that day; its 17 restarts in 32 days are one
    // each 45 h, so that most days were calmer.
    kubejob_leak("h3poteto/kube-job #280"), 4 seeds, restarts:
        "seconds until out of memory": 63_490.0 within 500.0,
        "hours from one restart to the next": 17.66 within 0.1;
    insights_recycled("RedHatInsights/insights-host-inventory #3994"), 4 seeds, recycles:
        "recycles in ten days": 125.0 within 5.0,
        "peak memory, MiB": 750.0 within 50.0;
    gunicorn_herd("benoitc/gunicorn #3427"), 40 seeds, first_recycles:
        "seconds from the first restart to the last": 3.55 within 0.5,
        "first restart": 259.0 within 1.0;
    r4j_inflight("resilience4j/resilience4j #1597"), 1 seeds, breaker_in_flight:
        "calls in flight when the breaker opens": 40.0 within 0.0,
        "it opens at": 9.0 within 0.0,
        "calls kept back then": 20.0 within 0.0;
    dramatiq_kill_loop("Bogdanp/dramatiq #213"), 20 seeds, kill_loop:
        "workers killed": 100.0 within 0.0,
        "deliveries of the job": 100.0 within 0.0;
    oasis_third_time("OasisLMF/OasisPlatform #975"), 20 seeds, kill_loop:
        "workers killed": 3.0 within 0.0,
        "deliveries of the job": 3.0 within 0.0,
        "dead letters": 1.0 within 0.0;
    docling_orphan("docling-project/docling-jobkit #102"), 20 seeds, lost_job:
        "the job is given out again at": 14_400.0 within 0.01;
    // A beat of 20 s that lives for 60 s, looked at each 30 s.
    docling_watchdog("docling-project/docling-jobkit #102"), 20 seeds, lost_job:
        "the job is given out again at": 165.0 within 25.0,
        "seconds after its worker was lost": 65.0 within 25.0;
    // A job of 784 s is given out again after 360 s and 720 s; the two in vain run to their ends.
    hexpm_lifeline("hexpm/hexpm #1825"), 20 seeds, rescued:
        "the job succeeds at": 784.0 within 0.01,
        "workers that run it just before": 3.0 within 0.0,
        "deliveries in vain": 2.0 within 0.0,
        "worker seconds that came to something": 784.0 within 0.01,
        "worker seconds that came to nothing": 1_568.0 within 0.01;
    aurora_deploy("Arvo-AI/aurora #487"), 60 seeds, deploy:
        "jobs lost with 30 s of grace": 3.7 within 0.4,
        "jobs lost with 1,800 s of grace": 0.0 within 0.0;
    recluster_backoff("doxout/recluster #36"), 20 seeds, crash_loop:
        "restarts in 300 s": 128.0 within 8.0,
        "wait before the first restart of a slot": 0.0 within 0.01,
        "before the second": 1.0 within 0.1,
        "before the third": 2.0 within 0.2,
        "before the fourth": 4.0 within 0.4,
        "before the fifth": 8.0 within 0.8,
        "before the sixth": 10.0 within 1.0;
    // One worker has fetched 22 jobs of 100 min; those that wait in it are given out again after an
    // hour. It was not told, and runs each all the same: 14 by the end of the day.
    imputer_visibility("arvkevi/openhumansimputer #38; celery #1718, #4537"), 1 seeds, fetched:
        "jobs that wait in the worker": 21.0 within 0.0,
        "of them given out again before the hour is over": 0.0 within 0.0,
        "after it": 21.0 within 0.0,
        "jobs that end in a day": 14.0 within 0.0;
    // Each thread holds one connection and wants one more: one to spare lets all end, one by one.
    hikari_nested("HikariCP #442; BlackLab #168"), 1 seeds, nested_connections:
        "jobs that end with 10 connections": 0.0 within 0.0,
        "with 50": 0.0 within 0.0,
        "with 51": 50.0 within 0.0,
        "workers that wait for ever with 50": 50.0 within 0.0;
    // Its 2 cores could do 1,170 jobs in the 585 s after the start.
    logfire_liveness("pydantic/logfire-helm-chart #245"), 20 seeds, slow_beats:
        "workers killed that were only slow": 185.0 within 15.0,
        "jobs done, as a share of those done where beats come in time": 0.88 within 0.03,
        "workers killed there": 0.0 within 0.0;
    // A fifth of 180 requests takes 51 s, and a worker may be silent for 30 s.
    gunicorn_sync_timeout("benoitc/gunicorn #1186, #1440"), 20 seeds, long_requests:
        "long requests": 36.0 within 4.0,
        "share of them that cost each worker that took them": 1.0 within 0.0,
        "long requests that end": 0.0 within 0.0,
        "workers killed that had none": 0.0 within 0.0;
}

/// Reports that cannot be told yet, and the mechanism that is missing.
const WAITING: &[(&str, &str)] =
    &[("commcare-graceful", "several jobs in a worker, and a graceful timeout")];

/// Runs the scenario of a row under its seeds, prints what came out, and holds it to the figures.
fn check(
    name: &str,
    report: &str,
    seeds: u64,
    measure: fn(&Scenario) -> Vec<f64>,
    figures: &[Figure],
) {
    let file = format!("tests/cases/{}.toml", name.replace('_', "-"));
    let text = fs::read_to_string(&file).expect("the case can be read");
    let scenario = Scenario::from_toml(&text).expect("the case is allowed");
    let runs: Vec<Vec<f64>> = (1..=seeds)
        .into_par_iter()
        .map(|seed| measure(&Scenario { seed, ..scenario.clone() }))
        .collect();
    let mut missed = 0;
    let mut told = format!("{report} ({file}, seeds 1 to {seeds})\n");
    for (place, Figure { what, wanted, tolerance }) in figures.iter().enumerate() {
        let got = runs.iter().map(|run| run[place]).sum::<f64>() / seeds as f64;
        let holds = (got - wanted).abs() <= *tolerance;
        let word = if holds { "" } else { ": MISSED" };
        told += &format!("  {what}: {got:.3}, to be {wanted} ± {tolerance}{word}\n");
        missed += u32::from(!holds);
    }
    print!("{told}");
    assert_eq!(missed, 0, "{report}: figures missed, see above");
}

#[test]
fn every_file_is_a_row_and_no_report_is_told_and_waiting() {
    let files = fs::read_dir("tests/cases").expect("the cases can be listed");
    for file in files {
        let path = file.expect("a case can be listed").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert!(TOLD.contains(&&*name.replace('-', "_")), "no row for {}", path.display());
    }
    for (name, mechanism) in WAITING {
        println!("{name} waits for {mechanism}");
        assert!(!TOLD.contains(&&*name.replace('-', "_")), "{name} is told: take it off the list");
    }
}
