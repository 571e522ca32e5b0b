//! How the page opens: quickly to the first worker that hangs, slowly there and at the first
//! zombie, with a line at the worker each time. Whoever takes time in hand ends it.

use crate::pool::WorkerId;
use crate::scene::{Actor, Mood, Stage};

/// How many times faster than its pace time goes until the first worker hangs.
const LEAD: f64 = 2.0;
/// The speed while something is shown, in virtual seconds per real second.
const SLOW: f64 = 1.0;
/// How long each thing is shown, in seconds of the user's time.
const SHOWN_S: f64 = 3.0;

/// What is shown, and at which worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// A worker hangs, and nobody has noticed.
    Hang(WorkerId),
    /// A worker was replaced and is still there.
    Zombie(WorkerId),
}

impl Beat {
    /// The worker that it is about.
    pub const fn worker(self) -> WorkerId {
        match self {
            Self::Hang(worker) | Self::Zombie(worker) => worker,
        }
    }
}

/// How far the opening has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Opening {
    /// Nobody hangs yet.
    Lead,
    /// Something is shown for so many more seconds.
    Shows(Beat, f64),
    /// A worker hangs and is not replaced yet.
    Waits,
    /// It is over, or there was none.
    #[default]
    Over,
}

impl Opening {
    /// What is shown now.
    pub fn beat(self) -> Option<Beat> {
        match self {
            Self::Shows(beat, _) => Some(beat),
            _ => None,
        }
    }

    /// How many times faster than `speed` time goes now.
    pub fn factor(self, speed: f64) -> f64 {
        match self {
            Self::Lead => LEAD,
            Self::Shows(..) => (SLOW / speed).min(1.0),
            Self::Waits | Self::Over => 1.0,
        }
    }

    /// A frame of `seconds` has passed; this is what is on the stage now.
    pub fn pass(&mut self, seconds: f64, stage: &Stage) {
        let find = |zombie: bool| {
            let fits = |mood: Mood| match mood {
                Mood::Frozen | Mood::Spinning => !zombie,
                Mood::Zombie => zombie,
                _ => false,
            };
            stage.actors().find(|actor| fits(actor.mood))
        };
        *self = match *self {
            Self::Lead => shown(find(false), Beat::Hang).unwrap_or(Self::Lead),
            Self::Shows(beat, left) if left > seconds => Self::Shows(beat, left - seconds),
            Self::Shows(Beat::Hang(_), _) => Self::Waits,
            Self::Waits => shown(find(true), Beat::Zombie).unwrap_or(Self::Waits),
            Self::Shows(Beat::Zombie(_), _) | Self::Over => Self::Over,
        };
    }
}

fn shown(actor: Option<&Actor>, beat: fn(WorkerId) -> Beat) -> Option<Opening> {
    actor.map(|actor| Opening::Shows(beat(actor.id), SHOWN_S))
}
