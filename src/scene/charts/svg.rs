//! A chart as a picture of its own, with its title and legend.

use plotters::prelude::{IntoDrawingArea, SVGBackend};

use super::draw::draw_with;
use super::frame::text_px;
use super::pen::{Drawn, Pen, Side};
use super::{Chart, ChartData, Dash, Style};
use crate::scene::theme::Ink;

/// The backend makes letters smaller by this than it is asked for.
const TYPE_SCALE: f64 = 1.24;

/// A chart as SVG, `width` × `height` pixels: a file to take away.
pub fn svg(chart: &Chart, data: &ChartData<'_>, width: u32, height: u32) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut text, chart, data, (width, height));
    // For screen readers, and as a tip on the picture.
    let title = format!("<title>{}</title>", chart.heading());
    let inside = text.find('>').map_or(0, |end| end + 1);
    text.insert_str(inside, &title);
    text
}

fn write<'a>(
    text: &'a mut String,
    chart: &Chart,
    data: &ChartData<'_>,
    size: (u32, u32),
) -> Drawn<SVGBackend<'a>> {
    let all = SVGBackend::with_string(text, size).into_drawing_area();
    let size = text_px(data.theme);
    let line = libm::round(size * 1.6) as i32;
    let (head, plot) = all.split_vertically(line * 2 + 4);
    let pen = |area| Pen {
        area,
        theme: data.theme,
        text: size,
        fine: size / 12.0,
        type_scale: TYPE_SCALE,
    };
    let (width, height) = head.dim_in_pixel();
    let top = pen(&head);
    top.block((0, 0), (width as i32, height as i32), Ink::Floor, 1.0)?;
    top.write(&chart.heading(), (8, line / 2 + 4), Side::Left, Ink::Text)?;
    legend(&top, chart, line / 2 + line + 2)?;
    draw_with(&pen(&plot), chart, data, 1.0)?;
    all.present()
}

fn legend<'a>(pen: &Pen<'_, SVGBackend<'a>>, chart: &Chart, y: i32) -> Drawn<SVGBackend<'a>> {
    let swatch = libm::round(pen.text * 1.6) as i32;
    let mut x = 8;
    let series = chart.series.iter().map(|series| (series.name, series.ink, series.style));
    let levels = chart.references.iter().map(|level| (level.name, level.ink, level.dash));
    for (name, ink, style) in series.chain(levels.map(|(name, ink, dash)| {
        (name, ink, Style::Line(dash))
    })) {
        match style {
            Style::Line(dash) => pen.line(vec![(x, y), (x + swatch, y)], (ink, 1.0), 2.0, dash)?,
            Style::Stack(_) => pen.block((x, y - 5), (x + swatch, y + 5), ink, 1.0)?,
            Style::Area => {
                pen.block((x, y - 5), (x + swatch, y + 5), ink, 0.25)?;
                pen.line(vec![(x, y - 5), (x + swatch, y - 5)], (ink, 1.0), 2.0, Dash::Solid)?;
            }
        }
        pen.write(name, (x + swatch + 4, y), Side::Left, Ink::Text)?;
        x += swatch + 4 + pen.width(name) + 14;
    }
    Ok(())
}
