//! Runs against formulas: when the pool is dead, how many zombies there are, what timeouts and
//! kills cost, and how much an open breaker lets through.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::lesson::{Lesson, Told, mean};
use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::Knobs;
use zombie_workers::lab::Stability;
use zombie_workers::pool::{Event, Gate, JobKind, Truth};
use zombie_workers::run::Run;

const SEEDS: u64 = 24;

fn knobs(lesson: &Lesson) -> Knobs {
    lesson.start(0).pool().knobs
}

/// When the last of the first `workers` workers hung, in seconds.
fn died_at(lesson: &Lesson, seed: u64, workers: u32) -> f64 {
    let mut run = lesson.start(seed);
    let (mut hung, mut died) = (0, f64::NAN);
    for hour in 1..=20 {
        run.advance(common::at(f64::from(hour) * 3_600.0), &mut |now: Instant, event: &Event| {
            if let Event::Truth(Truth::Hung { .. }) = event {
                hung += 1;
                if hung == workers {
                    died = now.as_secs_f64();
                }
            }
        });
        if hung >= workers {
            return died;
        }
    }
    panic!("{hung} hang only: {}", lesson.command(seed, 72_000.0));
}

#[test]
fn the_time_to_a_dead_pool_is_that_of_the_formula() {
    // Overloaded, where the workers set the pace, and with time to spare, where the arrivals do.
    for rate in ["12", "3", "1"] {
        let lesson = Lesson::of("dead-pool").with("arrival_rate", rate);
        let Knobs { workers, arrival_rate, toxic_share, service_mean_s, .. } = knobs(&lesson);
        // With r workers left they finish at rate min(λ, rμ/(1−p)), and each job is toxic with
        // probability p.
        let service_s = service_mean_s.as_secs_f64() * (1.0 - toxic_share);
        let next_hang = |left| 1.0 / (toxic_share * arrival_rate.min(f64::from(left) / service_s));
        let wanted: f64 = (1..=workers).map(next_hang).sum();
        let times: Vec<f64> =
            (0..800).into_par_iter().map(|seed| died_at(&lesson, seed, workers)).collect();
        let got = times.iter().sum::<f64>() / times.len() as f64;
        println!("λ = {rate}: the pool is dead after {got:.1} s, formula {wanted:.1} s");
        assert!((got / wanted - 1.0).abs() < 0.1, "λ = {rate}: {got} s, formula {wanted} s");
    }
}

#[test]
fn what_kills_a_pool_without_fixes_does_not_with_two() {
    let rare = Lesson::of("dead-pool").with("arrival_rate", 4).with("toxic_share", 0.002);
    let healed = rare.clone().with("fix_timeouts", true).with("fix_detection", true);
    for told in healed.with("timeout_toxic_s", 10).tell(SEEDS, 7_200.0) {
        let sample = told.run.sample();
        assert!(sample.active >= 3 && sample.ledger.queued < 50, "{}: {sample:?}", told.command);
    }
    for told in rare.tell(SEEDS, 7_200.0) {
        assert_eq!(told.run.sample().active, 0, "{}", told.command);
    }
}

#[test]
fn zombies_without_fixes_are_poisson() {
    const NIGHTS: u64 = 400;
    let lesson = Lesson::of("no-fixes");
    let Knobs { arrival_rate, toxic_share, .. } = knobs(&lesson);
    for seconds in [300.0, 600.0] {
        let told = lesson.tell(NIGHTS, seconds);
        let zombies = |run: &Run| f64::from(run.pool().roster().zombies());
        let got = mean(&told, zombies);
        let spread = mean(&told, |run| (zombies(run) - got) * (zombies(run) - got));
        let wanted = arrival_rate * toxic_share * seconds;
        println!("{seconds} s: {got:.2} zombies, λpt = {wanted}, variance {spread:.1}");
        // A worker that hangs becomes a zombie at the end of its life only: half a life of lag.
        assert!((0.9..1.02).contains(&(got / wanted)), "{got} zombies, λpt = {wanted}");
        assert!((0.7..1.3).contains(&(spread / got)), "variance {spread}, mean {got}");
    }
    for told in lesson.tell(SEEDS, 600.0) {
        let sample = told.run.sample();
        let throughput = sample.ledger.succeeded as f64 / 600.0;
        assert!(throughput > 0.93 * arrival_rate, "throughput holds: {}", told.command);
        assert!(sample.memory_mib > 4 * sample.baseline_mib, "memory does not: {}", told.command);
    }
    for told in lesson.tell(SEEDS, 2_100.0) {
        assert!(told.run.pool().host().dead, "the host is out of memory: {}", told.command);
    }
    for told in lesson.with("fix_detection", true).tell(SEEDS, 2_100.0) {
        // Those of the last half minute: Poisson as well.
        assert!(told.run.pool().roster().zombies() <= 15, "detection frees it: {}", told.command);
        assert!(!told.run.pool().host().dead, "{}", told.command);
    }
}

/// Scenario `timeouts-detection` with a toxic share that makes the load `rho`.
fn loaded(rho: f64) -> Lesson {
    let lesson = Lesson::of("timeouts-detection");
    let mut knobs = knobs(&lesson);
    let (mut low, mut high) = (0.0, 0.5);
    for _ in 0..50 {
        knobs.toxic_share = (low + high) / 2.0;
        let load = Stability::of(&knobs).utilization(knobs.timeout_toxic_s.as_secs_f64());
        if load < rho {
            low = knobs.toxic_share;
        } else {
            high = knobs.toxic_share;
        }
    }
    lesson.with("toxic_share", low)
}

