//! Clients that give up and try again: what they do to a pool, in every one of at least twenty
//! seeds, and that it is they that do it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::at;
use common::lesson::Lesson;
use rayon::prelude::*;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, JobId};
use zombie_workers::run::{Command, Customers, Run};
use zombie_workers::scene::{Inspection, JobInspection};

const SEEDS: u64 = 24;

/// Jobs a second that end well while their client waits, from here to `until`.
fn goodput(run: &mut Run, until: f64) -> f64 {
    let good = |run: &Run| run.pool().ledger().succeeded - run.pool().ledger().doomed;
    let (before, from) = (good(run), run.now().as_secs_f64());
    run.advance(at(until), &mut ());
    (good(run) - before) as f64 / (until - from)
}

#[test]
fn a_short_burst_tips_a_pool_for_good_until_the_retries_stop() {
    let storm = Lesson::of("retry-storm");
    (0..SEEDS).into_par_iter().for_each(|seed| {
        let (mut run, command) = (storm.start(seed), storm.command(seed, 2_400.0));
        let before = goodput(&mut run, 590.0);
        assert!(before > 6.5 && run.pool().ledger().retries == 0, "{command}: {before}");
        // Ten minutes after a burst of 20 s of work the load is as before, and goodput is not.
        run.advance(at(1_200.0), &mut ());
        let during = goodput(&mut run, 1_800.0);
        assert!(during < 0.1, "{command}: {during}");
        let speed = run.pool().host().speed();
        assert!(speed == 1.0 && run.sample().active == 10, "all work, and fast: {command}");
        run.advance(at(2_250.0), &mut ());
        let after = goodput(&mut run, 2_400.0);
        assert!(after > 4.0, "{command}: {after}");
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{command}");
    });
    // The same burst on clients that wait, or that give up for good: it is soon over.
    for calm in [storm.clone().with("client_patience_s", 0), storm.with("client_retries", 0)] {
        (0..SEEDS).into_par_iter().for_each(|seed| {
            let (mut run, command) = (calm.start(seed), calm.command(seed, 1_200.0));
            run.advance(at(900.0), &mut ());
            let after = goodput(&mut run, 1_200.0);
            assert!(after > 6.5, "{command}: {after}");
        });
    }
}

/// One worker, and jobs of 10 s that come three at once, at 1 s.
fn three_jobs() -> Lesson {
    let lesson = Lesson::of("queue").with("workers", 1).with("arrival_rate", 0);
    let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 10);
    lesson.with("client_patience_s", 15).with("client_backoff_s", 4)
}

