//! On call: a night of the pool as its on-call saw it, through a shell. Every number that the shell
//! prints is read off a run, so a list of commands is a whole shift.

mod line;
mod looks;
mod pipe;
mod shift;

pub use shift::{Answer, HORIZON, Shift};