/// How many jobs more wait after the second hour than after the first, on the mean.
fn growth(lesson: &Lesson) -> f64 {
    let one = |seed| {
        let mut run = lesson.start(seed);
        let waiting = |run: &Run| (run.pool().ledger().queued + run.pool().ledger().delayed) as f64;
        run.advance(common::at(3_600.0), &mut ());
        let before = waiting(&run);
        run.advance(common::at(7_200.0), &mut ());
        waiting(&run) - before
    };
    (0..20).into_par_iter().map(one).sum::<f64>() / 20.0
}

#[test]
fn timeouts_with_detection_are_stable_exactly_where_the_load_is_below_one() {
    let arrived = 20.0 * 3_600.0;
    for rho in [0.85, 0.95] {
        let grown = growth(&loaded(rho));
        println!("ρ = {rho}: {grown:.0} of {arrived} jobs more wait after an hour");
        assert!(grown < 0.005 * arrived, "ρ = {rho}: {grown} jobs more wait");
    }
    for rho in [1.05, 1.15] {
        let grown = growth(&loaded(rho));
        // What comes and is not done; less, as long as toxic jobs still wait for their later turns.
        let wanted = arrived * (1.0 - 1.0 / rho);
        println!("ρ = {rho}: {grown:.0} of {arrived} jobs more wait after an hour, {wanted:.0}");
        assert!((0.5..1.1).contains(&(grown / wanted)), "ρ = {rho}: {grown}, wanted {wanted}");
    }
    // Either fix without the other does not do it: a hung worker stays, or its job comes back at once.
    for told in loaded(0.85).with("fix_detection", false).tell(SEEDS, 1_800.0) {
        assert_eq!(told.run.sample().active, 0, "{}", told.command);
    }
}

/// The toxic jobs in flight, as an integral over the time since the breaker first opened and the
/// jobs of before were over.
#[derive(Default)]
struct ToxicLoad {
    from: Option<Instant>,
    count: u32,
    last: Instant,
    area: f64,
}

impl ToxicLoad {
    fn see(&mut self, now: Instant, event: &Event, timeout: zombie_workers::kernel::Duration) {
        let toxic = JobKind::Toxic;
        let step = match *event {
            Event::Breaker { kind, gate: Gate::Shut } if kind == toxic && self.from.is_none() => {
                self.from = Some(now + timeout);
                0
            }
            Event::Started { kind, .. } if kind == toxic => 1,
            Event::Revoked { kind, .. } if kind == toxic => -1,
            _ => return,
        };
        self.book(now);
        self.count = self.count.saturating_add_signed(step);
    }

    fn book(&mut self, now: Instant) {
        if let Some(from) = self.from {
            let since = self.last.max(from);
            self.area += now.saturating_since(since).as_secs_f64() * f64::from(self.count);
        }
        self.last = now;
    }
}

/// The mean toxic load of a run once its breaker has opened; of another, in all.
fn toxic_load(lesson: &Lesson, seed: u64) -> (f64, Told) {
    let mut run = lesson.start(seed);
    let timeout = run.pool().knobs.timeout_toxic_s;
    let mut load = ToxicLoad::default();
    if !run.pool().knobs.fix_breaker {
        load.from = Some(Instant::START + timeout);
    }
    run.advance(common::at(1_800.0), &mut |now, event: &Event| load.see(now, event, timeout));
    load.book(run.now());
    let command = lesson.command(seed, 1_800.0);
    let from = load.from.unwrap_or_else(|| panic!("its breaker never opens: {command}"));
    let mean = load.area / run.now().saturating_since(from).as_secs_f64();
    (mean, Told { run, seed, command })
}

#[test]
fn an_open_breaker_lets_through_no_more_than_its_permits() {
    let lesson = Lesson::of("three-fixes");
    let without = lesson.clone().with("fix_breaker", false);
    let Knobs { breaker_permits, timeout_toxic_s, breaker_open_s, .. } = knobs(&lesson);
    let (timeout, wait) = (timeout_toxic_s.as_secs_f64(), breaker_open_s.as_secs_f64());
    let bound = f64::from(breaker_permits) * timeout / (wait + timeout);
    let loads: Vec<f64> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let (load, with) = toxic_load(&lesson, seed);
            assert!(load <= bound, "toxic load {load}, bound {bound}: {}", with.command);
            assert!(with.run.sample().active >= 9, "{}", with.command);
            let normal = with.run.pool().queue().lane(JobKind::Normal).len();
            assert!(normal < 30, "good jobs do not wait: {normal}, {}", with.command);
            let (load, sick) = toxic_load(&without, seed);
            assert!(load > 5.0 * bound, "without it: {load}, {}", sick.command);
            let normal = sick.run.pool().queue().lane(JobKind::Normal).len();
            assert!(normal > 500, "good jobs wait: {normal}, {}", sick.command);
            toxic_load(&lesson, seed).0
        })
        .collect();
    let mean = loads.iter().sum::<f64>() / loads.len() as f64;
    println!("toxic load {mean:.3} on the mean, bound {bound:.3}");
}
