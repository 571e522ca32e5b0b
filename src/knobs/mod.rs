//! Everything that can be set: one table of parameters, from which the command line, the page's
//! panel, links, scenario files and docs/knobs.md are made.

mod choice;
mod fix;
mod input_error;
mod knob;
mod table;
mod value;

pub use choice::{
    BeatSource, LateResults, OutOfMemory, ServiceDistribution, ToxicLabel, WindowType,
};
pub use fix::{Fix, FixRow};
pub use input_error::{InputError, nearest};
pub use knob::{Group, Knob};
pub use table::{KnobId, Knobs, TABLE};
pub use value::{Bounds, KnobType, Value};
