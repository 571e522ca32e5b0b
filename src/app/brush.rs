//! Fills in the shapes of a picture on a canvas.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::NodeRef;

use super::browser::pixel_ratio;
use crate::scene::{Align, Ink, Item, Picture, Point, Rect, Shape, Theme};

/// A canvas that is as large as the page shows it, at the screen's own resolution.
pub struct Brush {
    canvas: HtmlCanvasElement,
    pen: CanvasRenderingContext2d,
    colours: Vec<String>,
    theme: Theme,
}

/// What the pen was last set to: setting it costs more than most shapes.
#[derive(PartialEq)]
struct Setting {
    ink: Ink,
    fills: bool,
    alpha: f64,
}

impl Brush {
    /// A brush for a canvas; `None` if the browser gives no pen for it.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let pen = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let mut brush = Self { canvas, pen, colours: Vec::new(), theme: Theme::Light };
        brush.set_theme(Theme::Light);
        Some(brush)
    }

    /// The canvas that it paints on.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Light or dark.
    pub fn set_theme(&mut self, theme: Theme) {
        if self.colours.is_empty() || theme != self.theme {
            self.theme = theme;
            self.colours = Ink::ALL.iter().map(|&ink| theme.css(ink)).collect();
        }
    }

    /// The size of the canvas in its own pixels, which are brought in line with the page.
    pub fn pixels(&self) -> (u32, u32) {
        self.size();
        (self.canvas.width(), self.canvas.height())
    }

    /// The size of the canvas on the page; its pixels are brought in line with it.
    pub fn size(&self) -> Point {
        let (w, h) = (self.canvas.client_width().max(1), self.canvas.client_height().max(1));
        let ratio = pixel_ratio();
        let (wide, high) = ((f64::from(w) * ratio) as u32, (f64::from(h) * ratio) as u32);
        if self.canvas.width() != wide || self.canvas.height() != high {
            self.canvas.set_width(wide);
            self.canvas.set_height(high);
        }
        Point::new(f64::from(w), f64::from(h))
    }

    /// The brush for a canvas: the one there is, or a new one if the canvas is another now.
    pub fn for_canvas<'a>(
        kept: &'a mut Option<Self>,
        node: &NodeRef,
        theme: Theme,
    ) -> Option<&'a Self> {
        let canvas = node.cast::<HtmlCanvasElement>();
        if kept.as_ref().map(Self::canvas) != canvas.as_ref() {
            *kept = canvas.and_then(Self::new);
        }
        let brush = kept.as_mut()?;
        brush.set_theme(theme);
        Some(brush)
    }

    /// Paints a picture in pixels of the page.
    pub fn paint(&self, picture: &Picture) {
        self.paint_at(pixel_ratio(), picture);
    }

    /// Paints a picture that is so many times smaller than the canvas' own pixels.
    pub fn paint_at(&self, ratio: f64, picture: &Picture) {
        // None of these can fail on finite numbers.
        let _ = self.pen.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        self.pen.set_line_cap("round");
        let mut last: Option<Setting> = None;
        for item in &picture.items {
            let setting = Setting { ink: item.ink, fills: item.stroke == 0.0, alpha: item.alpha };
            if last.as_ref() != Some(&setting) {
                self.set(&setting);
                last = Some(setting);
            }
            self.draw(item, picture);
        }
        self.pen.set_global_alpha(1.0);
    }

    fn set(&self, setting: &Setting) {
        let colour = &self.colours[setting.ink as usize];
        self.pen.set_global_alpha(setting.alpha);
        if setting.fills {
            self.pen.set_fill_style_str(colour);
        } else {
            self.pen.set_stroke_style_str(colour);
        }
    }

    fn draw(&self, item: &Item, picture: &Picture) {
        if item.stroke > 0.0 {
            self.pen.set_line_width(item.stroke);
        }
        match &item.shape {
            Shape::Rect { rect, round } if *round < 0.5 && item.stroke == 0.0 => {
                self.pen.fill_rect(rect.x, rect.y, rect.w, rect.h);
                return;
            }
            Shape::Text { at, size, align, bold, words } => {
                self.write(*at, *size, *align, *bold, words);
                return;
            }
            Shape::Polyline { points, dash } => {
                self.polyline(picture.points(points), *dash);
                return;
            }
            _ => {}
        }
        self.pen.begin_path();
        self.trace(&item.shape, picture);
        if item.stroke > 0.0 { self.pen.stroke() } else { self.pen.fill() }
    }

    fn trace(&self, shape: &Shape, picture: &Picture) {
        use std::f64::consts::{FRAC_PI_2, TAU};
        match shape {
            Shape::Disc { center, radius } => {
                let _ = self.pen.arc(center.x, center.y, *radius, 0.0, TAU);
            }
            Shape::Arc { center, radius, turns } => {
                let [from, to] = turns.map(|turns| turns * TAU - FRAC_PI_2);
                let _ = self.pen.arc(center.x, center.y, *radius, from, to);
            }
            Shape::Rect { rect, round } => self.round_rect(*rect, *round),
            Shape::Line { from, to } => {
                self.pen.move_to(from.x, from.y);
                self.pen.line_to(to.x, to.y);
            }
            Shape::Polygon { corners } => {
                for corner in picture.points(corners) {
                    self.pen.line_to(corner.x, corner.y);
                }
                self.pen.close_path();
            }
            Shape::Polyline { .. } | Shape::Text { .. } => {}
        }
    }

    fn polyline(&self, points: &[Point], dash: Option<[f64; 2]>) {
        let lengths: Array = dash.iter().flatten().map(|&length| JsValue::from(length)).collect();
        let _ = self.pen.set_line_dash(&lengths);
        self.pen.set_line_cap("butt");
        self.pen.begin_path();
        for at in points {
            self.pen.line_to(at.x, at.y);
        }
        self.pen.stroke();
        self.pen.set_line_cap("round");
        let _ = self.pen.set_line_dash(&Array::new());
    }

    fn round_rect(&self, Rect { x, y, w, h }: Rect, round: f64) {
        let r = round.min(w / 2.0).min(h / 2.0).max(0.0);
        let (right, bottom) = (x + w, y + h);
        self.pen.move_to(x + r, y);
        for (x1, y1, x2, y2) in [
            (right, y, right, bottom),
            (right, bottom, x, bottom),
            (x, bottom, x, y),
            (x, y, right, y),
        ] {
            let _ = self.pen.arc_to(x1, y1, x2, y2, r);
        }
        self.pen.close_path();
    }

    fn write(&self, at: Point, size: f64, align: Align, bold: bool, text: &str) {
        let weight = if bold { "700" } else { "400" };
        self.pen.set_font(&format!("{weight} {size:.0}px system-ui, sans-serif"));
        self.pen.set_text_baseline("middle");
        self.pen.set_text_align(match align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        });
        let _ = self.pen.fill_text(text, at.x, at.y);
    }
}
