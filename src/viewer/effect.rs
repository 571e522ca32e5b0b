//! What only a browser can do.

use super::lab::LabEffect;
use super::msg::Msg;
use crate::run::RunId;

/// Something that a change of state asks of the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Give something the focus.
    Focus(Focus),
    /// Show the page in a theme; without a name, in the system's.
    SetTheme(Option<&'static str>),
    /// Put the address with this query on the clipboard, and tell by [`Msg::Copied`].
    Copy(String),
    /// Give the user a file.
    Save(File),
    /// Give the user what the stage of a run shows, as a PNG of this name.
    SaveStage(RunId, String),
    /// The same of a chart, by its row in the table of charts.
    SaveChart(usize, String),
    /// Read the file that was offered, and tell by [`Msg::LoadFile`] or [`Msg::RefuseFile`].
    ReadFile,
    /// Send a message after so many milliseconds.
    After(u32, Msg),
    /// The same with the code that shows the address in a frame of another page.
    CopyFrame(String),
    /// Tell the page around this one.
    Post(String),
    /// Fetch the file of chapters, and tell by [`TourMsg::Fetched`](super::TourMsg::Fetched).
    FetchChapters,
    /// Do something with the workers of the lab.
    Lab(LabEffect),
}

/// What can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The stage of a run.
    Stage(RunId),
    /// A row of the menu.
    MenuRow(usize),
    /// The heading of the chapter.
    Chapter,
    /// The place of the sentence that is told.
    Told,
}

/// A file to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name of the file that is saved.
    pub name: String,
    /// Its type, as in HTTP.
    pub mime: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}
