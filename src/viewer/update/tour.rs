//! What of the night reaches beyond it.

use crate::viewer::dialog::{Dialog, Instead};
use crate::viewer::effect::{Effect, Focus};
use crate::viewer::room::Room;
use crate::viewer::state::State;
use crate::viewer::tour::TourMsg;

impl State {
    /// Asks for the chapters once the user is in the night.
    pub(super) fn fetch_chapters(&mut self) -> Vec<Effect> {
        let wanted = self.room() == Room::Night && self.night.wants_chapters();
        wanted.then_some(Effect::FetchChapters).into_iter().collect()
    }

    pub(super) fn update_tour(&mut self, msg: TourMsg) -> Vec<Effect> {
        if msg == TourMsg::Sandbox {
            self.leave_for_the_pool();
            return Vec::new();
        }
        let theme = self.theme();
        let (before, asked) = (self.night.place().0, self.night.is_asking());
        if let Err(error) = self.night.update(msg, theme) {
            let why = error.to_string();
            self.dialog = Some(Dialog::Refused { why, instead: Instead::Default });
        }
        // A question that was answered can hold no focus.
        let focus = match (self.night.place().0 != before, self.night.is_asking() != asked) {
            (true, _) => Focus::Chapter,
            (false, true) => Focus::Told,
            (false, false) => return Vec::new(),
        };
        vec![Effect::Focus(focus)]
    }

    /// To the pool, dead as it was, with the switches of the fixes beside it.
    fn leave_for_the_pool(&mut self) {
        let Some(link) = self.night.sandbox() else { return };
        match self.show(&link) {
            Ok(()) => self.enter(Room::Pool),
            Err(error) => self.refuse(&error),
        }
    }
}
