//! Same scenario, seed and knobs, same run: the hashes below are checked natively here, and in
//! every browser by the page's tests.
//!
//! After a change that is meant to change runs: `BLESS=1 cargo test --test determinism`.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::KnobId;
use zombie_workers::run::{Run, built_in};

const FILE: &str = "tests/hashes.json";

#[derive(Serialize, Deserialize)]
struct Known {
    scenario: String,
    seed: u64,
    until_s: f64,
    set: std::collections::BTreeMap<String, Json>,
    hash: String,
}

fn hash(known: &Known) -> String {
    let mut scenario = built_in(&known.scenario).expect("the scenario is built in");
    scenario.seed = known.seed;
    for (knob, value) in &known.set {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let knob = KnobId::find(knob).expect("there is such a knob");
        scenario.knobs.set_text(knob, &value).expect("the value is allowed");
    }
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    run.advance(Instant::START + Duration::secs_f64(known.until_s), &mut ());
    format!("{:016x}", run.trace_hash())
}

#[test]
fn runs_have_the_hashes_that_were_written_down() {
    let text = fs::read_to_string(FILE).expect("the file of hashes can be read");
    let mut all: Vec<Known> = serde_json::from_str(&text).expect("the file of hashes is JSON");
    assert!(all.len() >= 8, "there is something to check");
    if std::env::var_os("BLESS").is_some() {
        all.iter_mut().for_each(|known| known.hash = hash(known));
        let text = serde_json::to_string_pretty(&all).expect("hashes can be written");
        fs::write(FILE, text + "\n").expect("the file of hashes can be written");
    }
    for known in &all {
        assert_eq!(hash(known), known.hash, "{} seed {}", known.scenario, known.seed);
    }
}
