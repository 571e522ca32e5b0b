//! The command line as a user meets it: every flag, and every way to get it wrong.
#![cfg(not(target_arch = "wasm32"))]

use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::run::Link;

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zombie-workers"));
    command.args(args).stdin(Stdio::null()).output().expect("the binary runs")
}

fn text(args: &[&str]) -> String {
    let output = run(args);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {complaint}");
    assert_eq!(complaint, "", "{args:?}");
    String::from_utf8(output.stdout).expect("the output is text")
}

fn json(args: &[&str]) -> Json {
    let all = [args, &["--format", "json"]].concat();
    serde_json::from_str(&text(&all)).expect("the output is JSON")
}

/// The one line that a refused command line gives.
fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    let complaint = String::from_utf8(output.stderr).expect("the complaint is text");
    assert_eq!(complaint.lines().count(), 1, "{args:?}: {complaint}");
    complaint
}

#[test]
fn json_has_every_field_that_was_promised() {
    let report = json(&["zombie", "--at", "30", "--at", "5m"]);
    let names = |object: &Json| -> Vec<String> {
        object.as_object().expect("an object").keys().cloned().collect()
    };
    let has = |object: &Json, wanted: &str| {
        for name in wanted.split(", ") {
            assert!(names(object).contains(&name.to_owned()), "{name} is missing");
        }
    };
    has(&report, "scenario, seed, samples, final, summary, trace_hash, link");
    has(
        &report["final"],
        "t_s, clock, submitted, delayed, queued, in_flight, succeeded, failed, dead_lettered, \
         rejected, workers, alive, active, hung, zombies, hung_jobs, restarts, memory_mb, \
         baseline_mb, cpu_percent, processes, queue_depth, p50_s, p95_s, success_rate, old, \
         alerts, stage",
    );
    has(&report["final"]["old"], "active, queue, memory_mb, success_rate");
    has(&report["final"]["alerts"][0], "name, severity, state");
    has(
        &report["summary"],
        "events, wall_s, events_per_s, jobs, mean_wait_s, mean_system_s, mean_in_queue, \
         mean_in_system, utilization, peak_memory_mb",
    );
    let samples = report["samples"].as_array().expect("a list");
    let times: Vec<f64> = samples.iter().filter_map(|sample| sample["t_s"].as_f64()).collect();
    assert_eq!(times, [30.0, 300.0]);
    assert_eq!(report["trace_hash"].as_str().map(str::len), Some(16));
}

#[test]
fn the_same_seed_gives_the_same_report() {
    let hash = |seed| json(&["zombie", "--seed", seed, "--for", "2m"])["trace_hash"].clone();
    assert_eq!(hash("5"), hash("5"));
    assert_ne!(hash("5"), hash("6"));
}

#[test]
fn a_run_found_in_a_link_is_shown_here_and_goes_back_into_one() {
    let link = "?scenario=zombie&seed=9&toxic_share=0.05&do=60:kill=3;75.5:burst=40&t=90.25";
    let report = json(&["--link", link]);
    assert_eq!(report["final"]["t_s"], 90.25);
    let mut tape = Link::read(link).expect("the link is allowed").tape().expect("so is its run");
    tape.seek(Instant::START + Duration::secs_f64(90.25));
    assert_eq!(report["trace_hash"], format!("{:016x}", tape.run().trace_hash()));
    let again = report["link"].as_str().expect("a link");
    assert_eq!(Link::read(again), Link::read(link));
    assert_eq!(json(&["--link", again])["trace_hash"], report["trace_hash"]);
    assert_eq!(text(&["--link", link, "--print-link"]), format!("?{again}\n"));
    let other =
        text(&["zombie", "--fixes", "health", "--seed", "3", "--for", "30", "--print-link"]);
    assert_eq!(other, "?scenario=zombie&seed=3&t=30&fix_health=true\n");
    let longer = json(&["--link", link, "--for", "2m", "--seed", "10"]);
    assert_eq!((&longer["seed"], &longer["final"]["t_s"]), (&10.into(), &120.0.into()));
}

#[test]
fn a_moment_by_the_clock_is_the_same_as_by_seconds() {
    let sample = |at| json(&["zombie", "--at", at])["samples"][0].clone();
    assert_eq!(sample("03:45:00"), sample("300"));
    assert_eq!(sample("5m"), sample("300s"));
}

#[test]
fn a_piped_run_prints_a_block_each_interval() {
    let blocks = |args: &[&str]| text(args).matches("=== Worker Pool Metrics ===").count();
    assert_eq!(blocks(&["zombie", "--for", "60"]), 6);
    assert_eq!(blocks(&["zombie", "--for", "60", "--every", "30s"]), 2);
    let out = text(&["zombie", "--for", "5m", "--every", "5m"]);
    for line in ["💀 CRITICAL", "jobs hung for > 30s", "what the old one says", "FIRING"] {
        assert!(out.contains(line), "{out}");
    }
}

