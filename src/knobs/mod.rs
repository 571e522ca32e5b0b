//! Everything that can be set: one table of parameters, from which the command line, the page's
//! panel, links, scenario files and the README's table are made.

mod choice;
mod input_error;
mod table;
mod value;

pub use choice::{BeatSource, ServiceDistribution, ToxicLabel};
pub use input_error::{InputError, nearest};
pub use table::{Group, Knobs, TABLE, find};
pub use value::{Bounds, Knob, KnobType, Value};
