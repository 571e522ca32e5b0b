//! What the pool's own mechanisms must show, in every one of at least twenty seeds, and that without
//! them, or with what heals them, it is otherwise.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::{Lesson, mean};
use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::OutOfMemory;
use zombie_workers::pool::{Event, KillReason, Revocation, Truth, WorkerId};
use zombie_workers::run::Run;
use zombie_workers::scene::Inspection;

const SEEDS: u64 = 24;

/// Who hung, and of those that were killed on a full host, who did and who did not.
#[derive(Default)]
struct Victims {
    hung: Vec<WorkerId>,
    stuck: u32,
    healthy: u32,
}

impl Victims {
    fn see(&mut self, event: &Event) {
        match *event {
            Event::Truth(Truth::Hung { worker, .. }) => self.hung.push(worker.id),
            Event::Killed { worker, reason: KillReason::OutOfMemory } => {
                let hung = self.hung.contains(&worker.id);
                self.stuck += u32::from(hung);
                self.healthy += u32::from(!hung);
            }
            _ => {}
        }
    }
}

/// Jobs that end well from one time to another, in seconds.
fn served(run: &mut Run, from: f64, to: f64) -> u64 {
    run.advance(at(from), &mut ());
    let before = run.pool().ledger().succeeded;
    run.advance(at(to), &mut ());
    run.pool().ledger().succeeded - before
}

#[test]
fn a_full_host_that_kills_its_largest_process_limps_on_without_a_zombie() {
    let lesson = Lesson::of("largest-dies");
    (0..SEEDS).into_par_iter().for_each(|seed| {
        let (mut run, command) = (lesson.start(seed), lesson.command(seed, 1_800.0));
        let mut victims = Victims::default();
        run.advance(at(1_500.0), &mut |_: Instant, event: &Event| victims.see(event));
        assert!(victims.stuck >= 5, "{command}: {}", victims.stuck);
        assert_eq!(victims.healthy, 0, "those that were killed hung: {command}");
        let served = served(&mut run, 1_500.0, 1_800.0);
        assert!(
            (150..1_000).contains(&served),
            "{served} jobs in the last five minutes: {command}"
        );
    });
    for told in lesson.with("out_of_memory", "pool_dies").tell(SEEDS, 1_800.0) {
        let sample = told.run.sample();
        assert!(told.run.pool().host().dead && sample.processes == 0, "{}", told.command);
        assert!(sample.has_fired("OutOfMemory"), "{}", told.command);
    }
}

#[test]
fn a_host_that_restarts_loses_its_zombies_and_no_job() {
    let lesson = Lesson::of("largest-dies").with("out_of_memory", "restart");
    let lesson = lesson.with("max_deliveries", 100).with("queue_capacity", 100_000);
    (0..SEEDS).into_par_iter().for_each(|seed| {
        let (mut run, command) = (lesson.start(seed), lesson.command(seed, 1_800.0));
        let (mut falls, mut rises, mut taken) = (Vec::new(), Vec::new(), 0_u64);
        run.advance(at(1_800.0), &mut |now: Instant, event: &Event| match event {
            Event::OutOfMemory { then: OutOfMemory::Restart } => falls.push(now.as_secs_f64()),
            Event::Restarted => rises.push(now.as_secs_f64()),
            Event::Revoked { why: Revocation::HostDied, .. } => taken += 1,
            _ => {}
        });
        assert!(falls.len() >= 2 && taken > 10, "{command}: {falls:?} {taken}");
        for (fall, rise) in falls.iter().zip(&rises) {
            assert!((rise - fall - 20.0).abs() < 1e-6, "{command}: {fall} to {rise}");
        }
        let ledger = run.pool().ledger();
        assert_eq!((ledger.dead_lettered, ledger.rejected), (0, 0), "{command}: {ledger:?}");
        assert_eq!(run.pool().audit(), Vec::<String>::new(), "{command}");
        let told = run.world().instruments.counters().out_of_memory;
        assert_eq!(told, falls.len() as u64, "{command}");
    });
}

#[test]
fn jobs_in_flight_outlive_a_pool_that_dies_as_the_queue_does() {
    let lesson = Lesson::of("largest-dies").with("out_of_memory", "pool_dies");
    for fixed in [false, true] {
        let lesson = lesson.clone().with("fix_timeouts", fixed).with("toxic_mib", 400);
        for told in lesson.with("max_deliveries", 100).tell(SEEDS, 1_800.0) {
            let (ledger, command) = (told.run.pool().ledger(), told.command);
            assert!(told.run.pool().host().dead, "{command}");
            assert_eq!((ledger.in_flight, ledger.delayed), (0, 0), "{command}: {ledger:?}");
            assert_eq!(ledger.dead_lettered, 0, "none was given out too often: {command}");
            assert!(ledger.queued > 0 && ledger.rejected > 0, "{command}: {ledger:?}");
        }
    }
}

