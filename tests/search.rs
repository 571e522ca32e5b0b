//! Looking ahead on a tape and playing new ground, in slices: the same, however it is cut.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::tapes::{night, tape};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::run::{Interest, Progress, Tape, built_in};

/// When the next interesting thing after the cursor happens, if it does `within` this time: a
/// search in one go.
fn find_next(tape: &Tape, what: Interest, within: Duration) -> Option<Instant> {
    match tape.search(what, within).advance(|| true) {
        Progress::Found(at) => Some(at),
        Progress::Nothing | Progress::Going { .. } => None,
    }
}

#[test]
fn the_next_thing_of_interest_is_found_where_it_happens() {
    let mut tape = night("zombie", 10.0, 0);
    let hour = Duration::secs(3_600);
    assert_eq!(find_next(&tape, Interest::Command, hour), Some(at(30.0)));
    let zombie = find_next(&tape, Interest::Zombie, hour).expect("there will be one");
    tape.seek(Instant::from_micros(zombie.as_micros() - 1));
    assert_eq!(tape.run().pool().roster().zombies(), 0);
    tape.seek(zombie);
    assert_eq!(tape.run().pool().roster().zombies(), 1);
    assert_eq!(find_next(&tape, Interest::Kill, Duration::secs(60)), None);
    for what in Interest::ALL {
        if let Some(found) = find_next(&tape, what, hour) {
            assert!(found > tape.now(), "{}", what.name());
        }
    }
}

#[test]
fn what_a_search_finds_does_not_depend_on_how_it_is_sliced() {
    for (name, workers) in [("zombie", 10.0), ("load", 300.0)] {
        let mut tape = night(name, workers, 0);
        for moment in [0.0, 30.0, 61.7, 200.0] {
            tape.seek(at(moment));
            for what in Interest::ALL {
                let within = Duration::secs(90);
                let mut search = tape.search(what, within);
                let mut shares = vec![0.0];
                let found = loop {
                    match search.advance(|| false) {
                        Progress::Found(at) => break Some(at),
                        Progress::Nothing => break None,
                        Progress::Going { share } => shares.push(share),
                    }
                };
                assert_eq!(found, find_next(&tape, what, within), "{name}, {}", what.name());
                assert!(shares.is_sorted_by(|a, b| a < b) && shares.iter().all(|s| *s < 1.0));
                assert!(shares.len() > 1 || found.is_some());
                assert_eq!(tape.now(), at(moment));
            }
        }
    }
}

#[test]
fn new_ground_is_played_in_slices_and_is_the_same() {
    let scenario = built_in("load").expect("the scenario is built in");
    let mut sliced = tape(&scenario);
    let mut slices = 0;
    while !sliced.seek_while(at(20.0), || false) {
        assert!(sliced.now() < at(20.0));
        slices += 1;
    }
    assert!(slices > 20, "{slices}");
    sliced.seek(at(5.0));
    while !sliced.play_while(at(30.0), &mut (), || false) {}
    let mut whole = tape(&scenario);
    whole.play(at(30.0), &mut ());
    assert!(sliced.run() == whole.run());
    assert!(sliced.series() == whole.series() && sliced.marks() == whole.marks());
}
