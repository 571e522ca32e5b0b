//! A chart as a picture of its own, with its title and legend, written as SVG.

use std::fmt::Write;

use super::draw::draw_with;
use super::frame::text_px;
use super::pen::Pen;
use super::{Chart, ChartData, Dash, Fill, Style};
use crate::scene::geometry::{Point, Rect};
use crate::scene::shape::{Align, Item, Picture, Shape};
use crate::scene::theme::{Ink, Theme};

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
    // The title is for screen readers, and a tip on the picture.
    let mut text = format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>\n",
        escaped(&chart.heading())
    );
    for item in &picture.items {
        // Writing to a string does not fail.
        let _ = write(&mut text, item, &picture.points, data.theme);
    }
    text.push_str("</svg>\n");
    text
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

/// Writes one shape. Charts have no arcs, nor edges of blocks and discs.
fn write(text: &mut String, item: &Item, points: &[Point], theme: Theme) -> std::fmt::Result {
    let (colour, alpha) = (theme.css(item.ink), item.alpha);
    let list = |from: u32, to: u32| {
        let points = points.get(from as usize..to as usize).unwrap_or_default();
        points.iter().map(|at| format!("{},{} ", at.x, at.y)).collect::<String>()
    };
    match &item.shape {
        Shape::Block(Rect { x, y, w, h }, _) => {
            write!(text, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"")?
        }
        Shape::Disc(at, r) => write!(text, "<circle cx=\"{}\" cy=\"{}\" r=\"{r}\"", at.x, at.y)?,
        Shape::Poly(from, to) => write!(text, "<polygon points=\"{}\"", list(*from, *to))?,
        Shape::Path(from, to, dash) => {
            let points = list(*from, *to);
            write!(text, "<polyline points=\"{points}\" stroke-width=\"{}\"", item.pen)?;
            if let Some([stroke, gap]) = dash {
                write!(text, " stroke-dasharray=\"{stroke} {gap}\"")?;
            }
            return writeln!(text, " opacity=\"{alpha}\" fill=\"none\" stroke=\"{colour}\"/>");
        }
        Shape::Text(at, size, align, _, words) => {
            let anchor = match align {
                Align::Left => "start",
                Align::Center => "middle",
                Align::Right => "end",
            };
            return writeln!(
                text,
                "<text x=\"{}\" y=\"{}\" dy=\"0.5ex\" text-anchor=\"{anchor}\" \
                 font-family=\"sans-serif\" font-size=\"{size}\" fill=\"{colour}\">\n{}\n</text>",
                at.x,
                at.y,
                escaped(words)
            );
        }
        Shape::Arc(..) | Shape::Line(..) => return Ok(()),
    }
    writeln!(text, " opacity=\"{alpha}\" fill=\"{colour}\"/>")
}

/// Words as XML writes them.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            other => text.push(other),
        }
    }
    text
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
