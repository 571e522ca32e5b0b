//! The circuit breaker against sequences of other projects.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::vectors::{instant, list, seconds, vectors};
use serde_json::Value as Json;
use zombie_workers::guard::{Breaker, BreakerConfig, BreakerState, Call, Permit, WindowSize};
use zombie_workers::kernel::{Duration, Instant};

fn outcomes(text: &Json) -> Vec<Call> {
    let call = |letter| Call { failed: letter == 'E', slow: false };
    text.as_str().expect("letters").chars().map(call).collect()
}

fn config(case: &Json) -> BreakerConfig {
    let config = &case["config"];
    let number = |name: &str, otherwise: f64| config[name].as_f64().unwrap_or(otherwise);
    BreakerConfig {
        window: WindowSize::Calls(number("window", 20.0) as u32),
        minimum_calls: number("minimum_calls", 5.0) as u32,
        failure_rate: number("failure_rate", 0.5),
        slow_rate: number("slow_rate", 1.01),
        slow_after: Duration::secs_f64(number("slow_after_s", 1e6)),
        open_for: Duration::secs_f64(number("open_for_s", 60.0)),
        multiplier: number("multiplier", 1.0),
        open_cap: Duration::secs(600),
        permits: number("half_open_permits", 1.0) as u32,
        half_open_deadline: Duration::secs_f64(number("half_open_deadline_s", 1e6)),
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
            let slow = slow.is_some_and(|took| Duration::secs_f64(took) > config.slow_after);
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
        assert_eq!(wanted, breaker.acquire(instant(time), &config_of_waits).is_some(), "{time}");
    }
    assert_eq!(waits["state_after"], state(&breaker));

    let few = case("half-open lets only its permits through");
    let config_of_few = config(&few);
    let mut breaker = opened(&config_of_few, NOW);
    let later = NOW + config_of_few.open_for;
    let permitted = list(&few["permitted"]);
    assert_eq!(few["acquires"], permitted.len());
    for wanted in permitted {
        assert_eq!(wanted, breaker.acquire(later, &config_of_few).is_some());
    }
}

#[test]
fn half_open_decides() {
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
fn a_probe_that_never_answers_does_not_wedge_it() {
    let wedge = case("a half-open probe that never answers does not wedge it");
    let config_of_wedge = config(&wedge);
    let mut breaker = opened(&config_of_wedge, NOW);
    let later = NOW + config_of_wedge.open_for;
    permit(&mut breaker, later, &config_of_wedge);
    breaker.tick(later + seconds(&wedge["wait_s"]), &config_of_wedge);
    assert_eq!(wedge["state_after"], state(&breaker));
}

const FAILED: Call = Call { failed: true, slow: false };

/// What a script of the file works on.
struct Stage {
    config: BreakerConfig,
    breaker: Breaker,
    now: Instant,
    held: Vec<Permit>,
    before: Breaker,
}

impl Stage {
    /// Scripts about permits begin half-open, the others closed.
    fn of(case: &Json) -> Self {
        let config = config(case);
        let half_open = case["config"]["half_open_permits"].is_u64();
        let breaker = if half_open { opened(&config, NOW) } else { Breaker::default() };
        let now = if half_open { NOW + config.open_for } else { NOW };
        Self { config, before: breaker.clone(), breaker, now, held: Vec::new() }
    }

    fn acquire(&mut self) -> bool {
        let permit = self.breaker.acquire(self.now, &self.config);
        self.held.extend(permit);
        permit.is_some()
    }

    fn report(&mut self, call: Call) {
        let permit = self.held.pop().expect("a permit is held");
        self.breaker.report(permit, call, self.now, &self.config);
    }

    fn fail(&mut self) {
        for _ in 0..self.config.minimum_calls {
            assert!(self.acquire());
            self.report(FAILED);
        }
    }

    /// Does a line of a script, and checks what it says.
    fn play(&mut self, line: &str) {
        let (what, wanted) = line.split_once(" -> ").unwrap_or((line, ""));
        let what = match what.split_once(" at ") {
            Some((what, time)) => {
                self.now = Instant::START + Duration::secs(time.parse().expect("a time"));
                what
            }
            None => what,
        };
        match (what, wanted) {
            ("acquire", "no") => assert!(!self.acquire(), "{line}"),
            ("acquire", "yes") => assert!(self.acquire(), "{line}"),
            ("acquire", "half-open") => {
                assert!(self.acquire(), "{line}");
                assert_eq!(state(&self.breaker), "half_open", "{line}");
            }
            ("acquire", denied) if denied.starts_with("denied") => {
                assert!(!self.acquire(), "{line}");
                let wait: f64 = denied
                    .split(['(', ' '])
                    .find_map(|word| word.parse().ok())
                    .expect("it says how long it waits");
                let began = self.before.unclosed_since() + Duration::secs(6);
                assert_eq!(state(&self.breaker), "open", "{line}");
                let until = began + Duration::secs_f64(wait);
                assert_eq!(self.breaker.due(&self.config), Some(until), "{line}");
            }
            ("open", "") => self.fail(),
            ("probe fails", "open") => {
                self.before = self.breaker.clone();
                self.report(FAILED);
                assert_eq!(state(&self.breaker), "open", "{line}");
            }
            ("release one", "") => {
                let permit = self.held.pop().expect("a permit is held");
                self.breaker.release(permit, self.now);
            }
            ("acquire in generation n", "") => assert!(self.acquire(), "{line}"),
            ("breaker opens and closes: generation n+2", "") => {
                self.fail();
                self.now += self.config.open_for;
                assert!(self.acquire(), "{line}");
                self.report(Call::default());
                assert_eq!(state(&self.breaker), "closed", "{line}");
            }
            ("old result arrives", "") => {
                self.before = self.breaker.clone();
                self.report(FAILED);
            }
            ("counts unchanged", "") => assert_eq!(self.breaker, self.before, "{line}"),
            ("1000 acquires, no result ever", "") => assert!((0..1_000).all(|_| self.acquire())),
            (many, "") if many.starts_with("acquire x") => {
                let count = many["acquire x".len()..].parse().expect("a number");
                assert!((0..count).all(|_: u32| self.acquire()), "{line}");
            }
            _ => panic!("an unknown line: {line}"),
        }
    }
}

#[test]
fn the_scripts_of_the_file_play_as_written() {
    let scripts: Vec<Json> = list(&vectors("breaker")["cases"])
        .into_iter()
        .filter(|case| case["script"].is_array())
        .collect();
    assert!(scripts.len() >= 4, "there are scripts");
    for case in scripts {
        let mut stage = Stage::of(&case);
        for line in list(&case["script"]) {
            stage.play(line.as_str().expect("a line"));
        }
        if let Some(wanted) = case["state_after"].as_str() {
            assert_eq!(wanted, state(&stage.breaker), "{case}");
        }
    }
}
