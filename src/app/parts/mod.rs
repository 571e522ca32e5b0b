//! The parts of the page, one file each. They show what they are given, and say what was done.

mod belief;
mod charts;
mod dashboards;
mod help;
mod inspector;
mod job;
mod knob;
mod menu;
mod pager;
mod panel;
mod scrub;
mod stages;
mod story;
mod tools;
mod transport;

pub use belief::Belief;
pub use charts::Charts;
pub use dashboards::Dashboards;
pub use help::Help;
pub use inspector::Inspector;
pub use job::JobInspector;
pub use menu::PokeMenu;
pub use pager::Pager;
pub use panel::{Panel, turned_fixes};
pub use scrub::{ScrubAct, ScrubBar};
pub use stages::Stages;
pub use story::Story;
pub use tools::Tools;
pub use transport::{Transport, TransportAct};
