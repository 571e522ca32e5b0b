//! The command line as a user meets it: every flag, every format. What is refused: `refusals.rs`.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::cli::{json, refused, run, text};
use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::run::Link;

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
         rejected, workers, alive, active, hung, zombies, hung_jobs, restarts, memory_mib, \
         baseline_mib, cpu_percent, processes, queue_depth, p50_s, p95_s, success_rate, old, \
         alerts, stage",
    );
    has(&report["final"]["old"], "active, queue, memory_mib, success_rate");
    has(&report["final"]["alerts"][0], "name, severity, state");
    has(
        &report["summary"],
        "events, wall_s, events_per_s, jobs, mean_wait_s, mean_system_s, mean_in_queue, \
         mean_in_system, utilization, peak_memory_mib",
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
    let seen = "ps: 47 processes, CPU 1153%; htop: Memory 8.7 GB / 16 GB, CPU ";
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

/// A run with a number of jobs in which some never end is stopped, and says why.
#[test]
fn a_number_of_jobs_of_which_some_never_end_is_no_endless_run() {
    let stalled = json(&["zombie", "--jobs", "1000", "--every", "1h"]);
    let why = stalled["stopped"].as_str().expect("it was stopped");
    assert!(why.contains("for 3600 s nothing was under way") && why.contains("1,000"), "{why}");
    let last = &stalled["final"];
    assert_eq!(last["submitted"], 1_000);
    let hung = last["in_flight"].as_u64().expect("a number");
    assert!(hung > 0 && last["hung_jobs"].as_u64() >= Some(hung), "{last}");
    assert!(last["t_s"].as_f64() < Some(20_000.0), "{last}");

    let dead = json(&["no-fixes", "--jobs", "100000", "--every", "1h"]);
    let why = dead["stopped"].as_str().expect("it was stopped");
    assert!(why.contains("the host is dead"), "{why}");

    let slow = ["normal", "--set", "arrival_rate=0.001", "--jobs", "1000000", "--every", "720h"];
    let out = text(&slow);
    assert!(out.contains("stopped after 2,592,000 s, as its time was over"), "{out}");
    assert!(json(&["normal", "--jobs", "50"])["stopped"].is_null());
    assert!(json(&["zombie", "--for", "5m"])["stopped"].is_null());
}

#[test]
fn a_number_of_jobs_counts_those_of_bursts_and_waits_for_them() {
    let report = json(&["--link", "?scenario=normal&do=0:burst=100&t=1", "--jobs", "10"]);
    let last = &report["final"];
    let ended = ["succeeded", "failed"].map(|how| last[how].as_u64().expect("a number"));
    assert_eq!((&last["submitted"], ended[0] + ended[1]), (&100.into(), 100), "{last}");
    assert_eq!((&last["queued"], &last["in_flight"]), (&0.into(), &0.into()), "{last}");
}

#[test]
fn a_link_to_a_number_of_jobs_leads_to_where_they_ended_and_a_moment_is_waited_for() {
    let link = text(&["queue", "--jobs", "100", "--print-link"]);
    let end = Link::read(link.trim()).expect("it was written here").at.expect("it has a moment");
    let last = json(&["queue", "--jobs", "100"])["final"]["t_s"].as_f64();
    assert_eq!(last, Some(end.as_secs_f64()));
    assert!(end < Instant::START + Duration::secs(600));
    let out = text(&["queue", "--jobs", "100", "--at", "1h"]);
    assert_eq!(out.matches("=== Worker Pool Metrics ===").count(), 1, "{out}");
    assert!(out.contains("3,600 s of virtual time"), "{out}");
    let blocks = |args: &[&str]| text(args).matches("=== Worker Pool Metrics ===").count();
    assert_eq!(blocks(&["queue", "--jobs", "5"]), 1, "the state at the end is shown");
    assert_eq!(blocks(&["normal", "--for", "25"]), 3);
}

#[test]
fn at_the_very_beginning_the_workers_are_there() {
    let workers = |args: &[&str]| json(args)["samples"][0]["alive"].clone();
    assert_eq!(workers(&["normal", "--at", "0"]), 10);
    assert_eq!(workers(&["normal", "--at", "0", "--for", "10"]), 10);
}

#[test]
fn both_runs_of_a_link_can_be_played_and_are_kept() {
    let link = "?scenario=zombie&seed=9&b=1&b.fix_timeouts=true&b.do=30:burst=5&t=40";
    let again = text(&["--link", link, "--print-link"]);
    assert_eq!(Link::read(&again), Link::read(link));
    let a = json(&["--link", link]);
    let b = json(&["--link", link, "--run", "b"]);
    assert_ne!(a["trace_hash"], b["trace_hash"]);
    assert_eq!(a["link"], b["link"]);
    let read = Link::read(link).expect("the link is allowed");
    let mut tape = read.other_tape().expect("so is its run B").expect("there is one");
    tape.seek(Instant::START + Duration::secs(40));
    assert_eq!(b["trace_hash"], format!("{:016x}", tape.run().trace_hash()));
    let set = text(&["--link", link, "--set", "workers=12", "--print-link"]);
    let set = Link::read(&set).expect("it was written here");
    assert_eq!(set.scenario.knobs.workers, 12);
    assert_eq!(set.other.map(|other| other.knobs.workers), Some(12));
}

#[test]
fn a_run_ends_when_its_reader_has_gone_away() {
    // Thirty days would be long: the reader goes away after the first line.
    for format in ["text", "csv", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
            .args(["load", "--for", "720h", "--every", "1", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        out.read_line(&mut line).expect("a line is printed");
        drop(out);
        let output = child.wait_with_output().expect("the binary ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{format}");
    }
}

#[test]
fn a_worker_that_a_link_asks_for_in_vain_is_named() {
    let said = |worker: &str| {
        let link = format!("?scenario=normal&t=5&worker={worker}");
        let output = run(&["--link", &link, "--format", "json"]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).expect("the complaint is text")
    };
    assert_eq!(said("3"), "");
    let complaint = said("77");
    assert!(
        complaint.contains("`worker`: got `77`; no such worker is there at 5 s"),
        "{complaint}"
    );
    assert!(complaint.contains("the latest is"), "{complaint}");
}
