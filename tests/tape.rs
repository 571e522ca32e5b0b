//! The time machine: wherever its cursor stands, the run is the one that was played to there.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::tapes::{night, played, set, tape};
use common::{LENGTH, at, command, end, scenario};
use proptest::prelude::*;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::WorkerId;
use zombie_workers::run::{Command, Mark, MarkKind, Run, Scenario, Tape, built_in};
use zombie_workers::watch::SeriesPoint;

/// The run of a tape, but for the commands that lie ahead.
fn assert_same(tape: &Tape, to: Instant) -> Result<(), TestCaseError> {
    let plain = played(&tape.recorded(), to);
    prop_assert_eq!(tape.run().trace_hash(), plain.trace_hash());
    prop_assert!(*tape.run() == plain, "the runs differ at {:?}", to);
    Ok(())
}

/// The charts and marks of a tape, as far as it was played, are those of the same run played plainly
/// from its link; in the last instant only if `whole`, since the cursor may have left it half-way.
fn assert_same_books(tape: &Tape, whole: bool) -> Result<(), TestCaseError> {
    let end = tape.end();
    let mut plain = Tape::with(tape.scenario().clone(), tape.given().to_vec()).expect("as before");
    plain.seek(end);
    let marks = |tape: &Tape| -> Vec<Mark> {
        let kept = |mark: &&Mark| whole || mark.at < end;
        tape.marks().iter().filter(kept).cloned().collect()
    };
    let points = |tape: &Tape| -> Vec<SeriesPoint> {
        let kept = |point: &&SeriesPoint| whole || point.t_s < end.as_secs_f64();
        tape.series().points().iter().filter(kept).copied().collect()
    };
    prop_assert_eq!(marks(tape), marks(&plain));
    let (ours, theirs) = (points(tape), points(&plain));
    prop_assert_eq!(ours.len(), theirs.len());
    for (one, other) in ours.iter().zip(&theirs) {
        prop_assert_eq!(format!("{:?}", one), format!("{:?}", other));
    }
    Ok(())
}

/// What a viewer may do with a tape.
#[derive(Clone, Debug)]
enum Act {
    Play(f64),
    Seek(f64),
    /// To the whole second after this, where readings are taken.
    SeekSecond(u32),
    Step(u32),
    Back(u32),
    Give(Command),
    Undo,
    Switch(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0.0..60.0).prop_map(Act::Play),
        2 => (0.0..f64::from(LENGTH)).prop_map(Act::Seek),
        2 => (0..LENGTH).prop_map(Act::SeekSecond),
        2 => (1..40u32).prop_map(Act::Step),
        2 => (1..40u32).prop_map(Act::Back),
        4 => command().prop_map(Act::Give),
        1 => Just(Act::Undo),
        1 => (0..8usize).prop_map(Act::Switch),
    ]
}

/// Does it. True if a command was given: what is left of the present instant has happened then.
fn perform(tape: &mut Tape, act: &Act) -> bool {
    match act {
        Act::Play(seconds) => tape.play(tape.now() + Duration::secs_f64(*seconds), &mut ()),
        Act::Seek(to) => tape.seek(at(*to)),
        Act::SeekSecond(to) => tape.seek(at(f64::from(*to))),
        Act::Step(times) => (0..*times).for_each(|_| {
            tape.step(tape.now() + Duration::secs(10), &mut ());
        }),
        Act::Back(times) => (0..*times).for_each(|_| {
            tape.step_back();
        }),
        Act::Give(command) => {
            // A worker named in it need not be there.
            return tape.apply(command.clone(), &mut ()).is_ok();
        }
        Act::Undo => {
            tape.undo();
        }
        Act::Switch(ghost) => tape.switch(*ghost),
    }
    false
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
            let given = perform(&mut tape, act);
            prop_assert!(tape.ghosts().len() <= 8);
            prop_assert!(tape.marks().is_sorted_by_key(|mark| mark.at));
            prop_assert!(tape.now() <= tape.end());
            assert_same_books(&tape, given && tape.now() == tape.end())?;
        }
        let now = tape.now();
        tape.seek(now);
        assert_same(&tape, now)?;
        let end = tape.end();
        tape.seek(end);
        assert_same(&tape, end)?;
        assert_same_books(&tape, true)?;
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
            tape.apply(set(KnobId::toxic_share, 0.01), &mut ()).expect("the value is allowed");
            tape.play(tape.now() + Duration::secs(60), &mut ());
            assert!(tape.bytes() <= bound, "{name}, forked: {}", tape.bytes());
        }
        assert_eq!(tape.ghosts().len(), 8);
    }
}

