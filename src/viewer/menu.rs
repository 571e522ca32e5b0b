//! The menu of what can be done to the selection.

use super::tool::{Selection, Tool};
use crate::run::{Run, RunId};
use crate::scene::Point;

/// The menu. Its last row closes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// The run on whose stage the menu is open.
    pub run: RunId,
    /// Where on the stage.
    pub at: Point,
    /// What it is about: the selection.
    pub on: Selection,
    /// The tools that would change something.
    pub tools: Vec<Tool>,
    /// The row that has the focus.
    pub row: usize,
}

impl Menu {
    /// A menu beside a place of a stage; `None` if no tool fits.
    pub fn new(id: RunId, at: Point, on: Selection, run: &Run) -> Option<Self> {
        let mut menu = Self { run: id, at, on, tools: Vec::new(), row: 0 };
        menu.fit(run).then_some(menu)
    }

    /// Brings its tools in line with the run. False if none is left.
    pub fn fit(&mut self, run: &Run) -> bool {
        self.tools = Tool::ALL.into_iter().filter(|tool| tool.has_effect(self.on, run)).collect();
        self.row = self.row.min(self.tools.len());
        !self.tools.is_empty()
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.tools.len() + 1
    }
}
