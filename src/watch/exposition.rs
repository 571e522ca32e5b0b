//! All metrics as text, in Prometheus' exposition format 0.0.4.

use std::fmt::Write;

use super::Watch;
use super::registry::{METRICS, Metric, Reading};
use crate::kernel::Instant;
use crate::pool::Pool;

/// The text that a scrape at `now` would give.
pub fn exposition(watch: &Watch, pool: &Pool, now: Instant) -> String {
    let mut text = String::new();
    for metric in METRICS {
        family(metric, &metric.read(watch, pool, now), &mut text);
    }
    text
}

fn family(metric: &Metric, readings: &[Reading], text: &mut String) {
    if readings.is_empty() {
        return;
    }
    let Metric { name, help, .. } = metric;
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# HELP {name} {}", escape_help(help));
    let _ = writeln!(text, "# TYPE {name} {}", metric.kind_name());
    for Reading { suffix, labels, value } in readings {
        let _ = writeln!(text, "{name}{suffix}{} {}", label_text(labels), number(*value));
    }
}

fn label_text(labels: &[(&'static str, String)]) -> String {
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

fn escape_label(text: &str) -> String {
    escape_help(text).replace('"', "\\\"")
}

fn number(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned()
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_as_the_format_says() {
        assert_eq!(escape_help("a\\b\n\"c\""), "a\\\\b\\n\"c\"");
        assert_eq!(label_text(&[("le", "a\\b\n\"c\"".to_owned())]), r#"{le="a\\b\n\"c\""}"#);
        assert_eq!([f64::NAN, f64::INFINITY, -f64::INFINITY].map(number), ["NaN", "+Inf", "-Inf"]);
    }
}
