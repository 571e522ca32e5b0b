//! Dialogs, files, the theme, and what Escape closes.

use crate::knobs::InputError;
use crate::run::Scenario;
use crate::run::link::THEMES;
use crate::viewer::dialog::{Dialog, Instead, Notice};
use crate::viewer::effect::{Effect, File, Focus};
use crate::viewer::export::{Content, Format};
use crate::viewer::state::{State, System};

/// The largest scenario file that is read, in bytes.
const MAX_FILE: f64 = 1_000_000.0;

impl State {
    /// Closes what lies on top: a dialog, the menu, a search, the selection.
    pub(super) fn close(&mut self) -> Vec<Effect> {
        if self.dialog.take().is_some() {
            return Vec::new();
        }
        if self.menu.is_some() {
            return self.leave_menu();
        }
        if self.runs.cancel() {
            return Vec::new();
        }
        self.deselect()
    }

    /// Closes the inspector; the focus goes back to the stage.
    pub(super) fn deselect(&mut self) -> Vec<Effect> {
        self.selection = None;
        vec![Effect::Focus(Focus::Stage(self.runs.active()))]
    }

    /// Opens a dialog, or closes it if it is the one that is open.
    fn open_dialog(&mut self, dialog: Dialog) {
        let open = self.dialog.take();
        if open.is_none_or(|open| !open.is_like(&dialog)) {
            (self.dialog, self.menu) = (Some(dialog), None);
        }
    }

    pub(super) fn open_help(&mut self) {
        self.open_dialog(Dialog::Help);
    }

    pub(super) fn open_export(&mut self) {
        self.open_dialog(Dialog::Export);
    }

    pub(super) fn open_share(&mut self) {
        match self.query() {
            Ok(query) => self.open_dialog(Dialog::Share { query, copied: None }),
            Err(error) => self.notice = Some(Notice::Error(error.to_string())),
        }
    }

    pub(super) fn copy(&mut self, effect: fn(String) -> Effect) -> Vec<Effect> {
        match &self.dialog {
            Some(Dialog::Share { query, .. }) => vec![effect(query.clone())],
            _ => Vec::new(),
        }
    }

    pub(super) fn note_copied(&mut self, done: bool) {
        if let Some(Dialog::Share { copied, .. }) = &mut self.dialog {
            *copied = Some(done);
        }
    }

    pub(super) fn export(&self, format: &Format) -> Vec<Effect> {
        let name = format.file.to_owned();
        vec![match format.content {
            Content::Text(write) => {
                let bytes = write(&self.runs).into_bytes();
                Effect::Save(File { name, mime: format.mime, bytes })
            }
            Content::Stage => Effect::SaveStage(self.runs.active(), name),
        }]
    }

    pub(super) fn offer_file(&mut self, name: String, bytes: f64) -> Vec<Effect> {
        if bytes <= MAX_FILE {
            return vec![Effect::ReadFile];
        }
        let allowed = format!("allowed: {MAX_FILE} bytes");
        self.refuse(&InputError::new("scenario file", format!("{name} of {bytes} bytes"), allowed));
        Vec::new()
    }

    /// Begins the scenario of a file.
    pub(super) fn load_file(&mut self, text: &str) {
        match Scenario::from_toml(text).and_then(|scenario| self.runs.begin(scenario)) {
            Ok(()) => (self.dialog, self.selection, self.notice) = (None, None, None),
            Err(error) => self.refuse(&error),
        }
    }

    pub(super) fn refuse(&mut self, error: &InputError) {
        let (why, instead) = (error.to_string(), Instead::Before);
        (self.dialog, self.menu) = (Some(Dialog::Refused { why, instead }), None);
    }

    pub(super) fn set_theme(&mut self, name: &str) -> Vec<Effect> {
        self.look.theme = THEMES.iter().copied().find(|known| *known == name);
        self.charts.redraw();
        vec![Effect::SetTheme(self.look.theme)]
    }

    pub(super) fn set_system(&mut self, dark: bool, calm: bool) {
        self.system = System { dark, calm };
        self.charts.redraw();
    }
}
