//! The cooperative scheduler: order within an instant, lines for topics, waits for ever, and
//! tasks as plain data.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::{Cx, Duration, Instant, Phase, Scheduler, Task, TaskId, Topic, Wait};

const BELL: Topic = Topic { index: 0, phase: Phase(3) };

/// A task that does what its script says, one line each time it is resumed.
#[derive(Clone, Debug, PartialEq)]
struct Actor {
    name: &'static str,
    script: Vec<Do>,
}

#[derive(Clone, Debug, PartialEq)]
enum Do {
    Wait(Wait),
    Ring(u32),
    Nudge(TaskId),
    Kill(TaskId),
    Alarm(u64, TaskId),
    Spawn(Actor),
}

impl Task for Actor {
    type World = Vec<String>;

    fn resume(&mut self, cx: &mut Cx<'_, Self>, log: &mut Vec<String>) -> Wait {
        log.push(format!("{} {} {:?}", cx.now.as_micros(), self.name, cx.wake));
        while !self.script.is_empty() {
            match self.script.remove(0) {
                Do::Wait(wait) => return wait,
                Do::Ring(times) => (0..times).for_each(|_| cx.notify_one(BELL)),
                Do::Nudge(task) => cx.interrupt(task, Phase(2)),
                Do::Kill(task) => cx.kill(task),
                Do::Alarm(us, task) => {
                    cx.arm(Instant::from_micros(us), Phase(1), task, us);
                }
                Do::Spawn(actor) => {
                    cx.spawn(actor, Phase(0));
                }
            }
        }
        Wait::Done
    }
}

fn until(us: u64, phase: u8) -> Do {
    Do::Wait(Wait::Until(Instant::from_micros(us), Phase(phase)))
}

fn listen() -> Do {
    Do::Wait(Wait::Notify(BELL, Instant::NEVER, Phase(1)))
}

