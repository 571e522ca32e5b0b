//! The charts: pointing, and saving them as pictures.

use crate::scene::charts::{CHARTS, svg};
use crate::viewer::charts::Charts;
use crate::viewer::effect::{Effect, File};
use crate::viewer::state::State;

/// The size of a chart that is saved as SVG, in pixels.
const SAVED: (u32, u32) = (960, 480);

impl State {
    pub(super) fn point_chart(&mut self, x: f64, width: f64) {
        let theme = self.theme();
        self.charts.point(x, width, &self.runs, theme);
    }

    pub(super) fn export_chart(&self, place: usize) -> Vec<Effect> {
        let Some(chart) = CHARTS.get(place) else { return Vec::new() };
        let source = Charts::source(&self.runs);
        let text = source.with(None, self.theme(), |data| svg(chart, data, SAVED.0, SAVED.1));
        let name = format!("{}.svg", chart.id);
        vec![Effect::Save(File { name, mime: "image/svg+xml", bytes: text.into_bytes() })]
    }

    pub(super) fn export_chart_pixels(&self, place: usize) -> Vec<Effect> {
        let Some(chart) = CHARTS.get(place) else { return Vec::new() };
        vec![Effect::SaveChart(place, format!("{}.png", chart.id))]
    }
}
