//! The table of charts. To add a chart, add a row.

use super::ChartData;
use crate::scene::theme::Ink;
use crate::watch::SeriesPoint;
use crate::watch::units::{NO_VALUE, gigabytes};

/// A row of the table.
pub struct Chart {
    /// Its name in the page and in file names: lower-case letters.
    pub id: &'static str,
    /// What it shows, as its heading.
    pub title: &'static str,
    /// The unit of its values.
    pub unit: &'static str,
    /// What is drawn, in the order of the legend. Stacked series stand on one another.
    pub series: &'static [Series],
    /// Levels to hold the series against.
    pub references: &'static [Reference],
    /// The one figure that is compared with other runs and with futures that were given up.
    pub headline: fn(&SeriesPoint) -> f64,
    /// The least that the axis of values reaches to.
    pub min_top: fn(&ChartData<'_>) -> f64,
    /// The most that it reaches to, whatever the values.
    pub max_top: f64,
    /// Decimals of a value in words.
    pub decimals: usize,
    /// Whether it is shown large.
    pub large: bool,
}

/// A line or an area of a chart.
pub struct Series {
    /// Its name in the legend.
    pub name: &'static str,
    /// Its ink.
    pub ink: Ink,
    /// How it is drawn, so that nothing is told by ink alone.
    pub style: Style,
    /// Its value, in the chart's unit.
    pub value: fn(&SeriesPoint) -> f64,
}

/// A level across a chart.
pub struct Reference {
    /// Its name in the legend.
    pub name: &'static str,
    /// Its ink.
    pub ink: Ink,
    /// How it is drawn.
    pub dash: Dash,
    /// The level, in the chart's unit.
    pub value: fn(&ChartData<'_>) -> f64,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// An area on top of the stacked series before it.
    Stack(Fill),
    /// A line with a pale area under it.
    Area,
    /// A line through the values.
    Line(Dash),
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The area is filled with its ink.
    Plain,
    /// With ink and upright lines, so many pixels apart.
    Barred(u8),
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// An unbroken line.
    Solid,
    /// A line of dashes.
    Dashed,
    /// A line of dots.
    Dotted,
}

impl Dash {
    /// Length of a dash and of the gap after it, in pixels; `None` for an unbroken line.
    pub const fn lengths(self) -> Option<(i32, i32)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((7, 4)),
            Self::Dotted => Some((2, 3)),
        }
    }
}

impl Chart {
    /// A value in words, with its unit.
    pub fn words(&self, value: f64) -> String {
        format!("{} {}", self.number(value), self.unit)
    }

    /// A value in words, without its unit.
    pub fn number(&self, value: f64) -> String {
        if value.is_nan() {
            return NO_VALUE.to_owned();
        }
        format!("{value:.*}", self.decimals)
    }

    /// The chart's title with its unit, as it stands above the chart.
    pub fn heading(&self) -> String {
        format!("{} ({})", self.title, self.unit)
    }
}

fn gb(mib: u64) -> f64 {
    gigabytes(mib as f64)
}

/// A figure, or NaN where there is no value: nothing is drawn there.
fn value(figure: Option<f64>) -> f64 {
    figure.unwrap_or(f64::NAN)
}

/// MiB that are left when the parts are taken away.
fn rest(whole: u64, parts: &[u64]) -> f64 {
    gb(whole.saturating_sub(parts.iter().sum()))
}

const fn line(name: &'static str, ink: Ink, dash: Dash, value: fn(&SeriesPoint) -> f64) -> Series {
    Series { name, ink, style: Style::Line(dash), value }
}

const fn stack(name: &'static str, ink: Ink, fill: Fill, value: fn(&SeriesPoint) -> f64) -> Series {
    Series { name, ink, style: Style::Stack(fill), value }
}

