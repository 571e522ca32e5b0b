//! What a chart shows, in words: at one moment, and as a table.

use super::{Chart, frame::clock, nearest};
use crate::watch::SeriesPoint;

/// Rows of the table behind a chart.
const ROWS: usize = 12;

/// The name and the value of each series of a chart at a time; empty if there are no points.
pub fn readout(chart: &Chart, points: &[SeriesPoint], t_s: f64) -> Vec<(&'static str, String)> {
    let Some(point) = nearest(points, t_s) else { return Vec::new() };
    let words = |value| chart.words(value);
    chart.series.iter().map(|series| (series.name, words((series.value)(point)))).collect()
}

/// The heads of the columns of [`table_rows`].
pub fn table_head(chart: &Chart) -> Vec<String> {
    let names = chart.series.iter().map(|series| format!("{} ({})", series.name, chart.unit));
    std::iter::once("time".to_owned()).chain(names).collect()
}

/// A chart as a table of about twelve moments, evenly spread, the last of which is the latest.
pub fn table_rows(chart: &Chart, points: &[SeriesPoint]) -> Vec<Vec<String>> {
    let row = |point: &SeriesPoint| {
        let values = chart.series.iter().map(|series| chart.number((series.value)(point)));
        std::iter::once(clock(point.t_s)).chain(values).collect()
    };
    let stride = points.len().div_ceil(ROWS).max(1);
    let skipped = points.len().saturating_sub(1) % stride;
    points.iter().skip(skipped).step_by(stride).map(row).collect()
}
