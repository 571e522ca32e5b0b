//! The charts' canvases: drawn at the screen's own resolution, and pointed at.

use web_sys::HtmlCanvasElement;
use yew::NodeRef;

use super::browser;
use super::canvas::Brush;
use crate::run::{Mark, MarkKind, Tape};
use crate::scene::charts::{
    CHARTS, Chart, ChartData, ChartMark, axis_end, clock, draw, readout, seconds_at, svg,
    table_rows,
};
use crate::scene::{Ink, Picture, Theme};
use crate::viewer::State;
use crate::watch::{Milestone, SeriesPoint, baseline_mib};

/// The size of a chart that is saved, in pixels.
const SAVED: (u32, u32) = (960, 480);
/// The most letters of a mark's label.
const LABEL: usize = 28;

/// What can be done to the charts.
pub enum ChartAct {
    /// Somebody points at a chart: pixels from its left edge, and its width.
    Point(f64, f64),
    /// Nobody does so any longer.
    Leave,
    /// The table behind a chart, by its row in the table of charts, was opened or closed.
    Table(usize, bool),
    /// A chart is to be saved as lines and words, sharp at any size.
    Save(usize),
    /// A chart is to be saved as the pixels that are seen.
    SavePixels(usize),
}

/// All charts of the page, in the order of [`CHARTS`].
pub struct Board {
    /// Their canvases.
    pub nodes: Vec<NodeRef>,
    brushes: Vec<Option<Brush>>,
    theme: Theme,
    end_s: f64,
    hover_s: Option<f64>,
    open: Vec<bool>,
    stale: bool,
}

/// What the page says of a chart in words.
pub struct Told {
    /// The values of its series, where the viewer points or else now.
    pub values: Vec<(&'static str, String)>,
    /// The time the viewer points at.
    pub at: Option<String>,
    /// The table behind it; empty while it is closed.
    pub rows: Vec<Vec<String>>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            nodes: CHARTS.iter().map(|_| NodeRef::default()).collect(),
            brushes: CHARTS.iter().map(|_| None).collect(),
            theme: Theme::Light,
            end_s: 0.0,
            hover_s: None,
            open: vec![false; CHARTS.len()],
            stale: true,
        }
    }
}

impl Board {
    /// Does what was asked for.
    pub fn act(&mut self, act: &ChartAct, model: &State) {
        match *act {
            ChartAct::Point(x, width) => {
                self.hover_s = seconds_at(x, width, self.end_s, self.theme);
            }
            ChartAct::Leave => self.hover_s = None,
            ChartAct::Table(place, open) => {
                if let Some(was) = self.open.get_mut(place) {
                    *was = open;
                }
                return;
            }
            ChartAct::SavePixels(place) => {
                if let Some(chart) = CHARTS.get(place) {
                    let address = browser::pixels(&format!("chart-{}", chart.id));
                    browser::save_address(&format!("{}.png", chart.id), &address);
                }
                return;
            }
            ChartAct::Save(place) => {
                if let Some(chart) = CHARTS.get(place) {
                    self.save(chart, model);
                }
                return;
            }
        }
        self.stale = true;
    }

    /// Whether the charts must be drawn before their time, since somebody points elsewhere.
    pub fn take_stale(&mut self) -> bool {
        std::mem::take(&mut self.stale)
    }

    /// Draws those charts that are in view.
    pub fn draw(&mut self, model: &State, theme: Theme, picture: &mut Picture) {
        self.theme = theme;
        let mut brushes = std::mem::take(&mut self.brushes);
        self.end_s = self.with(model, |data| {
            for ((chart, node), kept) in CHARTS.iter().zip(&self.nodes).zip(&mut brushes) {
                let brush = Brush::for_canvas(kept, node, theme);
                if let Some(brush) = brush.filter(|brush| in_view(brush.canvas())) {
                    picture.clear();
                    draw(picture, brush.pixels(), chart, data, browser::pixel_ratio());
                    brush.paint_at(1.0, picture);
                }
            }
            data.end_s
        });
        self.brushes = brushes;
    }

    /// What there is to say of each chart.
    pub fn told(&self, model: &State) -> Vec<Told> {
        let points = model.runs.tape().series().points();
        let t_s = self.hover_s.unwrap_or(model.runs.tape().now().as_secs_f64());
        let told = |(chart, open): (&Chart, &bool)| Told {
            values: readout(chart, points, t_s),
            at: self.hover_s.map(clock),
            rows: if *open { table_rows(chart, points) } else { Vec::new() },
        };
        CHARTS.iter().zip(&self.open).map(told).collect()
    }

    fn save(&self, chart: &Chart, model: &State) {
        let picture = self.with(model, |data| {
            svg(chart, &ChartData { hover_s: None, ..*data }, SAVED.0, SAVED.1)
        });
        browser::save(&format!("{}.svg", chart.id), "image/svg+xml", &picture);
    }

    /// Hands over what is to be drawn: the run of the hand, its ghosts, and the other run.
    fn with<T>(&self, model: &State, show: impl FnOnce(&ChartData<'_>) -> T) -> T {
        let tape = model.runs.tape();
        let knobs = &tape.run().pool().knobs;
        let points = tape.series().points();
        let other = model.runs.other().map(|lane| lane.tape().series().points());
        let ghosts: Vec<&[SeriesPoint]> =
            tape.ghosts().iter().map(|ghost| ghost.points()).collect();
        let last = |points: &[SeriesPoint]| points.last().map_or(0.0, |point| point.t_s);
        let ends = ghosts.iter().copied().chain(other).map(last);
        show(&ChartData {
            points,
            ghosts: &ghosts,
            other,
            marks: &marks(tape),
            now_s: tape.now().as_secs_f64(),
            end_s: axis_end(ends.fold(last(points), f64::max)),
            hover_s: self.hover_s,
            theme: self.theme,
            baseline_mib: baseline_mib(knobs) as f64,
            limit_mib: f64::from(knobs.host_memory_mib),
            workers: knobs.workers,
            p95_limit_s: knobs.alert_p95_s.as_secs_f64(),
        })
    }
}

/// What the tape has marked: steps of the story by their numbers and commands in words, as lines;
/// alerts and kills as ticks.
fn marks(tape: &Tape) -> Vec<ChartMark> {
    let show = |mark: &Mark| {
        let (ink, label) = match mark.what {
            MarkKind::Milestone(Milestone::Healthy) => (Ink::Good, String::new()),
            MarkKind::Milestone(stage) => {
                let ink = if stage == Milestone::Recovered { Ink::Good } else { Ink::Bad };
                (ink, (stage as usize + 1).to_string())
            }
            MarkKind::Command => (Ink::Text, short(&mark.label)),
            MarkKind::BreakerOpened(_) | MarkKind::OutOfMemory => (Ink::Bad, short(&mark.label)),
            MarkKind::Fired(_) | MarkKind::Kill(_) => (Ink::Bad, String::new()),
            MarkKind::Resolved(_) => (Ink::Good, String::new()),
        };
        ChartMark { t_s: mark.at.as_secs_f64(), ink, label }
    };
    tape.marks().iter().map(show).collect()
}

/// The first letters of a label.
fn short(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    label.chars().take(LABEL - 1).chain(['…']).collect()
}

fn in_view(canvas: &HtmlCanvasElement) -> bool {
    let place = canvas.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < browser::height()
}
