//! The instruments: vectors of other projects, and recounts by brute force.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::lesson::Lesson;
use common::{LENGTH, at, end, scenario, start};
use proptest::prelude::*;
use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, Truth};
use zombie_workers::run::{Command, Run, built_in};
use zombie_workers::watch::{AlertSample, AlertState, Milestone, Severity, exposition};

fn vectors(file: &str) -> Json {
    let path = format!("tests/vectors/{file}.json");
    let text = std::fs::read_to_string(&path).expect("vectors can be read");
    serde_json::from_str(&text).expect("vectors are JSON")
}

fn numbers(list: &Json) -> Vec<f64> {
    let number = |value: &Json| value.as_f64().unwrap_or(f64::INFINITY);
    list.as_array().expect("a list").iter().map(number).collect()
}

#[test]
fn alerts_go_through_the_states_of_prometheus() {
    let file = vectors("alerts");
    for series in file["series"].as_array().unwrap() {
        let mut state = AlertState::default();
        let mut now = Instant::START;
        let wanted = series["states"].as_array().unwrap();
        for (value, wanted) in numbers(&series["values"]).into_iter().zip(wanted) {
            state = state.evaluate(value < 100.0, now, Duration::secs(60));
            // Prometheus has no word for an alert that fired and does so no longer.
            let shown = state.name().replace("resolved", "inactive");
            assert_eq!(shown, wanted.as_str().unwrap(), "{value} at {now:?}");
            now += Duration::secs(300);
        }
    }
}

fn apocalypse(seed: u64) -> Run {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    scenario.seed = seed;
    start(&scenario)
}

#[test]
fn a_parser_of_another_project_reads_the_exposition() {
    let mut run = apocalypse(7);
    run.advance(at(300.0), &mut ());
    let text = exposition(&run.world().instruments, run.pool(), run.now());
    assert!(text.ends_with('\n') && !text.contains("\n\n"));
    let lines = text.lines().map(|line| Ok(line.to_owned()));
    let scrape = prometheus_parse::Scrape::parse(lines).expect("the text parses");
    let value = |name: &str| {
        let sample = scrape.samples.iter().find(|sample| sample.metric == name);
        match sample.unwrap_or_else(|| panic!("{name} is there")).value {
            prometheus_parse::Value::Counter(value) | prometheus_parse::Value::Gauge(value) => {
                value
            }
            ref other => panic!("{name}: {other:?}"),
        }
    };
    let sample = run.sample();
    assert_eq!(value("zombie_pool_zombie_workers"), f64::from(sample.zombies));
    assert_eq!(value("zombie_pool_hung_jobs"), f64::from(sample.hung_jobs));
    assert_eq!(value("zombie_pool_memory_bytes"), sample.memory_mib as f64 * 1_048_576.0);
    assert!(sample.zombies > 5 && sample.hung_jobs > 0, "there was something to show");
    let family = |name: &str| {
        scrape.samples.iter().filter(|sample| sample.metric == name).collect::<Vec<_>>()
    };
    let durations = family("zombie_pool_job_duration_seconds");
    let prometheus_parse::Value::Histogram(buckets) = &durations[0].value else {
        panic!("not a histogram: {durations:?}")
    };
    assert!(buckets.is_sorted_by(|a, b| a.less_than < b.less_than && a.count <= b.count));
    let ended = (sample.ledger.succeeded + sample.ledger.failed) as f64;
    assert_eq!(buckets.last().map(|last| last.count), Some(ended));
    assert_eq!(scrape.docs.len(), text.matches("# HELP").count());
}

/// What is in progress, by worker, recounted from the list of events.
#[derive(Default)]
struct Recount {
    since: BTreeMap<u32, Instant>,
    hung: BTreeMap<u32, ()>,
}

impl Recount {
    fn see(&mut self, now: Instant, event: &Event) {
        match event {
            Event::Started { worker, .. } => {
                self.since.insert(worker.id.0, now);
            }
            Event::Finished { worker, .. } | Event::Revoked { worker, .. } => {
                self.since.remove(&worker.id.0);
            }
            Event::Truth(Truth::Hung { worker, .. }) => {
                self.hung.insert(worker.id.0, ());
            }
            Event::Reaped { worker, .. } => {
                self.hung.remove(&worker.id.0);
            }
            _ => {}
        }
    }

