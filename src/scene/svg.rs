//! Writes a picture as SVG.

use std::fmt::{Result, Write};

use super::geometry::{Point, Rect};
use super::shape::{Align, Item, Picture, Shape};
use super::theme::Theme;

impl Picture {
    /// The picture as an SVG file of `width` × `height` pixels. The title is what a screen reader
    /// says, and a tooltip.
    pub fn svg(&self, (width, height): (u32, u32), theme: Theme, title: &str) -> String {
        let mut text = format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>\n",
            escaped(title)
        );
        for item in &self.items {
            // Writing to a string does not fail.
            let _ = self.element(&mut text, item, theme);
        }
        text.push_str("</svg>\n");
        text
    }

    fn element(&self, text: &mut String, item: &Item, theme: Theme) -> Result {
        let list = |range| -> String {
            self.points(range).iter().map(|at| format!("{},{} ", at.x, at.y)).collect()
        };
        match &item.shape {
            Shape::Rect { rect: Rect { x, y, w, h }, round } => {
                write!(text, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"")?;
                if *round > 0.0 {
                    write!(text, " rx=\"{round}\"")?;
                }
            }
            Shape::Disc { center, radius } => {
                write!(text, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"", center.x, center.y)?;
            }
            Shape::Arc { center, radius, turns } => arc(text, *center, *radius, *turns)?,
            Shape::Line { from: a, to: b } => {
                write!(text, "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", a.x, a.y, b.x, b.y)?;
                text.push_str(" stroke-linecap=\"round\"");
            }
            Shape::Polygon { corners } => {
                write!(text, "<polygon points=\"{}\"", list(corners))?;
            }
            Shape::Polyline { points, dash } => {
                write!(text, "<polyline points=\"{}\"", list(points))?;
                if let Some([dash, gap]) = dash {
                    write!(text, " stroke-dasharray=\"{dash} {gap}\"")?;
                }
            }
            Shape::Text { at, size, align, bold, words } => {
                let anchor = match align {
                    Align::Left => "start",
                    Align::Center => "middle",
                    Align::Right => "end",
                };
                let weight = if *bold { " font-weight=\"700\"" } else { "" };
                return writeln!(
                    text,
                    "<text x=\"{}\" y=\"{}\" dy=\"0.35em\" text-anchor=\"{anchor}\" \
                     font-family=\"system-ui, sans-serif\" font-size=\"{size}\"{weight} \
                     opacity=\"{}\" fill=\"{}\">\n{}\n</text>",
                    at.x,
                    at.y,
                    item.alpha,
                    theme.css(item.ink),
                    escaped(words)
                );
            }
        }
        paint(text, item, theme)
    }
}

fn paint(text: &mut String, item: &Item, theme: Theme) -> Result {
    let (colour, alpha) = (theme.css(item.ink), item.alpha);
    if item.stroke > 0.0 {
        write!(text, " stroke=\"{colour}\" stroke-width=\"{}\" fill=\"none\"", item.stroke)?;
    } else {
        write!(text, " fill=\"{colour}\"")?;
    }
    writeln!(text, " opacity=\"{alpha}\"/>")
}

fn arc(text: &mut String, center: Point, radius: f64, [from, to]: [f64; 2]) -> Result {
    // A whole turn would end where it begins, which SVG takes for no arc at all.
    let sweep = (to - from).clamp(0.0, 0.999);
    let at = |turns: f64| {
        let angle = turns * std::f64::consts::TAU;
        center.moved(libm::sin(angle) * radius, -libm::cos(angle) * radius)
    };
    let (begin, end, large) = (at(from), at(from + sweep), u8::from(sweep > 0.5));
    write!(text, "<path d=\"M{} {}A{radius} {radius} 0 {large} 1 ", begin.x, begin.y)?;
    write!(text, "{} {}\" stroke-linecap=\"round\"", end.x, end.y)
}

/// Text with the characters escaped that XML reserves.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
