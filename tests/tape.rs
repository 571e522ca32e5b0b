//! The time machine: wherever its cursor stands, the run is the one that was played to there.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{LENGTH, at, command, end, scenario, start};
use proptest::prelude::*;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::Value;
use zombie_workers::run::{Command, Interest, MarkKind, Run, Scenario, Tape, built_in};

fn tape(scenario: &Scenario) -> Tape {
    Tape::new(scenario.clone()).expect("the scenario is allowed")
}

/// A plain run of a scenario to an instant.
fn played(scenario: &Scenario, to: Instant) -> Run {
    let mut run = start(scenario);
    run.advance(to, &mut ());
    run
}

/// The run of a tape, but for the commands that lie ahead.
fn assert_same(tape: &Tape, to: Instant) -> Result<(), TestCaseError> {
    let plain = played(&tape.recorded(), to);
    prop_assert_eq!(tape.run().trace_hash(), plain.trace_hash());
    prop_assert!(*tape.run() == plain, "the runs differ at {:?}", to);
    Ok(())
}

/// What a viewer may do with a tape.
#[derive(Clone, Debug)]
enum Act {
    Play(f64),
    Seek(f64),
    Step(u32),
    Back(u32),
    Give(Command),
    Undo,
    Switch(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0.0..60.0).prop_map(Act::Play),
        4 => (0.0..f64::from(LENGTH)).prop_map(Act::Seek),
        2 => (1..40u32).prop_map(Act::Step),
        2 => (1..40u32).prop_map(Act::Back),
        4 => command().prop_map(Act::Give),
        1 => Just(Act::Undo),
        1 => (0..8usize).prop_map(Act::Switch),
    ]
}

