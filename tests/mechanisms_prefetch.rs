//! Prefetch: what waits in a worker that hangs waits with it, in every one of at least twenty seeds,
//! and that it is prefetch that does it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, Gate, JobId, JobKind, JobState, WorkerId};
use zombie_workers::run::{Command, Run};
use zombie_workers::scene::Inspection;

const SEEDS: u64 = 24;

fn apply(run: &mut Run, command: &Command) {
    run.apply(command, &mut ()).expect("the command is allowed");
}

fn turn(run: &mut Run, knob: KnobId, value: f64) {
    apply(run, &Command::Set { knob, value: Value::Number(value) });
}

/// Counts what is fetched while all breakers are closed, and while one is not.
#[derive(Default)]
struct Fetches {
    /// Kinds whose gate is not open.
    gates: Vec<JobKind>,
    opened: u32,
    closed: u32,
    not_closed: u32,
}

impl Fetches {
    fn observe(&mut self, event: &Event) {
        match *event {
            Event::Breaker { kind, gate } => {
                self.gates.retain(|other| *other != kind);
                if gate != Gate::Open {
                    self.gates.push(kind);
                }
                self.opened += u32::from(gate == Gate::Shut);
            }
            Event::Prefetched { .. } if self.gates.is_empty() => self.closed += 1,
            Event::Prefetched { .. } => self.not_closed += 1,
            _ => {}
        }
    }
}

/// Good jobs that wait in the hands of workers that hang.
fn kept_from_work(run: &Run) -> usize {
    let hangs = |id| run.worker(id).is_some_and(|worker| worker.line().is_hung());
    let roster = run.pool().roster().iter();
    let hung = roster.filter(|record| hangs(record.who.id));
    hung.map(|record| run.pool().waiting_in(record.who.task.index)).sum()
}

#[test]
fn zombies_keep_good_jobs_in_their_hands_and_the_queue_shows_none_of_them() {
    let fetches = Lesson::of("prefetch");
    let one_by_one = fetches.clone().with("prefetch", 1).tell(SEEDS, 1_200.0);
    for (told, one_by_one) in fetches.tell(SEEDS, 1_200.0).iter().zip(&one_by_one) {
        let (run, command) = (&told.run, &told.command);
        let hung = run.sample().hung as usize;
        let kept = kept_from_work(run);
        assert!(hung >= 8 && kept >= hung, "{command}: {kept} kept by {hung}");
        assert_eq!(kept_from_work(&one_by_one.run), 0, "{}", one_by_one.command);
        assert_eq!(one_by_one.run.pool().ledger().prefetched, 0);
        // Nothing takes them back, and no queue counts them.
        assert!(run.pool().ledger().prefetched >= kept as u64, "{command}");
        assert_eq!(run.pool().prefetched().taken_back(), 0, "{command}");
    }
}

#[test]
fn a_visibility_timeout_takes_them_back_and_a_kill_frees_them_at_once() {
    let timeouts = Lesson::of("prefetch").with("fix_timeouts", true);
    let detection = timeouts.clone().with("fix_health", true).with("fix_detection", true);
    for (timed, killed) in timeouts.tell(SEEDS, 600.0).iter().zip(&detection.tell(SEEDS, 600.0)) {
        assert!(timed.run.pool().prefetched().taken_back() > 0, "{}", timed.command);
        let kept = kept_from_work(&killed.run);
        let hung = killed.run.sample().hung as usize;
        assert!(hung <= 6 && kept <= 4 * hung, "{}: {kept} by {hung}", killed.command);
    }
}

/// So many workers, and jobs of 10 s that arrive at 1 s.
fn burst(workers: u32, prefetch: u32, jobs: u32) -> Run {
    let lesson = Lesson::of("queue").with("workers", workers).with("arrival_rate", 0);
    let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 10);
    let mut run = lesson.with("prefetch", prefetch).start(1);
    run.advance(at(1.0), &mut ());
    apply(&mut run, &Command::Burst { jobs });
    run
}

/// When jobs were begun, and which, in seconds.
fn begun(run: &mut Run, until: f64) -> Vec<(f64, u32)> {
    let mut begun = Vec::new();
    run.advance(at(until), &mut |now: Instant, event: &Event| {
        if let Event::Started { job: JobId(job), .. } | Event::StartedCopy { job: JobId(job), .. } =
            *event
        {
            begun.push((now.as_secs_f64(), job));
        }
    });
    begun
}

