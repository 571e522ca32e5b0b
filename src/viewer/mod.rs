//! What the page shows and what its user can do, without a browser: everything is decided here, and
//! tested natively.
//!
//! `Msg` → [`State::update`] → `Vec<Effect>`: whatever happens to the page is a [`Msg`]; the
//! [`State`] changes, and hands back as [`Effect`]s what only a browser can do. Between messages
//! [`State::frame`] lets time pass. The page (`app`) wires, performs effects and draws.

mod charts;
mod dialog;
mod digest;
mod effect;
mod embed;
mod export;
mod keys;
mod lab;
mod lane;
mod menu;
mod msg;
mod opening;
mod pace;
mod room;
mod runs;
mod state;
mod tab;
mod tool;
mod tour;
mod update;

pub use charts::{Charts, Readout};
pub use dialog::{Dialog, Instead, Notice};
pub use effect::{Effect, File, Focus};
pub use export::{Content, FORMATS, Format};
pub use keys::{BURST, KEYS, Key, KeyPress, Scope, find as find_key};
pub use lab::{Export, Failure, Lab, LabEffect, LabMsg, MAP_SIZE, Progress, SetUp, map_picture};
pub use lane::Lane;
pub use menu::Menu;
pub use msg::{Msg, Press};
pub use opening::{Beat, Opening};
pub use pace::{Pace, SPEEDS, TICK};
pub use room::Room;
pub use runs::Runs;
pub use state::{KnobEdit, Pointer, State};
pub use tab::Tab;
pub use tool::{Selection, Tool};
pub use tour::{Night, TourMsg};