    fn hung_jobs(&self, now: Instant, after: Duration) -> usize {
        self.since.values().filter(|&&since| now.saturating_since(since) > after).count()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_hangs_is_counted_right_at_any_moment(
        scenario in scenario(),
        moments in prop::collection::vec(0.0..f64::from(LENGTH), 1..30),
    ) {
        let mut run = start(&scenario);
        let mut recount = Recount::default();
        let mut moments = moments;
        moments.sort_by(f64::total_cmp);
        for moment in moments {
            run.advance(at(moment), &mut |now, event: &Event| recount.see(now, event));
            let sample = run.sample();
            let after = run.pool().knobs.hung_after_s;
            // A turned knob counts from the next second on.
            let turned = scenario.commands.iter().any(|timed| matches!(
                &timed.command, Command::Set { knob: KnobId::hung_after_s, .. }
            ));
            if !turned {
                let hung_jobs = recount.hung_jobs(run.now(), after);
                prop_assert_eq!(sample.hung_jobs as usize, hung_jobs, "{}", moment);
            }
            prop_assert_eq!(sample.hung as usize, recount.hung.len());
            prop_assert!(sample.active + sample.hung <= sample.alive);
            prop_assert_eq!(sample.ledger.in_flight as usize, recount.since.len());
        }
    }

    #[test]
    fn the_text_of_any_run_parses(scenario in scenario()) {
        let mut run = start(&scenario);
        run.advance(end(), &mut ());
        let text = exposition(&run.world().instruments, run.pool(), run.now());
        let lines = text.lines().map(|line| Ok(line.to_owned()));
        let scrape = prometheus_parse::Scrape::parse(lines).expect("the text parses");
        prop_assert!(scrape.samples.len() > 40);
    }
}

/// Steps of the way down: all but the recovery.
const DOWN: usize = Milestone::ALL.len() - 1;

#[test]
fn the_eight_steps_of_the_incident_happen_in_every_night_of_scenario_zombie() {
    for seed in 0..40 {
        let mut run = apocalypse(seed);
        run.advance(at(900.0), &mut ());
        let story = run.world().instruments.milestones().story();
        assert_eq!(story.len(), DOWN, "seed {seed}: {story:?}");
        let at_s = |stage| run.world().instruments.milestones().at(stage).unwrap().as_secs_f64();
        assert!(at_s(Milestone::Healthy) < 30.0, "seed {seed}");
        assert!((30.0..90.0).contains(&at_s(Milestone::FirstToxicJob)), "seed {seed}: {story:?}");
        let first_zombie = at_s(Milestone::ReplacementSpawned);
        assert!(at_s(Milestone::ZombiesClimb) >= first_zombie, "seed {seed}");
        assert!(at_s(Milestone::MemoryExplodes) > 30.0, "seed {seed}");
        assert!(at_s(Milestone::DeathSpiral) >= at_s(Milestone::QueueBacksUp), "seed {seed}");
    }
}

#[test]
fn the_old_dashboard_lies_while_the_new_one_screams() {
    for seed in 0..20 {
        let mut run = apocalypse(seed);
        run.advance(at(300.0), &mut ());
        let sample = run.sample();
        assert_eq!(sample.old.active, 10, "seed {seed}");
        assert!(sample.old.success_rate > Some(0.85), "seed {seed}: {:?}", sample.old);
        assert!(sample.success_rate < sample.old.success_rate, "seed {seed}");
        assert!(sample.old.memory_mib * 2 < sample.memory_mib, "seed {seed}: {sample:?}");
        assert!(sample.zombies >= 5 && sample.hung >= 5, "seed {seed}: {sample:?}");
        let firing = |name: &str| {
            sample.alerts.iter().any(|alert| alert.name == name && alert.state == "firing")
        };
        assert!(firing("ZombieWorkers") && firing("HungJobs") && firing("MemoryHigh"));
    }
}

#[test]
fn a_healthy_pool_does_not_page() {
    for seed in 0..20 {
        let mut scenario = built_in("normal").expect("the scenario is built in");
        scenario.seed = seed;
        let mut run = start(&scenario);
        for minute in 1..=60 {
            run.advance(at(60.0 * f64::from(minute)), &mut ());
            let sample = run.sample();
            let pages = |alert: &AlertSample| {
                alert.severity == Severity::Critical && alert.state == "firing"
            };
            let paged = sample.alerts.iter().filter(|alert| pages(alert)).count();
            assert_eq!(paged, 0, "seed {seed}, minute {minute}: {sample:?}");
        }
    }
}

#[test]
fn jobs_that_were_parked_for_minutes_and_turned_away_are_in_the_latency() {
    let lesson = Lesson::of("hidden-toxic");
    let lesson = lesson.with("report_share", 0.2).with("toxic_share", 0.3).with("arrival_rate", 2);
    for seed in 0..5 {
        let mut run = lesson.start(seed);
        // For a minute or two after the breaker closed none is turned away.
        let minutes = (20..=30).map(|minute| {
            run.advance(at(f64::from(minute) * 60.0), &mut ());
            run.sample().p95_s
        });
        let late = minutes.filter(|p95| *p95 > Some(250.0)).count();
        let sample = run.sample();
        assert!(sample.ledger.rejected > 300, "seed {seed}: they were turned away: {sample:?}");
        assert!(late >= 5, "seed {seed}: after 300 s in the queue, in {late} of 11 minutes");
        assert!(sample.survivors_p95_s < Some(60.0), "seed {seed}: {sample:?}");
    }
}

#[test]
fn the_success_rate_is_that_of_jobs_and_not_of_attempts() {
    let mut run = Lesson::of("short-timeout").start(1);
    for minute in 10..30 {
        run.advance(at(60.0 * f64::from(minute)), &mut ());
        let before = *run.pool().ledger();
        run.advance(at(60.0 * f64::from(minute + 1)), &mut ());
        let (after, sample) = (*run.pool().ledger(), run.sample());
        assert_eq!(sample.hung_jobs, 0, "the timeout is short");
        let ended = (after.ended() - before.ended()) as f64;
        let wanted = (after.succeeded - before.succeeded) as f64 / ended;
        let got = sample.success_rate.expect("jobs ended");
        assert!((got - wanted).abs() < 0.005, "minute {minute}: {got}, by the books {wanted}");
    }
}

#[test]
fn workers_of_removed_slots_are_neither_active_nor_registered() {
    // Twenty workers with long jobs, and then five slots: the others drain.
    let lesson = Lesson::of("normal").with("workers", 20).with("service_mean_s", 60);
    let mut run = lesson.with("arrival_rate", 20).start(2);
    run.advance(at(30.0), &mut ());
    let (knob, value) = (KnobId::workers, Value::Number(5.0));
    run.apply(&Command::Set { knob, value }, &mut ()).expect("the command is allowed");
    run.advance(at(31.0), &mut ());
    let sample = run.sample();
    assert!(sample.alive > 15, "they still work: {sample:?}");
    assert!(sample.active <= 5 && sample.old.active <= 5, "{sample:?}");
    assert!(sample.old.memory_mib < sample.memory_mib / 2, "{sample:?}");
}
