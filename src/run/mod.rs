//! Puts it together: a run is a value, given bit for bit by its scenario, seed and commands.

mod actor;
mod check;
mod command;
mod compare;
mod customers;
mod ending;
#[path = "run.rs"]
mod engine;
mod file;
pub mod link;
mod scenario;
mod scenarios;
pub mod tape;
pub mod theory;

pub use actor::{Actor, World};
pub use command::{Command, TimedCommand};
pub use compare::{Comparison, RunId, compare};
pub use customers::{Customers, LATE_AFTER, MAX_LATE, PATIENCE};
pub use ending::{EndWatch, Ending, STALLED_AFTER};
pub use engine::{Observer, Run};
pub use link::{Link, View};
pub use scenario::{Chapter, Scenario, WallClock};
pub use scenarios::{BUILT_IN, GROUPS, built_in};
pub use tape::{Branch, Interest, Mark, MarkKind, Progress, Search, Tape, recorded};
