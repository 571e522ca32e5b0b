//! All metrics as text, in Prometheus' exposition format 0.0.4.

use std::fmt::Write;

use super::Instruments;
use super::registry::{METRICS, MetricKind, MetricSample, Scope};
use crate::kernel::Instant;
use crate::pool::Pool;

/// The text that a scrape at `now` would give.
pub fn exposition(watch: &Instruments, pool: &Pool, now: Instant) -> String {
    let mut text = String::new();
    let scope = Scope::new(watch, pool, now);
    for metric in METRICS {
        text += &family(metric.name, metric.help, metric.kind, &metric.read(&scope));
    }
    text
}

/// The text of one metric, whose last line ends with a newline; nothing if it has no figures.
pub fn family(name: &str, help: &str, kind: MetricKind, readings: &[MetricSample]) -> String {
    let mut text = String::new();
    if readings.is_empty() {
        return text;
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# HELP {name} {}", escape_help(help));
    let _ = writeln!(text, "# TYPE {name} {}", kind.name());
    for MetricSample { suffix, labels, value } in readings {
        let _ = writeln!(text, "{name}{suffix}{} {}", label_text(labels), number(*value));
    }
    text
}

/// Labels in braces; nothing if there are none.
pub(super) fn label_text(labels: &[(&'static str, String)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let pairs: Vec<String> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escape_label(value))).collect();
    format!("{{{}}}", pairs.join(","))
}

fn escape_help(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

/// A label's value, or a help text of OpenMetrics, as it stands between quotes.
pub(super) fn escape_label(text: &str) -> String {
    escape_help(text).replace('"', "\\\"")
}

/// A figure as both formats write it.
pub(super) fn number(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned()
    } else {
        value.to_string()
    }
}
