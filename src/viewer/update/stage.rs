//! The stage: selecting, the tools, the menu, and two runs side by side.

use crate::pool::WorkerId;
use crate::run::{Command, RunId};
use crate::scene::Point;
use crate::viewer::dialog::Notice;
use crate::viewer::effect::{Effect, Focus};
use crate::viewer::menu::Menu;
use crate::viewer::msg::{Msg, Press};
use crate::viewer::state::State;
use crate::viewer::tab::Tab;
use crate::viewer::tool::{Selection, Tool};

/// Milliseconds after which a touch that lasts opens the menu.
const LONG_PRESS_MS: u32 = 500;

impl State {
    pub(super) fn press_stage(&mut self, id: RunId, press: Press) -> Vec<Effect> {
        self.touch.long = false;
        self.touch.lasts = press.touch;
        self.touch.number = self.touch.number.wrapping_add(1);
        let later = Msg::LongPress(self.touch.number, id, press.at);
        if press.touch { vec![Effect::After(LONG_PRESS_MS, later)] } else { Vec::new() }
    }

    pub(super) fn long_press(&mut self, number: u32, id: RunId, at: Point) -> Vec<Effect> {
        if !self.touch.lasts || self.touch.number != number {
            return Vec::new();
        }
        (self.touch.lasts, self.touch.long) = (false, true);
        self.ask_stage(id, at)
    }

    /// A press of the main button that ends is a click, unless it was a long one.
    pub(super) fn release_stage(&mut self, id: RunId, press: Press) {
        self.touch.lasts = false;
        if self.touch.long || press.button != 0 {
            return;
        }
        self.menu = None;
        self.selection = self.find(id, press.at);
        if self.selection.is_some() {
            self.tab = Tab::Worker;
        }
        if let Some(command) = self.command(self.tool) {
            self.issue(command);
        }
    }

    /// What is at a place of a stage: a worker, or a job that waits. Its run becomes the active
    /// one.
    fn find(&mut self, id: RunId, at: Point) -> Option<Selection> {
        self.runs.activate(id);
        let stage = self.runs.lane(self.runs.active()).stage();
        let worker = stage.at(at).map(|actor| Selection::Worker(actor.id));
        worker.or_else(|| stage.job_at(at).map(Selection::Job))
    }

    pub(super) fn ask_stage(&mut self, id: RunId, at: Point) -> Vec<Effect> {
        self.selection = self.find(id, at);
        self.open_menu_at(at)
    }

    /// Opens the menu of the selection beside it; without a selection, of the first worker.
    pub(super) fn open_menu(&mut self) -> Vec<Effect> {
        if self.selection.is_none() {
            self.select_next(false);
        }
        let worker = self.selection.and_then(Selection::worker);
        let mut actors = self.runs.lane(self.runs.active()).stage().actors();
        let actor = actors.find(|actor| Some(actor.id) == worker);
        let at = actor.map_or(Point::new(40.0, 60.0), |actor| actor.feet);
        drop(actors);
        self.open_menu_at(at)
    }

    fn open_menu_at(&mut self, at: Point) -> Vec<Effect> {
        let (id, run) = (self.runs.active(), self.runs.tape().run());
        self.menu = self.selection.and_then(|on| Menu::new(id, at, on, run));
        if self.menu.is_some() { vec![Effect::Focus(Focus::MenuRow(0))] } else { Vec::new() }
    }

    /// Keeps the menu in line with the selection and the run.
    pub(super) fn fit_menu(&mut self) {
        let (id, run, selection) = (self.runs.active(), self.runs.tape().run(), self.selection);
        let fits = |menu: &mut Menu| menu.run == id && Some(menu.on) == selection && menu.fit(run);
        self.menu.take_if(|menu| !fits(menu));
    }

    pub(super) fn move_in_menu(&mut self, next: fn(usize, usize) -> usize) -> Vec<Effect> {
        let Some(menu) = &mut self.menu else { return Vec::new() };
        menu.row = next(menu.row, menu.rows());
        vec![Effect::Focus(Focus::MenuRow(menu.row))]
    }

    /// Selects the next worker of the active run, or the previous one.
    pub(super) fn select_next(&mut self, back: bool) {
        let roster = self.runs.tape().run().pool().roster();
        let ids: Vec<WorkerId> = roster.iter().map(|record| record.who.id).collect();
        let at = ids.iter().position(|id| Some(Selection::Worker(*id)) == self.selection);
        let next = match (at, back) {
            (Some(at), false) => (at + 1) % ids.len(),
            (Some(at), true) => (at + ids.len() - 1) % ids.len(),
            (None, _) => 0,
        };
        self.selection = ids.get(next).copied().map(Selection::Worker);
    }

    /// A tool acts on the selection. From the menu, the focus goes back to the stage.
    pub(super) fn use_tool(&mut self, tool: Tool) -> Vec<Effect> {
        if let Some(command) = self.command(tool) {
            self.issue(command);
        }
        self.leave_menu()
    }

    /// Closes the menu, if it is open; the focus goes back to the stage.
    pub(super) fn leave_menu(&mut self) -> Vec<Effect> {
        let menu = self.menu.take();
        menu.map(|menu| Effect::Focus(Focus::Stage(menu.run))).into_iter().collect()
    }

    pub(super) fn issue(&mut self, command: Command) {
        let done = self.runs.issue(command);
        self.note(done);
    }

    pub(super) fn undo(&mut self) {
        let undone = self.runs.undo();
        self.notice = undone.is_none().then_some(Notice::NothingToUndo);
    }

    pub(super) fn compare(&mut self, on: bool) {
        self.selection = None;
        self.runs.compare(on);
    }

    pub(super) fn activate(&mut self, id: RunId) {
        if self.runs.active() != id {
            self.selection = None;
        }
        self.runs.activate(id);
    }
}
