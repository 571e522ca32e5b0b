//! A chapter that plays, or has played.

use crate::kernel::{Duration, Instant};
use crate::scene::View;
use crate::tour::{Process, Revealed, Truth};
use crate::viewer::lane::Lane;

/// Seconds of the user's time that a chapter takes to play.
const PLAY_S: f64 = 8.0;

/// A chapter that plays, or has played.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    /// The run; it was played to its end, where the truth was read, and is shown again.
    pub lane: Lane,
    /// When the question was asked.
    pub at: Instant,
    /// Where it begins to play.
    pub from: Instant,
    /// Where it ends.
    pub until: Instant,
    /// Where the run that is shown is to stand.
    pub target: Instant,
    /// What is so.
    pub truth: Truth,
    /// The processes that were shown.
    pub processes: Vec<Process>,
}

impl Telling {
    /// Begins to play what is known now.
    pub fn new(revealed: Revealed, processes: Vec<Process>) -> Self {
        let Revealed { tape, at, from, truth } = revealed;
        let (until, mut lane) = (tape.now(), Lane::new(tape));
        // Nothing of what is to come may be seen for the length of a frame.
        lane.approach(from, true, &|| true);
        Self { lane, at, from, until, target: from, truth, processes }
    }

    /// Whether it has played to its end.
    pub fn is_over(&self) -> bool {
        self.target >= self.until && self.lane.tape().now() >= self.until
    }

    /// A frame of `seconds` passes.
    pub fn frame(&mut self, seconds: f64, view: View, in_time: &impl Fn() -> bool) {
        let span_s = self.until.saturating_since(self.from).as_secs_f64();
        let step = Duration::secs_f64(seconds.min(0.1) * (span_s / PLAY_S).max(1.0));
        self.target = if view.motion { (self.target + step).min(self.until) } else { self.until };
        let jumps = !view.motion;
        self.lane.approach(self.target, jumps, in_time);
        self.lane.follow(seconds, view);
    }
}
