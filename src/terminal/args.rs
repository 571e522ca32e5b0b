//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::knobs::Fix;

/// A worker pool that fails quietly, and what saves it: run a night of it here.
#[derive(Debug, Parser)]
#[command(name = "zombie-workers", version, after_help = EXAMPLES, allow_negative_numbers = true)]
pub struct Args {
    /// A scenario, or `scenarios` or `knobs` to list what there is.
    #[arg(value_name = "SCENARIO", default_value = "zombie")]
    pub what: String,

    /// Run the scenario of a file.
    #[arg(long, value_name = "FILE.toml", conflicts_with = "what")]
    pub scenario: Option<PathBuf>,

    /// Run what a link shows, up to its moment: an address, or its query. Of a link to two runs,
    /// A | B, run A is played; see --run.
    #[arg(long, value_name = "URL", conflicts_with_all = ["what", "scenario"])]
    pub link: Option<String>,

    /// Which run of a link to two is played. What is set by other flags is set in both.
    #[arg(long, value_enum, value_name = "RUN", requires = "link", default_value = "a")]
    pub run: WhichRun,

    /// Print the link that shows this run at its end, and do nothing else.
    #[arg(long)]
    pub print_link: bool,

    /// Where all chance comes from: same seed, same night.
    #[arg(long, value_name = "N")]
    pub seed: Option<String>,

    /// How long to run: 90, 90s, 15m, 2h.
    #[arg(long = "for", value_name = "TIME")]
    pub length: Option<String>,

    /// Let so many jobs arrive, bursts included, and run until all have ended. The run also stops,
    /// and says so, when no job can end any more: the host is dead, or for an hour nothing was
    /// under way that could end one; and after 30 days.
    #[arg(long, value_name = "N")]
    pub jobs: Option<String>,

    /// Print the state at this moment (repeatable): seconds, 90s, 15m, or the scenario's clock,
    /// such as 04:03:15. A moment by the clock lies within twelve hours of the beginning, or within
    /// --for.
    #[arg(long, value_name = "T")]
    pub at: Vec<String>,

    /// Turn a knob (repeatable); `zombie-workers knobs` lists them.
    #[arg(long, value_name = "KNOB=VALUE")]
    pub set: Vec<String>,

    #[arg(long, value_name = "LIST", help = fixes_help())]
    pub fixes: Option<String>,

    /// Share of the run that the means of the summary leave out, at its beginning.
    #[arg(long, value_name = "SHARE", default_value = "0")]
    pub warmup: String,

    /// The format in which the run is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,

    /// Time between two blocks, samples or rows, at least 0.1.
    #[arg(long, value_name = "TIME", default_value = "10")]
    pub every: String,

    /// When the run begins, in Unix seconds, for the times of `--format openmetrics`.
    #[arg(long, value_name = "SECONDS", default_value = "0")]
    pub begins_at: String,

    /// Virtual seconds for each real one, when playing live.
    #[arg(long, value_name = "X", default_value = "10")]
    pub speed: String,

    /// Do not play live: run as fast as it goes.
    #[arg(long)]
    pub fast: bool,
}

const EXAMPLES: &str = "Examples:
  zombie-workers zombie                        watch a pool rot
  zombie-workers zombie --fixes all            the same night with all five fixes
  zombie-workers zombie --set toxic_share=0.05 --for 15m --fast
  zombie-workers zombie --at 30 --at 03:45:00  the state at two moments
  zombie-workers incident --at 03:48 --at 04:03:15
                                               the numbers of the report, by running
  zombie-workers queue --jobs 200000 --warmup 0.1 --format json
  zombie-workers --link '?scenario=zombie&seed=7&do=60:kill=12&t=90'
  zombie-workers incident --format openmetrics --begins-at \"$(date -d -2hours +%s)\"
                                               the night for a real Prometheus
  zombie-workers serve zombie                  live behind /metrics; see serve --help
  zombie-workers export rules                  the alerts for a real Prometheus; see export --help
  zombie-workers knobs                         everything that can be turned";

fn fixes_help() -> String {
    let names = Fix::ALL.map(|fix| fix.row().name).join(",");
    format!("Which fixes are on: all, none, or some of {names}")
}

/// The formats in which a run can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people, live on a terminal.
    Text,
    /// One object; samples are written as they are taken, one a line.
    Json,
    /// One row a sample, as it is taken.
    Csv,
    /// The registry at one moment, in Prometheus' exposition format: at the end, or at `--at`.
    Prometheus,
    /// The registry at each sample, with times: `promtool tsdb create-blocks-from openmetrics`
    /// puts it into a real Prometheus.
    Openmetrics,
    /// The table of `knobs`, as in docs/knobs.md.
    Markdown,
}

/// One of the two runs that a link may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhichRun {
    /// The one that the link begins with.
    A,
    /// The one beside it.
    B,
}
