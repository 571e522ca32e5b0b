//! Where on a chart which time and which value are.

use super::{Chart, ChartData};
use crate::scene::theme::Theme;
use crate::watch::SeriesPoint;

/// Room around the plot for a text of 12 pixels: left, right, top, bottom.
const MARGINS: [f64; 4] = [42.0, 18.0, 18.0, 22.0];
/// Least pixels between two labels of the axes, for the same text.
const TIME_GAP: f64 = 58.0;
const VALUE_GAP: f64 = 22.0;
/// The axis of values goes so much further than the greatest value.
const HEADROOM: f64 = 1.1;
/// Steps of the axis of time, in seconds.
const TIME_STEPS: [u32; 17] = [
    5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
    604_800,
];

/// How large text is, in pixels of the page.
pub(super) fn text_px(theme: Theme) -> f64 {
    12.0 * theme.text_scale()
}

/// The end of the axis of time for a run that has come to `t_s`: whole minutes, so that it does
/// not grow at every reading.
pub fn axis_end(t_s: f64) -> f64 {
    (libm::ceil(t_s / 60.0) * 60.0).max(60.0)
}

/// The time at `x` pixels from the left edge of a chart that is `width` pixels wide, in seconds
/// from 0 to `end_s`; `None` left and right of the plot.
pub fn seconds_at(x: f64, width: f64, end_s: f64, theme: Theme) -> Option<f64> {
    let (left, right) = sides(width, theme, 1.0);
    // A pixel more on each side, so that the ends are easy to hit.
    let x = libm::round(x) as i32;
    let inside = (left - 1..=right + 1).contains(&x) && right > left;
    inside.then(|| f64::from(x.clamp(left, right) - left) / f64::from(right - left) * end_s)
}

/// The value at `y` pixels from the upper edge of a chart that is `height` pixels high and whose
/// axis of values ends at `top`; never off the axis.
pub fn value_at(y: f64, height: f64, top: f64, theme: Theme) -> f64 {
    let (upper, lower) = ends(height, theme, 1.0);
    let share = (f64::from(lower) - y) / f64::from((lower - upper).max(1));
    share.clamp(0.0, 1.0) * top
}

/// The upper and the lower end of the plot.
fn ends(height: f64, theme: Theme, scale: f64) -> (i32, i32) {
    let unit = scale * text_px(theme) / 12.0;
    let [.., above, below] = MARGINS;
    (libm::round(above * unit) as i32, libm::round(height - below * unit) as i32)
}

fn sides(width: f64, theme: Theme, scale: f64) -> (i32, i32) {
    let unit = scale * text_px(theme) / 12.0;
    let [left, right, ..] = MARGINS;
    (libm::round(left * unit) as i32, libm::round(width - right * unit) as i32)
}

/// The plot of one chart, in pixels of the drawing.
pub(super) struct Frame {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// Pixels of the drawing in one twelfth of the text's height.
    pub(super) unit: f64,
    end_s: f64,
    max: f64,
}

impl Frame {
    /// The plot of a drawing of that size, with `scale` of its pixels to one of the page; `None`
    /// if there is no room for one.
    pub(super) fn new(
        chart: &Chart,
        data: &ChartData<'_>,
        size: (u32, u32),
        scale: f64,
    ) -> Option<Self> {
        let unit = scale * text_px(data.theme) / 12.0;
        let (left, right) = sides(f64::from(size.0), data.theme, scale);
        let (top, bottom) = ends(f64::from(size.1), data.theme, scale);
        if size.0.max(size.1) > i32::MAX as u32 || right <= left || bottom <= top {
            return None;
        }
        let (end_s, max) = (data.end_s.max(1.0), highest(chart, data));
        Some(Self { left, right, top, bottom, unit, end_s, max })
    }

    /// The pixel of a time and a value, never outside the plot.
    pub(super) fn at(&self, t_s: f64, value: f64) -> (i32, i32) {
        let along = |share: f64, from: i32, to: i32| {
            from + libm::round(share.clamp(0.0, 1.0) * f64::from(to - from)) as i32
        };
        (
            along(t_s / self.end_s, self.left, self.right),
            along(value / self.max, self.bottom, self.top),
        )
    }

    /// The pixel of a time.
    pub(super) fn x(&self, t_s: f64) -> i32 {
        self.at(t_s, 0.0).0
    }

    /// The time of a pixel.
    pub(super) fn seconds(&self, x: i32) -> f64 {
        f64::from(x - self.left) / f64::from(self.right - self.left) * self.end_s
    }

    /// Whether a value is on the axis.
    pub(super) fn holds(&self, value: f64) -> bool {
        (0.0..=self.max).contains(&value)
    }

    /// The seconds shown, and the columns of pixels they take.
    pub(super) fn span(&self) -> (f64, u32) {
        (self.end_s, (self.right - self.left).unsigned_abs())
    }

    /// Where the axis of time has labels, in seconds.
    pub(super) fn times(&self) -> Vec<f64> {
        let room = f64::from(self.right - self.left) / (TIME_GAP * self.unit);
        let fits = |step: &&u32| self.end_s / f64::from(**step) <= room;
        let step = f64::from(*TIME_STEPS.iter().find(fits).unwrap_or(&604_800));
        (0..=(self.end_s / step) as u32).map(|n| f64::from(n) * step).collect()
    }

    /// Where the axis of values has labels, and how many decimals they need.
    pub(super) fn values(&self, whole: bool) -> (Vec<f64>, usize) {
        let room = f64::from(self.bottom - self.top) / (VALUE_GAP * self.unit);
        let min = self.max / room.max(1.0);
        let mut step = round_step(min);
        if whole {
            step = step.max(1.0);
        }
        let decimals = if step < 0.1 { 2 } else { usize::from(step < 1.0) };
        ((0..=(self.max / step) as u32).map(|n| f64::from(n) * step).collect(), decimals)
    }
}

/// The least of 1, 2 and 5 times a power of ten that is not below `least`.
fn round_step(min: f64) -> f64 {
    let mut power = 1e-3;
    while power * 10.0 < min {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    steps.into_iter().find(|&step| step >= min).unwrap_or(power * 10.0)
}

/// Where the axis of values ends.
fn highest(chart: &Chart, data: &ChartData<'_>) -> f64 {
    let headline = |points: &[SeriesPoint]| points.iter().map(chart.headline).fold(0.0, f64::max);
    let mut max = headline(data.points).max(data.other.map_or(0.0, headline));
    for ghost in data.ghosts {
        max = max.max(headline(ghost));
    }
    for series in chart.series {
        max = data.points.iter().map(series.value).fold(max, f64::max);
    }
    let said = data.said.iter().copied().flatten().map(|(_, value)| *value);
    let max = said.fold(max * HEADROOM, f64::max);
    max.max((chart.min_top)(data)).max(data.top).clamp(1e-3, chart.max_top)
}

/// A time on the axis: minutes and seconds, and hours if there are any.
pub fn clock(t_s: f64) -> String {
    let whole = libm::round(t_s) as u64;
    let (hours, minutes, seconds) = (whole / 3_600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
