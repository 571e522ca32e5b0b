//! All words of the page, in one place, ready for translation. Words about knobs are in their
//! table, those about alerts and steps of the story in theirs.

use crate::knobs::Group;
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
    unknown: "Suspects",
    letters: "dead letters",
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

/// Before the settings of a fix.
pub const SETTINGS: &str = "Settings";
/// The switch between what is so and what the supervisor believes.
pub const BELIEF: &str = "Show what the supervisor believes";
/// For screen readers: what the counts beside it are.
pub const BELIEF_LIST: &str = "Truth and belief";
/// What each of those counts means.
pub const BELIEF_COUNTS: &[&str] = &[
    "Workers that hang, zombies included: the truth, which nobody in the pool can see",
    "Workers that the supervisor suspects: its belief",
    "Workers that hang and are not suspected",
    "Workers killed so far",
    "Suspects that moved at the last moment, and were spared",
    "Healthy workers killed, and good jobs timed out",
];

/// A fix in words.
pub struct FixWords {
    /// Its knob.
    pub knob: &'static str,
    /// Where its settings are.
    pub group: Group,
    /// Its name.
    pub title: &'static str,
    /// What it does, in a line.
    pub help: &'static str,
}

/// The five fixes, in the order of the incident's list.
pub const FIX_NAMES: &[FixWords] = &[
    FixWords {
        knob: "fix_timeouts",
        group: Group::Timeouts,
        title: "Timeouts",
        help: "No job may run for ever. Frees the job, not the worker.",
    },
    FixWords {
        knob: "fix_health",
        group: Group::Health,
        title: "Health checks",
        help: "Workers must prove that they are alive. Only marks.",
    },
    FixWords {
        knob: "fix_limits",
        group: Group::Limits,
        title: "Resource limits",
        help: "Cap lifetime, jobs and memory of each worker.",
    },
    FixWords {
        knob: "fix_detection",
        group: Group::Detection,
        title: "Zombie detection",
        help: "Find silent workers and kill them.",
    },
    FixWords {
        knob: "fix_breaker",
        group: Group::Breaker,
        title: "Circuit breaker",
        help: "Stop taking jobs of a kind that keeps failing.",
    },
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
