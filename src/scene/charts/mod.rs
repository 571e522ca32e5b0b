//! Charts of a run's past: a row of [`CHARTS`] each, drawn into a [`Picture`](super::Picture).
//!
//! [`draw`] draws, [`svg`] writes a file of it, [`seconds_at`] turns a pixel into a time, and
//! [`readout`] and [`table_rows`] say in words what the lines show.

mod data;
mod draw;
mod frame;
mod pen;
mod read;
mod svg;
mod table;
mod thin;

use super::theme::{Ink, Theme};
use crate::watch::SeriesPoint;

pub use data::ChartSource;
pub use draw::draw;
pub use frame::{axis_end, clock, seconds_at, value_at};
pub use read::{readout, table_head, table_rows};
pub use svg::svg;
pub use table::{CHARTS, Chart, Dash, Fill, Reference, Series, Style};

/// An event: a line in every chart at its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartMark {
    /// Its time, in seconds.
    pub t_s: f64,
    /// The ink of its line.
    pub ink: Ink,
    /// A word or two above the line. Without one it is only a tick on the axis.
    pub label: String,
}

/// What charts are drawn from.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChartData<'a> {
    /// The past, oldest first. What is later than `now_s` is drawn pale.
    pub points: &'a [SeriesPoint],
    /// Futures that were given up: each drawn thin and dashed.
    pub ghosts: &'a [&'a [SeriesPoint]],
    /// Another run on the same jobs, held against this one.
    pub other: Option<&'a [SeriesPoint]>,
    /// Predictions, as times in seconds and values: drawn over everything, the last as the
    /// viewer's own.
    pub said: &'a [&'a [(f64, f64)]],
    /// The axis of values reaches to this at least.
    pub top: f64,
    /// Events, oldest first.
    pub marks: &'a [ChartMark],
    /// The viewer's time, in seconds.
    pub now_s: f64,
    /// Where the axis of time ends, in seconds: see [`axis_end`].
    pub end_s: f64,
    /// The time that the viewer points at, in seconds.
    pub hover_s: Option<f64>,
    /// The theme: it decides how large text is.
    pub theme: Theme,
    /// Memory of a healthy pool, in MiB.
    pub baseline_mib: f64,
    /// Memory of the host, in MiB.
    pub limit_mib: f64,
    /// Slots of the pool.
    pub workers: u32,
    /// The p95 from which the alert fires, in seconds.
    pub p95_limit_s: f64,
}

/// The point nearest to a time, unless there is none.
fn nearest(points: &[SeriesPoint], t_s: f64) -> Option<&SeriesPoint> {
    let after = points.partition_point(|point| point.t_s < t_s);
    let around = after.checked_sub(1).and_then(|before| points.get(before));
    match (around, points.get(after)) {
        (Some(before), Some(after)) if t_s - before.t_s <= after.t_s - t_s => Some(before),
        (before, after) => after.or(before),
    }
}
