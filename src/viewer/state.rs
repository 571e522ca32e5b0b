//! All that is seen of the runs, and what is selected in them.

use super::runs::Runs;
use super::tool::Selection;
use crate::knobs::InputError;
use crate::pool::WorkerId;
use crate::run::Command;
use crate::run::link::{Link, View as Look};
use crate::watch::Sample;

/// All that is seen.
#[derive(Debug)]
pub struct State {
    /// The runs.
    pub runs: Runs,
    /// What the user has selected, in the active run.
    pub selection: Option<Selection>,
    /// Whether the stage shows what the supervisor believes instead of the truth.
    pub belief: bool,
}

impl State {
    /// What a link leads to.
    ///
    /// # Errors
    /// As [`Runs::open`].
    pub fn open(link: &Link) -> Result<Self, InputError> {
        let selection = link.view.worker.map(|worker| Selection::Worker(WorkerId(worker)));
        Ok(Self { runs: Runs::open(link)?, selection, belief: false })
    }

    /// A link to what is seen, that looks as `look` says.
    pub fn link(&self, look: Look) -> Link {
        let worker = self.selection.and_then(Selection::worker).map(|id| id.0);
        self.runs.link(Look { worker, ..look })
    }

    /// What the instruments of the active run show now.
    pub fn sample(&self) -> Sample {
        self.runs.tape().run().sample()
    }

    /// Selects the next worker of the active run, or the previous one.
    pub fn select_next(&mut self, back: bool) {
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

    /// The command of a tool on what is selected; `None` if it does not fit.
    pub fn command(&self, tool: super::tool::Tool) -> Option<Command> {
        tool.command(self.selection?, self.runs.tape().run())
    }

    /// The query of the link that repeats what is seen; of a run that is too large for a link, its
    /// scenario file.
    pub fn recipe(&self) -> String {
        match self.link(Look::default()).write() {
            Ok(query) => format!("?{query}"),
            Err(_) => self.runs.tape().recorded().to_toml(),
        }
    }

    /// What the instruments show, in a sentence, for screen readers.
    pub fn digest(&self, sample: &Sample) -> String {
        let trend = match self.runs.tape().series().points() {
            [.., before, last] if last.queue_depth > before.queue_depth => " and rising",
            _ => "",
        };
        format!(
            "{}: {} of {} workers can work, {} zombies. Queue {}{trend}. {} MB.",
            sample.clock,
            sample.active,
            sample.workers,
            sample.zombies,
            sample.queue_depth,
            sample.memory_mb
        )
    }
}
