//! The one loop: at each frame the runs move and the stages are painted; now and then the charts
//! are drawn and the parts rendered.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::NodeRef;

use super::browser::{self, millis};
use super::canvas::Brush;
use super::charts::Board;
use super::frames::Frames;
use super::words;
use crate::run::RunId;
use crate::scene::{Picture, Point, Timeline, View, paint};
use crate::viewer::{Selection, State};

/// Milliseconds between two renderings of the parts, and between two drawings of the charts.
const REFRESH_MS: f64 = 250.0;

/// The canvases of the page; the second stage is there while two runs are compared.
#[derive(Clone, Default)]
pub struct Canvases {
    /// The stages of the first and of the second run.
    pub stages: [NodeRef; 2],
    /// The bar of time.
    pub scrub: NodeRef,
    /// The charts.
    pub board: Rc<RefCell<Board>>,
}

impl Canvases {
    /// Width of the bar of time on the page, in pixels.
    pub fn width_of_scrub(&self) -> f64 {
        let canvas = self.scrub.cast::<HtmlCanvasElement>();
        canvas.map_or(1.0, |canvas| f64::from(canvas.client_width().max(1)))
    }
}

/// What draws on the canvases, as long as they are there.
#[derive(Default)]
struct Brushes {
    stages: [Option<Brush>; 2],
    scrub: Option<Brush>,
}

/// Starts the loop; it ends when what is returned is dropped. `refresh` is called when the parts
/// are to be rendered.
pub fn start(
    canvases: Canvases,
    model: Rc<RefCell<State>>,
    hover: Rc<Cell<Option<f64>>>,
    held: Rc<Cell<bool>>,
    refresh: impl Fn() + 'static,
) -> Frames {
    let mut brushes = Brushes::default();
    let mut picture = Picture::default();
    let mut last = None;
    let mut refreshed = 0.0;
    let mut cost = Cost::default();
    Frames::start(move |now| {
        if browser::is_hidden() {
            last = None;
            return;
        }
        let begin = millis();
        let seconds = last.map_or(0.0, |last: f64| (now - last).max(0.0) / 1_000.0);
        last = Some(now);
        let due = now - refreshed >= REFRESH_MS;
        let jump_ms = {
            let mut model = model.borrow_mut();
            frame(
                &mut model,
                &mut brushes,
                &canvases,
                seconds,
                hover.get(),
                held.get(),
                &mut picture,
            );
            let mut board = canvases.board.borrow_mut();
            if board.take_stale() || due {
                board.draw(&model, browser::theme(), &mut picture);
            }
            model.runs.take_jump_ms()
        };
        if let Some(millis) = jump_ms {
            note("scrub", "data-jump-ms", millis);
        }
        if due {
            refreshed = now;
            refresh();
        }
        cost.count(millis() - begin);
    })
}

fn frame(
    model: &mut State,
    brushes: &mut Brushes,
    canvases: &Canvases,
    seconds: f64,
    hover: Option<f64>,
    held: bool,
    picture: &mut Picture,
) {
    let theme = browser::theme();
    let motion = !browser::prefers("(prefers-reduced-motion: reduce)");
    let belief = model.belief;
    let [first, second] = &mut brushes.stages;
    let first = Brush::for_canvas(first, &canvases.stages[0], theme);
    let second = Brush::for_canvas(second, &canvases.stages[1], theme);
    let view = |brush: Option<&Brush>| {
        let size = brush.map_or(Point::new(1.0, 1.0), Brush::size);
        View { size, motion, belief, theme }
    };
    model.runs.frame(seconds, held, [view(first), view(second)], millis);
    for (id, brush) in RunId::ALL.into_iter().zip([first, second]) {
        if let Some(brush) = brush.filter(|_| id == RunId::A || model.runs.are_two()) {
            paint_stage(model, id, brush, picture);
        }
    }
    if let Some(brush) = Brush::for_canvas(&mut brushes.scrub, &canvases.scrub, theme) {
        let size = brush.size();
        Timeline::of(model.runs.tape(), size.x).paint(model.runs.tape(), size.y, hover, picture);
        brush.paint(picture);
    }
}

fn paint_stage(model: &State, id: RunId, brush: &Brush, picture: &mut Picture) {
    let selected = model.selection.filter(|_| model.runs.active() == id);
    let selected = selected.and_then(Selection::worker);
    paint(model.runs.lane(id).stage(), &words::STAGE, selected, picture);
    brush.paint(picture);
}

/// Puts a measurement in milliseconds where tests find it.
fn note(id: &str, name: &str, millis: f64) {
    if let Some(element) = browser::element(id) {
        // Only a name that is no name could be refused.
        let _ = element.set_attribute(name, &format!("{millis:.2}"));
    }
}

/// What the script costs: the mean of each second's frames.
#[derive(Default)]
struct Cost {
    frames: u32,
    millis: f64,
}

impl Cost {
    const FRAMES: u32 = 60;

    fn count(&mut self, millis: f64) {
        self.frames += 1;
        self.millis += millis;
        if self.frames == Self::FRAMES {
            let mean = self.millis / f64::from(self.frames);
            note("stage", "data-frame-ms", mean);
            *self = Self::default();
        }
    }
}
