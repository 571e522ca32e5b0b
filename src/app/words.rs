//! All words of the page, in one place, ready for translation. Words about knobs are in their
//! table, those about alerts, charts and steps of the story in theirs.

use crate::knobs::{Fix, KnobId, Value};
use crate::pool::JobId;
use crate::run::Interest;
use crate::scene::Labels;
use crate::viewer::{Beat, Dialog, Instead, Notice, Room, Scope, Tab, Tool};

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
    nobody: "empty",
    memory: "Host memory",
    twice: "2 × normal",
};
/// For screen readers: the kind of thing the stage is.
pub const STAGE_ROLE: &str = "worker pool";
/// For screen readers: what the stage is.
pub const STAGE_HELP: &str = "The pool. Left and right arrow keys select a worker, Enter opens \
     the actions for it, Escape deselects it, space plays and pauses, full stop and comma step \
     by one event, plus and minus change speed, question mark lists all keys.";
/// What a zombie is here, and what it is not.
pub const ZOMBIE_NOTE: &str = "Zombie: a worker that was replaced but never went away. It does \
     nothing, and keeps its memory and its job. (Elsewhere: an undead task, a leaked goroutine. A \
     POSIX zombie is something else: dead, and not yet reaped.)";
/// Above the dashboard of before.
pub const OLD_DASHBOARD: &str = "Old dashboard";
/// Its verdict.
pub const OLD_VERDICT: &str = "Everything looks normal.";
/// Its verdict when it warns at last.
pub const OLD_LATE: &str = "Something may be wrong.";
/// Above the new dashboard.
pub const NEW_DASHBOARD: &str = "The truth";
/// Its verdict while nobody hangs.
pub const NEW_WELL: &str = "All is well.";
/// Its verdict while somebody does, or a figure is past its limit.
pub const NEW_BAD: &str = "The pool is rotting.";
/// Its verdict when the host is dead.
pub const NEW_DEAD: &str = "The pool is dead.";
/// On the card over a dead pool, after the time.
pub const DEATH: &str = "Out of memory. The pool is dead.";
/// The button that goes back from there.
pub const DEATH_BACK: &str = "Back five minutes";
/// The button that begins anew with all fixes.
pub const DEATH_AGAIN: &str = "Again with all five fixes";
/// In a part of another page: the link to a page of its own.
pub const OPEN_ALONE: &str = "Open ↗";
/// The first link of the page, for the keyboard.
pub const SKIP: &str = "Skip to the pool";
/// Above the alerts.
pub const PAGER: &str = "Pager";
/// The pager when there is nothing.
pub const QUIET: &str = "No alerts";
/// Above the five fixes.
pub const FIXES: &str = "The five fixes";
/// Above the sliders.
pub const KNOBS: &str = "Settings";
/// Before the rest of the knobs.
pub const MORE: &str = "All settings";
/// Opens the table behind a chart.
pub const FIGURES: &str = "Data table";
/// Saves a chart as a picture.
pub const SAVE_SVG: &str = "Download SVG";
/// The same, as pixels.
pub const SAVE_PNG: &str = "Download PNG";
/// Above the steps of the story.
pub const STORY: &str = "The story so far";
/// The stage and what belongs to it, for screen readers.
pub const POOL: &str = "The pool";
/// The dashboards and the controls beside it.
pub const ASIDE: &str = "Dashboards and controls";
/// The controls alone.
pub const CONTROLS: &str = "Controls";
/// The selection, looked at closely.
pub const INSPECTOR: &str = "Inspector";
/// The controls of time.
pub const TIME: &str = "Time";
/// The scenario's clock.
pub const CLOCK: &str = "Clock";
/// The button while time stands still.
pub const PLAY: &str = "▶ Play";
/// The same button while time goes.
pub const PAUSE: &str = "❚❚ Pause";
/// The button that begins anew.
pub const RESET: &str = "Reset";
/// Before the slider of speed.
pub const SPEED: &str = "Speed";
/// Before the list of scenarios.
pub const SCENARIO: &str = "Scenario";
/// Before the field of the seed.
pub const SEED: &str = "Seed";
/// How far a search or a jump in time has come.
pub const PROGRESS: &str = "Searching";
/// The button that gives it up.
pub const CANCEL: &str = "Cancel";
/// The theme that the system prefers.
pub const SYSTEM: &str = "system";
/// The buttons beside the controls of time.
pub const EXTRAS: &str = "More";
/// What the button to compare does.
pub const COMPARE_HELP: &str = "Put a second run with the same jobs beside this one";
/// The timeline with its buttons.
pub const TIME_MACHINE: &str = "Time machine";
/// The timeline.
pub const TIMELINE: &str = "Timeline: drag, or use the arrow keys";
/// One event back.
pub const STEP_BACK: &str = "Previous event";
/// One event forward.
pub const STEP: &str = "Next event";
/// The button that runs to something.
pub const NEXT: &str = "Skip to next";
/// What that button does.
pub const NEXT_HELP: &str = "Run until the next of these happens";
/// For screen readers: before the list of what can be run to.
pub const NEXT_WHAT: &str = "What to skip to";
/// The button that goes back to a future that was left.
pub const GHOST: &str = "Abandoned timeline";
/// Before the time at which a future was left.
pub const GHOST_LEFT: &str = "abandoned at";
/// Before any of several is chosen.
pub const GHOST_WHICH: &str = "choose…";
/// What that button does.
pub const GHOST_HELP: &str = "Go back to the timeline that you abandoned when you changed the past";
/// The tools.
pub const TOOLS: &str = "Tools";
/// Before the tools.
pub const TOOLS_LEAD: &str = "On click:";
/// The button that poisons the next job.
pub const POISON_NEXT: &str = "Poison next job";
/// The button that deploys.
pub const DEPLOY: &str = "Deploy";
/// What that button does.
pub const DEPLOY_HELP: &str = "Replace all workers one by one: each is asked to leave, and killed \
     after 30 s";
