//! How the run of a chapter goes on, frame by frame.

use super::telling::Telling;
use super::{Night, Phase};
use crate::scene::View;
use crate::tour::Chapter;

impl Night {
    /// A frame of `seconds` passes. What must be played before anything is shown is played as long
    /// as `in_time` says.
    pub(in crate::viewer) fn frame(
        &mut self,
        seconds: f64,
        view: View,
        in_time: impl Fn() -> bool,
    ) {
        match std::mem::take(&mut self.phase) {
            Phase::Walking(mut lane, mut walk) => {
                if walk.advance(&mut lane.tape, &in_time) {
                    self.phase = Phase::Asking(lane);
                    self.reveal();
                } else {
                    self.phase = Phase::Walking(lane, walk);
                }
            }
            Phase::Revealing(mut reveal, processes) => {
                let done = reveal.advance(&in_time);
                self.phase = match self.chapters.get(self.place).filter(|_| done) {
                    Some(chapter) => {
                        Phase::Telling(Box::new(Telling::new(reveal.finish(chapter), processes)))
                    }
                    None => Phase::Revealing(reveal, processes),
                };
            }
            Phase::Asking(mut lane) => {
                lane.follow(seconds, view);
                self.phase = Phase::Asking(lane);
            }
            Phase::Telling(mut telling) => {
                telling.frame(seconds, view, &in_time);
                self.phase = Phase::Telling(telling);
            }
            Phase::Waiting => {}
        }
    }

    /// The run plays again.
    pub(super) fn replay(&mut self) {
        if let Phase::Telling(telling) = &mut self.phase {
            telling.target = telling.from;
        }
    }

    /// From when to when the chapter's line is drawn, in seconds.
    pub(super) fn span_s(&self, chapter: &Chapter) -> Option<(f64, f64)> {
        match &self.phase {
            Phase::Asking(lane) => {
                let tape = lane.tape();
                let until = chapter.until.at(tape)?.max(tape.now());
                let from = chapter.from.at(tape).unwrap_or(tape.now()).min(tape.now());
                Some((from.as_secs_f64(), until.as_secs_f64()))
            }
            Phase::Telling(telling) => {
                Some((telling.from.as_secs_f64(), telling.until.as_secs_f64()))
            }
            Phase::Waiting | Phase::Walking(..) | Phase::Revealing(..) => None,
        }
    }
}
