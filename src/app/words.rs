//! All words of the page, in one place, ready for translation. Words about knobs are in their
//! table, those about alerts and steps of the story in theirs.

use crate::scene::Labels;

/// The page's name.
pub const TITLE: &str = "Zombie Workers";
/// What it is about, in a line.
pub const SUBTITLE: &str =
    "A worker pool rots from within while its dashboard says that all is well";
/// The words on the stage.
pub const STAGE: Labels = Labels {
    queue: "Waiting",
    floor: "Workers",
    grave: "Graveyard: zombies",
    nobody: "nobody yet",
    memory: "Host memory",
};
/// For screen readers: what the stage is.
pub const STAGE_HELP: &str = "The pool. Left and right arrow keys choose a worker, Escape lets it \
     go, space plays and pauses, full stop steps to the next event, plus and minus change speed.";
/// What a zombie is here, and what it is not.
pub const ZOMBIE_NOTE: &str = "Zombie: a worker that was replaced but never went away. It does \
     nothing, and keeps its memory and its job. (Elsewhere: an undead task, a leaked goroutine. A \
     POSIX zombie is something else: dead, and not yet reaped.)";
/// Above the dashboard of before.
pub const OLD_DASHBOARD: &str = "What the old dashboard says";
/// Its verdict.
pub const OLD_VERDICT: &str = "Everything looks normal.";
/// Above the new dashboard.
pub const NEW_DASHBOARD: &str = "What is really going on";
/// Above the alerts.
pub const PAGER: &str = "Pager";
/// The pager when there is nothing.
pub const QUIET: &str = "Quiet.";
/// Above the five fixes.
pub const FIXES: &str = "The five fixes";
/// Above the sliders.
pub const KNOBS: &str = "Turn the knobs";
/// Before the rest of the knobs.
pub const MORE: &str = "All knobs";
/// Above the chart of memory.
pub const MEMORY_CHART: &str = "Memory (GB)";
/// Above the chart of the queue.
pub const QUEUE_CHART: &str = "Queue depth (jobs)";
/// Above the steps of the story.
pub const STORY: &str = "The story so far";
/// When frames take too long.
pub const BEHIND: &str = "This machine cannot keep up with that speed; time runs slower.";

/// The knobs that stand in the open, in their order.
pub const MAIN_KNOBS: &[&str] = &[
    "toxic_share",
    "arrival_rate",
    "workers",
    "max_lifetime_s",
    "timeout_normal_s",
    "timeout_report_s",
    "timeout_toxic_s",
    "lifecycle_bug",
];

/// A fix: its knob, its name, and what it does in one line.
pub const FIX_NAMES: &[(&str, &str, &str)] = &[
    ("fix_timeouts", "Timeouts", "No job may run for ever. Frees the job, not the worker."),
    ("fix_health", "Health checks", "Workers must prove that they are alive. Only marks."),
    ("fix_limits", "Resource limits", "Cap lifetime, jobs and memory of each worker."),
    ("fix_detection", "Zombie detection", "Find silent workers and kill them."),
    ("fix_breaker", "Circuit breaker", "Stop taking jobs of a kind that keeps failing."),
];

/// What the knobs in the open are called there.
pub fn knob_label(name: &str) -> String {
    match name {
        "toxic_share" => "Toxic jobs".to_owned(),
        "arrival_rate" => "Arrivals".to_owned(),
        "workers" => "Workers".to_owned(),
        "max_lifetime_s" => "Worker lifetime".to_owned(),
        "timeout_normal_s" => "Timeout, normal".to_owned(),
        "timeout_report_s" => "Timeout, report".to_owned(),
        "timeout_toxic_s" => "Timeout, toxic".to_owned(),
        "lifecycle_bug" => "Lifecycle bug".to_owned(),
        other => other.trim_end_matches("_s").trim_end_matches("_mib").replace('_', " "),
    }
}