/// The button that takes the last act back.
pub const UNDO: &str = "Undo";
/// What that button does.
pub const UNDO_HELP: &str = "Take back your last change and go to where you made it";
/// On buttons that close something.
pub const CLOSE: &str = "Close";
/// The button and the dialog of the link.
pub const SHARE: &str = "Share";
/// What a link is good for.
pub const SHARE_HELP: &str = "This link opens at this very second, with the scenario, the seed, \
     every setting and everything you did.";
/// The field with the link.
pub const LINK: &str = "Link";
/// The button that copies it.
pub const COPY: &str = "Copy link";
/// When it is long.
pub const LONG_LINK: &str = "Long link: some apps cut it off. Save the scenario file instead.";
/// The link as a picture.
pub const QR: &str = "The link as a QR code";
/// The button and the dialog of what can be saved.
pub const SAVE: &str = "Save";
/// What that button does.
pub const SAVE_HELP: &str = "Download data, pictures or the scenario; open a scenario";
/// While the second run is not yet where the first is.
pub const CATCHING_UP: &str = "B is catching up…";
/// Before what is turned otherwise in B.
pub const IN_B: &str = "In B:";
/// Before the field that opens a file.
pub const OPEN: &str = "Open a scenario file (or drop it on the page):";
/// The choice of a theme.
pub const THEME: &str = "Theme";
/// Above the table that compares two runs.
pub const COMPARE: &str = "A | B, on the same jobs";
/// For screen readers: the first column of that table.
pub const FIGURE: &str = "Figure";
/// Before the choice of the run that is edited.
pub const EDITING: &str = "Editing";
/// When nothing is turned otherwise in B.
pub const SAME: &str = "B is identical to A so far; change a setting.";
/// Above the list of keys.
pub const KEYS: &str = "Keyboard and legend";
/// Above the signs.
pub const LEGEND_TITLE: &str = "Legend";
/// What the signs mean.
pub const LEGEND: &[(&str, &str)] = &[
    ("● ✶ ▮", "jobs: normal, toxic, report"),
    ("❄ ↻ Z", "hung on a lock; hung and burning a core; zombie"),
    ("?", "suspected by the supervisor"),
    ("◔", "a ring: work left; the pie in it: time left before the timeout"),
    ("▼ ⚑ ●", "on the timeline: a command, a step of the story, an alert"),
    ("✕ ◆ ☠", "on the timeline: a kill, a breaker that opened, out of memory"),
];

/// A tool in a word.
pub fn tool(tool: Tool) -> &'static str {
    match tool {
        Tool::Inspect => "Inspect",
        Tool::Poison => "Poison",
        Tool::Hang => "Hang",
        Tool::Kill => "Kill",
        Tool::Drain => "Drain",
    }
}

/// What a tool does.
pub fn tool_help(tool: Tool) -> &'static str {
    match tool {
        Tool::Inspect => "Show what a worker or a job is doing, and why it is stuck",
        Tool::Poison => "Make a job toxic: it looks like any other, and its worker will hang",
        Tool::Hang => "Make a worker hang at once",
        Tool::Kill => "Kill a worker by force",
        Tool::Drain => "Ask a worker to exit after its job",
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
];
/// What the lifecycle bug does, beside its switch.
pub const BUG: &str = "A worker past its lifetime is struck off the books and replaced, even if it \
     hangs and never exits. This is what makes zombies.";

