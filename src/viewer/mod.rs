//! What the page shows and what its user can do, without a browser: everything here is decided
//! natively, and tested natively.
//!
//! [`State`] holds what is seen: the [`Runs`] with one clock, what is selected, how the stage is
//! looked at. The page (`app`) draws it and hands on what the user does.

mod lane;
mod pace;
mod runs;
mod state;
mod tool;

pub use lane::Lane;
pub use pace::{Pace, SPEEDS, TICK};
pub use runs::Runs;
pub use state::State;
pub use tool::{Selection, Tool};
