//! The guards against sequences of other projects.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::lesson::Lesson;
use common::vectors::{instant, list, seconds, vectors};
use serde_json::Value as Json;
use zombie_workers::guard::{Call, CountWindow, Intensity, Readiness, TimeWindow, plain_backoff};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{Fix, KnobId, Value};
use zombie_workers::pool::{Event, WorkerId};
use zombie_workers::run::{Command, Run, built_in};

fn outcomes(text: &Json) -> Vec<Call> {
    let call = |letter| Call { failed: letter == 'E', slow: false };
    text.as_str().expect("letters").chars().map(call).collect()
}

/// The cases of the windows whose name begins so, each with the size that the name says.
fn windows(prefix: &str) -> Vec<(u64, Json)> {
    let file = vectors("windows");
    let size = |name: &str| name.strip_prefix(prefix)?.trim_end_matches('s').parse().ok();
    let cases = file.as_object().expect("cases by name").iter();
    cases.filter_map(|(name, case)| Some((size(name)?, case.clone()))).collect()
}

#[test]
fn windows_are_those_of_resilience4j() {
    let (by_count, by_time) = (windows("count_size_"), windows("time_size_"));
    let known = vectors("windows").as_object().map_or(0, |file| file.len() - 1);
    assert_eq!(by_count.len() + by_time.len(), known, "every case is of one of the two");
    let check = |case: &Json, n: usize, tally: zombie_workers::guard::Tally| {
        let found: (Json, Json) = (tally.total.into(), tally.failed.into());
        assert_eq!((&case["total"][n], &case["failed"][n]), (&found.0, &found.1), "call {n}");
    };
    for (size, case) in by_count {
        let mut window = CountWindow::default();
        for (n, call) in outcomes(&case["outcomes"]).into_iter().enumerate() {
            check(&case, n, window.record(call, size as u32));
        }
    }
    for (size, case) in by_time {
        let mut window = TimeWindow::default();
        for (n, call) in outcomes(&case["outcomes"]).into_iter().enumerate() {
            check(&case, n, window.record(call, size as u32, instant(&case["at_s"][n])));
        }
    }
}

#[test]
fn restart_intensity_is_that_of_otp() {
    for case in list(&vectors("restart_intensity")["cases"]) {
        let max = case["intensity"].as_u64().expect("a number") as u32;
        let period = seconds(&case["period"]);
        let times: Vec<Instant> = match case["every"].as_u64() {
            Some(every) => (0..30).map(|n| Instant::START + Duration::secs(n * every)).collect(),
            None => list(&case["at"]).iter().map(instant).collect(),
        };
        let mut intensity = Intensity::default();
        let gave_up = times.into_iter().position(|now| {
            intensity.add(now, period);
            intensity.exceeds(now, period, max)
        });
        assert_eq!(gave_up.map(|n| n as u64 + 1), case["gives_up_at"].as_u64(), "{case}");
    }
}

/// A worker that shows itself in each beat interval of an `S`, and in none of an `F`: whether it is
/// ready at the end of each.
fn readiness(failures: u64, successes: u64, probes: &str) -> String {
    let lesson = Lesson::of("normal").with("probe_failure_threshold", failures);
    let mut run = lesson.with("probe_success_threshold", successes).start(1);
    run.advance(common::at(10.0), &mut ());
    let mut record = *run.pool().roster().iter().next().expect("a worker is there");
    let (knobs, mut readiness, mut now) = (&run.pool().knobs, Readiness::default(), run.now());
    assert!(readiness.probe(&record, knobs, now), "it is ready until it fails");
    let mut shown = String::new();
    for letter in probes.chars() {
        if letter == 'S' {
            record.last_beat = now + knobs.beat_interval_s;
        }
        now += knobs.beat_interval_s;
        shown.push(if readiness.probe(&record, knobs, now) { 'S' } else { 'F' });
    }
    // Looked at only at the end, all probes are made then.
    let mut late = Readiness::default();
    late.probe(&record, knobs, run.now());
    assert_eq!(late.probe(&record, knobs, now), shown.ends_with('S'), "{probes}");
    shown
}

#[test]
fn probes_are_those_of_the_kubelet() {
    for case in list(&vectors("probes")["cases"]) {
        let threshold = |name: &str| case[name].as_u64().expect("a number");
        let (failures, successes) =
            (threshold("failure_threshold"), threshold("success_threshold"));
        let probes = case["probes"].as_str().expect("letters");
        let shown = match case["start"].as_str() {
            Some("S") => readiness(failures, successes, probes),
            // A worker is ready at first: this one has just failed.
            _ => readiness(failures, successes, &format!("F{probes}")).split_off(1),
        };
        assert_eq!(case["readiness"], shown, "{case}");
    }
}

