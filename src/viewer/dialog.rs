//! What can lie over the page, and what the page has to say.

/// A dialog. While one is open the runs wait.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Keys and legend.
    Help,
    /// The link to what is seen.
    Share {
        /// The query of the link that repeats the run.
        query: String,
        /// Whether the browser has copied it; `None` until it was asked and has answered.
        copied: Option<bool>,
    },
    /// What can be saved, and a file to open.
    Export,
    /// Something that was opened is refused.
    Refused {
        /// What is wrong with it.
        why: String,
        /// What is shown instead.
        instead: Instead,
    },
}

/// What is shown instead of what was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The default scenario.
    Default,
    /// What was there before.
    Before,
}

impl Dialog {
    /// Whether two dialogs are of one sort, whatever is in them.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// What came of the last message, if the user must know.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// It was refused.
    Error(String),
    /// A search has found nothing.
    NothingFound,
    /// There is no command before this moment.
    NothingToUndo,
}
