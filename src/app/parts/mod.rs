//! The parts of the page, one file each. They show what they are given, and say what was done.

mod belief;
mod charts;
mod dashboards;
mod inspector;
mod knob;
mod pager;
mod panel;
mod story;
mod transport;

pub use belief::Belief;
pub use charts::Charts;
pub use dashboards::Dashboards;
pub use inspector::Inspector;
pub use pager::Pager;
pub use panel::{Panel, turned_fixes};
pub use story::Story;
pub use transport::{Transport, TransportAct};
