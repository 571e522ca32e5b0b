//! A picture as a list of shapes, in CSS pixels; y grows downwards.

use std::ops::Range;

use super::geometry::{Point, Rect};
use super::theme::Ink;

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The text begins at the point.
    Left,
    /// The text's middle stands at the point.
    Center,
    /// The text ends at the point.
    Right,
}

/// A letter is about so wide, as a share of the font's size.
const LETTER: f64 = 0.6;

/// The width of a text, estimated: to measure it in a browser costs more than to draw it.
pub fn text_width(words: &str, size: f64) -> f64 {
    words.chars().count() as f64 * size * LETTER
}

/// The geometry of an [`Item`].
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A disc, or a circle if it is stroked.
    Disc {
        /// Where the circle's center is, in pixels.
        center: Point,
        /// The circle's radius, in pixels.
        radius: f64,
    },
    /// A part of a circle if it is stroked; filled, the part of a disc that its chord cuts off.
    Arc {
        /// The center of the circle.
        center: Point,
        /// The radius of the circle.
        radius: f64,
        /// Where it begins and ends, in turns clockwise from the top.
        turns: [f64; 2],
    },
    /// A rectangle, filled or as a frame.
    Rect {
        /// Its place and size.
        rect: Rect,
        /// The radius of its corners.
        round: f64,
    },
    /// A straight line with round ends.
    Line {
        /// Where the line begins, in pixels.
        from: Point,
        /// Where the line ends, in pixels.
        to: Point,
    },
    /// A closed polygon, filled.
    Polygon {
        /// Its corners, as a range of [`Picture::points`].
        corners: Range<u32>,
    },
    /// An open line through points, with square ends.
    Polyline {
        /// The points, as a range of [`Picture::points`].
        points: Range<u32>,
        /// The length of a dash and of the gap after it; `None` for an unbroken line.
        dash: Option<[f64; 2]>,
    },
    /// A line of text.
    Text {
        /// A point on its middle line, half an x-height above the baseline.
        at: Point,
        /// The size of the font, in pixels.
        size: f64,
        /// Which part of it stands at the point.
        align: Align,
        /// Whether it is bold.
        bold: bool,
        /// What is written.
        words: String,
    },
}

/// A shape and how it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The geometry.
    pub shape: Shape,
    /// The colour, by name.
    pub ink: Ink,
    /// Opacity, from 0 to 1.
    pub alpha: f64,
    /// Width of the stroke; 0 fills the shape.
    pub stroke: f64,
}

/// A picture, back to front. It is kept and filled anew for each frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The shapes, the rearmost first.
    pub items: Vec<Item>,
    /// The points of polygons and polylines.
    pub points: Vec<Point>,
    alpha: f64,
}

impl Picture {
    /// Removes everything, and sets the opacity of what comes next to 1.
    pub fn clear(&mut self) {
        self.items.clear();
        self.points.clear();
        self.alpha = 1.0;
    }

    /// The points of a polygon or polyline of this picture.
    pub fn points(&self, range: &Range<u32>) -> &[Point] {
        self.points.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Multiplies the opacity of everything that is added from now on.
    pub fn fade(&mut self, alpha: f64) {
        self.alpha = alpha.clamp(0.0, 1.0);
    }

    fn push(&mut self, shape: Shape, ink: Ink, stroke: f64, alpha: f64) {
        self.items.push(Item { shape, ink, alpha: alpha * self.alpha, stroke });
    }

    /// Adds a filled disc.
    pub fn disc(&mut self, center: Point, radius: f64, ink: Ink) {
        self.push(Shape::Disc { center, radius: radius.max(0.0) }, ink, 0.0, 1.0);
    }

    /// Adds the outline of a circle, `stroke` pixels wide.
    pub fn ring(&mut self, center: Point, radius: f64, stroke: f64, ink: Ink) {
        self.push(Shape::Disc { center, radius: radius.max(0.0) }, ink, stroke, 1.0);
    }

    /// Adds a part of a circle; `turns` are counted clockwise from the top.
    pub fn arc(&mut self, center: Point, radius: f64, turns: [f64; 2], stroke: f64, ink: Ink) {
        self.push(Shape::Arc { center, radius: radius.max(0.0), turns }, ink, stroke, 1.0);
    }

    /// Adds the upper half of a disc, filled.
    pub fn half_disc(&mut self, center: Point, radius: f64, ink: Ink) {
        self.arc(center, radius, [-0.25, 0.25], 0.0, ink);
    }

    /// Adds a filled rectangle with corners of the radius `round`.
    pub fn rect(&mut self, rect: Rect, round: f64, ink: Ink) {
        self.rect_alpha(rect, round, ink, 1.0);
    }

    /// Adds a translucent filled rectangle.
    pub fn rect_alpha(&mut self, rect: Rect, round: f64, ink: Ink, alpha: f64) {
        self.push(Shape::Rect { rect, round }, ink, 0.0, alpha);
    }

    /// Adds the outline of a rectangle.
    pub fn frame(&mut self, rect: Rect, round: f64, stroke: f64, ink: Ink) {
        self.push(Shape::Rect { rect, round }, ink, stroke, 1.0);
    }

    /// Adds a straight line with round ends.
    pub fn line(&mut self, from: Point, to: Point, stroke: f64, ink: Ink) {
        self.push(Shape::Line { from, to }, ink, stroke, 1.0);
    }

    /// Adds a filled polygon.
    pub fn poly(&mut self, corners: impl IntoIterator<Item = Point>, ink: Ink) {
        self.poly_alpha(corners, ink, 1.0);
    }

    /// Adds a translucent filled polygon.
    pub fn poly_alpha(&mut self, corners: impl IntoIterator<Item = Point>, ink: Ink, alpha: f64) {
        let corners = self.push_points(corners);
        self.push(Shape::Polygon { corners }, ink, 0.0, alpha);
    }

    /// Adds a line through points, dashed if `dash` gives the lengths of a dash and a gap.
    pub fn polyline(
        &mut self,
        points: impl IntoIterator<Item = Point>,
        stroke: f64,
        dash: Option<[f64; 2]>,
        (ink, alpha): (Ink, f64),
    ) {
        let points = self.push_points(points);
        self.push(Shape::Polyline { points, dash }, ink, stroke, alpha);
    }

    fn push_points(&mut self, points: impl IntoIterator<Item = Point>) -> Range<u32> {
        let from = self.points.len() as u32;
        self.points.extend(points);
        from..self.points.len() as u32
    }

    /// Adds text of normal weight; `at` is on its middle line, at the end that `align` says.
    pub fn text(&mut self, at: Point, size: f64, align: Align, ink: Ink, words: impl Into<String>) {
        let words = words.into();
        self.push(Shape::Text { at, size, align, bold: false, words }, ink, 0.0, 1.0);
    }

    /// Adds bold text; `at` is on its middle line, at the end that `align` says.
    pub fn bold(&mut self, at: Point, size: f64, align: Align, ink: Ink, words: impl Into<String>) {
        let words = words.into();
        self.push(Shape::Text { at, size, align, bold: true, words }, ink, 0.0, 1.0);
    }
}
