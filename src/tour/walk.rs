//! The way to the moment of a question: through the chapters before it, and not a second further.

use super::chapter::Chapter;
use super::moment::Moment;
use crate::kernel::{Duration, Instant};
use crate::run::Tape;

/// Moments are looked for at whole seconds.
const STEP: Duration = Duration::secs(1);

/// A way through moments, one after the other. A moment that was passed on the way to the one
/// before it is there at once.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Those still to come, the last first.
    ahead: Vec<Moment>,
}

impl Walk {
    /// The way from the beginning to where a chapter asks, by its place in the list.
    pub fn to(chapters: &[Chapter], place: usize) -> Self {
        let passed = chapters.iter().take(place);
        let moments = passed.flat_map(|chapter| [chapter.at.clone(), chapter.until.clone()]);
        let last = chapters.get(place).map(|chapter| chapter.at.clone());
        let mut ahead: Vec<Moment> = moments.chain(last).collect();
        ahead.reverse();
        Self { ahead }
    }

    /// The way from where a chapter asks to where it ends.
    pub fn through(chapter: &Chapter) -> Self {
        Self { ahead: vec![chapter.until.clone()] }
    }

    /// Plays on, for at least a step and then as long as `in_time` says. True when the tape stands
    /// at the last moment.
    pub fn advance(&mut self, tape: &mut Tape, in_time: impl Fn() -> bool) -> bool {
        while let Some(goal) = self.goal(tape) {
            tape.play(goal.min(tape.now() + STEP), &mut ());
            if !in_time() {
                return self.goal(tape).is_none();
            }
        }
        true
    }

    /// Where the tape goes next, as far as is known; `None` if it is there.
    fn goal(&mut self, tape: &Tape) -> Option<Instant> {
        while let Some(moment) = self.ahead.last() {
            if let Some(at) = moment.at(tape).filter(|at| *at > tape.now()) {
                return Some(at);
            }
            self.ahead.pop();
        }
        None
    }
}
