//! Knobs. A gesture on a slider is one command: while the slider moves its value is only shown, and
//! it is set when the user lets go of the pointer or the key.

use crate::knobs::KnobId;
use crate::viewer::state::State;

impl State {
    /// A field or a slider has a new value. On a slider whose key is still down more may follow.
    pub(super) fn set_knob(&mut self, knob: KnobId, text: String) {
        if self.knobs.held == Some(knob) {
            self.knobs.preview = Some((knob, text));
            return;
        }
        self.knobs.preview = None;
        self.knobs.error = self.runs.set(knob, &text).err().map(|error| (knob, error));
    }

    /// A key goes down on a slider, or is still down.
    pub(super) fn hold_knob(&mut self, knob: KnobId) {
        if self.knobs.held != Some(knob) {
            (self.knobs.held, self.knobs.preview) = (Some(knob), None);
        }
    }

    /// The key on a slider goes up: what it has come to is set.
    pub(super) fn release_knob(&mut self, knob: KnobId) {
        if self.knobs.held.take_if(|held| *held == knob).is_some()
            && let Some((_, text)) = self.knobs.preview.take_if(|(at, _)| *at == knob)
        {
            self.set_knob(knob, text);
        }
    }
}
