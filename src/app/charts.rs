//! The charts: memory, stacked by who holds it, and queue depth.

use plotters::prelude::*;
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use crate::scene::{Ink, Theme};
use crate::watch::Point;

/// What both charts need to know.
pub struct Frame<'a> {
    /// The past.
    pub points: &'a [Point],
    /// Light or dark.
    pub theme: Theme,
    /// The memory of a healthy pool and of the host, in MiB.
    pub baseline_mib: f64,
    /// See `baseline_mib`.
    pub limit_mib: f64,
}

/// A point that is drawn at most for so many pixels.
const PIXELS_A_POINT: usize = 2;
const FONT: (&str, i32) = ("sans-serif", 12);

type Drawn = Result<(), Box<dyn std::error::Error>>;

fn colour(theme: Theme, ink: Ink) -> RGBColor {
    let [r, g, b] = theme.rgb(ink);
    RGBColor(r, g, b)
}

/// As many points as there are pixels for, each the worst of those it stands for.
fn thinned(points: &[Point], canvas: &HtmlCanvasElement) -> Vec<Point> {
    let room = (canvas.width() as usize / PIXELS_A_POINT).max(50);
    let chunk = points.len().div_ceil(room).max(1);
    let worst = |some: &[Point]| some.iter().copied().max_by_key(|point| point.memory_mb);
    points.chunks(chunk).filter_map(worst).collect()
}

/// The end of the time axis, so that it does not grow at every reading.
fn end(points: &[Point]) -> f64 {
    let last = points.last().map_or(0.0, |point| point.t_s);
    (libm::ceil(last / 60.0) * 60.0).max(60.0)
}

fn minutes(seconds: &f64) -> String {
    let whole = *seconds as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// Draws memory in GB: what registered workers hold, what zombies hold, twice the baseline, and
/// the host's limit.
pub fn memory(canvas: &HtmlCanvasElement, frame: &Frame<'_>) -> Drawn {
    let gb = |mib: f64| mib / 1_024.0;
    let points = thinned(frame.points, canvas);
    let most = points.iter().map(|point| point.memory_mb).max().unwrap_or(0) as f64;
    let top = gb((most * 1.15).max(frame.baseline_mib * 2.6));
    let area =
        CanvasBackend::with_canvas_object(canvas.clone()).ok_or("no canvas")?.into_drawing_area();
    let theme = frame.theme;
    area.fill(&colour(theme, Ink::Floor))?;
    let mut chart = ChartBuilder::on(&area)
        .margin(8)
        .margin_right(24)
        .x_label_area_size(22)
        .y_label_area_size(36)
        .build_cartesian_2d(0.0..end(frame.points), 0.0..top)?;
    let text = FONT.into_font().color(&colour(theme, Ink::Soft));
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(colour(theme, Ink::Line))
        .axis_style(colour(theme, Ink::Line))
        .label_style(text)
        .x_labels(6)
        .y_labels(5)
        .x_label_formatter(&minutes)
        .y_label_formatter(&|gb| format!("{gb:.1}"))
        .draw()?;
    let all = points.iter().map(|point| (point.t_s, gb(point.memory_mb as f64)));
    let zombie = colour(theme, Ink::Zombie);
    chart.draw_series(AreaSeries::new(all, 0.0, zombie.filled()).border_style(zombie))?;
    let known = points.iter().map(|point| (point.t_s, gb(point.registered_mb as f64)));
    let working = colour(theme, Ink::Working);
    chart.draw_series(AreaSeries::new(known, 0.0, working.filled()).border_style(working))?;
    let across = |mib: f64| [(0.0, gb(mib)), (end(frame.points), gb(mib))];
    let bad = colour(theme, Ink::Bad);
    for level in [frame.baseline_mib * 2.0, frame.limit_mib] {
        if gb(level) <= top {
            chart.draw_series(LineSeries::new(across(level), bad.stroke_width(2)))?;
        }
    }
    area.present()?;
    Ok(())
}

/// Draws the queue's depth.
pub fn queue(canvas: &HtmlCanvasElement, frame: &Frame<'_>) -> Drawn {
    let points = thinned(frame.points, canvas);
    let most = points.iter().map(|point| point.queue_depth).max().unwrap_or(0) as f64;
    let area =
        CanvasBackend::with_canvas_object(canvas.clone()).ok_or("no canvas")?.into_drawing_area();
    let theme = frame.theme;
    area.fill(&colour(theme, Ink::Floor))?;
    let mut chart = ChartBuilder::on(&area)
        .margin(8)
        .margin_right(24)
        .x_label_area_size(22)
        .y_label_area_size(36)
        .build_cartesian_2d(0.0..end(frame.points), 0.0..(most * 1.15).max(20.0))?;
    let text = FONT.into_font().color(&colour(theme, Ink::Soft));
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(colour(theme, Ink::Line))
        .axis_style(colour(theme, Ink::Line))
        .label_style(text)
        .x_labels(6)
        .y_labels(5)
        .x_label_formatter(&minutes)
        .y_label_formatter(&|jobs| format!("{jobs:.0}"))
        .draw()?;
    let line = points.iter().map(|point| (point.t_s, point.queue_depth as f64));
    let ink = colour(theme, Ink::Straining);
    chart
        .draw_series(AreaSeries::new(line, 0.0, ink.mix(0.35)).border_style(ink.stroke_width(2)))?;
    area.present()?;
    Ok(())
}

/// The canvas of a chart, with as many pixels as it has on the page.
pub fn fitted(node: &yew::NodeRef) -> Option<HtmlCanvasElement> {
    let canvas = node.cast::<HtmlCanvasElement>()?;
    let (w, h) = (canvas.client_width().max(1) as u32, canvas.client_height().max(1) as u32);
    if canvas.width() != w || canvas.height() != h {
        canvas.set_width(w);
        canvas.set_height(h);
    }
    Some(canvas)
}