#[test]
fn the_pool_dies_with_its_parent_process_where_that_is_largest() {
    let lesson = Lesson::of("largest-dies").with("process_base_mib", 1_000);
    for told in lesson.clone().tell(SEEDS, 1_800.0) {
        assert!(told.run.pool().host().dead, "{}", told.command);
        let killed = told.run.world().instruments.counters().killed(KillReason::OutOfMemory);
        assert_eq!(killed, 0, "{}", told.command);
    }
    let small = lesson.with("process_base_mib", 12).tell(SEEDS, 1_800.0);
    assert!(small.iter().all(|told| !told.run.pool().host().dead));
    assert!(mean(&small, |run| run.sample().kills as f64) > 5.0);
}

fn crashes(run: &Run) -> u64 {
    run.world().instruments.counters().killed(KillReason::Crashed)
}

#[test]
fn a_poison_pill_crashes_worker_after_worker_until_its_deliveries_are_used_up() {
    let endless = Lesson::of("poison-pill");
    let bounded = endless.clone().with("max_deliveries", 3);
    let looped = endless.clone().tell(SEEDS, 1_200.0);
    for (seed, looped) in (0..SEEDS).zip(&looped) {
        let (mut run, command) = (bounded.start(seed), bounded.command(seed, 1_200.0));
        let mut given_up = Vec::new();
        run.advance(at(1_200.0), &mut |_: Instant, event: &Event| {
            if let Event::DeadLettered { attempts, .. } = event {
                given_up.push(*attempts);
            }
        });
        assert!(given_up.len() >= 10, "{command}: {given_up:?}");
        assert!(given_up.iter().all(|&attempts| attempts == 3), "{command}: {given_up:?}");
        // Three each, and up to two of each that is not yet given up.
        let (few, letters) = (crashes(&run), given_up.len() as u64);
        assert!((3 * letters..3 * letters + 40).contains(&few), "{command}: {few} of {letters}");
        assert!(crashes(&looped.run) > 5 * few, "{}: {few}", looped.command);
        let (well, ill) = (run.pool().ledger(), looped.run.pool().ledger());
        assert!(well.queued < 30 && ill.queued > 200, "{command}: {well:?} {ill:?}");
    }
    for told in endless.with("crash_share", 0).tell(SEEDS, 1_200.0) {
        assert_eq!(crashes(&told.run), 0, "{}", told.command);
    }
}

#[test]
fn a_slot_whose_workers_die_as_they_start_backs_off_by_the_fourth_fix() {
    let lesson = Lesson::of("poison-pill").with("crash_share", 0).with("start_fail_share", 1);
    let calm = lesson.clone().with("fix_detection", true).tell(SEEDS, 300.0);
    for (calm, wild) in calm.iter().zip(lesson.tell(SEEDS, 300.0)) {
        // 4 s each without, and up to a minute more with it.
        let (few, many) = (crashes(&calm.run), crashes(&wild.run));
        assert!((600..=800).contains(&many), "{}: {many}", wild.command);
        assert!((40..=100).contains(&few), "{}: {few}", calm.command);
        assert_eq!(calm.run.pool().ledger().succeeded, 0, "{}", calm.command);
    }
}

#[test]
fn a_crash_gives_back_the_memory_and_is_told_as_what_it_is() {
    let lesson = Lesson::of("poison-pill").with("normal_mib", 100).with("report_share", 0);
    for seed in 0..SEEDS {
        let (mut run, mut before) = (lesson.start(seed), None);
        while run.step(at(600.0), &mut |_: Instant, event: &Event| {
            if let Event::Crashed { worker } = event {
                before = Some(*worker);
            }
        }) && before.is_none()
        {}
        let worker = before.expect("a worker crashes");
        let told = Inspection::of(&run, worker.id).expect("it was not reaped yet");
        assert_eq!(
            (told.story.as_str(), told.mib),
            ("Crashed in its job; about to be reaped.", 140)
        );
        let held = run.pool().host().memory_mib(&run.pool().knobs);
        run.step(at(600.0), &mut ());
        assert!(Inspection::of(&run, worker.id).is_none(), "it was reaped at once");
        assert!(run.pool().host().memory_mib(&run.pool().knobs) <= held - 100);
        assert_eq!(run.pool().audit(), Vec::<String>::new());
    }
}
