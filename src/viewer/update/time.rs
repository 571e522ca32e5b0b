//! Time: play, seek, search, begin anew.

use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError};
use crate::run::{Interest, Scenario, built_in};
use crate::scene::Timeline;
use crate::viewer::dialog::Notice;
use crate::viewer::effect::Effect;
use crate::viewer::room::Room;
use crate::viewer::state::State;

impl State {
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        if self.runs.take_miss() {
            self.notice = Some(Notice::NothingFound);
        }
        self.fetch_chapters()
    }

    /// Tells screen readers what has changed. While the timeline is dragged, nothing is said.
    pub(super) fn tell(&mut self, now_ms: f64) {
        if self.room() != Room::Pool || self.timeline.drags {
            return;
        }
        let rising = match self.runs.tape().series().points() {
            [.., before, last] => last.queue_depth > before.queue_depth,
            _ => false,
        };
        let jumped = self.runs.take_arrival();
        self.digest.tell(now_ms, jumped, &self.sample, rising);
    }

    /// Notes whether something was refused.
    pub(super) fn note(&mut self, done: Result<(), InputError>) {
        self.notice = done.err().map(|error| Notice::Error(error.to_string()));
    }

    /// All runs from the beginning. The fixes stay as they are set, but for the beginning of the
    /// story.
    pub(super) fn reset(&mut self) {
        let done = self.runs.restart(|scenario, knobs| {
            for fix in Fix::ALL {
                fix.switch(&mut scenario.knobs, fix.is_on(knobs));
            }
            Ok(())
        });
        self.begun(done);
    }

    /// All runs from the beginning, with all fixes on; time goes.
    pub(super) fn again_fixed(&mut self) {
        let done = self.runs.restart(|scenario, _| {
            Fix::ALL.into_iter().for_each(|fix| fix.switch(&mut scenario.knobs, true));
            Ok(())
        });
        self.runs.pace.playing |= done.is_ok();
        self.begun(done);
    }

    pub(super) fn begin_built_in(&mut self, name: &str) {
        let done = built_in(name).and_then(|scenario| self.runs.begin(scenario));
        self.begun(done);
    }

    pub(super) fn set_seed(&mut self, text: &str) {
        let done = seed(text).and_then(|seed| {
            self.runs.restart(|scenario, _| {
                scenario.seed = seed;
                Ok(())
            })
        });
        self.begun(done);
    }

    /// Runs have begun anew, if nothing was refused: what was seen of the old ones is gone.
    fn begun(&mut self, done: Result<(), InputError>) {
        if done.is_ok() {
            (self.selection, self.menu) = (None, None);
        }
        self.note(done);
    }

    pub(super) fn nudge(&mut self, seconds: f64) {
        let to_s = self.runs.now().as_secs_f64() + seconds;
        self.runs.seek(Instant::START + Duration::secs_f64(to_s.max(0.0)));
    }

    pub(super) fn seek_begin(&mut self) {
        self.runs.seek(Instant::START);
    }

    pub(super) fn run_to_next(&mut self, what: Option<Interest>) {
        self.notice = None;
        self.runs.search(what.unwrap_or(self.interest));
    }

    pub(super) fn cancel(&mut self) {
        self.runs.cancel();
    }

    pub(super) fn press_timeline(&mut self, x: f64, width: f64) {
        self.timeline.drags = true;
        self.point_timeline(x, width);
    }

    pub(super) fn point_timeline(&mut self, x: f64, width: f64) {
        self.timeline.x = Some(x);
        if self.timeline.drags {
            let to = Timeline::of(self.runs.tape(), width).instant_at(x);
            self.runs.seek(to);
        }
    }
}

fn seed(text: &str) -> Result<u64, InputError> {
    let max = Scenario::MAX_SEED;
    let seed = text.trim().parse().ok().filter(|seed| *seed <= max);
    seed.ok_or_else(|| {
        InputError::new("seed", text, format!("allowed: a whole number, 0 to {max}"))
    })
}
