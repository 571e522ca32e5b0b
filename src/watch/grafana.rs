//! A dashboard of the metrics for Grafana: the one that would have told.

use serde_json::{Value as Json, json};

/// A panel: its title, the unit by which Grafana shows its figures, and its lines, each with its
/// name and its query.
struct Panel {
    title: &'static str,
    unit: &'static str,
    lines: &'static [(&'static str, &'static str)],
}

const PANELS: &[Panel] = &[
    Panel {
        title: "Workers",
        unit: "short",
        lines: &[
            ("{{state}}", "sum by (state) (zombie_pool_workers)"),
            ("zombies", "zombie_pool_zombie_workers"),
            ("suspects", "zombie_pool_suspects"),
        ],
    },
    Panel {
        title: "Memory",
        unit: "bytes",
        lines: &[
            ("in use", "zombie_pool_memory_bytes"),
            ("of registered workers", "zombie_pool_registered_memory_bytes"),
        ],
    },
    Panel {
        title: "Queue",
        unit: "short",
        lines: &[("waiting", "zombie_pool_queue_depth"), ("delayed", "zombie_pool_jobs_delayed")],
    },
    Panel {
        title: "Time from arrival to end",
        unit: "s",
        lines: &[
            ("p{{quantile}}", "zombie_pool_job_latency_seconds"),
            ("wait at the head of the line", "zombie_pool_oldest_queued_seconds"),
        ],
    },
    Panel {
        title: "Jobs ended a second",
        unit: "short",
        lines: &[("{{outcome}}", "sum by (outcome) (rate(zombie_pool_jobs_total[1m]))")],
    },
    Panel {
        title: "Jobs in progress",
        unit: "short",
        lines: &[
            ("in progress", "zombie_pool_jobs_in_flight"),
            ("for too long", "zombie_pool_hung_jobs"),
        ],
    },
    Panel {
        title: "Restarts a minute",
        unit: "short",
        lines: &[(
            "{{reason}}",
            "sum by (reason) (increase(zombie_pool_worker_restarts_total[1m]))",
        )],
    },
    Panel {
        title: "Alerts that fire",
        unit: "short",
        lines: &[("{{alertname}}", "zombie_pool_alert_state{state=\"firing\"}")],
    },
];

/// Panels in a row, and the size of one, in units of Grafana's grid of 24 columns.
const COLUMNS: usize = 2;
const WIDTH: usize = 12;
const HEIGHT: usize = 8;

/// The dashboard. Its datasource is a variable, so that it can be imported anywhere as it is.
pub fn grafana_dashboard() -> Json {
    let panels: Vec<Json> = PANELS.iter().enumerate().map(|(n, one)| panel(n, one)).collect();
    json!({
        "uid": "zombie-workers",
        "title": "Zombie Workers",
        "schemaVersion": 36,
        "editable": true,
        "refresh": "5s",
        "time": { "from": "now-15m", "to": "now" },
        "templating": { "list": [{
            "name": "datasource",
            "label": "Data source",
            "type": "datasource",
            "query": "prometheus",
        }] },
        "panels": panels,
    })
}

fn panel(place: usize, panel: &Panel) -> Json {
    let source = json!({ "type": "prometheus", "uid": "${datasource}" });
    let target = |(place, (name, query)): (usize, &(&str, &str))| {
        let id = char::from(b'A' + place as u8).to_string();
        json!({ "refId": id, "datasource": source, "expr": query, "legendFormat": name })
    };
    let targets: Vec<Json> = panel.lines.iter().enumerate().map(target).collect();
    let (x, y) = (place % COLUMNS * WIDTH, place / COLUMNS * HEIGHT);
    json!({
        "id": place + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": source,
        "gridPos": { "x": x, "y": y, "w": WIDTH, "h": HEIGHT },
        "fieldConfig": { "defaults": { "unit": panel.unit, "min": 0 }, "overrides": [] },
        "targets": targets,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::METRICS;

    #[test]
    fn every_query_reads_metrics_that_there_are() {
        for (_, query) in PANELS.iter().flat_map(|panel| panel.lines) {
            let words = query.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let metrics: Vec<&str> =
                words.filter(|word| word.starts_with("zombie_pool_")).collect();
            assert!(!metrics.is_empty(), "{query}");
            for name in metrics {
                assert!(METRICS.iter().any(|metric| metric.name == name), "{name}");
            }
        }
    }

    #[test]
    fn it_can_be_imported_as_it_is() {
        let whole = grafana_dashboard();
        assert!(whole.get("__inputs").is_none());
        let panels = whole["panels"].as_array().expect("a list");
        let ids: std::collections::BTreeSet<u64> =
            panels.iter().filter_map(|panel| panel["id"].as_u64()).collect();
        assert_eq!(ids.len(), PANELS.len());
        for panel in panels {
            assert!(
                panel["title"].is_string() && panel["fieldConfig"]["defaults"]["unit"].is_string()
            );
            assert_eq!(panel["datasource"]["uid"], "${datasource}");
        }
    }
}
