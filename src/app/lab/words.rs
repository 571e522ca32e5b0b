//! The words of the lab.

/// The room.
pub const LAB: &str = "The lab";
/// What it is for.
pub const ABOUT: &str = "Run the same night many times: with every combination of the five fixes, \
     or with one knob at many values. Every cell gets the same jobs, seed by seed.";
/// The set-up of an experiment.
pub const SET_UP: &str = "Experiment";
/// The choice of a scenario.
pub const SCENARIO: &str = "Scenario";
/// What the cells differ in.
pub const DESIGN: &str = "Compare";
/// The board of the fixes.
pub const FIXES: &str = "all 32 combinations of the fixes";
/// A sweep.
pub const SWEEP: &str = "values of a knob";
/// The axis of a sweep.
pub const ALONG: &str = "Knob = from..to x how many";
/// The second axis.
pub const BY: &str = "and a second knob (optional)";
/// An axis to begin with.
pub const FIRST_AXIS: &str = "timeout_toxic_s=2..60x12";
/// The number of seeds.
pub const SEEDS: &str = "Seeds";
/// The horizon.
pub const UNTIL: &str = "Seconds per run";
/// What the map shows.
pub const FIGURE: &str = "Show";
/// Begins the experiment.
pub const RUN: &str = "▶ Run";
/// Ends it.
pub const STOP: &str = "■ Stop";
/// The question before it.
pub const GUESS: &str = "Your guess first: which fixes suffice?";
/// What came of the guess.
pub const GUESSED: &str = "Your guess";
/// Before the map is there.
pub const EMPTY: &str = "Nothing has run yet.";
/// The map of the fixes.
pub const BOARD: &str = "Survival by combination of fixes; neighbours differ by exactly one fix";
/// The smallest sets.
pub const SMALLEST: &str = "Smallest sets with which every seed survived";
/// When there is none.
pub const NO_SET: &str = "none";
/// The table of effects.
pub const EFFECTS: &str = "What each fix does";
/// The columns of that table.
pub const EFFECT_HEADS: [&str; 4] = ["Fix", "Alone", "On average", "95 % interval"];
/// When an effect may be none.
pub const NOT_APART: &str = "not told apart from 0";
/// The cell that is selected.
pub const CELL: &str = "Selected cell";
/// Opens the median run of a cell.
pub const WATCH: &str = "Watch its median run";
/// Opens it beside that of another cell.
pub const COMPARE: &str = "A | B with";
/// Before another cell is chosen.
pub const CHOOSE: &str = "choose…";
/// How to select.
pub const HOW_TO_SELECT: &str =
    "Select a cell to watch its run; hold Shift and click another to compare the two.";
/// Runs that could not be made.
pub const FAILURES: &str = "Runs that failed";
/// Runs that were given up.
pub const HOLES: &str = "runs were given up: they cost too many events";
/// The command that does the same.
pub const COMMAND: &str = "The same in a terminal:";
/// The values behind the map.
pub const TABLE: &str = "Data table";
/// Saves the rows.
pub const CSV: &str = "Rows (CSV)";
/// Saves the cells.
pub const SVG: &str = "Map (SVG)";
