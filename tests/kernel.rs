//! The cooperative scheduler: order within an instant, lines for topics, waits for ever, and
//! tasks as plain data.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::{
    Cx, Duration, Instant, Phase, Scheduler, Service, Task, TaskId, Topic, Wait,
};

const JOBS: Topic = Topic { index: 0, phase: Phase(3) };

/// A task that does what its script says, one line each time it is resumed.
#[derive(Clone, Debug, PartialEq)]
struct Actor {
    name: &'static str,
    script: Vec<Do>,
}

#[derive(Clone, Debug, PartialEq)]
enum Do {
    Wait(Wait),
    Notify(u32),
    Interrupt(TaskId),
    Kill(TaskId),
    Alarm(u64, TaskId),
    Spawn(Actor),
    Rate(f64),
}

impl Task for Actor {
    type World = Vec<String>;

    fn resume(&mut self, cx: &mut Cx<'_, Self>, log: &mut Vec<String>) -> Wait {
        log.push(format!("{} {} {:?}", cx.now.as_micros(), self.name, cx.wake));
        while !self.script.is_empty() {
            match self.script.remove(0) {
                Do::Wait(wait) => return wait,
                Do::Notify(times) => (0..times).for_each(|_| cx.notify_one(JOBS)),
                Do::Interrupt(task) => cx.interrupt(task, Phase(2)),
                Do::Kill(task) => cx.kill(task),
                Do::Alarm(us, task) => {
                    cx.arm(Instant::from_micros(us), Phase(1), task, us);
                }
                Do::Rate(rate) => {
                    cx.set_service_rate(rate);
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
    Do::Wait(Wait::Notify(JOBS, Instant::NEVER, Phase(1)))
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
fn a_notification_wakes_the_task_that_has_waited_longest() {
    let log = play(vec![
        ("a", vec![listen()]),
        ("b", vec![listen()]),
        ("c", vec![listen()]),
        ("notifier", vec![until(7, 0), Do::Notify(2)]),
    ]);
    assert_eq!(log, ["7 notifier Time", "7 a Notified", "7 b Notified"]);
}

#[test]
fn a_task_that_waits_for_the_topic_no_longer_is_passed_over() {
    let timed = Do::Wait(Wait::Notify(JOBS, Instant::from_micros(3), Phase(1)));
    let log = play(vec![
        ("a", vec![timed, until(20, 0)]),
        ("b", vec![listen()]),
        ("notifier", vec![until(7, 0), Do::Notify(1)]),
    ]);
    assert_eq!(log, ["3 a Time", "7 notifier Time", "7 b Notified", "20 a Time"]);
}

#[test]
fn a_notified_task_lets_timers_of_earlier_phases_go_first() {
    let log = play(vec![
        ("listener", vec![listen()]),
        ("notifier", vec![until(7, 0), Do::Notify(1)]),
        ("early", vec![until(7, 2)]),
        ("late", vec![until(7, 4)]),
    ]);
    assert_eq!(log, ["7 notifier Time", "7 early Time", "7 listener Notified", "7 late Time"]);
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
fn no_interrupt_reaches_a_wait_for_ever_and_only_a_kill_ends_it() {
    let hang = || Do::Wait(Wait::Forever);
    let log = play(vec![
        ("hung", vec![hang(), hang()]),
        ("sleeper", vec![until(900, 0)]),
        (
            "poker",
            vec![
                until(7, 0),
                Do::Interrupt(nth(0)),
                Do::Interrupt(nth(1)),
                until(8, 0),
                Do::Kill(nth(0)),
            ],
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
fn an_alarm_for_a_task_that_is_over_reaches_none_that_came_after() {
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
        ("killer", vec![until(5, 0), Do::Kill(nth(0)), Do::Notify(1)]),
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

/// Waits until it was served for so many microseconds since the beginning.
fn served(us: u64) -> Do {
    Do::Wait(Wait::Served(Service::of(Duration::micros(us)), Phase(0)))
}

#[test]
fn all_that_wait_for_service_follow_a_change_of_its_rate_at_once() {
    let log = play(vec![
        ("begun before", vec![served(30)]),
        ("host", vec![until(10, 0), Do::Rate(0.25), until(50, 0), Do::Rate(0.5)]),
        ("begun after", vec![until(20, 0), served(25)]),
    ]);
    // Served 10 by then, 20 at 50, and 30 at 70.
    let wanted = ["10 host Time", "20 begun after Time", "50 host Time"];
    assert_eq!(log[..3], wanted);
    assert_eq!(log[3..], ["60 begun after Time", "70 begun before Time"]);
}

#[test]
fn service_at_a_fraction_of_the_rate_is_rounded_up_to_the_next_microsecond_and_once_only() {
    let slow = |rate| ("host", vec![Do::Rate(rate), until(900, 0), Do::Rate(1.0)]);
    assert_eq!(play(vec![slow(1.0 / 3.0), ("a", vec![served(100)])])[0], "300 a Time");
    assert_eq!(play(vec![slow(1.0 / 7.0), ("a", vec![served(101)])])[0], "707 a Time");
    assert_eq!(play(vec![slow(0.3), ("a", vec![served(100)])])[0], "334 a Time");
}

#[test]
fn a_wait_for_service_that_is_cut_short_leaves_nothing_behind() {
    let after = |rate| {
        vec![
            ("worker", vec![served(100), until(200, 0)]),
            ("host", vec![until(10, 0), Do::Rate(rate), until(20, 0), Do::Interrupt(nth(0))]),
            ("mortal", vec![served(100)]),
            ("killer", vec![until(30, 0), Do::Kill(nth(2))]),
        ]
    };
    for rate in [1.0, 0.5] {
        let log = play(after(rate));
        let wanted = ["20 worker Interrupted", "30 killer Time", "200 worker Time"];
        assert_eq!(log[2..], wanted, "{rate}");
    }
}

#[test]
fn what_is_due_at_one_instant_by_service_and_by_time_goes_by_phase() {
    let late = Do::Wait(Wait::Served(Service::of(Duration::micros(50)), Phase(4)));
    let log = play(vec![
        ("host", vec![Do::Rate(0.5), until(100, 2)]),
        ("late", vec![late]),
        ("early", vec![served(50)]),
        ("middle", vec![until(100, 1)]),
    ]);
    assert_eq!(log, ["100 early Time", "100 middle Time", "100 host Time", "100 late Time"]);
}
