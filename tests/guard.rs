//! The guards against sequences of other projects.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::Value as Json;
use zombie_workers::guard::{
    Breaker, BreakerConfig, BreakerState, Call, CountWindow, Intensity, Permit, Probe, TimeWindow,
    plain_backoff,
};
use zombie_workers::kernel::{Instant, Span};
use zombie_workers::knobs::Value;
use zombie_workers::run::{Run, built_in};

fn vectors(file: &str) -> Json {
    let path = format!("tests/vectors/{file}.json");
    let text = std::fs::read_to_string(&path).expect("vectors can be read");
    serde_json::from_str(&text).expect("vectors are JSON")
}

fn list(value: &Json) -> Vec<Json> {
    value.as_array().expect("a list").clone()
}

fn seconds(value: &Json) -> Span {
    Span::secs_f64(value.as_f64().expect("a number"))
}

fn at(value: &Json) -> Instant {
    Instant::START + seconds(value)
}

fn outcomes(text: &Json) -> Vec<Call> {
    let call = |letter| Call { failed: letter == 'E', slow: false };
    text.as_str().expect("letters").chars().map(call).collect()
}

#[test]
fn windows_are_those_of_resilience4j() {
    let file = vectors("windows");
    let case = &file["count_size_4"];
    let mut window = CountWindow::default();
    for (n, call) in outcomes(&case["outcomes"]).into_iter().enumerate() {
        let tally = window.record(call, 4);
        assert_eq!(
            (&case["total"][n], &case["failed"][n]),
            (&tally.total.into(), &tally.failed.into())
        );
    }
    let case = &file["time_size_5s"];
    let mut window = TimeWindow::new(5);
    for (n, call) in outcomes(&case["outcomes"]).into_iter().enumerate() {
        let tally = window.record(call, at(&case["at_s"][n]));
        let found = (tally.total.into(), tally.failed.into());
        assert_eq!((&case["total"][n], &case["failed"][n]), (&found.0, &found.1), "call {n}");
    }
}

#[test]
fn restart_intensity_is_that_of_otp() {
    for case in list(&vectors("restart_intensity")["cases"]) {
        let most = case["intensity"].as_u64().expect("a number") as u32;
        let period = seconds(&case["period"]);
        let times: Vec<Instant> = match case["every"].as_u64() {
            Some(every) => (0..30).map(|n| Instant::START + Span::secs(n * every)).collect(),
            None => list(&case["at"]).iter().map(at).collect(),
        };
        let mut intensity = Intensity::default();
        let gave_up = times.into_iter().position(|now| {
            intensity.add(now, period);
            intensity.exceeds(now, period, most)
        });
        assert_eq!(gave_up.map(|n| n as u64 + 1), case["gives_up_at"].as_u64(), "{case}");
    }
}

#[test]
fn probes_are_those_of_the_kubelet() {
    for case in list(&vectors("probes")["cases"]) {
        let threshold = |name: &str| case[name].as_u64().expect("a number") as u32;
        let ready = case["start"] == "S";
        let mut probe =
            Probe::new(threshold("failure_threshold"), threshold("success_threshold"), ready);
        let probes = case["probes"].as_str().expect("letters").chars();
        let shown: String =
            probes.map(|letter| if probe.take(letter == 'S') { 'S' } else { 'F' }).collect();
        assert_eq!(case["readiness"], shown, "{case}");
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
            ("toxic_share", 1.0),
            ("job_limit", 1.0),
            ("max_deliveries", case["max_deliveries"].as_f64().expect("a number")),
        ] {
            scenario.set(knob, &Value::Number(value)).expect("the value is allowed");
        }
        for fix in ["fix_timeouts", "fix_detection"] {
            scenario.set(fix, &Value::Flag(true)).expect("the value is allowed");
        }
        let mut run = Run::new(&scenario).expect("the scenario is allowed");
        run.advance(Instant::START + Span::secs(3_600), &mut ());
        let letters: Vec<u64> =
            run.pool().dead_letters().map(|job| u64::from(job.attempt)).collect();
        assert_eq!(letters, [wanted], "{case}");
        assert_eq!(run.pool().ledger().dead_lettered, 1);
    }
}

