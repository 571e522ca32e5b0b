//! Connections that jobs share: what it does to a pool when they run out, in every one of at least
//! twenty seeds, and that it is they that do it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, JobId, Line};
use zombie_workers::run::{Command, Run};
use zombie_workers::scene::Inspection;

const SEEDS: u64 = 24;

fn turn(run: &mut Run, knob: KnobId, value: f64) {
    let command = Command::Set { knob, value: Value::Number(value) };
    run.apply(&command, &mut ()).expect("the value is allowed");
}

#[test]
fn zombies_keep_their_connections_and_the_healthy_wait_with_memory_to_spare() {
    let zombies = Lesson::of("connection-zombies");
    let without = zombies.clone().with("connections", 0).tell(SEEDS, 1_800.0);
    for (with, without) in zombies.tell(SEEDS, 1_800.0).iter().zip(&without) {
        let (sample, pool, command) = (with.run.sample(), with.run.pool(), &with.command);
        let limit = f64::from(sample.host_memory_mib as u32) / 2.0;
        assert!((sample.memory_mib as f64) < limit, "{command}: {} MiB", sample.memory_mib);
        // All connections are held by those that hang; whoever is healthy has none.
        assert_eq!(pool.connections().used(), 12, "{command}");
        assert!(sample.hung >= 12, "{command}: {} hang", sample.hung);
        let waiting = pool.roster().iter().filter(|record| {
            let line = with.run.worker(record.who.id).map(|worker| worker.line());
            matches!(line, Some(Line::WaitForConnection(_)))
        });
        assert!(waiting.count() >= 18, "{command}");
        assert_eq!(sample.success_rate.unwrap_or_default(), 0.0, "{command}: none ends any more");
        let ended = without.run.sample().success_rate.unwrap_or_default();
        assert!(ended > 0.5, "{}: {ended}", without.command);
    }
}

/// Workers that each have a job of 10 s from 1 s on, where only so many connections are there.
fn starved(workers: u32, connections: u32) -> Lesson {
    let lesson = Lesson::of("queue").with("workers", workers).with("arrival_rate", 0);
    let lesson = lesson.with("service_distribution", "constant").with("service_mean_s", 10);
    lesson.with("connections", connections)
}

fn burst(lesson: &Lesson, jobs: u32) -> Run {
    let mut run = lesson.start(1);
    run.advance(at(1.0), &mut ());
    run.apply(&Command::Burst { jobs }, &mut ()).expect("the command is allowed");
    run
}

/// When jobs end, in seconds.
fn ends(run: &mut Run, until: f64) -> Vec<f64> {
    let mut ends = Vec::new();
    run.advance(at(until), &mut |now: Instant, event: &Event| {
        if let Event::Finished { .. } = event {
            ends.push(now.as_secs_f64());
        }
    });
    assert_eq!(run.pool().audit(), Vec::<String>::new());
    ends
}

#[test]
fn those_that_wait_are_served_in_turn_and_their_work_stands_still() {
    // Three connections for five jobs; then two for each job, the second at half of its work.
    let mut run = burst(&starved(5, 3), 5);
    assert_eq!(ends(&mut run, 100.0), [11.0, 11.0, 11.0, 21.0, 21.0]);
    let mut run = burst(&starved(2, 3).with("connections_per_job", 2), 2);
    assert_eq!(ends(&mut run, 100.0), [11.0, 16.0]);
    assert_eq!((run.pool().connections().used(), run.pool().connections().waiting()), (0, 0));
}

#[test]
fn those_that_wait_use_no_core() {
    let mut run = burst(&starved(4, 1).with("cores", 1), 4);
    assert_eq!(ends(&mut run, 100.0), [11.0, 21.0, 31.0, 41.0]);
}

#[test]
fn a_job_that_waits_for_too_long_fails_also_if_that_is_said_while_it_waits() {
    let mut run = burst(&starved(3, 1).with("connection_wait_s", 4), 3);
    assert_eq!(ends(&mut run, 100.0), [5.0, 5.0, 11.0]);
    let ledger = run.pool().ledger();
    assert_eq!((ledger.failed, ledger.succeeded, run.pool().connections().timeouts()), (2, 1, 2));
    let mut run = burst(&starved(3, 1), 3);
    run.advance(at(3.0), &mut ());
    turn(&mut run, KnobId::connection_wait_s, 5.0);
    assert_eq!(ends(&mut run, 100.0), [6.0, 6.0, 11.0]);
}

#[test]
fn more_connections_are_taken_at_once_and_the_inspector_tells_who_waits() {
    let mut run = burst(&starved(2, 1), 2);
    run.advance(at(3.0), &mut ());
    let told = |run: &Run| {
        let workers = run.pool().roster().iter();
        let all = workers.filter_map(|record| Inspection::of(run, record.who.id));
        all.map(|seen| seen.story).collect::<Vec<String>>()
    };
    let waits = "In job 1 (normal), which waits for a connection since 00:00:01.";
    assert!(told(&run).contains(&waits.to_owned()), "{:?}", told(&run));
    turn(&mut run, KnobId::connections, 2.0);
    assert_eq!(ends(&mut run, 100.0), [11.0, 13.0]);
}

#[test]
fn a_worker_that_is_killed_gives_its_connection_back_and_a_hung_one_does_not() {
    let mut run = burst(&starved(2, 1), 2);
    let poison = Command::Poison { job: Some(JobId(0)) };
    run.apply(&poison, &mut ()).expect("the job is there");
    assert_eq!(ends(&mut run, 60.0), [0.0; 0]);
    let workers = run.pool().roster();
    let hung = workers.iter().find(|record| workers.connections(record.who.task.index) == 1);
    let worker = hung.expect("a worker has the connection").who.id;
    run.apply(&Command::Kill { worker }, &mut ()).expect("the worker is there");
    assert_eq!(ends(&mut run, 70.0), [70.0]);
}

#[test]
fn timeouts_give_up_those_that_wait_for_each_other() {
    let nested = starved(4, 4).with("connections_per_job", 2);
    assert_eq!(ends(&mut burst(&nested, 4), 3_600.0), [0.0; 0]);
    let mut freed = burst(&nested.with("fix_timeouts", true).with("timeout_normal_s", 30), 4);
    ends(&mut freed, 3_600.0);
    let (ledger, connections) = (freed.pool().ledger(), freed.pool().connections());
    // They meet again at each delivery, and give up; but they leave nothing behind.
    assert!(ledger.ended() == 4 && ledger.dead_lettered > 0, "{ledger:?}");
    assert_eq!((connections.used(), connections.waiting()), (0, 0));
}