fn perform(tape: &mut Tape, act: &Act) {
    match act {
        Act::Play(seconds) => tape.play(tape.now() + Duration::secs_f64(*seconds), &mut ()),
        Act::Seek(to) => tape.seek(at(*to)),
        Act::Step(times) => (0..*times).for_each(|_| {
            tape.step(tape.now() + Duration::secs(10), &mut ());
        }),
        Act::Back(times) => (0..*times).for_each(|_| {
            tape.step_back();
        }),
        Act::Give(command) => {
            // A worker named in it need not be there.
            let _ = tape.apply(command.clone(), &mut ());
        }
        Act::Undo => {
            tape.undo();
        }
        Act::Switch(ghost) => tape.switch(*ghost),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn seeking_is_the_same_as_playing_to_there(
        scenario in scenario(),
        moments in prop::collection::vec(0.0..f64::from(LENGTH), 1..12),
    ) {
        let mut tape = tape(&scenario);
        tape.play(end(), &mut ());
        for moment in moments {
            tape.seek(at(moment));
            prop_assert_eq!(tape.now(), at(moment));
            assert_same(&tape, at(moment))?;
        }
    }

    #[test]
    fn whatever_is_done_to_a_tape_a_plain_run_of_what_it_recorded_is_the_same(
        scenario in scenario(),
        acts in prop::collection::vec(act(), 1..25),
    ) {
        let mut tape = tape(&scenario);
        for act in &acts {
            perform(&mut tape, act);
            prop_assert!(tape.ghosts().len() <= 8);
            prop_assert!(tape.marks().is_sorted_by_key(|mark| mark.at));
            prop_assert!(tape.now() <= tape.end());
        }
        let now = tape.now();
        tape.seek(now);
        assert_same(&tape, now)?;
        let end = tape.end();
        tape.seek(end);
        assert_same(&tape, end)?;
        let file = Scenario::from_toml(&tape.recorded().to_toml());
        prop_assert_eq!(file, Ok(tape.recorded()));
    }

    #[test]
    fn a_step_back_undoes_a_step(
        scenario in scenario(),
        moment in 0.0..f64::from(LENGTH),
        steps in 1..30u32,
        played in 0.0..f64::from(LENGTH),
    ) {
        let mut tape = tape(&scenario);
        tape.play(at(played), &mut ());
        tape.seek(at(moment));
        let mut runs = vec![tape.run().clone()];
        for _ in 0..steps {
            if !tape.step(tape.now() + Duration::secs(60), &mut ()) {
                break;
            }
            runs.push(tape.run().clone());
        }
        let last = runs.last().map_or(tape.now(), Run::now);
        if tape.now() > last {
            // Nothing more happened: the cursor came to rest later.
            runs.pop();
            tape.step_back();
        }
        while let Some(run) = runs.pop() {
            prop_assert_eq!(tape.run().trace_hash(), run.trace_hash());
            prop_assert!(*tape.run() == run, "back at {:?}, not {:?}", tape.now(), run.now());
            prop_assert_eq!(tape.run().steps(), run.steps());
            tape.step_back();
        }
    }

    #[test]
    fn a_fork_leaves_the_past_as_it_was_and_keeps_the_old_future(
        scenario in scenario(),
        fork in 1.0..f64::from(LENGTH),
        past in 0.0..1.0,
        change in command(),
    ) {
        let mut tape = tape(&scenario);
        tape.play(end(), &mut ());
        let (old_end, old_series) = (tape.run().clone(), tape.series().clone());
        tape.seek(at(fork));
        if tape.apply(change, &mut ()).is_err() {
            prop_assert_eq!(tape.ghosts().len(), 0);
            prop_assert!(*tape.series() == old_series, "a refused command changed the past");
            return Ok(());
        }
        prop_assert_eq!(tape.end(), at(fork));
        prop_assert_eq!(tape.ghosts()[0].forked_at(), at(fork));
        prop_assert!(tape.ghosts()[0].points().iter().all(|point| point.t_s > fork));
        tape.play(end(), &mut ());
        let earlier = fork * past;
        tape.seek(at(earlier));
        prop_assert!(tape.run().trace_hash() == played(&scenario, at(earlier)).trace_hash());
        tape.seek(end());
        tape.switch(0);
        prop_assert!(*tape.run() == old_end, "the old future is another");
        prop_assert!(*tape.series() == old_series, "the old charts are others");
        prop_assert_eq!(tape.ghosts().len(), 1);
    }

    #[test]
    fn playing_in_pieces_and_steps_records_the_same_charts_and_marks(
        scenario in scenario(),
        cuts in prop::collection::vec(0.0..f64::from(LENGTH - 3), 0..6),
    ) {
        let mut whole = tape(&scenario);
        whole.play(end(), &mut ());
        let mut pieces = tape(&scenario);
        let mut cuts = cuts;
        cuts.sort_by(f64::total_cmp);
        for cut in cuts {
            pieces.seek(at(cut));
            for _ in 0..20 {
                pieces.step(at(cut) + Duration::secs(3), &mut ());
            }
            for _ in 0..10 {
                pieces.step_back();
            }
        }
        pieces.seek(end());
        prop_assert!(whole.series() == pieces.series());
        prop_assert_eq!(whole.marks(), pieces.marks());
    }
}

/// A tape of a built-in scenario, played for so many seconds.
fn night(name: &str, workers: f64, seconds: u64) -> Tape {
    let mut scenario = built_in(name).expect("the scenario is built in");
    scenario.set("workers", &Value::Number(workers)).expect("the value is allowed");
    let mut tape = tape(&scenario);
    tape.play(Instant::START + Duration::secs(seconds), &mut ());
    tape
}

fn set(knob: &str, value: f64) -> Command {
    Command::Set { knob: knob.to_owned(), value: Value::Number(value) }
}

#[test]
fn a_tape_of_two_hours_keeps_within_its_bound() {
    for (name, workers, seconds) in
        [("zombie", 10.0, 7_200), ("normal", 10.0, 7_200), ("load", 1_000.0, 1_800)]
    {
        let mut tape = night(name, workers, seconds);
        let bound = Tape::MAX_BYTES;
        assert!(tape.bytes() <= bound, "{name}: {} bytes", tape.bytes());
        for fork in 1..=12_u64 {
            tape.seek(Instant::START + Duration::secs(seconds / 2 - fork));
            tape.apply(set("toxic_share", 0.01), &mut ()).expect("the value is allowed");
            tape.play(tape.now() + Duration::secs(60), &mut ());
            assert!(tape.bytes() <= bound, "{name}, forked: {}", tape.bytes());
        }
        assert_eq!(tape.ghosts().len(), 8);
    }
}

#[test]
fn a_tape_of_a_very_large_run_takes_little_more_than_that_run() {
    let mut scenario = built_in("load").expect("the scenario is built in");
    for (knob, value) in [("arrival_rate", 200_000.0), ("workers", 10.0)] {
        scenario.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    let mut tape = tape(&scenario);
    tape.play(at(10.0), &mut ());
    let run = tape.run().bytes();
    assert!(run > Tape::MAX_BYTES, "it is a large run: {run} bytes");
    assert!(tape.bytes() < run + Tape::MAX_BYTES, "{} bytes", tape.bytes());
    tape.seek(at(4.0));
    assert_eq!(tape.run().trace_hash(), played(&scenario, at(4.0)).trace_hash());
}

#[test]
fn no_instant_of_an_hour_is_far_from_a_copy() {
    for (workers, arrivals, events) in [(10.0, 8.5, 13_000), (1_000.0, 850.0, 230_000)] {
        let mut scenario = built_in("load").expect("the scenario is built in");
        for (knob, value) in [("workers", workers), ("arrival_rate", arrivals)] {
            scenario.set(knob, &Value::Number(value)).expect("the value is allowed");
        }
        let mut tape = tape(&scenario);
        tape.play(at(3_600.0), &mut ());
        let way = tape.longest_way();
        let copy = tape.run().bytes();
        assert!(way <= events, "{workers} workers: {way} events, {copy} bytes a copy");
    }
}

#[test]
fn a_command_in_the_middle_of_an_instant_waits_for_its_end() {
    let mut tape = night("zombie", 10.0, 100);
    tape.seek(at(50.0));
    for _ in 0..17 {
        assert!(tape.step(at(60.0), &mut ()));
    }
    tape.apply(Command::Burst { jobs: 30 }, &mut ()).expect("a burst is allowed");
    let plain = played(&tape.recorded(), tape.now());
    tape.seek(tape.now());
    assert!(*tape.run() == plain);
}

#[test]
fn a_refused_command_changes_nothing_and_is_named() {
    let mut tape = night("zombie", 10.0, 100);
    tape.seek(at(50.0));
    let before = tape.run().clone();
    let error = tape.apply(Command::Kill { worker: 9_999 }, &mut ()).expect_err("no such worker");
    assert!(error.to_string().contains("9999"), "{error}");
    assert!(tape.apply(set("workers", -1.0), &mut ()).is_err());
    assert!(*tape.run() == before && tape.ghosts().is_empty() && tape.end() == at(100.0));
}

#[test]
fn undo_goes_back_to_before_the_last_command_and_keeps_what_it_did_as_a_ghost() {
    let mut tape = night("zombie", 10.0, 20);
    let untouched = tape.scenario().clone();
    tape.apply(set("arrival_rate", 7.0), &mut ()).expect("the value is allowed");
    tape.play(at(40.0), &mut ());
    tape.apply(set("toxic_share", 0.5), &mut ()).expect("the value is allowed");
    tape.play(at(90.0), &mut ());
    let undone = tape.undo().expect("there is something to undo");
    assert_eq!(undone.command, set("toxic_share", 0.5));
    assert_eq!((tape.now(), tape.end(), tape.given().len()), (at(40.0), at(40.0), 1));
    assert_eq!(tape.ghosts()[0].forked_at(), at(40.0));
    assert!(tape.undo().is_some() && tape.undo().is_none());
    tape.play(at(90.0), &mut ());
    assert!(tape.run().trace_hash() == played(&untouched, at(90.0)).trace_hash());
}

#[test]
fn what_happens_is_marked() {
    let tape = night("zombie", 10.0, 300);
    let marked = |what: fn(&MarkKind) -> bool| tape.marks().iter().any(|mark| what(&mark.what));
    assert!(marked(|what| *what == MarkKind::Command));
    assert!(marked(|what| *what == MarkKind::Fired("ZombieWorkers")));
    assert!(marked(|what| matches!(what, MarkKind::Milestone(_))));
    let command = tape.marks().iter().find(|mark| mark.what == MarkKind::Command).expect("a mark");
    assert_eq!((command.at, &*command.label), (at(30.0), "toxic_share = 0.03"));
    assert_eq!(tape.health().len(), tape.series().points().len());
}

#[test]
fn the_next_thing_of_interest_is_found_where_it_happens() {
    let mut tape = night("zombie", 10.0, 0);
    let hour = Duration::secs(3_600);
    assert_eq!(tape.find_next(Interest::Command, hour), Some(at(30.0)));
    let zombie = tape.find_next(Interest::Zombie, hour).expect("there will be one");
    tape.seek(Instant::from_micros(zombie.as_micros() - 1));
    assert_eq!(tape.run().pool().roster().zombies(), 0);
    tape.seek(zombie);
    assert_eq!(tape.run().pool().roster().zombies(), 1);
    assert_eq!(tape.find_next(Interest::Kill, Duration::secs(60)), None);
    for what in Interest::ALL {
        if let Some(found) = tape.find_next(what, hour) {
            assert!(found > tape.now(), "{}", what.name());
        }
    }
}
