//! What would be so in other runs: reckoned once somebody has said something, in slices.

use super::key::Key;
use super::other::Other;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::{Run, Scenario};

/// Time that is played between two looks at the clock.
const PIECE: Duration = Duration::secs(20);

/// A run of each option, and of all five fixes, on the way to where the chapter ends.
#[derive(Clone, Debug)]
pub struct Reckoning {
    runs: Vec<Run>,
    key: Key,
    until: Instant,
}

impl Reckoning {
    /// Begins the runs: the same as `scenario` until `at`, where each does something else; they are
    /// read at `until`.
    ///
    /// # Errors
    /// If the scenario is not allowed.
    pub fn new(
        scenario: &Scenario,
        options: &[Other],
        key: Key,
        at: Instant,
        until: Instant,
    ) -> Result<Self, InputError> {
        let others = options.iter().copied().chain([Other::all_fixes()]);
        let runs = others.map(|other| Run::new(&other.scenario(scenario, at)));
        Ok(Self { runs: runs.collect::<Result<_, _>>()?, key, until })
    }

    /// Plays on, for at least a piece and then as long as `in_time` says. True when it is done.
    pub fn advance(&mut self, in_time: impl Fn() -> bool) -> bool {
        for run in &mut self.runs {
            while run.now() < self.until {
                run.advance((run.now() + PIECE).min(self.until), &mut ());
                if !in_time() {
                    return false;
                }
            }
        }
        true
    }

    /// The key's value in each run, in the order of the options; that of all five fixes last.
    pub fn values(&self) -> Vec<Option<f64>> {
        self.runs.iter().map(|run| self.key.value(&run.sample())).collect()
    }
}
