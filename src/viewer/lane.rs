//! One run on the page: its tape, and its stage, where figures walk.

use crate::kernel::Instant;
use crate::knobs::InputError;
use crate::run::{Command, Scenario, Tape};
use crate::scene::{Stage, View};

/// One run on the page. A clone is a second run that is the same so far.
#[derive(Clone, Debug)]
pub struct Lane {
    pub(super) tape: Tape,
    stage: Stage,
}

impl Lane {
    /// A tape with an empty stage.
    pub(super) fn new(tape: Tape) -> Self {
        Self { tape, stage: Stage::default() }
    }

    /// A scenario at its beginning, with an empty stage.
    ///
    /// # Errors
    /// If the scenario is not allowed.
    pub(super) fn of(scenario: &Scenario) -> Result<Self, InputError> {
        Tape::new(scenario.clone()).map(Self::new)
    }

    /// The run with its past.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// What is seen of the run.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Moves toward `target` while `in_time`. Backwards, and in a jump also over ground that was
    /// played before, nothing is shown on the way. True when it has arrived.
    pub(super) fn approach(
        &mut self,
        target: Instant,
        jumps: bool,
        in_time: &impl Fn() -> bool,
    ) -> bool {
        let now = self.tape.now();
        if target < now || jumps {
            // What lies beyond the played end is played below, as far as there is time.
            let known = target.min(self.tape.end());
            if known != now {
                self.stage.jump();
                if !self.tape.seek_while(known, in_time) {
                    return false;
                }
            }
        }
        let Self { tape, stage } = self;
        let mut observer = |now, event: &_| stage.saw(now, event);
        tape.now() == target || tape.play_while(target, &mut observer, in_time)
    }

    /// Lets the figures on the stage walk for `seconds` of the user's time.
    pub(super) fn follow(&mut self, seconds: f64, view: View) {
        self.stage.follow(self.tape.run(), seconds, view);
    }

    /// Moves on by one event or command, but not past `until`.
    pub(super) fn step(&mut self, until: Instant) {
        let Self { tape, stage } = self;
        tape.step(until, &mut |now, event: &_| stage.saw(now, event));
    }

    /// Changes the tape in a way that may move its cursor; the stage jumps along.
    pub(super) fn jump<T>(&mut self, change: impl FnOnce(&mut Tape) -> T) -> T {
        let changed = change(&mut self.tape);
        self.stage.jump();
        changed
    }

    /// Issues a command now.
    ///
    /// # Errors
    /// If the command is not allowed; nothing is changed then.
    pub(super) fn issue(&mut self, command: Command) -> Result<(), InputError> {
        let Self { tape, stage } = self;
        tape.apply(command, &mut |now, event: &_| stage.saw(now, event))
    }
}
