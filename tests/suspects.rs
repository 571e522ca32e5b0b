//! What becomes of suspects. One that leaves when asked is an unplanned restart like one that is
//! killed: its slot backs off, it counts toward restart intensity and the alert on restarts, and if
//! it was healthy it is counted as a false kill.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::at;
use common::lesson::Lesson;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::pool::{Event, Exit, KillReason, SpawnReason, Truth};
use zombie_workers::run::Run;

/// What a run does to its suspects.
#[derive(Default)]
struct Restarts {
    suspects: u64,
    planned: u64,
    killed: u64,
    false_kills: u64,
    storm: bool,
    most_a_minute: u32,
    /// For each slot, how long it stayed empty after each end of its worker.
    waits: BTreeMap<u32, Vec<Duration>>,
    emptied: BTreeMap<u32, Instant>,
}

impl Restarts {
    fn of(run: &mut Run, seconds: u32) -> Self {
        let mut all = Self::default();
        for second in 1..=seconds {
            run.advance(at(f64::from(second)), &mut |now, event: &Event| all.see(now, event));
            all.most_a_minute = all.most_a_minute.max(run.sample().restarts_a_minute);
        }
        all
    }

    fn see(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Reaped { slot, exit, zombie: false, .. } => {
                match exit {
                    Exit::Suspect => self.suspects += 1,
                    Exit::Planned => self.planned += 1,
                    Exit::Killed => self.killed += 1,
                }
                self.emptied.insert(slot, now);
            }
            Event::Spawned { slot, .. } => {
                if let Some(since) = self.emptied.remove(&slot) {
                    self.waits.entry(slot).or_default().push(now.saturating_since(since));
                }
            }
            Event::Truth(Truth::FalseKill { .. }) => self.false_kills += 1,
            Event::RestartStorm { on: true } => self.storm = true,
            _ => {}
        }
    }
}

fn fires(run: &Run, alert: &str) -> bool {
    run.sample().alerts.iter().any(|found| found.name == alert && found.state == "firing")
}

/// Idle workers that beat each 5 s, where 4 s of silence make a suspect.
fn impatient() -> Lesson {
    let lesson = Lesson::of("normal").with("arrival_rate", 0).with("workers", 50);
    let lesson = lesson.with("fix_detection", true).with("beat_interval_s", 5);
    lesson.with("liveness_timeout_s", 4).with("detector_sanity", 1)
}

#[test]
fn healthy_workers_suspected_again_and_again_are_a_restart_storm() {
    for seed in 0..4 {
        let mut run = impatient().start(seed);
        let early = Restarts::of(&mut run, 60);
        assert!(early.storm && fires(&run, "RestartStorm"), "seed {seed}");
        assert!(fires(&run, "WorkerRestarts") && early.most_a_minute > 50, "seed {seed}");
        let all = Restarts::of(&mut run, 600);
        assert_eq!((all.planned, all.killed), (0, 0), "no suspect's end is planned: seed {seed}");
        assert_eq!(all.suspects, all.false_kills, "not one of them hung: seed {seed}");
        let (sample, counters) = (run.sample(), run.world().instruments.counters());
        assert_eq!(counters.spawns[SpawnReason::Recycled as usize], 0, "seed {seed}");
        assert_eq!(sample.restarts, counters.spawns[SpawnReason::Suspect as usize]);
        assert!(sample.restarts < 1_000, "back-off and storm slow it down: {}", sample.restarts);
        assert_eq!(sample.false_kills, early.false_kills + all.false_kills);
    }
}

#[test]
fn a_slot_that_loses_suspects_backs_off_as_one_that_loses_killed_workers() {
    // No storm, so that only the slot's own back-off is seen: 0, 1, 2, 4 … 60 s, each ± 20 %.
    let calm = impatient().with("workers", 4).with("restart_intensity", 1_000);
    let mut run = calm.start(1);
    let all = Restarts::of(&mut run, 600);
    assert_eq!(all.waits.len(), 4);
    for waits in all.waits.values() {
        for (wait, plain) in waits.iter().zip([0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]) {
            let wait = wait.as_secs_f64();
            assert!((plain * 0.8..=plain * 1.2).contains(&wait), "{waits:?}");
        }
        assert!(waits.len() >= 9, "{waits:?}");
    }
}

#[test]
fn workers_that_never_start_in_time_are_a_crash_loop() {
    let slow = Lesson::of("normal").with("fix_detection", true).with("startup_s", 60);
    let mut run = slow.with("startup_timeout_s", 10).start(1);
    let all = Restarts::of(&mut run, 1_800);
    assert_eq!(run.sample().active, 0, "not one gets to work");
    assert!(all.suspects + all.killed > 100 && all.planned == 0);
    assert!(all.storm && all.most_a_minute > 10, "{}", all.most_a_minute);
    assert!(all.suspects + all.killed < 500, "it is throttled: {}", all.suspects + all.killed);
}

#[test]
fn a_worker_that_hung_from_its_first_second_does_not_reset_the_backoff() {
    // Each worker hangs in its first job, and is found two minutes after its last sign of life.
    let bad = Lesson::of("normal").with("toxic_share", 1).with("workers", 1);
    let bad = bad.with("arrival_rate", 2).with("fix_detection", true);
    let bad = bad.with("liveness_timeout_s", 150).with("max_deliveries", 100);
    let mut run = bad.with("max_lifetime_s", 604_800).with("detector_sanity", 1).start(1);
    let all = Restarts::of(&mut run, 1_200);
    let waits: Vec<f64> = all.waits[&0].iter().map(|wait| wait.as_secs_f64()).collect();
    assert!(waits.len() >= 5, "{waits:?}");
    for (wait, plain) in waits.iter().zip([0.0, 1.0, 2.0, 4.0, 8.0]) {
        assert!((plain * 0.8..=plain * 1.2).contains(wait), "{waits:?}");
    }
    assert_eq!(run.sample().kills, run.world().instruments.counters().killed(KillReason::Silent));
}
