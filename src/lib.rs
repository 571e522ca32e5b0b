//! Zombie Workers: a worker pool that fails quietly, and what saves it, simulated.
//!
//! The layers, each of which may use those above it:
//!
//! - [`kernel`]: virtual time, chance, cooperative tasks;
//! - [`knobs`]: the one table of parameters;
//! - [`pool`]: the worker pool as it is, sick or healthy;
//! - [`guard`]: the fixes and the supervisor; [`watch`]: what an operator sees;
//! - [`run`]: puts it together: scenarios, commands, a run as a value;
//! - [`drill`]: a night through a shell, as its on-call saw it;
//! - [`scene`]: pictures as plain data;
//! - [`tour`]: the night, told: chapters that ask before they show;
//! - `terminal`: the command line (native only); `app`: the page (wasm only).

pub mod drill;
pub mod guard;
pub mod kernel;
pub mod knobs;
pub mod lab;
pub mod pool;
pub mod run;
pub mod scene;
pub mod tour;
pub mod viewer;
pub mod watch;

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod terminal;