#[test]
fn a_worker_that_hangs_is_unready_after_as_many_probes_as_it_may_fail() {
    for (threshold, seconds) in [(1, 10.0), (3, 20.0), (5, 30.0)] {
        let hung = Lesson::of("normal").with("toxic_share", 1).with("job_limit", 3);
        let hung = hung.with("fix_health", true).with("probe_failure_threshold", threshold);
        let mut run = hung.start(1);
        run.advance(common::at(4.0), &mut ());
        let unready = |run: &Run| run.pool().roster().iter().filter(|record| !record.ready).count();
        let interval = 5.0;
        run.advance(common::at(4.0 + f64::from(threshold - 1) * interval), &mut ());
        assert_eq!(unready(&run), 0, "{threshold} failures make it unready");
        run.advance(common::at(4.0 + seconds), &mut ());
        assert_eq!(unready(&run), 3, "{threshold} failures make it unready");
        let command = Command::Set { knob: KnobId::fix_health, value: Value::Flag(false) };
        run.apply(&command, &mut ()).expect("the value is allowed");
        assert_eq!(unready(&run), 0, "nobody probes any more");
    }
}

#[test]
fn waits_between_deliveries_double_up_to_their_cap() {
    let cases = list(&vectors("redelivery")["cases"]);
    let case = cases.iter().find(|case| case["attempts"].is_array()).expect("there is one");
    let (base, cap) = (seconds(&case["backoff_base_s"]), seconds(&case["cap_s"]));
    for (attempt, wanted) in list(&case["attempts"]).iter().zip(list(&case["delay_s"])) {
        let n = attempt.as_u64().expect("a number") as u32;
        assert_eq!(plain_backoff(n, base, cap), seconds(&wanted), "attempt {n}");
    }
}

#[test]
fn a_job_is_dead_lettered_after_as_many_deliveries_as_allowed() {
    for case in list(&vectors("redelivery")["cases"]) {
        let Some(wanted) = case["deliveries_before_dead_letter"].as_u64() else { continue };
        let mut scenario = built_in("normal").expect("the scenario is built in");
        for (knob, value) in [
            (KnobId::toxic_share, 1.0),
            (KnobId::job_limit, 1.0),
            (KnobId::max_deliveries, case["max_deliveries"].as_f64().expect("a number")),
        ] {
            scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
        }
        for fix in [Fix::Timeouts, Fix::Detection] {
            fix.switch(&mut scenario.knobs, true);
        }
        let mut run = Run::new(&scenario).expect("the scenario is allowed");
        run.advance(Instant::START + Duration::secs(3_600), &mut ());
        let letters: Vec<u64> =
            run.pool().dead_letters().map(|job| u64::from(job.attempt)).collect();
        assert_eq!(letters, [wanted], "{case}");
        assert_eq!(run.pool().ledger().dead_lettered, 1);
    }
}

#[test]
fn who_failed_its_liveness_check_is_on_hold_until_another_has_its_slot() {
    let rule = vectors("probes")["liveness"].as_str().expect("a rule").to_owned();
    assert!(rule.contains("later successes change nothing until it has a new id"), "{rule}");
    // Long slices of work without a sign of life, in workers that are well: they move again.
    let lesson = Lesson::of("normal").with("service_mean_s", 20).with("arrival_rate", 0.3);
    let lesson = lesson.with("fix_detection", true).with("beat_interval_s", 60);
    let lesson = lesson.with("liveness_timeout_s", 25).with("kill_grace_s", 600);
    let lesson = lesson.with("normal_yield_s", 300).with("detector_sanity", 1);
    let mut failed: Vec<WorkerId> = Vec::new();
    let mut moved = 0;
    for seed in 0..20 {
        failed.clear();
        let mut run = lesson.start(seed);
        run.advance(common::at(1_800.0), &mut |_, event: &Event| match event {
            Event::Suspected { worker } => failed.push(worker.id),
            Event::Finished { worker, .. } if failed.contains(&worker.id) => moved += 1,
            Event::Started { worker, .. } => assert!(!failed.contains(&worker.id), "seed {seed}"),
            _ => {}
        });
    }
    assert!(moved > 20, "some succeeded later: {moved}");
}