fn config(case: &Json) -> BreakerConfig {
    let config = &case["config"];
    let number = |name: &str, otherwise: f64| config[name].as_f64().unwrap_or(otherwise);
    BreakerConfig {
        window: number("window", 20.0) as u32,
        minimum_calls: number("minimum_calls", 5.0) as u32,
        failure_rate: number("failure_rate", 0.5),
        slow_rate: number("slow_rate", 1.01),
        slow_after: Span::secs_f64(number("slow_after_s", 1e6)),
        open_for: Span::secs_f64(number("open_for_s", 60.0)),
        multiplier: number("multiplier", 1.0),
        open_cap: Span::secs(600),
        permits: number("half_open_permits", 1.0) as u32,
        half_open_deadline: Span::secs_f64(number("half_open_deadline_s", 1e6)),
    }
}

fn state(breaker: &Breaker) -> &'static str {
    match breaker.state() {
        BreakerState::Closed => "closed",
        BreakerState::Open { .. } => "open",
        BreakerState::HalfOpen { .. } => "half_open",
    }
}

fn case(name: &str) -> Json {
    let cases = list(&vectors("breaker")["cases"]);
    cases.into_iter().find(|case| case["name"] == name).expect("the case is there")
}

const NOW: Instant = Instant::START;

fn permit(breaker: &mut Breaker, now: Instant, config: &BreakerConfig) -> Permit {
    breaker.acquire(now, config).expect("a permit is to be had")
}

/// A breaker that has just opened at `now`.
fn opened(config: &BreakerConfig, now: Instant) -> Breaker {
    let mut breaker = Breaker::default();
    for _ in 0..config.minimum_calls {
        let permit = permit(&mut breaker, now, config);
        breaker.report(permit, Call { failed: true, slow: false }, now, config);
    }
    assert_eq!(state(&breaker), "open");
    breaker
}

#[test]
fn every_case_of_the_file_is_known_here() {
    let known = [
        "opens on a success once the minimum is reached",
        "threshold is inclusive",
        "count window forgets",
        "slow calls open it",
        "open means open for the whole wait",
        "half-open lets only its permits through",
        "a released permit can be taken again",
        "half-open decides",
        "a half-open probe that never answers does not wedge it",
        "open wait grows",
        "a result of an older generation counts nowhere",
        "no outcome, no opening",
    ];
    let names: Vec<Json> =
        list(&vectors("breaker")["cases"]).iter().map(|case| case["name"].clone()).collect();
    assert_eq!(names, known);
}

#[test]
fn a_closed_breaker_counts_as_the_cases_say() {
    for name in [
        "opens on a success once the minimum is reached",
        "threshold is inclusive",
        "count window forgets",
        "slow calls open it",
    ] {
        let case = case(name);
        let config = config(&case);
        let mut breaker = Breaker::default();
        // All are asked for before any answers, so that each is of the first generation.
        let calls = outcomes(&case["outcomes"]);
        let permits: Vec<Permit> =
            calls.iter().map(|_| permit(&mut breaker, NOW, &config)).collect();
        for (n, (call, permit)) in calls.into_iter().zip(permits).enumerate() {
            let slow = case["durations_s"][n].as_f64();
            let slow = slow.is_some_and(|took| Span::secs_f64(took) > config.slow_after);
            breaker.report(permit, Call { slow, ..call }, NOW, &config);
            let tally = breaker.tally();
            let share = |part: u32| f64::from(part) / f64::from(tally.total);
            let enough = tally.total >= config.minimum_calls;
            let rate = if enough { share(tally.failed) } else { -1.0 };
            if let Some(wanted) = case["rates"][n].as_f64() {
                assert!((rate - wanted).abs() < 1e-12, "{name}, call {n}: {rate}");
            }
            for check in case["checks"].as_array().into_iter().flatten() {
                if check["after"] == n + 1 {
                    assert!((rate - check["rate"].as_f64().expect("a rate")).abs() < 1e-12);
                    let counted =
                        |name: &str, got: u32| check[name].is_null() || check[name] == got;
                    assert!(counted("buffered", tally.total) && counted("failed", tally.failed));
                }
            }
            if let (true, Some(wanted)) = (n == 4, case["slow_rate_after"].as_f64()) {
                assert!((share(tally.slow) - wanted).abs() < 1e-12);
            }
        }
        assert_eq!(case["state_after"], state(&breaker), "{name}");
    }
}

