//! All words of the page, in one place, ready for translation. Words about knobs are in their
//! table, those about alerts, charts and steps of the story in theirs.

use crate::knobs::KnobId;
use crate::scene::Labels;
use crate::viewer::Tool;

/// The page's name.
pub const TITLE: &str = "Zombie Workers";
/// What it is about, in a line.
pub const SUBTITLE: &str =
    "A worker pool rots from within while its dashboard says that all is well";
/// The words on the stage.
pub const STAGE: Labels = Labels {
    queue: "Waiting",
    floor: "Workers",
    leaving: "leaving",
    grave: "Zombies",
    unknown: "Suspects",
    letters: "dead letters",
    nobody: "nobody yet",
    memory: "Host memory",
    twice: "2 × normal",
};
/// For screen readers: what the stage is.
pub const STAGE_HELP: &str = "The pool. Left and right arrow keys choose a worker, Enter tells \
     what can be done to it, Escape lets it go, space plays and pauses, full stop and comma step \
     by one event, plus and minus change speed, question mark lists all keys.";
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
/// Opens the table behind a chart.
pub const FIGURES: &str = "In figures";
/// Saves a chart as a picture.
pub const SAVE_PICTURE: &str = "Save picture (SVG)";
/// The same, as pixels.
pub const SAVE_PIXELS: &str = "Save picture (PNG)";
/// Above the steps of the story.
pub const STORY: &str = "The story so far";
/// When frames take too long.
pub const BEHIND: &str = "This machine cannot keep up with that speed; time runs slower.";
/// The buttons beside the controls of time.
pub const EXTRAS: &str = "More";
/// What the button to compare does.
pub const COMPARE_HELP: &str = "Put a second run with the same jobs beside this one";
/// The bar of time with its buttons.
pub const TIME_MACHINE: &str = "Time machine";
/// The bar of time.
pub const TIME_BAR: &str = "Time: drag, or use the arrow keys";
/// One event back.
pub const STEP_BACK: &str = "One event back";
/// One event forward.
pub const STEP: &str = "One event forward";
/// The button that runs to something.
pub const NEXT: &str = "Run to next";
/// What that button does.
pub const NEXT_HELP: &str = "Run to where the next of these happens";
/// For screen readers: before the list of what can be run to.
pub const NEXT_WHAT: &str = "What to run to";
/// When there is none.
pub const NOTHING_FOUND: &str = "Nothing of that kind happens within the next hour.";
/// The button that goes back to a future that was left.
pub const GHOST: &str = "Other future";
/// Before the time at which a future was left.
pub const GHOST_LEFT: &str = "left at";
/// Before any of several is chosen.
pub const GHOST_WHICH: &str = "which…";
/// What that button does.
pub const GHOST_HELP: &str = "Go back to the future that was left when you changed the past";
/// The tools.
pub const TOOLS: &str = "Tools";
/// Before the tools.
pub const TOOLS_LEAD: &str = "Click:";
/// The button that poisons the next job.
pub const POISON_NEXT: &str = "Poison next job";
/// The button that takes the last act back.
pub const UNDO: &str = "Undo";
/// What that button does.
pub const UNDO_HELP: &str = "Take the last thing you did back, and go to where it was";
/// When there is nothing to take back.
pub const NOTHING_TO_UNDO: &str = "Nothing that you did lies before this moment.";
/// On buttons that close something.
pub const CLOSE: &str = "Close";
/// The button and the dialog of the link.
pub const SHARE: &str = "Share";
/// What a link is good for.
pub const SHARE_HELP: &str = "This link opens at this very second, with the scenario, the seed, \
     every knob you turned and everything you did.";
/// The field with the link.
pub const LINK: &str = "Link";
/// The button that copies it.
pub const COPY: &str = "Copy link";
/// When it is copied.
pub const COPIED: &str = "Copied.";
/// When it is long.
pub const LONG_LINK: &str = "It is long: some programs cut such links. The scenario file holds the \
     same.";
