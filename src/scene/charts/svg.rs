//! A chart as a picture of its own, with its title and legend, written as SVG.

use super::draw::draw_with;
use super::frame::text_px;
use super::pen::Pen;
use super::{Chart, ChartData, Dash, Fill, Style};
use crate::scene::shape::{Align, Picture};
use crate::scene::theme::Ink;

/// The height of a line, as a multiple of the text's.
const LINE: f64 = 1.6;
/// Pixels left of everything, and between a sample and its name.
const EDGE: i32 = 8;
const GAP: i32 = 4;

/// A chart as SVG, `width` × `height` pixels: a file to take away.
pub fn svg(chart: &Chart, data: &ChartData<'_>, width: u32, height: u32) -> String {
    let mut picture = Picture::default();
    picture.clear();
    compose(&mut picture, chart, data, (width, height));
    picture.svg((width, height), data.theme, &chart.heading())
}

/// Title, legend and plot, one under the other.
fn compose(picture: &mut Picture, chart: &Chart, data: &ChartData<'_>, size: (u32, u32)) {
    let text = text_px(data.theme);
    let line = libm::round(text * LINE) as i32;
    let mut pen = Pen { picture, size, down: 0, text };
    let entries = legend(chart, &pen, size.0 as i32);
    let rows = entries.last().map_or(0, |entry| entry.row) + 1;
    let head = (line * (rows + 1) + 4).min(size.1 as i32);
    pen.block((0, 0), (size.0 as i32, head), Ink::Floor, 1.0);
    pen.write(&chart.heading(), (EDGE, line / 2 + 4), Align::Left, Ink::Text);
    for entry in entries {
        entry.draw(&mut pen, line * (entry.row + 1) + line / 2 + 2);
    }
    (pen.size.1, pen.down) = (size.1 - head as u32, head);
    draw_with(&mut pen, chart, data, 1.0);
}

/// A name in the legend with a sample of how it is drawn.
struct Entry {
    name: &'static str,
    ink: Ink,
    style: Style,
    x: i32,
    row: i32,
}

/// The legend of a chart, in as many rows as it takes.
fn legend(chart: &Chart, pen: &Pen<'_>, width: i32) -> Vec<Entry> {
    let series = chart.series.iter().map(|series| (series.name, series.ink, series.style));
    let levels = chart.references.iter();
    let levels = levels.map(|level| (level.name, level.ink, Style::Line(level.dash)));
    let (mut x, mut row) = (EDGE, 0);
    let mut entries = Vec::new();
    for (name, ink, style) in series.chain(levels) {
        let wide = pen.width(name) + swatch(pen) + GAP;
        if x + wide > width && x > EDGE {
            (x, row) = (EDGE, row + 1);
        }
        entries.push(Entry { name, ink, style, x, row });
        x += wide + 3 * GAP;
    }
    entries
}

fn swatch(pen: &Pen<'_>) -> i32 {
    libm::round(pen.text * LINE) as i32
}

impl Entry {
    fn draw(&self, pen: &mut Pen<'_>, y: i32) {
        let (from, to) = (self.x, self.x + swatch(pen));
        let half = libm::round(pen.text * 0.4) as i32;
        let line = |y| [(from, y), (to, y)];
        match self.style {
            Style::Line(dash) => pen.line(&line(y), (self.ink, 1.0), 2.0, dash),
            Style::Stack(fill) => {
                pen.block((from, y - half), (to, y + half), self.ink, 1.0);
                if let Fill::Barred(gap) = fill {
                    for x in (from + 2..to).step_by(usize::from(gap).max(2)) {
                        pen.block((x, y - half), (x + 1, y + half), Ink::Edge, 0.35);
                    }
                }
            }
            Style::Area => {
                pen.block((from, y - half), (to, y + half), self.ink, 0.25);
                pen.line(&line(y - half), (self.ink, 1.0), 2.0, Dash::Solid);
            }
        }
        pen.write(self.name, (to + GAP, y), Align::Left, Ink::Text);
    }
}
