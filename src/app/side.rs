//! One run on the page: its tape, and who is walking where on its stage.

use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::Tape;
use crate::scene::Stage;

/// The most that is run at a time before the clock is looked at.
const SLICE: Duration = Duration::secs(1);

/// One run on the page.
pub struct Side {
    /// The run with its past.
    pub tape: Tape,
    /// What is seen of it.
    pub stage: Stage,
}

impl Side {
    /// A tape with an empty stage.
    pub fn new(tape: Tape) -> Self {
        Self { tape, stage: Stage::default() }
    }

    /// Another with the same scenario, seed and commands, at its beginning.
    ///
    /// # Errors
    /// As [`Tape::with`].
    pub fn beside(&self) -> Result<Self, InputError> {
        let given = self.tape.given().to_vec();
        Ok(Self::new(Tape::with(self.tape.scenario().clone(), given)?))
    }

    /// Moves toward `target` as long as there is time. Back, and over ground that was played
    /// before after a jump, it goes at once. True when it has arrived.
    pub fn approach(&mut self, target: Instant, jumped: bool, in_time: impl Fn() -> bool) -> bool {
        let now = self.tape.now();
        if target < now || jumped {
            // What was not played before is played below, as far as there is time.
            let known = target.min(self.tape.end());
            if known != now {
                self.tape.seek(known);
            }
            self.stage.jump();
        }
        let Self { tape, stage } = self;
        let mut watch = |now, event: &_| stage.saw(now, event);
        while tape.now() < target && in_time() {
            tape.play((tape.now() + SLICE).min(target), &mut watch);
        }
        tape.now() == target
    }
}
