//! Draws a chart, back to front: mesh, areas, levels, lines, the future, axes, marks.

use super::frame::{Frame, clock, text_px};
use super::pen::Pen;
use super::thin::thinned;
use super::{Chart, ChartData, Dash, Fill, Reference, Series, Style, nearest};
use crate::scene::shape::{Align, Picture};
use crate::scene::theme::Ink;
use crate::watch::SeriesPoint;

/// How far the viewer's time must be behind the last point to be the past, in seconds.
const PAST_S: f64 = 1.5;

/// Adds a chart to a picture of `size` pixels, `scale` of which make one of the page.
pub fn draw(
    picture: &mut Picture,
    size: (u32, u32),
    chart: &Chart,
    data: &ChartData<'_>,
    scale: f64,
) {
    let text = text_px(data.theme) * scale;
    draw_with(&mut Pen { picture, size, down: 0, text }, chart, data, scale);
}

/// The same with a pen.
pub(super) fn draw_with(pen: &mut Pen<'_>, chart: &Chart, data: &ChartData<'_>, scale: f64) {
    let Some(frame) = Frame::new(chart, data, pen.size, scale) else { return };
    let mut drawing = Drawing { pen, frame: &frame, chart, data };
    drawing.ground();
    drawing.stack();
    drawing.other_area();
    drawing.references();
    drawing.lines();
    drawing.other_line();
    drawing.future();
    drawing.ghosts();
    drawing.said();
    drawing.axes();
    drawing.reference_words();
    drawing.marks();
    drawing.hover();
}

struct Drawing<'a, 'p> {
    pen: &'a mut Pen<'p>,
    frame: &'a Frame,
    chart: &'a Chart,
    data: &'a ChartData<'a>,
}

