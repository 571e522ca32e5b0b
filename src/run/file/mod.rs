//! Scenario files. They are TOML, read from the values of a small parser and written by hand: what
//! a general library for data would add to the page is more than its charts.

mod item;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
