//! The circuit breaker's own rules: what a time window, the deadline for hung probes and turned
//! knobs do. (`tests/breaker.rs` holds it against other projects.)
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::guard::{Breaker, BreakerConfig, BreakerState, Call, Permit, WindowSize};
use zombie_workers::kernel::{Duration, Instant};

const NOW: Instant = Instant::START;
const FAILED: Call = Call { failed: true, slow: false };

fn state(breaker: &Breaker) -> &'static str {
    match breaker.state() {
        BreakerState::Closed => "closed",
        BreakerState::Open { .. } => "open",
        BreakerState::HalfOpen { .. } => "half_open",
    }
}

fn permit(breaker: &mut Breaker, now: Instant, config: &BreakerConfig) -> Permit {
    breaker.acquire(now, config).expect("a permit is to be had")
}

/// A breaker that has just opened at `now`.
fn opened(config: &BreakerConfig, now: Instant) -> Breaker {
    let mut breaker = Breaker::default();
    for _ in 0..config.minimum_calls {
        let permit = permit(&mut breaker, now, config);
        breaker.report(permit, FAILED, now, config);
    }
    assert_eq!(state(&breaker), "open");
    breaker
}

fn after(seconds: u64) -> Instant {
    NOW + Duration::secs(seconds)
}

const GOOD: Call = Call { failed: false, slow: false };

/// Minimum 5, open for 60 s, at most 600, five permits, and 30 s for a probe to come back.
fn plain() -> BreakerConfig {
    BreakerConfig {
        window: WindowSize::Calls(20),
        minimum_calls: 5,
        failure_rate: 0.5,
        slow_rate: 1.0,
        slow_after: Duration::secs(24),
        open_for: Duration::secs(60),
        multiplier: 2.0,
        open_cap: Duration::secs(600),
        permits: 5,
        half_open_deadline: Duration::secs(30),
    }
}

/// A half-open breaker at 60 s, with so many probes out.
fn probing(config: &BreakerConfig, probes: usize) -> (Breaker, Vec<Permit>) {
    let mut breaker = opened(config, NOW);
    breaker.tick(after(60), config);
    assert_eq!(state(&breaker), "half_open");
    let out = (0..probes).map(|_| permit(&mut breaker, after(60), config)).collect();
    (breaker, out)
}

#[test]
fn the_cap_bounds_the_first_opening_too() {
    let config = BreakerConfig { open_for: Duration::secs(600), ..plain() };
    let capped = BreakerConfig { open_cap: Duration::secs(60), ..config };
    assert_eq!(opened(&capped, NOW).due(&capped), Some(after(60)));
}

#[test]
fn a_time_window_forgets_by_the_clock() {
    let config = BreakerConfig { window: WindowSize::Seconds(10), ..plain() };
    let mut breaker = Breaker::default();
    for (second, wanted) in [(0, 1), (1, 2), (2, 3), (3, 4), (11, 3), (30, 1)] {
        let permit = permit(&mut breaker, after(second), &config);
        breaker.report(permit, FAILED, after(second), &config);
        assert_eq!(breaker.tally().total, wanted, "at {second} s");
        assert_eq!(state(&breaker), "closed", "four calls in ten seconds decide nothing");
    }
    let many = BreakerConfig { window: WindowSize::Seconds(3), ..plain() };
    let mut breaker = Breaker::default();
    for _ in 0..5 {
        let permit = permit(&mut breaker, NOW, &many);
        breaker.report(permit, FAILED, NOW, &many);
    }
    assert_eq!(state(&breaker), "open", "a size in seconds is no bound on the calls that decide");
}

#[test]
fn a_window_of_the_other_type_begins_anew() {
    let (by_count, by_time) =
        (plain(), BreakerConfig { window: WindowSize::Seconds(60), ..plain() });
    let mut breaker = Breaker::default();
    for (config, wanted) in [(&by_count, 1), (&by_count, 2), (&by_time, 1), (&by_count, 1)] {
        let permit = permit(&mut breaker, NOW, config);
        breaker.report(permit, FAILED, NOW, config);
        assert_eq!(breaker.tally().total, wanted);
    }
}

#[test]
fn the_deadline_of_a_half_open_breaker_is_for_a_probe_that_hangs() {
    let config = plain();
    // A healthy probe that begins late is waited for.
    let (mut breaker, _) = probing(&config, 0);
    let late = permit(&mut breaker, after(85), &config);
    breaker.tick(after(91), &config);
    breaker.report(late, GOOD, after(110), &config);
    assert_eq!((state(&breaker), breaker.due(&config)), ("half_open", Some(after(140))));
    // Nobody asks for the other four permits: it goes by what it has.
    breaker.tick(after(140), &config);
    assert_eq!(state(&breaker), "closed");
    // One that hangs is not, whatever the others did.
    let (mut breaker, mut out) = probing(&config, 5);
    out.drain(1..).for_each(|probe| breaker.report(probe, GOOD, after(70), &config));
    breaker.tick(after(89), &config);
    assert_eq!(state(&breaker), "half_open");
    breaker.tick(after(90), &config);
    assert_eq!((state(&breaker), breaker.due(&config)), ("open", Some(after(90 + 120))));
}

#[test]
fn turned_permits_reach_a_half_open_breaker() {
    let (five, one) = (plain(), BreakerConfig { permits: 1, ..plain() });
    // Five permits, two probes out and none back: still out when there is only one permit.
    let (mut breaker, mut out) = probing(&five, 2);
    assert!(breaker.acquire(after(61), &one).is_none(), "there is no third");
    let mut hung = breaker.clone();
    hung.tick(after(90), &one);
    assert_eq!(state(&hung), "open", "two calls did ask");
    breaker.report(out.remove(0), GOOD, after(70), &one);
    assert_eq!(state(&breaker), "closed", "one result is enough");
    // Three results of five, where one decides.
    let (mut breaker, out) = probing(&five, 3);
    out.into_iter().for_each(|probe| breaker.report(probe, GOOD, after(70), &five));
    breaker.tick(after(71), &one);
    assert_eq!(state(&breaker), "closed");
    // One permit, nobody asks; five now: nothing to hold against it.
    let (mut breaker, _) = probing(&one, 0);
    breaker.tick(after(90), &five);
    assert_eq!(state(&breaker), "closed");
    // One permit, one probe out; five now: there are four more, and five results decide.
    let (mut breaker, mut out) = probing(&one, 1);
    out.extend((0..4).map(|_| permit(&mut breaker, after(65), &five)));
    assert!(breaker.acquire(after(65), &five).is_none());
    for (n, probe) in out.into_iter().enumerate() {
        assert_eq!(state(&breaker), "half_open", "{n} results");
        breaker.report(probe, GOOD, after(70), &five);
    }
    assert_eq!(state(&breaker), "closed");
}

#[test]
fn turned_waits_reach_an_open_breaker() {
    let mut breaker = opened(&plain(), NOW);
    let short = BreakerConfig { open_for: Duration::secs(20), ..plain() };
    assert_eq!((breaker.due(&plain()), breaker.due(&short)), (Some(after(60)), Some(after(20))));
    breaker.tick(after(30), &short);
    assert_eq!(state(&breaker), "half_open");
    let patient = BreakerConfig { half_open_deadline: Duration::secs(300), ..plain() };
    let probe = permit(&mut breaker, after(30), &short);
    breaker.tick(after(200), &patient);
    breaker.report(probe, FAILED, after(200), &BreakerConfig { permits: 1, ..patient });
    assert_eq!(state(&breaker), "open", "its one result was bad");
}
