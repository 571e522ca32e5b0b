//! The night, told: chapters that ask before they show.
//!
//! A [`Chapter`] is a row of a data file: some words, a question, and a key, which is a figure of
//! the table of figures, read off the run at hand. Nothing is known beforehand: a [`Walk`] plays a
//! tape to the moment of a question and no further, and only who has said something gets a
//! [`Reveal`]: what is so, and what would be so in other runs.

mod answer;
mod chapter;
mod file;
mod key;
mod link;
mod moment;
mod other;
mod processes;
mod reckoning;
mod reveal;
mod told;
mod walk;

pub use answer::{Answer, LINE_POINTS};
pub use chapter::{Chapter, Question, Show};
pub use key::Key;
pub use link::{Said, TourLink};
pub use moment::Moment;
pub use other::Other;
pub use processes::Process;
pub use reveal::{Reveal, Revealed};
pub use told::{Truth, sentence};
pub use walk::Walk;
