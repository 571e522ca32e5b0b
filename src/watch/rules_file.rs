//! The alert rules as a file for a real Prometheus.

use std::fmt::Write;

use super::limits::Limits;
use super::rules::RULES;

/// The rules under these limits, as `rule_files` of Prometheus has them (YAML).
pub fn rules_file(limits: &Limits) -> String {
    let mut text = "groups:\n  - name: zombie-workers\n    rules:\n".to_owned();
    for rule in RULES {
        // Writing to a string cannot fail. A quoted string of Rust is one of YAML.
        let _ = write!(
            text,
            "      - alert: {}\n        expr: {:?}\n        for: {}s\n        labels:\n          \
             severity: {}\n        annotations:\n          summary: {:?}\n",
            rule.name,
            rule.promql(limits),
            rule.hold().as_secs_f64(),
            rule.severity.name(),
            rule.help,
        );
    }
    text
}
