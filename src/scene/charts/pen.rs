//! The few things that charts draw, in the inks of a theme.

use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::element::{Circle, DashedPathElement, Drawable, PathElement, PointCollection};
use plotters::element::{Polygon, Rectangle, Text};
use plotters::prelude::{Color, DrawingArea, DrawingBackend, IntoFont, RGBAColor, RGBColor};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{ShapeStyle, TextStyle};

use super::Dash;
use crate::scene::theme::{Ink, Theme};

pub(super) type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;
type Pixel = (i32, i32);

/// A letter is about so wide, as a share of the text's size.
const LETTER: f64 = 0.6;

/// A pen on a drawing.
pub(super) struct Pen<'a, DB: DrawingBackend> {
    pub(super) area: &'a DrawingArea<DB, Shift>,
    pub(super) theme: Theme,
    /// Size of text and width of a fine line, in pixels of the drawing.
    pub(super) text: f64,
    pub(super) fine: f64,
    /// What the backend makes of a size of text: it is asked for so much more.
    pub(super) type_scale: f64,
}

/// Where text stands of its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    fn colour(&self, ink: Ink, alpha: f64) -> RGBAColor {
        let [r, g, b] = self.theme.rgb(ink);
        RGBColor(r, g, b).mix(alpha)
    }

    fn put<E>(&self, element: &E) -> Drawn<DB>
    where
        for<'e> &'e E: PointCollection<'e, Pixel>,
        E: Drawable<DB>,
    {
        self.area.draw(element)
    }

    /// A line through pixels, `width` fine lines wide.
    pub(super) fn line(
        &self,
        path: Vec<Pixel>,
        (ink, alpha): (Ink, f64),
        width: f64,
        dash: Dash,
    ) -> Drawn<DB> {
        let wide = libm::round(width * self.fine).max(1.0) as u32;
        let style: ShapeStyle = self.colour(ink, alpha).stroke_width(wide);
        let scaled = |px: i32| libm::round(f64::from(px) * self.fine).max(1.0) as i32;
        match dash.lengths() {
            None => self.put(&PathElement::new(path, style)),
            Some((stroke, gap)) => {
                self.area.draw(&DashedPathElement::new(path, scaled(stroke), scaled(gap), style))
            }
        }
    }

    /// A filled shape with these corners.
    pub(super) fn shape(&self, corners: Vec<Pixel>, ink: Ink, alpha: f64) -> Drawn<DB> {
        if corners.len() < 3 {
            return Ok(());
        }
        self.put(&Polygon::new(corners, self.colour(ink, alpha).filled()))
    }

    /// A filled rectangle. Level and upright lines are drawn so: they stay crisp.
    pub(super) fn block(&self, from: Pixel, to: Pixel, ink: Ink, alpha: f64) -> Drawn<DB> {
        self.put(&Rectangle::new([from, to], self.colour(ink, alpha).filled()))
    }

    /// A dot with a rim of the ground's ink.
    pub(super) fn dot(&self, at: Pixel, ink: Ink) -> Drawn<DB> {
        let radius = libm::round(4.0 * self.fine) as i32;
        self.put(&Circle::new(at, radius, self.colour(Ink::Floor, 1.0).filled()))?;
        self.put(&Circle::new(at, radius - 1, self.colour(ink, 1.0).filled()))
    }

    /// The width of text, about. To ask the browser would cost more than to draw it.
    pub(super) fn width(&self, words: &str) -> i32 {
        libm::ceil(words.chars().count() as f64 * self.text * LETTER) as i32
    }

    /// Words whose middle is on a level with `at`.
    pub(super) fn write(&self, words: &str, at: Pixel, side: Side, ink: Ink) -> Drawn<DB> {
        let across = match side {
            Side::Left => HPos::Left,
            Side::Middle => HPos::Center,
            Side::Right => HPos::Right,
        };
        let font = ("sans-serif", self.text * self.type_scale).into_font();
        let colour = self.colour(ink, 1.0);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(across, VPos::Center));
        self.put(&Text::new(words.to_owned(), at, style))
    }

    /// The same on a patch of the ground, to be read on any area.
    pub(super) fn write_on_patch(&self, words: &str, at: Pixel, ink: Ink) -> Drawn<DB> {
        let (half, width) = (libm::round(self.text * 0.6) as i32, self.width(words));
        self.block((at.0 - width - 2, at.1 - half), (at.0 + 2, at.1 + half), Ink::Floor, 0.8)?;
        self.write(words, at, Side::Right, ink)
    }
}
