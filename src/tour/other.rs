//! Other runs of the same night: what would be so if something else were done.

use std::fmt;

use crate::guard::Rollout;
use crate::kernel::Instant;
use crate::knobs::{Fix, InputError, Value};
use crate::lab::{FixSet, read_fixes};
use crate::run::{Command, Scenario, TimedCommand};

/// How long each worker has to leave when all are restarted, in seconds.
const GRACE_S: f64 = 10.0;

/// What is done at the moment of the question, in another run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// All workers are restarted at once.
    Restart,
    /// These fixes are switched on, and no others ever.
    Fixes(FixSet),
}

impl Other {
    /// Every one of the five fixes.
    pub fn all_fixes() -> Self {
        Self::Fixes(Fix::ALL.into_iter().collect())
    }

    /// None of them.
    pub fn no_fix() -> Self {
        Self::Fixes(FixSet::NONE)
    }

    /// Reads another run: `restart`, or names of fixes with dots between them.
    ///
    /// # Errors
    /// If a name is unknown.
    pub fn parse(field: &str, text: &str) -> Result<Self, InputError> {
        match text {
            "restart" => Ok(Self::Restart),
            names => read_fixes(field, &names.replace('.', ",")).map(Self::Fixes),
        }
    }

    /// The scenario of that run: the same until `at`.
    pub fn scenario(self, of: &Scenario, at: Instant) -> Scenario {
        let mut scenario = of.clone();
        let now = |command| TimedCommand::new(at, command);
        match self {
            Self::Restart => {
                let restart = Command::Deploy { how: Rollout::AtOnce, grace_s: GRACE_S };
                scenario.commands.push(now(restart));
            }
            Self::Fixes(fixes) => {
                scenario = without_fixes(&scenario, at);
                let switch = |fix: Fix| Command::Set { knob: fix.knob(), value: Value::Flag(true) };
                scenario.commands.extend(fixes.iter().map(switch).map(now));
            }
        }
        scenario
    }

    /// It in words, for a sentence: `detection and breaker`.
    pub fn words(self) -> String {
        self.to_string().replace('.', " and ")
    }
}

/// A scenario whose fixes are not touched from `at` on.
fn without_fixes(of: &Scenario, at: Instant) -> Scenario {
    let touches = |timed: &TimedCommand| match timed.command {
        Command::Set { knob, .. } => timed.at() >= at && Fix::of(knob).is_some(),
        _ => false,
    };
    let mut scenario = of.clone();
    scenario.commands.retain(|timed| !touches(timed));
    scenario
}

/// As files and links say it.
impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Restart => f.write_str("restart"),
            Self::Fixes(fixes) => f.write_str(&fixes.to_string().replace(',', ".")),
        }
    }
}