#[test]
fn an_open_breaker_waits_and_then_lets_its_permits_through() {
    let waits = case("open means open for the whole wait");
    let config_of_waits = config(&waits);
    let mut breaker = opened(&config_of_waits, NOW);
    for (time, wanted) in list(&waits["acquire_at_s"]).iter().zip(list(&waits["permitted"])) {
        assert_eq!(wanted, breaker.acquire(at(time), &config_of_waits).is_some(), "{time}");
    }
    assert_eq!(waits["state_after"], state(&breaker));

    let few = case("half-open lets only its permits through");
    let config_of_few = config(&few);
    let mut breaker = opened(&config_of_few, NOW);
    let later = NOW + config_of_few.open_for;
    for wanted in list(&few["permitted"]) {
        assert_eq!(wanted, breaker.acquire(later, &config_of_few).is_some());
    }
}

#[test]
fn permits_come_back_and_half_open_decides() {
    let config_of_release = config(&case("a released permit can be taken again"));
    let later = NOW + config_of_release.open_for;
    let mut breaker = opened(&config_of_release, NOW);
    let held: Vec<Permit> =
        (0..4).map(|_| permit(&mut breaker, later, &config_of_release)).collect();
    assert_eq!(breaker.acquire(later, &config_of_release), None);
    breaker.release(held[0]);
    assert!(breaker.acquire(later, &config_of_release).is_some());

    let decides = case("half-open decides");
    let config_of_probes = config(&decides);
    for probe in list(&decides["probes"]) {
        let mut breaker = opened(&config_of_probes, NOW);
        let later = NOW + config_of_probes.open_for;
        for call in outcomes(&probe["outcomes"]) {
            let permit = permit(&mut breaker, later, &config_of_probes);
            breaker.report(permit, call, later, &config_of_probes);
        }
        assert_eq!(probe["state_after"], state(&breaker), "{probe}");
        if let Some(window) = probe["window_after"].as_u64() {
            assert_eq!(u64::from(breaker.tally().total), window);
        }
    }
}

#[test]
fn a_probe_that_never_answers_and_a_wait_that_grows() {
    let wedge = case("a half-open probe that never answers does not wedge it");
    let config_of_wedge = config(&wedge);
    let mut breaker = opened(&config_of_wedge, NOW);
    let later = NOW + config_of_wedge.open_for;
    permit(&mut breaker, later, &config_of_wedge);
    breaker.tick(later + seconds(&wedge["wait_s"]), &config_of_wedge);
    assert_eq!(wedge["state_after"], state(&breaker));

    let growing = config(&case("open wait grows"));
    let mut breaker = opened(&growing, NOW);
    let second = |s| Instant::START + Span::secs(s);
    let probe = permit(&mut breaker, second(6), &growing);
    breaker.report(probe, Call { failed: true, slow: false }, second(6), &growing);
    assert_eq!(state(&breaker), "open");
    assert_eq!(breaker.acquire(second(12), &growing), None, "it waits for 7.5 s now");
    assert!(breaker.acquire(second(17), &growing).is_some());
    assert_eq!(state(&breaker), "half_open");
}

#[test]
fn old_results_and_missing_ones_count_nowhere() {
    let plain = config(&case("a result of an older generation counts nowhere"));
    let mut breaker = Breaker::default();
    let old = permit(&mut breaker, NOW, &plain);
    for _ in 0..plain.minimum_calls {
        let permit = permit(&mut breaker, NOW, &plain);
        breaker.report(permit, Call { failed: true, slow: false }, NOW, &plain);
    }
    let later = NOW + plain.open_for;
    let probe = permit(&mut breaker, later, &plain);
    breaker.report(probe, Call::default(), later, &plain);
    assert_eq!(state(&breaker), "closed");
    let before = breaker.clone();
    breaker.report(old, Call { failed: true, slow: false }, later, &plain);
    assert_eq!(breaker, before);

    let mut breaker = Breaker::default();
    assert!((0..1_000).all(|_| breaker.acquire(NOW, &plain).is_some()));
    assert_eq!(case("no outcome, no opening")["state_after"], state(&breaker));
}
