//! Searches for the night of the report: the seed, the small changes of load and the sizes of
//! memory with which scenario `incident` gives the report's numbers by running.
//!
//! `cargo run --release --example incident_search` prints the scenario file that it found; its
//! content is `src/run/scenarios/incident.toml`. A number after `--` is the seed to begin with.
//! Progress goes to standard error.
//!
//! `shape.toml` tells the story, in every seed: what goes wrong when, and what people do about it.
//! The rest is found in steps, each of which goes on from copies of the runs that passed the one
//! before: a run is a value.

mod dials;
mod memory;
mod night;
mod print;
mod targets;

use std::process::ExitCode;

use rayon::prelude::*;
use zombie_workers::knobs::InputError;
use zombie_workers::run::Scenario;

use night::{Night, seconds};

const SHAPE: &str = include_str!("shape.toml");
/// Seeds that are tried.
const SEEDS: u64 = 100_000;
/// Seeds that are looked at together.
const CHUNK: usize = 500;

fn main() -> ExitCode {
    let first = std::env::args().nth(1).map_or(Ok(0), |text| text.parse());
    let Ok(first) = first else {
        eprintln!("allowed: a seed to begin with");
        return ExitCode::from(2);
    };
    // The lowest seed that has a night: the same one, however many threads look for it.
    let found = (first..first + SEEDS).step_by(CHUNK).find_map(|from| {
        let chunk = from..from + CHUNK as u64;
        chunk.into_par_iter().find_map_first(|seed| search(seed).ok()?)
    });
    match found {
        Some(scenario) => {
            print!("{}", print::print(&scenario));
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("no seed from {first} to {} gives the night", first + SEEDS - 1);
            ExitCode::FAILURE
        }
    }
}

/// The night of one seed, if it has one.
fn search(seed: u64) -> Result<Option<Scenario>, InputError> {
    let mut shape = Scenario::from_toml(SHAPE)?;
    shape.seed = seed;
    let quiet = seconds(&shape, "03:46:45");
    let mut night = Night::begin(&shape)?;
    night.run.advance(quiet, &mut ());
    if !targets::no_page_yet(&night.run) {
        return Ok(None);
    }
    Ok(night.vary(&dials::until_dashboard(&shape), &mut |night| {
        let at_dashboard = night.reach(seconds(&shape, "03:48"), targets::looks_normal)?;
        eprintln!("seed {seed}: 03:48 fits");
        at_dashboard.vary(&dials::until_churn_ends(&shape), &mut |night| {
            let quiet = night.reach(seconds(&shape, "03:51:35"), targets::the_churn_is_over)?;
            eprintln!("seed {seed}: 47 processes");
            quiet.vary(&dials::until_login(&shape), &mut |night| {
                let at_login = night.reach(seconds(&shape, "03:52"), targets::what_the_hell)?;
                eprintln!("seed {seed}: 03:52 fits");
                at_login.vary(&dials::until_wave(&shape), &mut |night| {
                    let wave = seconds(&shape, "04:01:55");
                    let night = night.reach(wave, targets::the_pattern_may_emerge)?;
                    night.vary(&dials::until_pattern(&shape), &mut |night| {
                        let last =
                            night.reach(seconds(&shape, "04:03:15"), targets::the_pattern)?;
                        eprintln!("seed {seed}: 04:03:15 fits, but for memory");
                        finish(&shape, [&at_dashboard, &at_login, &last])
                    })
                })
            })
        })
    }))
}

/// The sizes of memory last of all, and then everything again from the start.
fn finish(shape: &Scenario, nights: [&Night; 3]) -> Option<Scenario> {
    let sizes = memory::solve(nights.map(|night| memory::Census::of(&night.run)))?;
    let scenario = nights[2].write(shape, &sizes);
    // What will be read from the file is what counts.
    let read = Scenario::from_toml(&print::print(&scenario)).ok()?;
    targets::whole_night(&read).then_some(read)
}
