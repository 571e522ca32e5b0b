//! Draws a chart, from the ground up: areas, levels, lines, what is still to come, marks.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use super::frame::{Frame, clock, text_px};
use super::pen::{Drawn, Pen, Side};
use super::thin::thinned;
use super::{Chart, ChartData, Dash, Fill, Reference, Series, Style, nearest};
use crate::scene::theme::Ink;
use crate::watch::Point;

/// How far the viewer must stand behind the last reading to stand in the past, in seconds.
const PAST_S: f64 = 1.5;

/// Draws a chart all over a drawing that has `scale` pixels to one of the page.
///
/// # Errors
/// If the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &Chart,
    data: &ChartData<'_>,
    scale: f64,
) -> Drawn<DB> {
    let text = text_px(data.theme) * scale;
    let fine = text / 12.0;
    draw_with(&Pen { area, theme: data.theme, text, fine, type_scale: 1.0 }, chart, data, scale)
}

/// The same with a pen that is there.
pub(super) fn draw_with<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    chart: &Chart,
    data: &ChartData<'_>,
    scale: f64,
) -> Drawn<DB> {
    let Some(frame) = Frame::new(chart, data, pen.area.dim_in_pixel(), scale) else {
        return Ok(());
    };
    let drawing = Drawing { pen, frame: &frame, chart, data };
    drawing.ground()?;
    drawing.stack()?;
    drawing.other_area()?;
    drawing.references()?;
    drawing.lines()?;
    drawing.other_line()?;
    drawing.future()?;
    drawing.ghosts()?;
    drawing.axes()?;
    drawing.reference_words()?;
    drawing.marks()?;
    drawing.hover()
}