#[test]
fn the_night_of_the_report_is_printed_as_in_the_report() {
    let moments = ["--at", "03:48", "--at", "03:52", "--at", "04:03:15", "--at", "04:45"];
    let out = text(&[&["incident"][..], &moments].concat());
    let blocks: Vec<&str> = out.split("=== Worker Pool Metrics ===").skip(1).collect();
    let [dashboard, login, pattern, end] = blocks[..] else { panic!("four blocks: {out}") };

    // 03:48, the old dashboard, on the right.
    let right: Vec<&str> = dashboard.lines().filter_map(|line| line.split("  ").last()).collect();
    for line in
        ["Active Workers: 10 ✓", "Queue Depth: 23 ✓", "Memory: 412 MB ✓", "Success Rate: 94.2% ✓"]
    {
        assert!(right.iter().any(|found| found.trim() == line), "{line}: {dashboard}");
    }
    // 03:52, ps and htop.
    let seen = "ps: 47 processes; htop: Memory 8.7 GB / 16 GB, CPU ";
    assert!(login.contains(seen) && login.contains("% (8 cores)"), "{login}");
    // 04:03:15, the block, with the old dashboard cut off.
    let left = |line: &str| line.split("  ").next().unwrap_or_default().to_owned();
    let report: Vec<String> = pattern.lines().skip(1).take(7).map(left).collect();
    assert_eq!(
        report,
        [
            "04:03:15",
            "Queue Depth: 87 ⚠️ HIGH",
            "Active Workers: 3 ⚠️ WORKERS DYING",
            "Zombie Workers: 37 💀 CRITICAL",
            "Memory Usage: 8,743 MB ⚠️ EXCESSIVE",
            "",
            "🔴 ALERT: 14 jobs hung for > 30s",
        ]
    );
    assert!(pattern.contains("\nWorker Restarts: 127\n"), "{pattern}");
    // 04:45.
    for line in ["Zombie Workers: 0\n", "Queue Depth: 0 ", "▸ Service recovered"] {
        assert!(end.contains(line), "{end}");
    }
    assert!(!end.contains("🔴"), "{end}");
}

#[test]
fn what_people_do_is_told_before_the_block_of_its_time() {
    let out = text(&["incident", "--at", "03:46", "--at", "04:23"]);
    let place = |part: &str| out.find(part).unwrap_or_else(|| panic!("no {part}: {out}"));
    let order = ["03:44:00  A new", "03:46:00  A client", "\n03:46:00\n", "03:52:00  On-call"];
    assert!(order.map(place).is_sorted(), "{out}");
    assert!(place("04:23:00  Emergency fix") < place("\n04:23:00\n"), "{out}");
    assert_eq!(out.matches("A client begins").count(), 1, "{out}");
    assert!(text(&["normal", "--for", "60"]).starts_with("=== Worker Pool Metrics ==="));
}

#[test]
fn fixes_are_switched_by_name() {
    let zombies = |fixes| json(&["zombie", "--fixes", fixes])["final"]["zombies"].as_u64();
    assert!(zombies("none") > Some(20));
    assert!(zombies("all") <= Some(3));
    assert_eq!(zombies("none"), json(&["zombie"])["final"]["zombies"].as_u64());
    let by_knob = json(&["zombie", "--set", "fix_timeouts=true", "--set", "fix_detection=on"]);
    let by_name = json(&["zombie", "--fixes", "timeouts,detection"]);
    assert_eq!(by_knob["trace_hash"], by_name["trace_hash"]);
}

#[test]
fn a_number_of_jobs_ends_the_run_and_the_warm_up_is_left_out() {
    let report = json(&["queue", "--jobs", "20000", "--warmup", "0.1"]);
    assert_eq!(report["final"]["submitted"], 20_000);
    assert_eq!(report["final"]["succeeded"], 20_000);
    let measured = report["summary"]["jobs"].as_u64().expect("a number");
    assert!((17_900..=18_000).contains(&measured), "{measured}");
    let wait = report["summary"]["mean_wait_s"].as_f64().expect("a number");
    assert!((0.1..0.9).contains(&wait), "{wait}");
}

#[test]
fn csv_has_one_row_for_each_sample() {
    let out = text(&["normal", "--for", "60", "--format", "csv"]);
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(rows.len(), 7);
    assert!(rows[0].starts_with("t_s,clock,submitted"));
    let columns = rows[0].split(',').count();
    assert!(rows.iter().all(|row| row.split(',').count() == columns), "{out}");
}

