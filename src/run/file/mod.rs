//! Scenario files. They are TOML, read by a small reader and written by hand: what a general
//! library for data would add to the page is more than its charts.

mod item;
mod read;
mod toml;
mod write;

pub(super) use read::read;
pub(super) use write::write;