struct Drawing<'a, DB: DrawingBackend> {
    pen: &'a Pen<'a, DB>,
    frame: &'a Frame,
    chart: &'a Chart,
    data: &'a ChartData<'a>,
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// Lengths in pixels of the drawing, for a text of 12.
    fn px(&self, length: f64) -> i32 {
        libm::round(length * self.frame.unit) as i32
    }

    fn ground(&self) -> Drawn<DB> {
        let (width, height) = self.pen.area.dim_in_pixel();
        self.pen.block((0, 0), (width as i32, height as i32), Ink::Floor, 1.0)?;
        for value in self.frame.values(self.chart.decimals == 0).0 {
            self.level(value, Ink::Line, 1.0)?;
        }
        Ok(())
    }

    fn level(&self, value: f64, ink: Ink, alpha: f64) -> Drawn<DB> {
        let y = self.frame.at(0.0, value).1;
        let (from, to) = ((self.frame.left, y), (self.frame.right, y + self.px(1.0).max(1)));
        self.pen.block(from, to, ink, alpha)
    }

    fn upright(&self, x: i32, top: i32, bottom: i32, ink: Ink, alpha: f64) -> Drawn<DB> {
        self.pen.block((x, top), (x + self.px(1.0).max(1), bottom), ink, alpha)
    }

    /// The pixels of a line of values.
    fn path(&self, points: &[Point], value: impl Fn(&Point) -> f64) -> Vec<(i32, i32)> {
        let (span, columns) = self.frame.span();
        let values = points.iter().map(|point| (point.t_s, value(point)));
        let kept = thinned(values, span, columns);
        kept.into_iter().map(|(t_s, value)| self.frame.at(t_s, value)).collect()
    }

    /// Fills what is between a line and the axis.
    fn under(&self, mut path: Vec<(i32, i32)>, ink: Ink, alpha: f64) -> Drawn<DB> {
        if let (Some(&first), Some(&last)) = (path.first(), path.last()) {
            path.push((last.0, self.frame.bottom));
            path.push((first.0, self.frame.bottom));
        }
        self.pen.shape(path, ink, alpha)
    }

    /// Stacked areas: from the highest to the lowest, each over what the last left too low.
    fn stack(&self) -> Drawn<DB> {
        let stacked = |series: &&Series| matches!(series.style, Style::Stack(_));
        let parts: Vec<&Series> = self.chart.series.iter().filter(stacked).collect();
        for count in (1..=parts.len()).rev() {
            let (part, lower) = (parts[count - 1], &parts[..count - 1]);
            let sum = |some: &[&Series], point: &Point| -> f64 {
                some.iter().map(|series| (series.value)(point)).sum()
            };
            let path = self.path(self.data.points, |point| sum(&parts[..count], point));
            self.under(path.clone(), part.ink, 1.0)?;
            if let Style::Stack(Fill::Barred(gap)) = part.style {
                self.bars(f64::from(gap), |point| {
                    (sum(lower, point), sum(&parts[..count], point))
                })?;
            }
            self.pen.line(path, (Ink::Floor, 0.7), 1.0, Dash::Solid)?;
        }
        Ok(())
    }

    /// Upright lines in an area.
    fn bars(&self, gap: f64, band: impl Fn(&Point) -> (f64, f64)) -> Drawn<DB> {
        let (Some(first), Some(last)) = (self.data.points.first(), self.data.points.last()) else {
            return Ok(());
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
                self.upright(x, top, bottom, Ink::Edge, 0.35)?;
            }
        }
        Ok(())
    }

    fn lines(&self) -> Drawn<DB> {
        for series in self.chart.series {
            let path = || self.path(self.data.points, series.value);
            match series.style {
                Style::Stack(_) => {}
                Style::Area => {
                    self.under(path(), series.ink, 0.25)?;
                    self.pen.line(path(), (series.ink, 1.0), 2.0, Dash::Solid)?;
                }
                Style::Line(dash) => self.pen.line(path(), (series.ink, 1.0), 2.0, dash)?,
            }
        }
        Ok(())
    }

    /// The levels on the axis, with their heights in pixels.
    fn levels(&self) -> impl DoubleEndedIterator<Item = (&'static Reference, i32)> {
        let place = |level: &'static Reference| {
            let value = (level.value)(self.data);
            self.frame.holds(value).then(|| (level, self.frame.at(0.0, value).1))
        };
        self.chart.references.iter().filter_map(place)
    }

    fn references(&self) -> Drawn<DB> {
        for (level, y) in self.levels() {
            let path = vec![(self.frame.left, y), (self.frame.right, y)];
            self.pen.line(path, (level.ink, 1.0), 1.5, level.dash)?;
        }
        Ok(())
    }

    /// The names of the levels, above their lines; the last of the table come first, and what has
    /// no room is left to the legend.
    fn reference_words(&self) -> Drawn<DB> {
        let mut taken: Vec<i32> = Vec::new();
        let height = self.px(15.0);
        for (level, y) in self.levels().rev() {
            let above = y - height / 2 - 1;
            let y = if above - height / 2 < self.frame.top { y + height / 2 + 2 } else { above };
            if taken.iter().all(|other| (other - y).abs() >= height) {
                taken.push(y);
                let at = (self.frame.right - self.px(4.0), y);
                self.pen.write_on_patch(level.name, at, level.ink)?;
            }
        }
        Ok(())
    }

    fn ghosts(&self) -> Drawn<DB> {
        for ghost in self.data.ghosts {
            let path = self.path(ghost, self.chart.headline);
            self.pen.line(path, (Ink::Soft, 0.9), 1.0, Dash::Dashed)?;
        }
        Ok(())
    }

    /// Shades the difference to the other run.
    fn other_area(&self) -> Drawn<DB> {
        let Some(other) = self.data.other else { return Ok(()) };
        let until = other.last().map_or(0.0, |last| last.t_s);
        let shared = self.data.points.partition_point(|point| point.t_s <= until);
        let mut ring = self.path(&self.data.points[..shared], self.chart.headline);
        ring.extend(self.path(other, self.chart.headline).into_iter().rev());
        self.pen.shape(ring, Ink::Other, 0.18)
    }

    fn other_line(&self) -> Drawn<DB> {
        let Some(other) = self.data.other else { return Ok(()) };
        let path = self.path(other, self.chart.headline);
        self.pen.line(path.clone(), (Ink::Floor, 0.8), 4.0, Dash::Solid)?;
        self.pen.line(path, (Ink::Other, 1.0), 2.0, Dash::Solid)
    }

    /// Pales what comes after the viewer's moment, and draws a line there.
    fn future(&self) -> Drawn<DB> {
        let last = self.data.points.last().map_or(0.0, |last| last.t_s);
        if last <= self.data.now_s + PAST_S {
            return Ok(());
        }
        let (x, frame) = (self.frame.x(self.data.now_s), self.frame);
        self.pen.block((x, frame.top), (frame.right, frame.bottom), Ink::Floor, 0.65)?;
        let half = self.px(1.0).max(1);
        self.pen.block((x - half, frame.top), (x + half, frame.bottom), Ink::Focus, 1.0)
    }

    fn axes(&self) -> Drawn<DB> {
        let frame = self.frame;
        self.level(0.0, Ink::Soft, 1.0)?;
        let (values, decimals) = frame.values(self.chart.decimals == 0);
        for value in values {
            let at = (frame.left - self.px(6.0), frame.at(0.0, value).1);
            self.pen.write(&format!("{value:.decimals$}"), at, Side::Right, Ink::Soft)?;
        }
        for t_s in frame.times() {
            let x = frame.x(t_s);
            self.upright(x, frame.bottom, frame.bottom + self.px(4.0), Ink::Soft, 1.0)?;
            let words = clock(t_s);
            let half = self.pen.width(&words) / 2;
            let x = x.min(self.pen.area.dim_in_pixel().0 as i32 - half);
            self.pen.write(&words, (x, frame.bottom + self.px(13.0)), Side::Middle, Ink::Soft)?;
        }
        Ok(())
    }

    /// Lines with a word above them, as far as there is room for words; ticks without.
    fn marks(&self) -> Drawn<DB> {
        let frame = self.frame;
        let (mut last, mut free) = (None, frame.left - self.px(30.0));
        for mark in self.data.marks.iter().filter(|mark| mark.t_s <= self.data.end_s) {
            let x = frame.x(mark.t_s);
            if mark.label.is_empty() {
                self.upright(x, frame.bottom - self.px(6.0), frame.bottom, mark.ink, 1.0)?;
                continue;
            }
            if last.is_none_or(|last| x - last >= self.px(3.0)) {
                self.upright(x, frame.top - self.px(4.0), frame.bottom, mark.ink, 0.7)?;
                last = Some(x);
            }
            let width = self.pen.width(&mark.label);
            let from = (x - self.px(2.0)).min(frame.right + self.px(10.0) - width);
            if from >= free {
                let at = (from, frame.top - self.px(11.0));
                self.pen.write(&mark.label, at, Side::Left, mark.ink)?;
                free = from + width + self.px(6.0);
            }
        }
        Ok(())
    }

    /// A hairline where the viewer points, with a dot on each line.
    fn hover(&self) -> Drawn<DB> {
        let Some(t_s) = self.data.hover_s else { return Ok(()) };
        let x = self.frame.x(t_s);
        self.upright(x, self.frame.top, self.frame.bottom, Ink::Focus, 0.8)?;
        let Some(point) = nearest(self.data.points, t_s) else { return Ok(()) };
        let stacked = |series: &Series| matches!(series.style, Style::Stack(_));
        if self.chart.series.iter().all(stacked) {
            let y = self.frame.at(t_s, (self.chart.headline)(point)).1;
            return self.pen.dot((x, y), Ink::Focus);
        }
        for series in self.chart.series {
            self.pen.dot((x, self.frame.at(t_s, (series.value)(point)).1), series.ink)?;
        }
        Ok(())
    }
}