/// Before the settings of a fix.
pub const SETTINGS: &str = "Settings";
/// The switch between what is so and what the supervisor believes.
pub const BELIEF: &str = "Supervisor's view";
/// For screen readers: what the counts beside it are.
pub const BELIEF_LIST: &str = "What the supervisor knows";
/// What each of those counts means.
pub const BELIEF_COUNTS: &[&str] = &[
    "Workers that hang, zombies included: the truth, which nobody in the pool can see",
    "Workers that the supervisor suspects: its belief",
    "Workers that hang and are not suspected",
    "Workers killed so far",
    "Suspects that moved at the last moment, and were spared",
    "Healthy workers killed or made to leave, and good jobs timed out",
];

/// A knob and its value; of a fix, whether it is on.
pub fn setting(knob: KnobId, value: &Value) -> String {
    match (Fix::of(knob), value) {
        (Some(fix), Value::Flag(true)) => fix.title().to_owned(),
        (Some(fix), _) => format!("no {}", fix.title()),
        (None, value) => {
            let row = knob.row();
            format!("{} {}", row.title, row.text_with_unit(value))
        }
    }
}

/// The title of a dialog.
pub fn dialog(dialog: &Dialog) -> &'static str {
    match dialog {
        Dialog::Help => KEYS,
        Dialog::Share { .. } => SHARE,
        Dialog::Export => SAVE,
        Dialog::Refused { .. } => "That could not be opened",
    }
}

/// What is shown instead of what was refused.
pub fn instead(instead: Instead) -> &'static str {
    match instead {
        Instead::Default => "Showing the default night instead.",
        Instead::Before => "Nothing was changed.",
    }
}

/// Whether the browser has copied the link.
pub fn copied(copied: Option<bool>) -> &'static str {
    match copied {
        Some(true) => "Copied.",
        Some(false) => "The browser does not allow it; press Ctrl+C.",
        None => "",
    }
}

/// What came of the last message.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Error(error) => error.clone(),
        Notice::NothingFound => "None in the next simulated hour.".to_owned(),
        Notice::NothingToUndo => "Nothing to undo before this moment.".to_owned(),
    }
}

/// The machine reaches only this speed.
pub fn lag(speed: f64) -> String {
    let decimals = if speed < 10.0 { 1 } else { 0 };
    format!("This device manages about {speed:.decimals$}×.")
}

/// Where keys act.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Stage => "On the stage (letters elsewhere with Alt)",
        Scope::Timeline => "On the timeline",
        Scope::Menu => "In the menu",
    }
}

/// What can be searched.
pub fn interest(what: Interest) -> &'static str {
    match what {
        Interest::Anything => "event",
        Interest::Hang => "hang",
        Interest::Zombie => "zombie",
        Interest::Alert => "alert",
        Interest::Kill => "kill",
        Interest::Command => "your change",
        Interest::Milestone => "story step",
    }
}

/// For screen readers: the code of a frame.
pub const FRAME: &str = "Code that shows this in a page of your own";

/// For screen readers: the tabs under the stage.
pub const TABS: &str = "Below the pool";
/// The button that unfolds the head of a narrow page.
pub const UNFOLD: &str = "⋯";
/// The same in words.
pub const UNFOLD_HELP: &str = "More: rooms, scenario, speed, sharing";

/// The line at a worker, with its job, while the page opens.
pub fn beat(beat: Beat, job: Option<JobId>) -> String {
    match (beat, job) {
        (Beat::Hang(_), Some(job)) => format!("Job {} never ends. Nobody notices.", job.0),
        (Beat::Hang(worker), None) => format!("Worker {} hangs. Nobody notices.", worker.0),
        (Beat::Zombie(worker), _) => {
            format!("Worker {} was replaced, but it never left.", worker.0)
        }
    }
}

/// What is written on a tab.
pub fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Fixes => "Fixes",
        Tab::Charts => "Charts",
        Tab::Story => "Story",
        Tab::Worker => "Worker",
    }
}

/// For screen readers: the doors.
pub const ROOMS: &str = "Rooms";

/// What is written on a door.
pub fn room(room: Room) -> &'static str {
    match room {
        Room::Pool => "Pool",
        Room::Night => "The night",
        Room::Lab => "Lab",
    }
}
