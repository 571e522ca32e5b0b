//! The one loop: at each frame the runs move and the stages are painted; now and then the charts
//! are drawn and the page is rendered.

use std::cell::RefCell;
use std::rc::Rc;

use yew::Callback;

use super::browser::{self, millis};
use super::brush::Brush;
use super::frames::Frames;
use super::nodes::Nodes;
use super::words;
use crate::run::RunId;
use crate::scene::charts::draw;
use crate::scene::{Picture, Point, Timeline, paint};
use crate::viewer::{Msg, Selection, State};

/// Milliseconds between two refreshes: renderings of the page and drawings of the charts.
const REFRESH_MS: f64 = 250.0;
/// Frames that are taken together for `data-frame-ms`.
const FRAMES: u32 = 60;

/// What paints on the canvases, as long as they are there.
#[derive(Default)]
struct Brushes {
    stages: [Option<Brush>; 2],
    timeline: Option<Brush>,
    night: Option<Brush>,
}

/// Starts the loop; it ends when what is returned is dropped.
pub fn start(nodes: Nodes, state: Rc<RefCell<State>>, on: Callback<Msg>) -> Frames {
    let mut brushes = Brushes::default();
    let mut picture = Picture::default();
    let mut last = None;
    let mut refreshed: Option<f64> = None;
    let mut cost = Cost::new("data-frame-ms", FRAMES);
    Frames::start(move |now| {
        if browser::is_hidden() {
            last = None;
            return;
        }
        let begin = millis();
        let seconds = last.map_or(0.0, |last: f64| (now - last).max(0.0) / 1_000.0);
        // The first picture is to be seen before anything else is done.
        let due = last.is_some() && refreshed.is_none_or(|at| now - at >= REFRESH_MS);
        last = Some(now);
        let jump_ms = {
            let mut state = state.borrow_mut();
            frame(&mut state, &mut brushes, &nodes, seconds, &mut picture);
            // The charts are on the page once it was refreshed.
            if refreshed.is_some() && (state.charts.take_stale() || due) {
                nodes.board.borrow_mut().draw(&state, &mut picture);
            }
            state.runs.take_jump_ms()
        };
        if let Some(millis) = jump_ms {
            note("timeline", "data-jump-ms", millis);
        }
        if due {
            refreshed = Some(now);
            on.emit(Msg::Refresh(now));
        }
        cost.count(millis() - begin);
    })
}

fn frame(
    state: &mut State,
    brushes: &mut Brushes,
    nodes: &Nodes,
    seconds: f64,
    picture: &mut Picture,
) {
    let theme = state.theme();
    let [first, second] = &mut brushes.stages;
    let stages = [
        Brush::for_canvas(first, nodes.stage(RunId::A), theme),
        Brush::for_canvas(second, nodes.stage(RunId::B), theme),
    ];
    let sizes = stages.map(|brush| brush.map_or(Point::new(1.0, 1.0), Brush::size));
    state.frame(seconds, sizes, millis);
    for (id, brush) in RunId::ALL.into_iter().zip(stages) {
        if let Some(brush) = brush.filter(|_| id == RunId::A || state.runs.are_two()) {
            paint_stage(state, id, brush, picture);
        }
    }
    if let Some(brush) = Brush::for_canvas(&mut brushes.night, &nodes.night, theme) {
        let ratio = browser::pixel_ratio();
        state.night.with_chart(theme, |chart, data| {
            picture.clear();
            draw(picture, brush.pixels(), chart, data, ratio);
            brush.paint_at(1.0, picture);
        });
    }
    if let Some(brush) = Brush::for_canvas(&mut brushes.timeline, &nodes.timeline, theme) {
        let (size, tape) = (brush.size(), state.runs.tape());
        Timeline::of(tape, size.x).paint(tape, size.y, state.timeline.x, picture);
        brush.paint(picture);
    }
}

fn paint_stage(state: &State, id: RunId, brush: &Brush, picture: &mut Picture) {
    let Some(lane) = state.lane_shown(id) else { return };
    let selection = state.selection.filter(|_| state.runs.active() == id);
    let worker = selection.and_then(Selection::worker);
    paint(lane.stage(), &words::STAGE, worker, picture);
    brush.paint(picture);
}

/// Puts a measurement where tests find it.
pub fn note(id: &str, name: &str, value: f64) {
    if let Some(element) = browser::element(id) {
        // Only a name that is no name could be refused.
        let _ = element.set_attribute(name, &format!("{value:.2}"));
    }
}

/// What something costs: the mean of several times in a row, as an attribute of the stage.
pub struct Cost {
    name: &'static str,
    times: u32,
    count: u32,
    millis: f64,
}

impl Cost {
    /// The mean of so many times is put into the attribute of that name.
    pub fn new(name: &'static str, times: u32) -> Self {
        Self { name, times, count: 0, millis: 0.0 }
    }

    /// It cost so much this time.
    pub fn count(&mut self, millis: f64) {
        self.count += 1;
        self.millis += millis;
        if self.count == self.times {
            note("stage", self.name, self.millis / f64::from(self.count));
            *self = Self::new(self.name, self.times);
        }
    }
}
