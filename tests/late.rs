//! Late results, dropped and counted: each over at least twenty seeds.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::{Lesson, mean};
use common::nights::figure;
use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::pool::{Event, JobState};
use zombie_workers::scene::Inspection;

const SEEDS: u64 = 24;

#[test]
fn late_results_that_count_end_jobs_that_else_are_done_again_and_again() {
    let counted = Lesson::of("late-results");
    let dropped = counted.clone().with("late_results", "dropped").tell(SEEDS, 1_800.0);
    let patient = counted.clone().with("timeout_report_s", 3_600).tell(SEEDS, 1_800.0);
    let counted = counted.tell(SEEDS, 1_800.0);
    for (counted, dropped) in counted.iter().zip(&dropped) {
        let command = &counted.command;
        assert!(figure(&counted.run, "duplicate_executions_total") >= 10.0, "{command}");
        assert!(figure(&counted.run, "late_successes_total") >= 10.0, "{command}");
        assert_eq!(figure(&dropped.run, "late_successes_total"), 0.0, "{}", dropped.command);
        let (well, ill) = (counted.run.pool().ledger(), dropped.run.pool().ledger());
        assert!(ill.queued > 150 && 4 * well.queued < ill.queued, "{command}: {well:?} {ill:?}");
    }
    let waste = |run: &_| figure(run, "worker_seconds_total{spent=\"doomed\"}");
    assert!(mean(&counted, waste) > 500.0, "work done twice is waste");
    for told in patient {
        assert_eq!(figure(&told.run, "duplicate_executions_total"), 0.0, "{}", told.command);
        assert_eq!(waste(&told.run), 0.0, "{}", told.command);
    }
}

#[test]
fn a_late_result_ends_its_job_once_wherever_it_is() {
    // Nearly too much work, and long waits for a redelivery: late results find their jobs set aside,
    // in the queue and with another worker.
    let lesson = Lesson::of("late-results").with("arrival_rate", 9).with("backoff_base_s", 10);
    let one = |seed| {
        let (mut run, command) = (lesson.start(seed), lesson.command(seed, 1_800.0));
        let (mut found, mut ended) = (Vec::new(), Vec::new());
        while run.step(at(1_800.0), &mut |_: Instant, event: &Event| match *event {
            Event::Reclaimed { from, .. } => found.push(from),
            Event::Finished { job, .. } | Event::DeadLettered { job, .. } => ended.push(job),
            _ => {}
        }) {
            assert!(run.pool().ledger().balances(), "{command}");
        }
        let all = ended.len();
        ended.sort_unstable();
        ended.dedup();
        assert_eq!(ended.len(), all, "each job ends once: {command}");
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{command}");
        found
    };
    let found: Vec<JobState> = (0..SEEDS).into_par_iter().flat_map_iter(one).collect();
    for state in [JobState::Delayed, JobState::Queued, JobState::InFlight] {
        let count = found.iter().filter(|from| **from == state).count();
        assert!(count >= 20, "{count} were {state:?}");
    }
}

#[test]
fn a_worker_that_is_not_told_goes_on_and_the_inspector_says_so() {
    let untold = Lesson::of("late-results");
    let told = untold.clone().with("timeout_cancels", true).with("report_yield_s", 0.1);
    for seed in 0..SEEDS {
        let mut run = untold.start(seed);
        let mut timed_out = None;
        while run.step(at(1_800.0), &mut |_: Instant, event: &Event| {
            if let Event::Revoked { worker, .. } = event {
                timed_out = Some(worker.id);
            }
        }) && timed_out.is_none()
        {}
        let worker = timed_out.expect("a long report comes");
        let story = Inspection::of(&run, worker).expect("it is there").story;
        assert!(story.contains("though it was taken away"), "seed {seed}: {story}");
    }
    for told in told.tell(SEEDS, 1_800.0) {
        assert_eq!(figure(&told.run, "late_successes_total"), 0.0, "{}", told.command);
    }
}