#[test]
fn a_tape_of_a_very_large_run_takes_little_more_than_that_run() {
    let mut scenario = built_in("load").expect("the scenario is built in");
    for (knob, value) in [(KnobId::arrival_rate, 200_000.0), (KnobId::workers, 10.0)] {
        scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
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
        for (knob, value) in [(KnobId::workers, workers), (KnobId::arrival_rate, arrivals)] {
            scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
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
    let error =
        tape.apply(Command::Kill { worker: WorkerId(9_999) }, &mut ()).expect_err("no such worker");
    assert!(error.to_string().contains("9999"), "{error}");
    assert!(tape.apply(set(KnobId::workers, -1.0), &mut ()).is_err());
    assert!(*tape.run() == before && tape.ghosts().is_empty() && tape.end() == at(100.0));
}

#[test]
fn undo_goes_back_to_before_the_last_command_and_keeps_what_it_did_as_a_ghost() {
    let mut tape = night("zombie", 10.0, 20);
    let untouched = tape.scenario().clone();
    tape.apply(set(KnobId::arrival_rate, 7.0), &mut ()).expect("the value is allowed");
    tape.play(at(40.0), &mut ());
    tape.apply(set(KnobId::toxic_share, 0.5), &mut ()).expect("the value is allowed");
    tape.play(at(90.0), &mut ());
    let undone = tape.undo().expect("there is something to undo");
    assert_eq!(undone.command, set(KnobId::toxic_share, 0.5));
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
    assert_eq!((command.at, &*command.label), (at(30.0), "Toxic jobs 3 %"));
    assert_eq!(tape.health().len(), tape.series().points().len());
}

#[test]
fn a_gesture_at_one_instant_is_one_command_and_one_undo() {
    for moment in [0.0, 20.0, 33.25] {
        let mut tape = night("zombie", 10.0, 60);
        tape.seek(at(moment));
        for (count, rate) in [3.0, 4.0, 5.0, 6.0].into_iter().enumerate() {
            tape.apply(set(KnobId::arrival_rate, rate), &mut ()).expect("the value is allowed");
            assert_eq!((tape.given().len(), tape.ghosts().len()), (1, 1), "{count}");
        }
        assert!(tape.apply(set(KnobId::arrival_rate, -1.0), &mut ()).is_err());
        assert_eq!(tape.given()[0].command, set(KnobId::arrival_rate, 6.0));
        let plain = played(&tape.recorded(), at(moment));
        assert!(*tape.run() == plain);
        tape.apply(set(KnobId::workers, 12.0), &mut ()).expect("the value is allowed");
        tape.apply(set(KnobId::arrival_rate, 6.5), &mut ()).expect("the value is allowed");
        assert_eq!(tape.given().len(), 3, "another knob was set in between");
        assert!(tape.undo().is_some() && tape.undo().is_some() && tape.undo().is_some());
        assert!(tape.undo().is_none());
        assert!(*tape.run() == played(&tape.recorded(), at(moment)));
        let reading = tape.series().points().last().map(|point| point.t_s);
        assert_eq!(reading, Some(moment.trunc()));
    }
}

#[test]
fn a_command_in_the_present_is_followed_at_once_by_all_that_it_brings_about() {
    let mut tape = night("normal", 10.0, 60);
    tape.apply(Command::Burst { jobs: 500 }, &mut ()).expect("a burst is allowed");
    let mut linked = Tape::with(tape.scenario().clone(), tape.given().to_vec()).expect("as before");
    linked.seek(at(60.0));
    assert!(tape.run() == linked.run());
    let depth = |tape: &Tape| tape.series().points().last().map(|point| point.queue_depth);
    assert!(depth(&tape) > Some(400), "{:?}", depth(&tape));
    assert_eq!(depth(&tape), depth(&linked));
    tape.undo();
    assert!(depth(&tape) < Some(100), "{:?}", depth(&tape));
}

#[test]
fn undo_leaves_no_mark_of_what_was_undone() {
    let mut tape = night("zombie", 10.0, 50);
    tape.seek(at(40.0));
    let before = tape.marks().iter().filter(|mark| mark.at <= at(40.0)).count();
    let worker = tape.run().pool().roster().iter().next().expect("there is a worker").who.id;
    tape.apply(Command::Kill { worker }, &mut ()).expect("it is there");
    assert_eq!(tape.marks().len(), before + 2);
    tape.undo();
    assert_eq!(tape.marks().len(), before);
}

#[test]
fn a_ghost_that_was_left_in_the_middle_of_an_instant_goes_on_with_all_its_marks() {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    scenario.seed = 4_157_779_775;
    scenario.knobs.crash_share = 0.3;
    for steps in 1..=60 {
        let mut tape = tape(&scenario);
        tape.play(at(20.0), &mut ());
        for _ in 0..steps {
            tape.step(at(30.0), &mut ());
        }
        tape.seek(at(10.0));
        tape.apply(Command::Burst { jobs: 5 }, &mut ()).expect("the command is allowed");
        tape.play(at(40.0), &mut ());
        tape.switch(0);
        tape.play(at(30.0), &mut ());
        let mut plain = Tape::new(scenario.clone()).expect("the scenario is allowed");
        plain.play(at(30.0), &mut ());
        assert_eq!(tape.marks(), plain.marks(), "after {steps} steps");
        assert!(tape.run() == plain.run(), "after {steps} steps");
    }
}
