//! What can be taken away from the page: a row for each format.

use super::browser;
use crate::viewer::State;
use crate::watch::{exposition, json_row};

/// One way to take something away.
pub struct Format {
    /// The file's name.
    pub file: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What is in it.
    pub help: &'static str,
    /// The kind of file, as in HTTP.
    kind: &'static str,
    text: fn(&State) -> String,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

/// All formats. To add one, add a row. (Each chart can be saved as SVG beneath it.)
pub const FORMATS: &[Format] = &[
    Format {
        file: "series.csv",
        name: "Series, CSV",
        help: "All that the charts show, a row for each second",
        kind: "text/csv",
        text: |model| model.runs.tape().series().csv(),
    },
    Format {
        file: "series.json",
        name: "Series, JSON",
        help: "The same for programs",
        kind: "application/json",
        text: |model| model.runs.tape().series().json(),
    },
    Format {
        file: "sample.json",
        name: "This moment, JSON",
        help: "All figures as they stand now",
        kind: "application/json",
        text: |model| json_row(&model.sample()) + "\n",
    },
    Format {
        file: "metrics.txt",
        name: "Metrics, Prometheus",
        help: "The registry now, in Prometheus' text format",
        kind: "text/plain",
        text: |model| {
            let run = model.runs.tape().run();
            exposition(&run.world().instruments, run.pool(), run.now())
        },
    },
    Format {
        file: "scenario.toml",
        name: "Scenario, TOML",
        help: "This run with all that was done to it: for the terminal, or to drop on this page",
        kind: "application/toml",
        text: |model| model.runs.tape().recorded().to_toml(),
    },
    Format {
        file: "pool.png",
        name: "Picture, PNG",
        help: "The pool as it is seen now",
        kind: PICTURE,
        text: |_| browser::pixels("stage"),
    },
];

/// The kind of what is an address of data already.
const PICTURE: &str = "image/png";

/// Hands a file over.
pub fn take(format: &Format, model: &State) {
    let text = (format.text)(model);
    if format.kind == PICTURE {
        browser::save_address(format.file, &text);
    } else {
        browser::save(format.file, format.kind, &text);
    }
}