/// Runs the actors, spawned in order, and gives the log back.
fn play(actors: Vec<(&'static str, Vec<Do>)>) -> Vec<String> {
    let mut scheduler = Scheduler::sized_for(actors.len());
    for (name, script) in actors {
        scheduler.spawn(Actor { name, script }, Phase(0));
    }
    let mut log = Vec::new();
    while scheduler.step(Instant::from_micros(1_000), &mut log) {}
    assert_eq!(scheduler.now(), Instant::from_micros(1_000));
    log.retain(|line| !line.ends_with("Born"));
    log
}

/// The name of the `nth` actor that is spawned.
fn nth(n: u32) -> TaskId {
    let mut scheduler = Scheduler::sized_for(1);
    let spawn = |_| scheduler.spawn(Actor { name: "", script: vec![] }, Phase(0));
    (0..=n).map(spawn).last().expect("at least one is spawned")
}

#[test]
fn at_one_instant_the_phase_decides_then_the_order_of_asking() {
    let log = play(vec![
        ("late", vec![until(5, 2)]),
        ("first", vec![until(5, 0)]),
        ("second", vec![until(5, 0)]),
        ("sooner", vec![until(4, 7)]),
    ]);
    assert_eq!(log, ["4 sooner Time", "5 first Time", "5 second Time", "5 late Time"]);
}

#[test]
fn a_bell_wakes_who_has_waited_longest() {
    let log = play(vec![
        ("a", vec![listen()]),
        ("b", vec![listen()]),
        ("c", vec![listen()]),
        ("ringer", vec![until(7, 0), Do::Ring(2)]),
    ]);
    assert_eq!(log, ["7 ringer Time", "7 a Notified", "7 b Notified"]);
}

#[test]
fn who_waits_for_a_bell_no_longer_is_passed_over() {
    let timed = Do::Wait(Wait::Notify(BELL, Instant::from_micros(3), Phase(1)));
    let log = play(vec![
        ("a", vec![timed, until(20, 0)]),
        ("b", vec![listen()]),
        ("ringer", vec![until(7, 0), Do::Ring(1)]),
    ]);
    assert_eq!(log, ["3 a Time", "7 ringer Time", "7 b Notified", "20 a Time"]);
}

#[test]
fn a_rung_task_lets_timers_of_earlier_phases_go_first() {
    let log = play(vec![
        ("listener", vec![listen()]),
        ("ringer", vec![until(7, 0), Do::Ring(1)]),
        ("early", vec![until(7, 2)]),
        ("late", vec![until(7, 4)]),
    ]);
    assert_eq!(log, ["7 ringer Time", "7 early Time", "7 listener Notified", "7 late Time"]);
}

#[test]
fn a_turn_comes_in_its_phase_of_the_same_instant() {
    let log = play(vec![
        ("a", vec![until(7, 0), Do::Wait(Wait::Turn(Phase(3)))]),
        ("b", vec![until(7, 2)]),
        ("c", vec![until(7, 5)]),
    ]);
    assert_eq!(log, ["7 a Time", "7 b Time", "7 a Time", "7 c Time"]);
}

#[test]
fn a_wait_for_ever_hears_no_nudge_and_ends_only_by_a_kill() {
    let hang = || Do::Wait(Wait::Forever);
    let log = play(vec![
        ("hung", vec![hang(), hang()]),
        ("sleeper", vec![until(900, 0)]),
        (
            "poker",
            vec![until(7, 0), Do::Nudge(nth(0)), Do::Nudge(nth(1)), until(8, 0), Do::Kill(nth(0))],
        ),
    ]);
    assert_eq!(log, ["7 poker Time", "7 sleeper Interrupted", "8 poker Time"]);
}

#[test]
fn an_alarm_reaches_a_task_whatever_it_waits_for_and_replaces_that_wait() {
    let log = play(vec![
        ("waiter", vec![until(50, 0), until(60, 0)]),
        ("armer", vec![Do::Alarm(20, nth(0))]),
    ]);
    assert_eq!(log, ["20 waiter Alarm(20)", "60 waiter Time"]);
}

#[test]
fn an_alarm_for_a_task_that_is_over_reaches_nobody_that_came_after() {
    let heir = Actor { name: "heir", script: vec![until(90, 0)] };
    let log = play(vec![
        ("mortal", vec![until(10, 0)]),
        ("armer", vec![Do::Alarm(20, nth(0)), until(15, 0), Do::Spawn(heir)]),
    ]);
    assert_eq!(log, ["10 mortal Time", "15 armer Time", "90 heir Time"]);
}

#[test]
fn a_killed_task_loses_its_place_in_every_line() {
    let log = play(vec![
        ("a", vec![listen()]),
        ("b", vec![listen()]),
        ("killer", vec![until(5, 0), Do::Kill(nth(0)), Do::Ring(1)]),
    ]);
    assert_eq!(log, ["5 killer Time", "5 b Notified"]);
}

#[test]
fn a_copy_goes_its_own_way() {
    let mut scheduler = Scheduler::sized_for(2);
    scheduler.spawn(Actor { name: "a", script: vec![until(5, 0), until(9, 0)] }, Phase(0));
    let (mut log, mut copied) = (Vec::new(), Vec::new());
    scheduler.step(Instant::from_micros(5), &mut log);
    let mut copy = scheduler.clone();
    while scheduler.step(Instant::from_micros(20), &mut log) {}
    while copy.step(Instant::from_micros(20), &mut copied) {}
    assert_eq!(log[1..], copied[..]);
    assert!(scheduler == copy);
}

#[test]
fn time_stands_where_it_was_told_to_stop() {
    let mut scheduler = Scheduler::sized_for(1);
    scheduler.spawn(Actor { name: "a", script: vec![until(5, 0)] }, Phase(0));
    let stop = Instant::START + Duration::micros(4);
    while scheduler.step(stop, &mut Vec::new()) {}
    assert_eq!(scheduler.now(), stop);
}