#[test]
fn a_worker_runs_what_it_fetched_in_order_while_another_idles() {
    let mut run = burst(2, 3, 4);
    // The first takes three, the second what is left, and then has nothing to do.
    assert_eq!(begun(&mut run, 30.0), [(1.0, 0), (1.0, 3), (11.0, 1), (21.0, 2)]);
    let mut run = burst(2, 3, 4);
    run.advance(at(5.0), &mut ());
    let first = Inspection::of(&run, WorkerId(0)).expect("it is there");
    assert_eq!(first.story, "Working on job 0 (normal). 2 more jobs wait in its hand.");
    let waits = run.pool().jobs().iter().find(|job| job.id == JobId(1)).expect("it waits");
    assert_eq!((waits.state, waits.attempt), (JobState::Prefetched, 1));
    assert_eq!(run.pool().audit(), Vec::<String>::new());
}

#[test]
fn the_end_of_a_worker_gives_back_what_it_has_not_begun_as_if_never_fetched() {
    let mut run = burst(2, 3, 4);
    run.advance(at(5.0), &mut ());
    apply(&mut run, &Command::Kill { worker: WorkerId(0) });
    assert_eq!(run.pool().audit(), Vec::<String>::new());
    let state = |job| {
        let mut jobs = run.pool().jobs().iter();
        jobs.find(|one| one.id == JobId(job)).map(|job| (job.state, job.attempt))
    };
    assert_eq!(state(1), Some((JobState::Queued, 0)));
    run.advance(at(60.0), &mut ());
    assert_eq!(run.pool().ledger().succeeded, 4);
}

#[test]
fn what_was_taken_back_runs_twice_and_counts_once() {
    for (late, succeeded_by_40) in [("counted", 3), ("dropped", 2)] {
        let lesson = Lesson::of("queue").with("workers", 1).with("arrival_rate", 0);
        let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 10);
        let lesson = lesson.with("prefetch", 3).with("late_results", late);
        let mut run = lesson.start(1);
        run.advance(at(1.0), &mut ());
        apply(&mut run, &Command::Burst { jobs: 3 });
        turn(&mut run, KnobId::timeout_normal_s, 15.0);
        apply(&mut run, &Command::Set { knob: KnobId::fix_timeouts, value: Value::Flag(true) });
        // At 11 s the worker begins job 1 in time; at 16 s job 2 has waited in its hand for 15 s.
        run.advance(at(15.9), &mut ());
        assert_eq!(run.pool().prefetched().taken_back(), 0, "{late}");
        run.advance(at(16.1), &mut ());
        assert_eq!(run.pool().prefetched().taken_back(), 1, "{late}");
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{late}");
        run.advance(at(40.0), &mut ());
        assert_eq!(run.pool().ledger().succeeded, succeeded_by_40, "{late}");
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{late}");
        run.advance(at(80.0), &mut ());
        let ledger = run.pool().ledger();
        assert_eq!((ledger.succeeded, ledger.prefetched), (3, 0), "{late}");
    }
}

#[test]
fn a_turned_knob_holds_from_the_next_fetch_on() {
    let mut run = burst(1, 1, 3);
    run.advance(at(2.0), &mut ());
    assert_eq!((run.pool().ledger().queued, run.pool().ledger().prefetched), (2, 0));
    turn(&mut run, KnobId::prefetch, 5.0);
    run.advance(at(12.0), &mut ());
    assert_eq!((run.pool().ledger().queued, run.pool().ledger().prefetched), (0, 1));
}

#[test]
fn a_breaker_that_is_not_closed_lets_nobody_fetch_more() {
    let failing = Lesson::of("prefetch").with("fail_share", 0.5).with("fix_breaker", true);
    for seed in 0..SEEDS {
        let (mut run, mut seen) = (failing.start(seed), Fetches::default());
        run.advance(at(600.0), &mut |_: Instant, event: &Event| seen.observe(event));
        let command = failing.command(seed, 600.0);
        assert!(seen.closed > 0 && seen.opened > 0, "{command}");
        assert_eq!(seen.not_closed, 0, "{command}");
    }
}