#[test]
fn the_registry_is_printed_for_prometheus() {
    let out = text(&["zombie", "--for", "5m", "--format", "prometheus"]);
    let lines = out.lines().map(|line| Ok(line.to_owned()));
    let scrape = prometheus_parse::Scrape::parse(lines).expect("the text parses");
    assert!(scrape.samples.iter().any(|sample| sample.metric == "zombie_pool_zombie_workers"));
}

#[test]
fn what_there_is_can_be_listed() {
    let knobs = json(&["knobs"]);
    let listed = text(&["knobs"]);
    for knob in knobs.as_array().expect("a list") {
        assert!(listed.contains(knob["name"].as_str().expect("a name")), "{knob}");
    }
    for name in ["workers", "toxic_share", "timeout_report_s", "lifecycle_bug"] {
        assert!(knobs.as_array().unwrap().iter().any(|knob| knob["name"] == name), "{name}");
    }
    assert!(text(&["scenarios"]).lines().count() >= 4);
    assert_eq!(json(&["scenarios"])[0]["name"], "normal");
}

#[test]
fn a_scenario_file_is_run_and_a_wrong_one_is_refused_with_its_line() {
    let folder = std::env::temp_dir().join(format!("zombie-workers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let write = |name: &str, content: &str| {
        let path = folder.join(name);
        std::fs::write(&path, content).expect("a file can be written");
        path.to_string_lossy().into_owned()
    };
    let good = write("good.toml", "name = \"mine\"\nseed = 3\n[knobs]\nworkers = 4\n");
    let report = json(&["--scenario", &good, "--for", "60"]);
    assert_eq!((&report["scenario"], &report["final"]["workers"]), (&"mine".into(), &4.into()));
    let bad = write("bad.toml", "name = \"mine\"\n[knobs]\nwrokers = 4\n");
    let complaint = refused(&["--scenario", &bad]);
    assert!(complaint.contains("wrokers") && complaint.contains("`workers`"), "{complaint}");
    let broken = write("broken.toml", "name = \n");
    assert!(refused(&["--scenario", &broken]).contains("line 1"));
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn every_wrong_input_is_named_with_what_is_allowed() {
    for (args, parts) in [
        (&["zombi"][..], &["zombi", "`zombie`"][..]),
        (&["knob"], &["`knobs`"]),
        (&["--seeed", "3"], &["--seeed", "`--seed`"]),
        (&["--seed", "x"], &["--seed", "`x`", "whole number"]),
        (&["--seed", "-1"], &["--seed"]),
        (&["--jobs", "0"], &["--jobs", "1 to"]),
        (&["--set", "workrs=3"], &["workrs", "`workers`"]),
        (&["--set", "workers=0"], &["workers", "`0`", "1 to 10000"]),
        (&["--set", "workers=1.5"], &["`1.5`", "whole number"]),
        (&["--set", "toxic_share=NaN"], &["toxic_share", "0 to 1"]),
        (&["--set", "lifecycle_bug=maybe"], &["lifecycle_bug", "true or false"]),
        (&["--set", "service_distribution=pareto"], &["exponential, constant, lognormal"]),
        (&["--set", "workers"], &["KNOB=VALUE"]),
        (&["--fixes", "timouts"], &["timouts", "`timeouts`"]),
        (&["--for", "soon"], &["--for", "`soon`", "15m"]),
        (&["--for", "1000000h"], &["--for", "720h"]),
        (&["--at", "25:00:00"], &["--at", "25:00:00", "04:03:15"]),
        (&["--at", "2h", "--for", "1m"], &["--at", "60 s"]),
        (&["--every", "x"], &["--every"]),
        (&["--warmup", "1"], &["--warmup", "0.9"]),
        (&["--speed", "0"], &["--speed", "0.1"]),
        (&["--speed"], &["--speed", "takes a value"]),
        (&["--link", "?toxic_shar=1"], &["toxic_shar", "`toxic_share`"]),
        (&["--link", "?v=9"], &["`v`", "`9`"]),
        (&["--format", "xml"], &["--format", "xml", "json"]),
        (&["--scenario", "/there/is/none.toml"], &["--scenario", "none.toml"]),
    ] {
        let complaint = refused(args);
        for part in parts {
            assert!(complaint.contains(part), "{args:?}: {complaint}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
        .args(["zombie", "--for", "2h", "--every", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn help_and_version_are_there() {
    assert!(text(&["--help"]).contains("--fixes"));
    assert!(text(&["--version"]).starts_with("zombie-workers 0."));
}
