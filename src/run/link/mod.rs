//! Links: a run, its commands and a moment, in the query of an address.
//!
//! Short ones can be read and written by hand: `?scenario=zombie&seed=7&toxic_share=0.05&t=95`.
//! Long ones carry their knobs and commands packed. A link is data from a stranger: whatever is in
//! it, it is refused by name or understood, and nothing else.
//!
//! | word | what it says |
//! | --- | --- |
//! | `v` | version of the link; without it, 1 |
//! | `scenario` | a built-in scenario; without it, `zombie` |
//! | `toml` | a scenario of one's own, as base64url of its file |
//! | `seed` | where all chance comes from |
//! | any knob's name | its value at the beginning |
//! | `do` | commands: `30:toxic_share=0.03;60.5:kill=12;75:burst=40;80:poison;90:hang=3,spinning` |
//! | `t` | the moment shown: seconds, or what the scenario's clock shows |
//! | `b` | `1`: there is a run B beside it, with the same jobs |
//! | `b.` and a knob | B's value, where it is another |
//! | `b.do` | B's commands, where they are others |
//! | `p` | knobs and commands of both, packed |
//! | `worker`, `speed`, `paused`, `embed`, `hide`, `theme` | see [`View`] |

mod item;
mod migrate;
mod pack;
mod read;
mod view;
mod write;

use super::command::TimedCommand;
use super::{Run, Scenario, Tape, built_in};
use crate::kernel::Instant;
use crate::knobs::{InputError, Knobs};
use crate::pool::WorkerId;

pub use migrate::VERSION;
use view::input_error;
pub use view::{HIDEABLE, ROOMS, THEMES, View};

/// The longest link that is written for an ordinary run: fifty commands and a few knobs.
pub const ORDINARY_LENGTH: usize = 2_000;
/// The longest link that is written or read at all, in bytes.
pub const MAX_LENGTH: usize = 16_384;
/// The scenario of a link that names none.
const DEFAULT_SCENARIO: &str = "zombie";

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The scenario, with its seed and everything that was turned before the beginning.
    pub scenario: Scenario,
    /// The commands given by hand, in the order of time.
    pub given: Vec<TimedCommand>,
    /// The moment that is shown.
    pub at: Option<Instant>,
    /// The other run, of A | B.
    pub other: Option<Other>,
    /// How it is shown.
    pub view: View,
}

/// The run B: same scenario, seed and jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// All its knobs at the beginning.
    pub knobs: Knobs,
    /// The commands given to it, in the order of time.
    pub given: Vec<TimedCommand>,
}

impl Link {
    /// A link to the beginning of a scenario.
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, given: Vec::new(), at: None, other: None, view: View::default() }
    }

    /// A link to where a tape stands.
    pub fn of(tape: &Tape, view: View) -> Self {
        Self {
            scenario: tape.scenario().clone(),
            given: tape.given().to_vec(),
            at: Some(tape.now()),
            other: None,
            view,
        }
    }

    /// Reads a link: a whole address, or its query with or without the question mark.
    ///
    /// # Errors
    /// If anything in it is not understood or not allowed; the fault names it.
    pub fn read(text: &str) -> Result<Self, InputError> {
        read::read(text)
    }

    /// The same; but of a link that is refused, what is shown instead: the beginning of the default
    /// scenario.
    pub fn read_or_default(text: &str) -> (Self, Option<InputError>) {
        match Self::read(text) {
            Ok(link) => (link, None),
            Err(error) => (Self::default(), Some(error)),
        }
    }

    /// The query of the link, without a question mark.
    ///
    /// # Errors
    /// If the run is too large for a link: a long scenario of one's own, or thousands of commands.
    pub fn write(&self) -> Result<String, InputError> {
        write::write(self)
    }

    /// Checks what both runs ask for.
    fn check(&self) -> Result<(), InputError> {
        self.scenario.check()?;
        self.scenario.check_tape(self.given.iter().map(|timed| &timed.command))?;
        let Some(other) = &self.other else { return Ok(()) };
        let scenario = Scenario { knobs: other.knobs, ..self.scenario.clone() };
        scenario.check_tape(other.given.iter().map(|timed| &timed.command))
    }

    /// Checks that the worker that is to be looked into is there, in a run that stands at the
    /// moment of the link: which workers there are is known only then.
    ///
    /// # Errors
    /// If it is not there.
    pub fn check_worker(&self, run: &Run) -> Result<(), InputError> {
        let Some(id) = self.view.worker.map(WorkerId) else { return Ok(()) };
        let roster = run.pool().roster();
        if roster.named(id).is_some() {
            return Ok(());
        }
        let last = roster.iter().map(|record| record.who.id).max_by_key(|id| id.0);
        let latest = last.map_or("none is".to_owned(), |id| format!("the latest is {id}"));
        let allowed = format!("no such worker is there at {} s; {latest}", run.now().as_secs_f64());
        Err(input_error("worker", &id.to_string(), allowed))
    }

    /// The tape that it is about, at its beginning: seek `at` to stand where the link does.
    ///
    /// # Errors
    /// As [`Tape::with`].
    pub fn tape(&self) -> Result<Tape, InputError> {
        Tape::with(self.scenario.clone(), self.given.clone())
    }

    /// The tape of the other run, if there is one.
    ///
    /// # Errors
    /// As [`Tape::with`].
    pub fn other_tape(&self) -> Result<Option<Tape>, InputError> {
        let Some(other) = &self.other else { return Ok(None) };
        let scenario = Scenario { knobs: other.knobs, ..self.scenario.clone() };
        Tape::with(scenario, other.given.clone()).map(Some)
    }
}

impl Other {
    /// What a tape is beside another.
    pub fn of(tape: &Tape) -> Self {
        Self { knobs: tape.scenario().knobs, given: tape.given().to_vec() }
    }
}

impl Default for Link {
    fn default() -> Self {
        // The built-in scenarios are read in tests; an empty one would still be a scenario.
        Self::new(built_in(DEFAULT_SCENARIO).unwrap_or_default())
    }
}
