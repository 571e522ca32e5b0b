//! What the user sees and does, without a browser: A and B have one clock, whatever is done.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use zombie_workers::pool::WorkerId;
use zombie_workers::run::link::Link;
use zombie_workers::run::{Command, RunId};
use zombie_workers::scene::{Point, Theme, View};
use zombie_workers::viewer::State;

fn open(query: &str) -> State {
    State::open(&Link::read(query).expect("a link")).expect("a run")
}

/// Frames pass until all runs stand where they are to stand; time itself waits.
fn settle(state: &mut State) {
    let (size, theme) = (Point::new(800.0, 400.0), Theme::Light);
    let view = View { size, motion: true, belief: false, theme };
    state.runs.frame(0.016, true, [view; 2], || 0.0);
    while state.runs.is_behind() {
        state.runs.frame(0.016, true, [view; 2], || 0.0);
    }
}

fn clocks(state: &State) -> [u64; 2] {
    RunId::ALL.map(|id| state.runs.lane(id).tape().now().as_micros())
}

#[test]
fn b_begins_where_a_stands_and_is_the_same_run() {
    let mut state = open("scenario=zombie&toxic_share=0.05&t=60&paused=1");
    settle(&mut state);
    state.runs.issue(Command::Burst { jobs: 5 }).expect("a burst is allowed");
    state.runs.compare(true);
    settle(&mut state);
    let [a, b] = RunId::ALL.map(|id| state.runs.lane(id).tape());
    assert!(a.run() == b.run() && a.given() == b.given());
    assert_eq!(a.series().points(), b.series().points());
    assert_eq!(state.runs.active(), RunId::B);
}

#[test]
fn both_stand_at_the_same_instant_whatever_is_done() {
    let mut state = open("scenario=zombie&toxic_share=0.05&t=120&b=1&b.fix_timeouts=true&paused=1");
    settle(&mut state);
    for id in RunId::ALL {
        state.runs.activate(id);
        for _ in 0..40 {
            state.runs.step();
            settle(&mut state);
            assert_eq!(clocks(&state)[0], clocks(&state)[1]);
        }
        for _ in 0..20 {
            state.runs.step_back();
            settle(&mut state);
            assert_eq!(clocks(&state)[0], clocks(&state)[1]);
        }
    }
    state.runs.seek(at(60.0));
    settle(&mut state);
    state.runs.issue(Command::Burst { jobs: 50 }).expect("a burst is allowed");
    assert!(state.runs.issue(Command::Kill { worker: WorkerId(9_999) }).is_err());
    state.runs.seek(at(200.0));
    settle(&mut state);
    assert_eq!(clocks(&state), [200_000_000; 2]);
    state.runs.undo().expect("there is a burst to take back");
    settle(&mut state);
    assert_eq!(clocks(&state), [60_000_000; 2]);
}
