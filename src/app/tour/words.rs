//! The words of the night that are not in the file of chapters.

/// The room.
pub const NIGHT: &str = "The night";
/// While the chapters come, or a run is on its way to its question.
pub const ON_ITS_WAY: &str = "The run is on its way to this moment…";
/// Lets the run go on.
pub const COMMIT: &str = "▶ Let it run";
/// Why it cannot yet.
pub const FIRST: &str = "Say something first: a guess is enough.";
/// Shows the run again.
pub const REPLAY: &str = "↺ Again";
/// The chapter before.
pub const BACK: &str = "◀ Back";
/// The next chapter.
pub const FORWARD: &str = "Next ▶";
/// The next chapter, before this one was answered.
pub const SKIP: &str = "Skip ▶";
/// The pool, at the end.
pub const SANDBOX: &str = "Try it in the pool";
/// The processes.
pub const PROCESSES: [&str; 4] = ["worker", "age", "state", "memory"];
/// The list of processes.
pub const PS: &str = "$ ps";
/// Where a line is drawn.
pub const DRAW: &str = "Draw on the chart, or set the line point by point:";
/// A point of it.
pub const POINT: &str = "point";
/// For a class.
pub const CLASS: &str = "A class's answers";
/// How they are taken in.
pub const CLASS_HELP: &str = "Paste the links that your class has shared (button “Share”).";
/// How many there are.
pub const ANSWERS: &str = "answers";