/// All charts, in the order in which the page shows them.
pub const CHARTS: &[Chart] = &[
    Chart {
        id: "memory",
        title: "Memory",
        unit: "GB",
        series: &[
            stack("parent + idle", Ink::Idle, Fill::Plain, |p| gb(p.idle_mib)),
            stack("working", Ink::Working, Fill::Plain, |p| {
                rest(p.registered_mib, &[p.idle_mib, p.hung_mib])
            }),
            stack("hung", Ink::Spinning, Fill::Barred(4), |p| gb(p.hung_mib)),
            stack("zombies", Ink::Zombie, Fill::Barred(8), |p| {
                rest(p.memory_mib, &[p.registered_mib])
            }),
        ],
        references: &[
            Reference {
                name: "baseline",
                ink: Ink::Good,
                dash: Dash::Dotted,
                value: |data| gigabytes(data.baseline_mib),
            },
            Reference {
                name: "2 × baseline",
                ink: Ink::Bad,
                dash: Dash::Dashed,
                value: |data| gigabytes(2.0 * data.baseline_mib),
            },
            Reference {
                name: "host limit",
                ink: Ink::Bad,
                dash: Dash::Solid,
                value: |data| gigabytes(data.limit_mib),
            },
        ],
        headline: |p| gb(p.memory_mib),
        min_top: |data| gigabytes(2.6 * data.baseline_mib),
        max_top: f64::INFINITY,
        decimals: 2,
        large: true,
    },
    Chart {
        id: "queue",
        title: "Queue depth",
        unit: "jobs",
        series: &[Series {
            name: "jobs waiting",
            ink: Ink::Queue,
            style: Style::Area,
            value: |p| p.queue_depth as f64,
        }],
        references: &[],
        headline: |p| p.queue_depth as f64,
        min_top: |_| 20.0,
        max_top: f64::INFINITY,
        decimals: 0,
        large: true,
    },
    Chart {
        id: "workers",
        title: "Workers by state",
        unit: "workers",
        series: &[
            line("able to work", Ink::Working, Dash::Solid, |p| f64::from(p.active)),
            line("hung", Ink::Spinning, Dash::Dashed, |p| f64::from(p.hung)),
            Series {
                name: "zombies",
                ink: Ink::Zombie,
                style: Style::Area,
                value: |p| f64::from(p.zombies),
            },
            line("suspects (belief)", Ink::Text, Dash::Dotted, |p| f64::from(p.suspects)),
        ],
        references: &[],
        headline: |p| f64::from(p.active),
        min_top: |data| f64::from(data.workers) * 1.3,
        max_top: f64::INFINITY,
        decimals: 0,
        large: false,
    },
    Chart {
        id: "latency",
        title: "Job delay, last minute",
        unit: "s",
        series: &[
            line("p50", Ink::Working, Dash::Dashed, |p| value(p.p50_s)),
            line("p95", Ink::Bad, Dash::Solid, |p| value(p.p95_s)),
            line("p95 of finished jobs", Ink::Soft, Dash::Dotted, |p| value(p.survivors_p95_s)),
        ],
        references: &[Reference {
            name: "alert",
            ink: Ink::Bad,
            dash: Dash::Dotted,
            value: |data| data.p95_limit_s,
        }],
        headline: |p| value(p.p95_s),
        min_top: |data| data.p95_limit_s * 1.4,
        max_top: f64::INFINITY,
        decimals: 1,
        large: false,
    },
    Chart {
        id: "success",
        title: "Success rate, last minute",
        unit: "%",
        series: &[
            line("all jobs", Ink::Bad, Dash::Solid, |p| 100.0 * value(p.success_rate)),
            line("old dashboard", Ink::Good, Dash::Dashed, |p| 100.0 * value(p.old_success_rate)),
        ],
        references: &[],
        headline: |p| 100.0 * value(p.success_rate),
        min_top: |_| 100.0,
        max_top: 100.0,
        decimals: 1,
        large: false,
    },
    Chart {
        id: "restarts",
        title: "Restarts in the last minute",
        unit: "restarts",
        series: &[Series {
            name: "restarts",
            ink: Ink::Weight,
            style: Style::Area,
            value: |p| f64::from(p.restarts_a_minute),
        }],
        references: &[Reference {
            name: "number of workers",
            ink: Ink::Bad,
            dash: Dash::Dashed,
            value: |data| f64::from(data.workers),
        }],
        headline: |p| f64::from(p.restarts_a_minute),
        min_top: |data| f64::from(data.workers) * 1.3,
        max_top: f64::INFINITY,
        decimals: 0,
        large: false,
    },
];
