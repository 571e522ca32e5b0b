//! What the page has in the document: the canvases, and the file that the user offers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::{Callback, NodeRef};

use super::charts::board::Board;
use super::lab::Workers;
use crate::run::RunId;
use crate::viewer::Msg;

/// Handles of elements, shared by the view, the loop and the effects.
#[derive(Clone, Default)]
pub struct Nodes {
    /// The stages of A and of B.
    pub stages: [NodeRef; 2],
    /// The timeline.
    pub timeline: NodeRef,
    /// The charts.
    pub board: Rc<RefCell<Board>>,
    /// The chart of the night.
    pub night: NodeRef,
    /// The workers of the lab.
    pub workers: Rc<RefCell<Workers>>,
    /// The file that was offered last, until it is read.
    pub file: Rc<Cell<Option<web_sys::File>>>,
}

/// There is one set of nodes; its clones are the same.
impl PartialEq for Nodes {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.board, &other.board)
    }
}

impl Nodes {
    /// The stage of a run.
    pub fn stage(&self, id: RunId) -> &NodeRef {
        &self.stages[id as usize]
    }

    /// The user offers a file.
    pub fn offer(&self, file: web_sys::File, on: &Callback<Msg>) {
        let (name, bytes) = (file.name(), file.size());
        self.file.set(Some(file));
        on.emit(Msg::OfferFile(name, bytes));
    }
}
