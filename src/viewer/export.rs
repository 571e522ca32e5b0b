//! What can be saved: a row for each format.

use super::runs::Runs;
use crate::watch::{Limits, exposition, grafana_dashboard, rules_file, to_json};

/// A format in which the user can save something of the run.
#[derive(Debug)]
pub struct Format {
    /// The name that the saved file has.
    pub file: &'static str,
    /// What it is called on the page.
    pub name: &'static str,
    /// What is in it, for the page.
    pub help: &'static str,
    /// Its type, as in HTTP.
    pub mime: &'static str,
    /// Its content.
    pub content: Content,
}

/// Where the content of a file comes from.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// It is written from the active run.
    Text(fn(&Runs) -> String),
    /// It is what the active stage shows.
    Stage,
}

/// Two formats are the same if their files are.
impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

/// All formats. To add one, add a row. (Each chart can be saved beneath it.)
pub const FORMATS: &[Format] = &[
    Format {
        file: "series.csv",
        name: "Time series (CSV)",
        help: "Everything in the charts, one row per second",
        mime: "text/csv",
        content: Content::Text(|runs| runs.tape().series().csv()),
    },
    Format {
        file: "series.json",
        name: "Time series (JSON)",
        help: "The same data as JSON",
        mime: "application/json",
        content: Content::Text(|runs| runs.tape().series().json()),
    },
    Format {
        file: "sample.json",
        name: "Current values (JSON)",
        help: "All figures at this moment",
        mime: "application/json",
        content: Content::Text(|runs| to_json(&runs.tape().run().sample().row())),
    },
    Format {
        file: "metrics.txt",
        name: "Metrics (Prometheus)",
        help: "Current metrics in Prometheus text format",
        mime: "text/plain",
        content: Content::Text(|runs| {
            let run = runs.tape().run();
            exposition(&run.world().instruments, run.pool(), run.now())
        }),
    },
    Format {
        file: "rules.yml",
        name: "Alert rules (Prometheus)",
        help: "The pager's rules with the limits of this pool, for a real Prometheus",
        mime: "application/yaml",
        content: Content::Text(|runs| rules_file(&Limits::of(&runs.tape().run().pool().knobs))),
    },
    Format {
        file: "dashboard.json",
        name: "Dashboard (Grafana)",
        help: "The dashboard that tells the truth, to import as it is",
        mime: "application/json",
        content: Content::Text(|_| format!("{:#}\n", grafana_dashboard())),
    },
    Format {
        file: "scenario.toml",
        name: "Scenario (TOML)",
        help: "This run with all your changes; opens here and in the terminal",
        mime: "application/toml",
        content: Content::Text(|runs| runs.tape().recorded().to_toml()),
    },
    Format {
        file: "pool.png",
        name: "Picture (PNG)",
        help: "The pool as you see it now",
        mime: "image/png",
        content: Content::Stage,
    },
];
