//! Where the user points on the charts, and which of their tables are open.

use super::runs::Runs;
use crate::scene::Theme;
use crate::scene::charts::{CHARTS, Chart, ChartSource, clock, readout, seconds_at, table_rows};

/// What the user does with the charts.
#[derive(Clone, Debug)]
pub struct Charts {
    hover_s: Option<f64>,
    open: [bool; CHARTS.len()],
    stale: bool,
}

/// What the page says of a chart in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The name and the value of each series where the user points, or else now.
    pub values: Vec<(&'static str, String)>,
    /// The time the user points at.
    pub at: Option<String>,
    /// The rows of its table; `None` while it is closed.
    pub rows: Option<Vec<Vec<String>>>,
}

impl Default for Charts {
    fn default() -> Self {
        Self { hover_s: None, open: [false; CHARTS.len()], stale: true }
    }
}

impl Charts {
    /// The user points at `x` of a chart that is `width` pixels wide.
    pub(super) fn point(&mut self, x: f64, width: f64, runs: &Runs, theme: Theme) {
        self.hover_s = seconds_at(x, width, Self::source(runs).end_s(), theme);
        self.stale = true;
    }

    /// The pointer has left the charts.
    pub(super) fn leave(&mut self) {
        self.hover_s = None;
        self.stale = true;
    }

    /// The charts must be drawn anew.
    pub(super) fn redraw(&mut self) {
        self.stale = true;
    }

    /// The table of a chart was opened or closed.
    pub(super) fn show_table(&mut self, place: usize, open: bool) {
        if let Some(was) = self.open.get_mut(place) {
            *was = open;
        }
    }

    /// Whether the charts must be drawn before the next refresh, since the user points elsewhere.
    pub fn take_stale(&mut self) -> bool {
        std::mem::take(&mut self.stale)
    }

    /// The time that the user points at, in seconds.
    pub fn hover_s(&self) -> Option<f64> {
        self.hover_s
    }

    /// What is drawn: the active run with its ghosts, and the other run.
    pub fn source(runs: &Runs) -> ChartSource<'_> {
        ChartSource { tape: runs.tape(), other: runs.other().map(super::lane::Lane::tape) }
    }

    /// What there is to say of each chart, in the order of [`CHARTS`].
    pub fn readouts(&self, runs: &Runs) -> Vec<Readout> {
        let points = runs.tape().series().points();
        let t_s = self.hover_s.unwrap_or(runs.tape().now().as_secs_f64());
        let readout = |(chart, open): (&Chart, &bool)| Readout {
            values: readout(chart, points, t_s),
            at: self.hover_s.map(clock),
            rows: open.then(|| table_rows(chart, points)),
        };
        CHARTS.iter().zip(&self.open).map(readout).collect()
    }
}
