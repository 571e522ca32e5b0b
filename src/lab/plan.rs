//! What an experiment runs: cells, seeds and a horizon, as tasks that are links.

use super::axis::Axis;
use super::fix_set::FixSet;
use super::task::Task;
use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError, Value};
use crate::run::{Link, Scenario};

/// The most seeds of one experiment.
pub const MAX_SEEDS: u32 = 1_000;
/// How long the runs of an experiment may be, in seconds of virtual time.
pub const HORIZON: (f64, f64) = (60.0, 86_400.0);

/// What the cells of an experiment differ in.
#[derive(Clone, Debug, PartialEq)]
pub enum Design {
    /// All 32 combinations of the five fixes, by the index of [`FixSet`].
    Fixes,
    /// One knob, or two: the cells of a row beside each other, `by` from row to row.
    Sweep {
        /// What differs from cell to cell.
        along: Axis,
        /// What differs from row to row.
        by: Option<Axis>,
    },
}

/// An experiment: a design over a scenario, a number of seeds, and how long each run goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What all cells have in common; its seed is the first of the seeds.
    pub base: Scenario,
    /// What the cells differ in.
    pub design: Design,
    /// How many seeds each cell is run with: the base's and those after it. All cells get the same
    /// (common random numbers).
    pub seeds: u32,
    /// The horizon: how long each run is.
    pub until: Duration,
}

impl Plan {
    /// An experiment; the numbers are checked.
    ///
    /// # Errors
    /// If there are too many seeds or the horizon is out of range.
    pub fn new(
        base: Scenario,
        design: Design,
        seeds: u32,
        until_s: f64,
    ) -> Result<Self, InputError> {
        if !(1..=MAX_SEEDS).contains(&seeds) {
            let allowed = format!("allowed: a whole number, 1 to {MAX_SEEDS}");
            return Err(InputError::new("seeds", seeds, allowed));
        }
        if !(HORIZON.0..=HORIZON.1).contains(&until_s) {
            let allowed = format!("allowed: {} to {} s", HORIZON.0, HORIZON.1);
            return Err(InputError::new("horizon", format!("{until_s} s"), allowed));
        }
        if base.seed + u64::from(seeds) > Scenario::MAX_SEED {
            let allowed =
                format!("the last of {seeds} seeds must be at most {}", Scenario::MAX_SEED);
            return Err(InputError::new("seed", base.seed, allowed));
        }
        Ok(Self { base, design, seeds, until: Duration::secs_f64(until_s) })
    }

    /// How many cells there are.
    pub fn cells(&self) -> u32 {
        match &self.design {
            Design::Fixes => FixSet::COUNT as u32,
            Design::Sweep { along, by } => {
                let rows = by.as_ref().map_or(1, |by| by.values.len());
                (along.values.len() * rows) as u32
            }
        }
    }

    /// How many runs there are.
    pub fn runs(&self) -> u64 {
        u64::from(self.cells()) * u64::from(self.seeds)
    }

    /// The scenario of a cell, with the seed of the base.
    ///
    /// # Errors
    /// If a knob's value is not allowed, which cannot be of a plan whose axes were read.
    pub fn scenario(&self, cell: u32) -> Result<Scenario, InputError> {
        let mut scenario = self.base.clone();
        match &self.design {
            Design::Fixes => {
                let set = FixSet::from_index(cell as usize);
                Fix::ALL.into_iter().for_each(|fix| fix.switch(&mut scenario.knobs, set.has(fix)));
            }
            Design::Sweep { along, by } => {
                let (row, column) =
                    (cell as usize / along.values.len(), cell as usize % along.values.len());
                scenario.knobs.set(along.knob, &Value::Number(along.values[column]))?;
                if let Some(by) = by {
                    scenario
                        .knobs
                        .set(by.knob, &Value::Number(by.values[row % by.values.len()]))?;
                }
            }
        }
        Ok(scenario)
    }

    /// The `n`th run. Runs are counted seed by seed, so that the whole map is there after the first
    /// seed, and sharpens then.
    ///
    /// # Errors
    /// If the scenario is too large for a link.
    pub fn task(&self, n: u64) -> Result<Task, InputError> {
        let cells = u64::from(self.cells());
        let (cell, seed) = ((n % cells) as u32, self.base.seed + n / cells);
        let scenario = Scenario { seed, ..self.scenario(cell)? };
        let link = Link { at: Some(Instant::START + self.until), ..Link::new(scenario) };
        Ok(Task { cell, seed, query: link.write()? })
    }
}