impl<'a> Drawing<'a, '_> {
    /// Lengths in pixels of the drawing, for a text of 12.
    fn px(&self, length: f64) -> i32 {
        libm::round(length * self.frame.unit) as i32
    }

    fn ground(&mut self) {
        let (width, height) = self.pen.size;
        self.pen.block((0, 0), (width as i32, height as i32), Ink::Floor, 1.0);
        for value in self.frame.values(self.chart.decimals == 0).0 {
            self.level(value, Ink::Line, 1.0);
        }
    }

    fn level(&mut self, value: f64, ink: Ink, alpha: f64) {
        let y = self.frame.at(0.0, value).1;
        let (from, to) = ((self.frame.left, y), (self.frame.right, y + self.px(1.0).max(1)));
        self.pen.block(from, to, ink, alpha)
    }

    fn upright(&mut self, x: i32, top: i32, bottom: i32, ink: Ink, alpha: f64) {
        self.pen.block((x, top), (x + self.px(1.0).max(1), bottom), ink, alpha)
    }

    /// The pixels of a line of values, of those that there are.
    fn path(&self, points: &[SeriesPoint], value: &dyn Fn(&SeriesPoint) -> f64) -> Vec<(i32, i32)> {
        let (span, columns) = self.frame.span();
        let values = points.iter().map(|point| (point.t_s, value(point)));
        let there = values.filter(|&(_, value)| value.is_finite());
        let kept = thinned(there, span, columns);
        kept.into_iter().map(|(t_s, value)| self.frame.at(t_s, value)).collect()
    }

    /// Fills what is between a line and the axis.
    fn under(&mut self, mut path: Vec<(i32, i32)>, ink: Ink, alpha: f64) {
        if let (Some(&first), Some(&last)) = (path.first(), path.last()) {
            path.push((last.0, self.frame.bottom));
            path.push((first.0, self.frame.bottom));
        }
        self.pen.shape(&path, ink, alpha)
    }

    /// Stacked areas: from the highest to the lowest, each over what the last left too low.
    fn stack(&mut self) {
        let stacked = |series: &&Series| matches!(series.style, Style::Stack(_));
        let parts: Vec<&Series> = self.chart.series.iter().filter(stacked).collect();
        for count in (1..=parts.len()).rev() {
            let (part, lower) = (parts[count - 1], &parts[..count - 1]);
            let sum = |some: &[&Series], point: &SeriesPoint| -> f64 {
                some.iter().map(|series| (series.value)(point)).sum()
            };
            let path = self.path(self.data.points, &|point| sum(&parts[..count], point));
            self.under(path.clone(), part.ink, 1.0);
            if let Style::Stack(Fill::Barred(gap)) = part.style {
                self.bars(f64::from(gap), |point| (sum(lower, point), sum(&parts[..count], point)));
            }
            self.pen.line(&path, (Ink::Floor, 0.7), 1.0, Dash::Solid);
        }
    }

    /// Upright lines in an area.
    fn bars(&mut self, gap: f64, band: impl Fn(&SeriesPoint) -> (f64, f64)) {
        let (Some(first), Some(last)) = (self.data.points.first(), self.data.points.last()) else {
            return;
        };
        let step = self.px(gap).max(2) as usize;
        for x in (self.frame.left..=self.frame.x(last.t_s)).step_by(step) {
            let t_s = self.frame.seconds(x);
            let Some(point) = nearest(self.data.points, t_s).filter(|_| t_s >= first.t_s) else {
                continue;
            };
            let (low, high) = band(point);
            let (bottom, top) = (self.frame.at(t_s, low).1, self.frame.at(t_s, high).1);
            if bottom - top > 1 {
                self.upright(x, top, bottom, Ink::Edge, 0.35);
            }
        }
    }

    fn lines(&mut self) {
        for series in self.chart.series {
            let dash = match series.style {
                Style::Stack(_) => continue,
                Style::Area => Dash::Solid,
                Style::Line(dash) => dash,
            };
            let path = self.path(self.data.points, &series.value);
            if series.style == Style::Area {
                self.under(path.clone(), series.ink, 0.25);
            }
            self.pen.line(&path, (series.ink, 1.0), 2.0, dash);
        }
    }

    /// The levels on the axis, with their heights in pixels.
    fn levels(&self) -> Vec<(&'static Reference, i32)> {
        let place = |level: &'static Reference| {
            let value = (level.value)(self.data);
            self.frame.holds(value).then(|| (level, self.frame.at(0.0, value).1))
        };
        self.chart.references.iter().filter_map(place).collect()
    }

    fn references(&mut self) {
        for (level, y) in self.levels() {
            let path = [(self.frame.left, y), (self.frame.right, y)];
            self.pen.line(&path, (level.ink, 1.0), 1.5, level.dash);
        }
    }

    /// The names of the levels, above their lines; the last of the table come first, and what has
    /// no room is left to the legend.
    fn reference_words(&mut self) {
        let mut taken: Vec<i32> = Vec::new();
        let height = self.px(15.0);
        for (level, y) in self.levels().into_iter().rev() {
            let above = y - height / 2 - 1;
            let y = if above - height / 2 < self.frame.top { y + height / 2 + 2 } else { above };
            if taken.iter().all(|other| (other - y).abs() >= height) {
                taken.push(y);
                let at = (self.frame.right - self.px(4.0), y);
                self.pen.write_on_patch(level.name, at, level.ink);
            }
        }
    }

    fn ghosts(&mut self) {
        for ghost in self.data.ghosts {
            let path = self.path(ghost, &self.chart.headline);
            self.pen.line(&path, (Ink::Soft, 0.9), 1.0, Dash::Dashed);
        }
    }

    /// Shades the difference to the other run.
    fn other_area(&mut self) {
        let Some(other) = self.data.other else { return };
        let until = other.last().map_or(0.0, |last| last.t_s);
        let shared = self.data.points.partition_point(|point| point.t_s <= until);
        let mut ring = self.path(&self.data.points[..shared], &self.chart.headline);
        ring.extend(self.path(other, &self.chart.headline).into_iter().rev());
        self.pen.shape(&ring, Ink::Other, 0.18)
    }

    fn other_line(&mut self) {
        let Some(other) = self.data.other else { return };
        let path = self.path(other, &self.chart.headline);
        self.pen.line(&path, (Ink::Floor, 0.8), 4.0, Dash::Solid);
        self.pen.line(&path, (Ink::Other, 1.0), 2.0, Dash::Solid)
    }

    /// Pales what comes after the viewer's moment, and draws a line there.
    fn future(&mut self) {
        let last = self.data.points.last().map_or(0.0, |last| last.t_s);
        if last <= self.data.now_s + PAST_S {
            return;
        }
        let (x, frame) = (self.frame.x(self.data.now_s), self.frame);
        self.pen.block((x, frame.top), (frame.right, frame.bottom), Ink::Floor, 0.65);
        let half = self.px(1.0).max(1);
        self.pen.block((x - half, frame.top), (x + half, frame.bottom), Ink::Focus, 1.0)
    }

    /// Predictions: the viewer's own last, and the strongest.
    fn said(&mut self) {
        let Some((own, others)) = self.data.said.split_last() else { return };
        let path = |line: &[(f64, f64)]| -> Vec<(i32, i32)> {
            line.iter().map(|&(t_s, value)| self.frame.at(t_s, value)).collect()
        };
        let (own, others): (_, Vec<_>) = (path(own), others.iter().map(|one| path(one)).collect());
        for other in others {
            self.pen.line(&other, (Ink::Soft, 0.8), 1.0, Dash::Dotted);
        }
        self.pen.line(&own, (Ink::Floor, 0.8), 5.0, Dash::Solid);
        self.pen.line(&own, (Ink::Focus, 1.0), 3.0, Dash::Dashed);
    }

    fn axes(&mut self) {
        let frame = self.frame;
        self.level(0.0, Ink::Soft, 1.0);
        let (values, decimals) = frame.values(self.chart.decimals == 0);
        for value in values {
            let at = (frame.left - self.px(6.0), frame.at(0.0, value).1);
            self.pen.write(&format!("{value:.decimals$}"), at, Align::Right, Ink::Soft);
        }
        for t_s in frame.times() {
            let x = frame.x(t_s);
            self.upright(x, frame.bottom, frame.bottom + self.px(4.0), Ink::Soft, 1.0);
            let words = clock(t_s);
            let half = self.pen.width(&words) / 2;
            let x = x.min(self.pen.size.0 as i32 - half);
            self.pen.write(&words, (x, frame.bottom + self.px(13.0)), Align::Center, Ink::Soft);
        }
    }

    /// Lines with a word above them, as far as there is room for words; ticks without.
    fn marks(&mut self) {
        let frame = self.frame;
        let (mut last, mut free) = (None, frame.left - self.px(30.0));
        for mark in self.data.marks.iter().filter(|mark| mark.t_s <= self.data.end_s) {
            let x = frame.x(mark.t_s);
            if mark.label.is_empty() {
                self.upright(x, frame.bottom - self.px(6.0), frame.bottom, mark.ink, 1.0);
                continue;
            }
            if last.is_none_or(|last| x - last >= self.px(3.0)) {
                self.upright(x, frame.top - self.px(4.0), frame.bottom, mark.ink, 0.7);
                last = Some(x);
            }
            let width = self.pen.width(&mark.label);
            let from = (x - self.px(2.0)).min(frame.right + self.px(10.0) - width);
            if from >= free {
                let at = (from, frame.top - self.px(11.0));
                self.pen.write(&mark.label, at, Align::Left, mark.ink);
                free = from + width + self.px(6.0);
            }
        }
    }

    /// A hairline where the viewer points, with a dot on each line.
    fn hover(&mut self) {
        let Some(t_s) = self.data.hover_s else { return };
        let x = self.frame.x(t_s);
        self.upright(x, self.frame.top, self.frame.bottom, Ink::Focus, 0.8);
        let Some(point) = nearest(self.data.points, t_s) else { return };
        let stacked = |series: &Series| matches!(series.style, Style::Stack(_));
        if self.chart.series.iter().all(stacked) {
            let y = self.frame.at(t_s, (self.chart.headline)(point)).1;
            return self.pen.dot((x, y), Ink::Focus);
        }
        for series in self.chart.series {
            let value = (series.value)(point);
            if value.is_finite() {
                self.pen.dot((x, self.frame.at(t_s, value).1), series.ink);
            }
        }
    }
}
