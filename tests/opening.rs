//! How the page opens, where it stops by itself, and what is seen where there is one column.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::Duration;
use zombie_workers::knobs::Fix;
use zombie_workers::run::RunId;
use zombie_workers::scene::Point;
use zombie_workers::viewer::{Beat, Msg, Opening, Press, State, Tab};

const SIZES: [Point; 2] = [Point { x: 800.0, y: 400.0 }; 2];

fn open(query: &str) -> State {
    let mut state = State::start(query).expect("a run");
    settle(&mut state);
    state
}

/// Frames pass until the run stands where it is to stand; time itself waits.
fn settle(state: &mut State) {
    state.frame(0.0, SIZES, || 0.0);
    while state.runs.tape().now() != state.runs.now() {
        state.frame(0.0, SIZES, || 0.0);
    }
}

/// A frame of a sixtieth of a second in real time.
fn frame(state: &mut State) {
    state.frame(1.0 / 60.0, SIZES, || 0.0);
}

/// Frames pass until it holds; panics after a minute.
fn until(state: &mut State, holds: impl Fn(&State) -> bool) {
    let found = (0..3_600).any(|_| {
        frame(state);
        holds(state)
    });
    assert!(found, "it did not come within a minute of real time");
}

#[test]
fn the_page_opens_quickly_and_slows_at_the_first_hang_and_the_first_zombie() {
    let mut state = open("");
    let now = |state: &State| state.runs.now().as_secs_f64();
    (0..60).for_each(|_| frame(&mut state));
    assert!((now(&state) - 8.0).abs() < 0.2, "8 x: {}", now(&state));
    let is_hang = |state: &State| matches!(state.runs.opening().beat(), Some(Beat::Hang(_)));
    let is_zombie = |state: &State| matches!(state.runs.opening().beat(), Some(Beat::Zombie(_)));
    for shows in [is_hang, is_zombie] {
        until(&mut state, shows);
        let began = now(&state);
        (0..60).for_each(|_| frame(&mut state));
        assert!((now(&state) - began - 1.0).abs() < 0.1, "life's own speed");
        until(&mut state, |state| state.runs.opening().beat().is_none());
    }
    let began = now(&state);
    (0..60).for_each(|_| frame(&mut state));
    assert!((now(&state) - began - 4.0).abs() < 0.1, "then it goes on at its pace");
}

#[test]
fn whoever_takes_time_in_hand_ends_the_opening_and_a_link_has_none() {
    for query in ["?scenario=zombie", "?seed=7", "?t=5"] {
        assert_eq!(open(query).runs.opening(), Opening::Over, "{query}");
    }
    let mut state = open("");
    state.update(Msg::Refresh(0.0));
    assert_eq!(state.runs.opening(), Opening::Lead);
    state.update(Msg::SetSpeed(50.0));
    assert_eq!(state.runs.opening(), Opening::Over);
}

#[test]
fn time_stops_where_the_pool_dies_and_there_are_two_ways_on() {
    let mut state = open("?scenario=zombie&t=900&speed=100");
    assert_eq!(state.death(), None);
    until(&mut state, |state| state.death().is_some());
    assert!(!state.runs.pace.playing);
    let died = state.death().expect("it is dead");
    assert!(state.runs.now().saturating_since(died) < Duration::secs(10));
    let mut again = state.clone();

    state.update(Msg::TogglePlay);
    (0..10).for_each(|_| frame(&mut state));
    assert!(state.runs.pace.playing, "it is stopped once, not for ever");
    state.update(Msg::Nudge(-300.0));
    settle(&mut state);
    assert_eq!(state.death(), None);

    again.update(Msg::AgainFixed);
    settle(&mut again);
    assert!(again.runs.pace.playing && again.death().is_none());
    let knobs = &again.runs.tape().run().pool().knobs;
    assert!(Fix::ALL.into_iter().all(|fix| fix.is_on(knobs)));
}

#[test]
fn choosing_a_worker_opens_its_tab() {
    let mut state = open("?scenario=zombie&t=20&paused=1");
    frame(&mut state);
    let at = state.runs.lane(RunId::A).stage().actors().next().expect("a worker").feet;
    let press = Press { touch: false, at: at.moved(0.0, -8.0), button: 0 };
    state.update(Msg::ReleaseStage(RunId::A, Press { at: Point::new(-50.0, -50.0), ..press }));
    assert_eq!(state.tab, Tab::Fixes);
    state.update(Msg::ReleaseStage(RunId::A, press));
    assert_eq!(state.tab, Tab::Worker);
}
