//! The lab: experiments over many runs. Which fixes are needed? Where does a timeout tip over?
//!
//! A [`Plan`] names cells (all combinations of the fixes, or the values of a knob or two), seeds
//! and a horizon; its tasks are links, and what comes of a task is a [`Row`], a line of text, so
//! that it does not matter where it is run: in a thread, on another machine, in a Web Worker. A
//! [`Table`] gathers the rows, in any order, and says what they tell.

mod axis;
mod effects;
mod figure;
mod fix_set;
mod link;
mod measure;
mod plan;
mod row;
mod stats;
mod table;
mod task;
mod theory;

pub use axis::{Axis, MAX_VALUES};
pub use effects::{Effect, effects, main_effects_and_pairs, sentence, transform};
pub use figure::Figure;
pub use fix_set::{COLUMN_FIXES, COLUMNS, FixSet, ROW_FIXES, ROWS, smallest};
pub use link::{LabLink, SEEDS, UNTIL_S, read_fixes};
pub use measure::{Measurement, measure};
pub use plan::{Design, MAX_SEEDS, Plan};
pub use row::{HEADER, Measures, Row};
pub use stats::{Estimate, Interval, estimate, student, wilson};
pub use table::{Cell, Table, Verdict};
pub use task::{Task, answer};
pub use theory::{Stability, failing_assumptions};
