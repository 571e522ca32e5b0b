//! A built-in scenario with some knobs turned, run under many seeds at once; what fails says the
//! command that repeats it.

use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::KnobId;
use zombie_workers::pool::Event;
use zombie_workers::run::{Run, built_in};

use super::at;

/// A built-in scenario, and what is turned in it.
#[derive(Clone)]
pub struct Lesson {
    name: &'static str,
    turned: Vec<(&'static str, String)>,
}

/// A run at its end.
pub struct Told {
    /// The run.
    pub run: Run,
    /// Which seed it had.
    pub seed: u64,
    /// The command that repeats it.
    pub command: String,
}

impl Lesson {
    /// The scenario as it is.
    pub fn of(name: &'static str) -> Self {
        Self { name, turned: Vec::new() }
    }

    /// The same with a knob turned.
    pub fn with(mut self, knob: &'static str, value: impl ToString) -> Self {
        self.turned.push((knob, value.to_string()));
        self
    }

    /// The run of one seed at its beginning.
    pub fn start(&self, seed: u64) -> Run {
        let mut scenario = built_in(self.name).expect("the scenario is built in");
        scenario.seed = seed;
        for (knob, value) in &self.turned {
            let knob = KnobId::find(knob).expect("there is such a knob");
            scenario.knobs.set_text(knob, value).expect("the value is allowed");
        }
        Run::new(&scenario).expect("the scenario is allowed")
    }

    /// The command that repeats the run of a seed.
    pub fn command(&self, seed: u64, length_s: f64) -> String {
        let set: String =
            self.turned.iter().map(|(knob, value)| format!(" --set {knob}={value}")).collect();
        let name = self.name;
        format!("cargo run --release -- {name} --seed {seed} --for {length_s} --fast{set}")
    }

    /// Runs so many seeds for so long, with the books checked at the end.
    pub fn tell(&self, seeds: u64, length_s: f64) -> Vec<Told> {
        self.watch(seeds, length_s, || |_: Instant, _: &Event| {}).map(|(told, _)| told).collect()
    }

    /// The same, with somebody who looks on.
    pub fn watch<O: FnMut(Instant, &Event) + Send>(
        &self,
        seeds: u64,
        length_s: f64,
        observer: impl Fn() -> O + Sync,
    ) -> impl Iterator<Item = (Told, O)> {
        let one = |seed| {
            let mut run = self.start(seed);
            let mut observer = observer();
            run.advance(at(length_s), &mut observer);
            let command = self.command(seed, length_s);
            assert_eq!(run.pool().audit(), Vec::<String>::new(), "{command}");
            (Told { run, seed, command }, observer)
        };
        let all: Vec<(Told, O)> = (0..seeds).into_par_iter().map(one).collect();
        all.into_iter()
    }
}

/// The mean of a figure.
pub fn mean(told: &[Told], figure: impl Fn(&Run) -> f64) -> f64 {
    told.iter().map(|told| figure(&told.run)).sum::<f64>() / told.len() as f64
}
