//! Many readings of all metrics as one text, in the OpenMetrics format 1.0: with times, so that a
//! whole run can be put into a real Prometheus by backfill
//! (`promtool tsdb create-blocks-from openmetrics`).

use std::fmt::Write;

use super::Instruments;
use super::exposition::{escape_label, number};
use super::registry::{METRICS, Metric, MetricKind, MetricSample, Scope};
use crate::kernel::Instant;
use crate::pool::Pool;

/// Gathers readings. They are kept as text by series, since the format wants all lines of a series
/// together; [`OpenMetrics::bytes`] says how much there is.
#[derive(Debug, Default)]
pub struct OpenMetrics {
    /// For each metric its series, in the order in which they first appeared: their labels, without
    /// those that tell the lines of one reading apart, and their lines.
    families: Vec<Vec<(String, String)>>,
}

/// Labels that tell the lines of one reading apart.
const WITHIN: [&str; 2] = ["le", "quantile"];

impl OpenMetrics {
    /// Reads all metrics at `now`, later than the last time. The run began at `begin_s`, in Unix
    /// seconds.
    pub fn read(&mut self, watch: &Instruments, pool: &Pool, now: Instant, begin_s: f64) {
        let scope = Scope::new(watch, pool, now);
        let time = begin_s + now.as_secs_f64();
        self.families.resize(METRICS.len(), Vec::new());
        for (metric, family) in METRICS.iter().zip(&mut self.families) {
            for sample in metric.read(&scope) {
                let outer = sample.labels.iter().filter(|(name, _)| !WITHIN.contains(name));
                let key = label_text(outer);
                let place = family.iter().position(|(known, _)| *known == key);
                let place = place.unwrap_or_else(|| {
                    family.push((key, String::new()));
                    family.len() - 1
                });
                line(&mut family[place].1, metric, &sample, time);
            }
        }
    }

    /// How long the text is by now, in bytes, about.
    pub fn bytes(&self) -> usize {
        self.families.iter().flatten().map(|(_, lines)| lines.len()).sum()
    }

    /// The text, from its first family to `# EOF`.
    pub fn finish(self) -> String {
        let mut text = String::new();
        for (metric, family) in METRICS.iter().zip(self.families) {
            if family.is_empty() {
                continue;
            }
            let (name, kind) = family_of(metric);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "# TYPE {name} {kind}");
            let _ = writeln!(text, "# HELP {name} {}", escape_label(metric.help));
            family.iter().for_each(|(_, lines)| text += lines);
        }
        text + "# EOF\n"
    }
}

/// The name and the type of a family. That of a counter is named without the `_total` of its lines;
/// where that is the name of another metric, it keeps its whole name, and is of no known type.
fn family_of(metric: &Metric) -> (&'static str, &'static str) {
    if metric.kind != MetricKind::Counter {
        return (metric.name, metric.kind.name());
    }
    match metric.name.strip_suffix("_total") {
        Some(short) if METRICS.iter().all(|other| other.name != short) => (short, "counter"),
        _ => (metric.name, "unknown"),
    }
}

fn line(text: &mut String, metric: &Metric, sample: &MetricSample, time: f64) {
    let labels = label_text(&sample.labels);
    let value = number(sample.value);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}{}{labels} {value} {time}", metric.name, sample.suffix);
}

fn label_text<'a>(labels: impl IntoIterator<Item = &'a (&'static str, String)>) -> String {
    let pair = |(name, value): &(&'static str, String)| {
        let value = if WITHIN.contains(name) { canonical(value) } else { escape_label(value) };
        format!("{name}=\"{value}\"")
    };
    let pairs: Vec<String> = labels.into_iter().map(pair).collect();
    if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(",")) }
}

/// A number in a label as the format has it: with a point.
fn canonical(number: &str) -> String {
    let is_whole = number.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { format!("{number}.0") } else { number.to_owned() }
}
