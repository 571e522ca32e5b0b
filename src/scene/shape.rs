//! A picture as a list of shapes.

use super::geometry::{Point, Rect};
use super::theme::Ink;

/// How a text sits at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// Its middle is there.
    Center,
    /// It ends there.
    Right,
}

/// What there can be on a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A disc, or a ring if it is stroked.
    Disc(Point, f64),
    /// Part of a circle, in turns clockwise from the top.
    Arc(Point, f64, f64, f64),
    /// A rectangle with round corners.
    Block(Rect, f64),
    /// A straight line.
    Line(Point, Point),
    /// A closed outline: a range of [`Picture::points`].
    Poly(u32, u32),
    /// An open line through a range of [`Picture::points`], with square ends; the length of a
    /// stroke and of the gap after it if it is broken.
    Path(u32, u32, Option<[f64; 2]>),
    /// A line of words, its middle at this height, so many pixels large.
    Text(Point, f64, Align, bool, String),
}

/// A shape and how it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What.
    pub shape: Shape,
    /// In which ink.
    pub ink: Ink,
    /// From 0, not to be seen, to 1.
    pub alpha: f64,
    /// Width of the pen; 0 fills the shape.
    pub pen: f64,
}

/// A picture, back to front. Kept and filled anew for each frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What is on it.
    pub items: Vec<Item>,
    /// Corners of outlines.
    pub points: Vec<Point>,
    alpha: f64,
}

impl Picture {
    /// Takes everything off.
    pub fn clear(&mut self) {
        self.items.clear();
        self.points.clear();
        self.alpha = 1.0;
    }

    /// Everything from now on is this opaque.
    pub fn fade(&mut self, alpha: f64) {
        self.alpha = alpha.clamp(0.0, 1.0);
    }

    fn push(&mut self, shape: Shape, ink: Ink, pen: f64, alpha: f64) {
        self.items.push(Item { shape, ink, alpha: alpha * self.alpha, pen });
    }

    /// A filled disc.
    pub fn disc(&mut self, at: Point, r: f64, ink: Ink) {
        self.push(Shape::Disc(at, r.max(0.0)), ink, 0.0, 1.0);
    }

    /// A circle.
    pub fn ring(&mut self, at: Point, r: f64, pen: f64, ink: Ink) {
        self.push(Shape::Disc(at, r.max(0.0)), ink, pen, 1.0);
    }

    /// Part of a circle, from so many turns to so many, clockwise from the top.
    pub fn arc(&mut self, at: Point, r: f64, turns: [f64; 2], pen: f64, ink: Ink) {
        self.push(Shape::Arc(at, r.max(0.0), turns[0], turns[1]), ink, pen, 1.0);
    }

    /// A filled part of a disc, cut straight: half a disc is a dome.
    pub fn half_disc(&mut self, at: Point, r: f64, ink: Ink) {
        self.push(Shape::Arc(at, r.max(0.0), -0.25, 0.25), ink, 0.0, 1.0);
    }

    /// A filled rectangle.
    pub fn block(&mut self, rect: Rect, round: f64, ink: Ink) {
        self.push(Shape::Block(rect, round), ink, 0.0, 1.0);
    }

    /// A filled rectangle that lets through what is behind it.
    pub fn rect_alpha(&mut self, rect: Rect, round: f64, ink: Ink, alpha: f64) {
        self.push(Shape::Block(rect, round), ink, 0.0, alpha);
    }

    /// The edge of a rectangle.
    pub fn frame(&mut self, rect: Rect, round: f64, pen: f64, ink: Ink) {
        self.push(Shape::Block(rect, round), ink, pen, 1.0);
    }

    /// A line with round ends.
    pub fn line(&mut self, from: Point, to: Point, pen: f64, ink: Ink) {
        self.push(Shape::Line(from, to), ink, pen, 1.0);
    }

    /// A filled outline.
    pub fn poly(&mut self, points: impl IntoIterator<Item = Point>, ink: Ink) {
        self.poly_alpha(points, ink, 1.0);
    }

    /// A filled outline that lets through what is behind it.
    pub fn poly_alpha(&mut self, points: impl IntoIterator<Item = Point>, ink: Ink, alpha: f64) {
        let (from, to) = self.push_points(points);
        self.push(Shape::Poly(from, to), ink, 0.0, alpha);
    }

    /// A line through points, broken into strokes and gaps of these lengths if there are any.
    pub fn path(
        &mut self,
        points: impl IntoIterator<Item = Point>,
        pen: f64,
        dash: Option<[f64; 2]>,
        (ink, alpha): (Ink, f64),
    ) {
        let (from, to) = self.push_points(points);
        self.push(Shape::Path(from, to, dash), ink, pen, alpha);
    }

    fn push_points(&mut self, points: impl IntoIterator<Item = Point>) -> (u32, u32) {
        let from = self.points.len() as u32;
        self.points.extend(points);
        (from, self.points.len() as u32)
    }

    /// Plain words.
    pub fn text(&mut self, at: Point, size: f64, align: Align, ink: Ink, text: impl Into<String>) {
        self.push(Shape::Text(at, size, align, false, text.into()), ink, 0.0, 1.0);
    }

    /// Bold words.
    pub fn bold(&mut self, at: Point, size: f64, align: Align, ink: Ink, text: impl Into<String>) {
        self.push(Shape::Text(at, size, align, true, text.into()), ink, 0.0, 1.0);
    }
}
