//! What a viewer's hand does to a run: hidden from the pool, the same in every repetition, and of no
//! consequence for any other job.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeMap;

use common::{at, start};
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::Fix;
use zombie_workers::pool::{Event, Hang, JobId, JobKind, JobState, Line, Truth, WorkerId};
use zombie_workers::run::{Command, Run, Scenario, built_in};

fn normal() -> Scenario {
    built_in("normal").expect("the scenario is built in")
}

fn give(run: &mut Run, command: Command) -> Vec<Event> {
    let mut seen = Vec::new();
    run.apply(&command, &mut |_, event: &Event| seen.push(*event)).expect("it is allowed");
    seen
}

/// When each job arrived, and as what.
fn arrivals(mut run: Run, until: Instant) -> BTreeMap<u32, (Instant, JobKind)> {
    let mut seen = BTreeMap::new();
    run.advance(until, &mut |now: Instant, event: &Event| {
        if let Event::Submitted { job, kind } = event {
            seen.insert(job.0, (now, *kind));
        }
    });
    seen
}

#[test]
fn the_next_job_is_poisoned_and_no_other() {
    let mut run = start(&normal());
    run.advance(at(20.0), &mut ());
    let plain = run.clone();
    give(&mut run, Command::Poison { job: None });
    assert_eq!(arrivals(run.clone(), at(60.0)), arrivals(plain.clone(), at(60.0)));
    let next = plain.pool().ledger().submitted as u32;
    let mut hung = Vec::new();
    let mut poisoned = Vec::new();
    run.advance(at(60.0), &mut |_, event: &Event| match event {
        Event::Truth(Truth::Hung { job: Some(job), .. }) => hung.push(job.0),
        Event::Truth(Truth::Poisoned { job }) => poisoned.push(job.0),
        _ => {}
    });
    assert_eq!((hung, poisoned), (vec![next], vec![next]));
}

#[test]
fn a_job_can_be_poisoned_in_the_queue_and_in_hand() {
    for wanted in [JobState::Queued, JobState::InFlight] {
        let mut run = start(&normal());
        run.advance(at(20.0), &mut ());
        give(&mut run, Command::Burst { jobs: 60 });
        run.advance(at(20.1), &mut ());
        let jobs = run.pool().jobs();
        let job = jobs.iter().find(|job| job.state == wanted).expect("there is one").id;
        let seen = give(&mut run, Command::Poison { job: Some(job) });
        assert!(seen.contains(&Event::Truth(Truth::Poisoned { job })), "{seen:?}");
        let mut hung = false;
        run.advance(at(300.0), &mut |_, event: &Event| {
            hung |= matches!(event, Event::Truth(Truth::Hung { job: Some(it), .. }) if *it == job);
        });
        assert!(hung, "{wanted:?}");
        assert_eq!(run.pool().audit(), Vec::<String>::new());
    }
}

#[test]
fn a_worker_hangs_at_once_in_its_job_or_without_one() {
    for how in Hang::ALL {
        let mut run = start(&normal());
        run.advance(at(20.0), &mut ());
        let busy = run.pool().roster().iter().find(|record| record.lease.is_some());
        let idle = run.pool().roster().iter().find(|record| record.lease.is_none());
        let [busy, idle] = [busy, idle].map(|record| record.expect("there is one").who.id);
        for worker in [busy, idle] {
            give(&mut run, Command::Hang { worker, how });
            let again = run.apply(&Command::Hang { worker, how }, &mut ());
            assert!(again.expect_err("it hangs").to_string().contains("already"));
        }
        let stands = |id| run.worker(id).expect("it is there").line();
        assert!(matches!(stands(busy), Line::HungInJob(_)));
        assert_eq!(stands(idle), Line::HungIdle);
        assert_eq!(run.sample().hung, 2);
        run.advance(at(120.0), &mut ());
        for id in [busy, idle] {
            let record = run.pool().roster().named(id).expect("it is still there");
            assert_eq!(record.runs, how == Hang::Spinning);
        }
        assert_eq!(run.pool().audit(), Vec::<String>::new());
    }
}

#[test]
fn the_fixes_find_a_worker_that_was_made_to_hang() {
    let mut scenario = normal();
    Fix::ALL.into_iter().for_each(|fix| fix.switch(&mut scenario.knobs, true));
    let mut run = start(&scenario);
    run.advance(at(20.0), &mut ());
    let id = run.pool().roster().iter().next().expect("there is a worker").who.id;
    give(&mut run, Command::Hang { worker: id, how: Hang::Parked });
    run.advance(at(90.0), &mut ());
    assert!(run.pool().roster().named(id).is_none());
    assert_eq!(run.sample().active, 10);
}

#[test]
fn who_is_not_there_is_named() {
    let mut run = start(&normal());
    run.advance(at(5.0), &mut ());
    for (command, part) in [
        (Command::Hang { worker: WorkerId(777), how: Hang::Parked }, "worker: got `777`"),
        (Command::Poison { job: Some(JobId(4_242)) }, "job: got `4242`"),
        (Command::Poison { job: Some(JobId(0)) }, "is not toxic already"),
    ] {
        let before = run.clone();
        let error = run.apply(&command, &mut ()).expect_err("nobody of that name is there");
        assert!(error.to_string().contains(part), "{error}");
        assert!(run == before);
    }
    assert!(run.worker(WorkerId(777)).is_none());
}

#[test]
fn pokes_are_written_in_files_as_the_other_commands_are() {
    let text = "name = \"mine\"\n\
                [[commands]]\nat_s = 1\npoison = {}\n\
                [[commands]]\nat_s = 2\npoison = { job = 3 }\n\
                [[commands]]\nat_s = 3\nhang = { worker = 4 }\n\
                [[commands]]\nat_s = 4\nhang = { worker = 5, how = \"spinning\" }\n";
    let scenario = Scenario::from_toml(text).expect("the file is allowed");
    let commands: Vec<Command> =
        scenario.commands.iter().map(|timed| timed.command.clone()).collect();
    assert_eq!(
        commands,
        [
            Command::Poison { job: None },
            Command::Poison { job: Some(JobId(3)) },
            Command::Hang { worker: WorkerId(4), how: Hang::Parked },
            Command::Hang { worker: WorkerId(5), how: Hang::Spinning },
        ]
    );
    assert_eq!(Scenario::from_toml(&scenario.to_toml()), Ok(scenario));
}
