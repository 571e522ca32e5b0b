//! The few things that charts draw, in pixels of the drawing.

use super::Dash;
use crate::scene::geometry::{Point, Rect};
use crate::scene::shape::{Align, Picture, text_width};
use crate::scene::theme::Ink;

type Pixel = (i32, i32);

/// A pen on a picture.
pub(super) struct Pen<'a> {
    pub(super) picture: &'a mut Picture,
    /// The part of the picture that is drawn on: its size, and how far down it begins.
    pub(super) size: (u32, u32),
    pub(super) down: i32,
    /// Size of text, in pixels of the drawing.
    pub(super) text: f64,
}

impl Pen<'_> {
    fn point(&self, (x, y): Pixel) -> Point {
        Point::new(f64::from(x), f64::from(y + self.down))
    }

    fn points(&self, path: &[Pixel]) -> Vec<Point> {
        path.iter().map(|&at| self.point(at)).collect()
    }

    /// So many fine lines, in whole pixels of the drawing. A fine line is a pixel for a text of 12.
    fn fine(&self, lines: f64) -> f64 {
        libm::round(lines * self.text / 12.0).max(1.0)
    }

    /// A line through pixels, `width` fine lines wide.
    pub(super) fn line(&mut self, path: &[Pixel], paint: (Ink, f64), width: f64, dash: Dash) {
        let lengths = dash.lengths();
        let dash = lengths.map(|(stroke, gap)| [stroke, gap].map(|px| self.fine(f64::from(px))));
        let (points, width) = (self.points(path), self.fine(width));
        self.picture.polyline(points, width, dash, paint);
    }

    /// A filled shape with these corners.
    pub(super) fn shape(&mut self, corners: &[Pixel], ink: Ink, alpha: f64) {
        if corners.len() >= 3 {
            let points = self.points(corners);
            self.picture.poly_alpha(points, ink, alpha);
        }
    }

    /// A filled rectangle. Level and upright lines are drawn so: they stay crisp.
    pub(super) fn block(&mut self, from: Pixel, to: Pixel, ink: Ink, alpha: f64) {
        let (from, to) = (self.point(from), self.point(to));
        let rect = Rect::new(from.x, from.y, to.x - from.x, to.y - from.y);
        self.picture.rect_alpha(rect, 0.0, ink, alpha);
    }

    /// A dot with a rim of the ground's ink.
    pub(super) fn dot(&mut self, at: Pixel, ink: Ink) {
        let (at, radius) = (self.point(at), self.fine(4.0));
        self.picture.disc(at, radius, Ink::Floor);
        self.picture.disc(at, radius - 1.0, ink);
    }

    /// The width of text, about. To ask the browser would cost more than to draw it.
    pub(super) fn width(&self, words: &str) -> i32 {
        libm::ceil(text_width(words, self.text)) as i32
    }

    /// Words whose middle is on a level with `at`.
    pub(super) fn write(&mut self, words: &str, at: Pixel, align: Align, ink: Ink) {
        let at = self.point(at);
        self.picture.text(at, self.text, align, ink, words);
    }

    /// The same on a patch of the ground, to be read on any area.
    pub(super) fn write_on_patch(&mut self, words: &str, at: Pixel, ink: Ink) {
        let (half, width) = (libm::round(self.text * 0.6) as i32, self.width(words));
        self.block((at.0 - width - 2, at.1 - half), (at.0 + 2, at.1 + half), Ink::Floor, 0.8);
        self.write(words, at, Align::Right, ink);
    }
}
