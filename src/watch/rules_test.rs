//! A run as a test of the alert rules: `promtool test rules` plays its metrics to Prometheus' own
//! evaluation and holds what fires there against what fired here.

use std::fmt::Write;

use super::Instruments;
use super::exposition::label_text;
use super::limits::Limits;
use super::registry::{METRICS, Metric, Scope};
use super::rules::RULES;
use crate::kernel::Instant;
use crate::pool::Pool;

/// Gathers the readings of a run, one a second from its beginning on.
pub struct RulesTest {
    /// The metrics that the rules read.
    metrics: Vec<&'static Metric>,
    /// Name with labels, and the figures so far; a series may have appeared late.
    series: Vec<Series>,
    /// Which rules fired, by the second.
    firing: Vec<[bool; RULES.len()]>,
    /// Whether a command was given at a second.
    commanded: Vec<bool>,
}

struct Series {
    name: String,
    since: usize,
    values: Vec<f64>,
}

/// Seconds between two moments at which all alerts are held against each other, besides those at
/// which one changes.
const EVERY: usize = 30;

impl RulesTest {
    /// A test of the rules under these limits.
    pub fn new(limits: &Limits) -> Self {
        let queries: Vec<String> = RULES.iter().map(|rule| rule.promql(limits)).collect();
        let is_read = |metric: &&Metric| queries.iter().any(|query| reads(query, metric.name));
        let metrics = METRICS.iter().filter(is_read).collect();
        Self { metrics, series: Vec::new(), firing: Vec::new(), commanded: Vec::new() }
    }

    /// Reads a second later than the last time; the first time at the beginning. Whether a command
    /// was given at this very second matters, since here alerts are judged before it, and there
    /// after it.
    pub fn read(&mut self, watch: &Instruments, pool: &Pool, now: Instant, commanded: bool) {
        let (scope, second) = (Scope::new(watch, pool, now), self.firing.len());
        for metric in &self.metrics {
            for sample in metric.read(&scope) {
                let name = format!("{}{}", metric.name, label_text(&sample.labels));
                match self.series.iter_mut().find(|series| series.name == name) {
                    Some(series) => series.values.push(sample.value),
                    None => {
                        self.series.push(Series {
                            name,
                            since: second,
                            values: vec![sample.value],
                        });
                    }
                }
            }
        }
        let mut firing = [false; RULES.len()];
        for (fires, (_, state)) in firing.iter_mut().zip(watch.alerts().iter()) {
            *fires = state.is_firing();
        }
        self.firing.push(firing);
        self.commanded.push(commanded);
    }

    /// The test file (YAML), for the rules in the file `rules`.
    pub fn finish(&self, rules: &str) -> String {
        let mut text = format!(
            "rule_files:\n  - {rules:?}\nevaluation_interval: 1s\ntests:\n  - interval: 1s\n    \
             input_series:\n"
        );
        // Writing to a string cannot fail.
        for series in &self.series {
            let values = run_lengths(series.since, &series.values);
            let _ = writeln!(text, "      - series: '{}'", series.name);
            let _ = writeln!(text, "        values: '{values}'");
        }
        text += "    alert_rule_test:\n";
        for second in 0..self.firing.len() {
            for (place, rule) in RULES.iter().enumerate() {
                if !self.is_told(second, place) {
                    continue;
                }
                let _ = writeln!(text, "      - eval_time: {second}s");
                let _ = writeln!(text, "        alertname: {}", rule.name);
                if self.firing[second][place] {
                    let (severity, help) = (rule.severity.name(), rule.help);
                    let _ = writeln!(text, "        exp_alerts:");
                    let _ = writeln!(text, "          - exp_labels: {{severity: {severity}}}");
                    let _ = writeln!(text, "            exp_annotations: {{summary: {help:?}}}");
                }
            }
        }
        text
    }

    /// Whether an alert is held against Prometheus' at a second: now and then, where it changes,
    /// and the second before; but not where a command makes the two differ by a second.
    fn is_told(&self, second: usize, rule: usize) -> bool {
        let hold = RULES[rule].hold().as_secs_f64() as usize;
        let commanded = |second: Option<usize>| second.is_some_and(|at| self.commanded[at]);
        if commanded(Some(second)) || commanded(second.checked_sub(hold)) {
            return false;
        }
        let at = |second: usize| self.firing.get(second).map(|firing| firing[rule]);
        let changes = |second: usize| second > 0 && at(second) != at(second - 1);
        let is_last = second + 1 == self.firing.len();
        second.is_multiple_of(EVERY) || changes(second) || (!is_last && changes(second + 1))
    }
}

/// Whether a query reads a metric.
fn reads(query: &str, metric: &str) -> bool {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    query.split(|c| !part_of_name(c)).any(|word| word == metric)
}

/// Figures as promtool writes a series: `0+0x30` is nought, and thirty times the same again.
fn run_lengths(missing: usize, values: &[f64]) -> String {
    let mut words = Vec::new();
    if missing > 0 {
        words.push(format!("_x{missing}"));
    }
    for run in values.chunk_by(|a, b| a == b || (a.is_nan() && b.is_nan())) {
        let value = super::exposition::number(run[0]);
        match run.len() {
            1 => words.push(value),
            more => words.push(format!("{value}+0x{}", more - 1)),
        }
    }
    words.join(" ")
}