/// The news of those jobs, as seconds and names.
fn news(lesson: &Lesson) -> (Run, BTreeMap<(u32, &'static str), f64>) {
    let mut run = lesson.start(1);
    run.advance(at(1.0), &mut ());
    let mut news = BTreeMap::new();
    let mut note = |now: Instant, event: &Event| {
        let (JobId(job), what) = match *event {
            Event::Submitted { job, .. } => (job, "submitted"),
            Event::Started { job, .. } => (job, "started"),
            Event::Abandoned { job, .. } => (job, "abandoned"),
            Event::Finished { job, doomed: true, .. } => (job, "doomed"),
            Event::Finished { job, .. } => (job, "done"),
            _ => return,
        };
        news.insert((job, what), now.as_secs_f64());
    };
    run.apply(&Command::Burst { jobs: 3 }, &mut note).expect("the command is allowed");
    run.advance(at(100.0), &mut note);
    (run, news)
}

#[test]
fn a_client_leaves_when_its_patience_ends_and_its_job_is_worked_on_all_the_same() {
    let (run, news) = news(&three_jobs());
    // The first is done at 11 s, the second would be at 21 s, the third at 31 s.
    let wanted = [
        ((0, "done"), 11.0),
        ((0, "started"), 1.0),
        ((0, "submitted"), 1.0),
        ((1, "abandoned"), 16.0),
        ((1, "doomed"), 21.0),
        ((1, "started"), 11.0),
        ((1, "submitted"), 1.0),
        ((2, "abandoned"), 16.0),
        ((2, "doomed"), 31.0),
        ((2, "started"), 21.0),
        ((2, "submitted"), 1.0),
    ];
    assert_eq!(news, BTreeMap::from(wanted));
    let ledger = run.pool().ledger();
    assert_eq!((ledger.succeeded, ledger.doomed, ledger.abandoned, ledger.retries), (3, 2, 0, 0));
}

#[test]
fn a_retry_is_the_same_request_as_a_new_job_after_the_backoff() {
    let (run, news) = news(&three_jobs().with("client_retries", 1));
    // Two leave at 16 s and come back at 20 s; both jobs wait behind the third of before.
    for job in [3, 4] {
        assert_eq!(news[&(job, "submitted")], 20.0);
    }
    assert_eq!((news[&(3, "started")], news[&(4, "started")]), (31.0, 41.0));
    let ledger = run.pool().ledger();
    assert_eq!((ledger.requests(), ledger.retries, ledger.submitted), (3, 2, 5));
    assert_eq!((ledger.doomed, ledger.succeeded), (4, 5));
}

#[test]
fn retries_change_no_request_that_comes_after_them() {
    // The same jobs arrive at the same times, whatever clients do.
    let lesson = Lesson::of("retry-storm").with("arrival_rate", 12).with("service_cv", 1);
    let first = |lesson: &Lesson| {
        let mut arrivals = Vec::new();
        lesson.start(3).advance(at(500.0), &mut |now: Instant, event: &Event| {
            if let Event::Submitted { .. } = event {
                arrivals.push(now);
            }
        });
        arrivals
    };
    let (with, without) = (first(&lesson), first(&lesson.clone().with("client_retries", 0)));
    assert!(with.len() > without.len());
    assert!(without.iter().all(|at| with.contains(at)));
}

#[test]
fn those_that_wait_follow_a_turned_knob_and_the_inspector_tells_of_it() {
    let mut run = three_jobs().with("client_patience_s", 0).start(1);
    run.advance(at(1.0), &mut ());
    run.apply(&Command::Burst { jobs: 3 }, &mut ()).expect("the command is allowed");
    run.advance(at(5.0), &mut ());
    let patience = Command::Set { knob: KnobId::client_patience_s, value: Value::Number(6.0) };
    run.apply(&patience, &mut ()).expect("the command is allowed");
    run.advance(at(6.9), &mut ());
    assert_eq!(run.pool().ledger().abandoned, 0);
    run.advance(at(7.1), &mut ());
    assert_eq!(run.pool().ledger().abandoned, 3);
    let waits = JobInspection::of(&run, JobId(2)).expect("it waits");
    assert!(waits.story.ends_with("Its client has left: the work is for nobody."), "{waits:?}");
    let worker = run.pool().roster().iter().next().expect("there is a worker").who.id;
    let works = Inspection::of(&run, worker).expect("it is there");
    assert!(works.story.ends_with("Its client has left: the work is for nobody."), "{works:?}");
}

#[test]
fn a_customer_that_leaves_is_lost_and_what_is_done_for_it_afterwards_serves_nobody() {
    let mut customers = Customers::default();
    let mut run = three_jobs().start(1);
    run.advance(at(1.0), &mut customers);
    run.apply(&Command::Burst { jobs: 3 }, &mut customers).expect("the command is allowed");
    run.advance(at(100.0), &mut customers);
    // Each job takes 10 s, and each client waits for 15 s: the first is served after 10 s, two leave.
    assert_eq!(run.pool().ledger().succeeded, 3, "the pool does all the work");
    assert_eq!((customers.served_since(0), customers.lost()), (1, 2));
    assert_eq!(customers.late_at(&run), Duration::secs(5 + 2 * 600));
}