/// The link as a picture.
pub const QR: &str = "The link as a QR code";
/// The button and the dialog of what can be taken away.
pub const KEEP: &str = "Save";
/// What that button does.
pub const KEEP_HELP: &str = "Take series, metrics, pictures and the scenario away, or bring one";
/// While the second run is not yet where the first is.
pub const CATCHING_UP: &str = "B is being brought to where A is.";
/// Before what is turned otherwise in B.
pub const IN_B: &str = "In B:";
/// Before the field that opens a file.
pub const BRING: &str = "Open a scenario file (or drop it on the page):";
/// When something that was brought is refused.
pub const REFUSED: &str = "That could not be opened";
/// What is shown when a file is refused.
pub const KEPT: &str = "Nothing was changed.";
/// What is shown when a link is refused.
pub const DEFAULTS: &str = "The page starts with its defaults.";
/// The choice of a theme.
pub const THEME: &str = "Theme";
/// Above the table that compares two runs.
pub const COMPARE: &str = "A | B, on the same jobs";
/// For screen readers: the first column of that table.
pub const FIGURE: &str = "Figure";
/// Before the two sides.
pub const HAND: &str = "Knobs act on";
/// When nothing is turned otherwise in B.
pub const SAME: &str = "B is the same as A so far: turn something.";
/// Above the list of keys.
pub const KEYS: &str = "Keys and signs";
/// Above the keys of the stage.
pub const KEYS_STAGE: &str = "On the stage, and everywhere with Alt";
/// Above the keys of the bar of time.
pub const KEYS_BAR: &str = "On the bar of time";
/// Above the signs.
pub const LEGEND_TITLE: &str = "Signs";
/// What the signs mean.
pub const LEGEND: &[(&str, &str)] = &[
    ("● ✶ ▮", "jobs: normal, toxic, report"),
    ("❄ ↻ Z", "hangs on a lock; hangs and burns a core; zombie"),
    ("?", "suspected by the supervisor"),
    ("◔", "a ring: work left; the pie in it: time left before the timeout"),
    ("▼ ⚑ ●", "on the bar: a command, a step of the story, an alert"),
    ("✕ ◆ ☠", "on the bar: a kill, a breaker that opened, out of memory"),
];

/// A tool in a word.
pub fn tool(tool: Tool) -> &'static str {
    match tool {
        Tool::Inspect => "Look",
        Tool::Poison => "Poison",
        Tool::Hang => "Hang",
        Tool::Kill => "Kill",
        Tool::Drain => "Drain",
    }
}

/// What a tool does.
pub fn tool_help(tool: Tool) -> &'static str {
    match tool {
        Tool::Inspect => "Show what a worker or a job does, and why it is stuck",
        Tool::Poison => "Make a job toxic: nobody can see it, and whoever works on it will hang",
        Tool::Hang => "Make a worker hang at once",
        Tool::Kill => "Kill a worker by force",
        Tool::Drain => "Ask a worker to leave after its job",
    }
}

/// The knobs that stand in the open, in their order.
pub const MAIN_KNOBS: &[KnobId] = &[
    KnobId::toxic_share,
    KnobId::arrival_rate,
    KnobId::workers,
    KnobId::max_lifetime_s,
    KnobId::timeout_normal_s,
    KnobId::timeout_report_s,
    KnobId::timeout_toxic_s,
    KnobId::lifecycle_bug,
];

/// Before the settings of a fix.
pub const SETTINGS: &str = "Settings";
/// The switch between what is so and what the supervisor believes.
pub const BELIEF: &str = "Show what the supervisor believes";
/// For screen readers: what the counts beside it are.
pub const BELIEF_LIST: &str = "Truth and belief (workers)";
/// What each of those counts means.
pub const BELIEF_COUNTS: &[&str] = &[
    "Workers that hang, zombies included: the truth, which nobody in the pool can see",
    "Workers that the supervisor suspects: its belief",
    "Workers that hang and are not suspected",
    "Workers killed so far",
    "Suspects that moved at the last moment, and were spared",
    "Healthy workers killed or made to leave, and good jobs timed out",
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
