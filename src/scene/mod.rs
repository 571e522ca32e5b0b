//! Pictures as plain data; knows no browser.
//!
//! [`Stage`] follows a run and remembers where each worker walks; [`paint`] turns it into a
//! [`Picture`], a list of simple shapes in named inks, which the page's canvas only has to fill in
//! and [`Picture::svg`] writes as a file. [`Inspection`] is what there is to say of one worker.

mod actor;
pub mod charts;
#[cfg(test)]
mod contrast;
mod desk;
mod figure;
mod fixes;
mod geometry;
mod inspect;
mod layout;
mod paint;
mod shape;
mod stage;
mod svg;
mod theme;
mod timeline;
mod token;

pub use actor::{Actor, Mood};
pub use desk::{Desk, GateSign};
pub use fixes::notes as fix_notes;
pub use geometry::{Point, Rect};
pub use inspect::{CODE, Inspection, JobInspection};
pub use layout::{Contents, Detail, Layout};
pub use paint::{Labels, paint};
pub use shape::{Align, Item, Picture, Shape};
pub use stage::{Headcount, Stage, View, Waiting};
pub use theme::{Ink, Theme};
pub use timeline::Timeline;
