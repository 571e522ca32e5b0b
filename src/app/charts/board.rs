//! The charts' canvases, drawn at the screen's own resolution.

use web_sys::HtmlCanvasElement;
use yew::NodeRef;

use crate::app::browser;
use crate::app::brush::Brush;
use crate::scene::Picture;
use crate::scene::charts::{CHARTS, draw};
use crate::viewer::{Charts, State};

/// All charts of the page, in the order of [`CHARTS`].
pub struct Board {
    /// Their canvases.
    pub nodes: Vec<NodeRef>,
    brushes: Vec<Option<Brush>>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            nodes: CHARTS.iter().map(|_| NodeRef::default()).collect(),
            brushes: CHARTS.iter().map(|_| None).collect(),
        }
    }
}

impl Board {
    /// Draws those charts that are in view.
    pub fn draw(&mut self, state: &State, picture: &mut Picture) {
        let theme = state.theme();
        Charts::source(&state.runs).with(state.charts.hover_s(), theme, |data| {
            for ((chart, node), kept) in CHARTS.iter().zip(&self.nodes).zip(&mut self.brushes) {
                let brush = Brush::for_canvas(kept, node, theme);
                if let Some(brush) = brush.filter(|brush| in_view(brush.canvas())) {
                    picture.clear();
                    draw(picture, brush.pixels(), chart, data, browser::pixel_ratio());
                    brush.paint_at(1.0, picture);
                }
            }
        });
    }
}

fn in_view(canvas: &HtmlCanvasElement) -> bool {
    let place = canvas.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < browser::height()
}
