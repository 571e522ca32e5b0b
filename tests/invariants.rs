//! What holds in every run: the books balance after every event, and a run is a value.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{LENGTH, at, end, scenario, start};
use proptest::prelude::*;
use zombie_workers::pool::{Event, State, WorkerId};
use zombie_workers::run::{Scenario, built_in};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_books_balance_after_every_event(scenario in scenario()) {
        let mut run = start(&scenario);
        let mut steps = 0_u64;
        while run.step(end(), &mut ()) {
            prop_assert!(run.pool().ledger().balances(), "{:?}", run.pool().ledger());
            steps += 1;
            if steps.is_multiple_of(64) {
                prop_assert_eq!(run.pool().audit(), Vec::<String>::new(), "{:?}", run.now());
            }
        }
        prop_assert_eq!(run.pool().audit(), Vec::<String>::new());
    }

    #[test]
    fn a_clone_goes_on_like_the_run_itself(scenario in scenario(), cut in 0.0..f64::from(LENGTH)) {
        let mut run = start(&scenario);
        run.advance(at(cut), &mut ());
        let mut copy = run.clone();
        prop_assert!(run == copy);
        run.advance(end(), &mut ());
        copy.advance(end(), &mut ());
        prop_assert_eq!(run.trace_hash(), copy.trace_hash());
        prop_assert!(run == copy);
    }

    #[test]
    fn how_a_run_is_cut_into_steps_makes_no_difference(
        scenario in scenario(),
        cuts in prop::collection::vec(0.0..f64::from(LENGTH), 0..20),
    ) {
        let mut whole = start(&scenario);
        whole.advance(end(), &mut ());
        let mut cuts = cuts;
        cuts.sort_by(f64::total_cmp);
        let mut pieces = start(&scenario);
        for cut in cuts {
            pieces.advance(at(cut), &mut ());
        }
        while pieces.step(end(), &mut ()) {}
        prop_assert_eq!(whole.trace_hash(), pieces.trace_hash());
        prop_assert_eq!(whole.pool().ledger(), pieces.pool().ledger());
    }

    #[test]
    fn worker_names_are_never_used_again_and_states_follow_their_edges(scenario in scenario()) {
        let mut run = start(&scenario);
        let mut next = 0;
        let mut known: Vec<Option<State>> = Vec::new();
        let mut faults: Vec<String> = Vec::new();
        while run.step(end(), &mut |_, event: &Event| {
            if let Event::Spawned { worker, .. } = event {
                if worker.id != WorkerId(next) {
                    faults.push(format!("{worker:?} is not number {next}"));
                }
                next += 1;
            }
        }) {
            known.resize(next as usize, None);
            for record in run.pool().roster().iter() {
                let state = &mut known[record.who.id.0 as usize];
                if let Some(before) = state.replace(record.state)
                    && before != record.state
                    && !reachable(before, record.state)
                {
                    faults.push(format!("{:?}: {before:?} to {:?}", record.who, record.state));
                }
            }
        }
        prop_assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn a_scenario_survives_its_file(scenario in scenario()) {
        let read = Scenario::from_toml(&scenario.to_toml());
        prop_assert_eq!(read, Ok(scenario));
    }

    #[test]
    fn no_text_makes_the_scenario_reader_panic(text in ".{0,400}") {
        let _ = Scenario::from_toml(&text);
    }
}

/// Whether a worker can get from one state to another within one step, in which it may pass
/// through one state in between.
fn reachable(from: State, to: State) -> bool {
    from.may_become(to) || State::ALL.iter().any(|&via| from.may_become(via) && via.may_become(to))
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    for name in common::NAMES {
        let hash = |seed| {
            let mut scenario = built_in(name).expect("the scenario is built in");
            scenario.seed = seed;
            let mut run = start(&scenario);
            run.advance(at(60.0), &mut ());
            run.trace_hash()
        };
        assert_eq!(hash(1), hash(1), "{name}");
        assert_ne!(hash(1), hash(2), "{name}");
    }
}

#[test]
fn a_normal_hour_has_no_zombie_and_keeps_its_memory() {
    for seed in 0..20 {
        let mut scenario = built_in("normal").expect("the scenario is built in");
        scenario.seed = seed;
        let mut run = start(&scenario);
        for minute in 1..=60 {
            run.advance(at(f64::from(minute) * 60.0), &mut ());
            let pool = run.pool();
            let memory = pool.host().memory_mib(&pool.knobs) as f64;
            let off = (memory / 412.0 - 1.0).abs();
            assert!(off < 0.1, "seed {seed}, minute {minute}: {memory} MiB");
            assert_eq!(pool.roster().zombies(), 0, "seed {seed}, minute {minute}");
        }
        let ledger = run.pool().ledger();
        assert!(ledger.succeeded > 10_000 && ledger.rejected == 0, "seed {seed}: {ledger:?}");
    }
}
