//! `zombie-workers lab`: experiments over many runs, on all cores, in parts if wanted.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::lab_report;
use super::moments::duration;
use crate::knobs::{InputError, KnobId};
use crate::lab::{Axis, Design, Figure, HEADER, LabLink, Plan, Row, Table, read_fixes};
use crate::run::{Scenario, View, built_in};

/// Runs whose rows are gathered before they are printed.
const CHUNK: u64 = 64;

/// The arguments that set up what a link sets up as well.
const SETS_UP: [&str; 8] = ["what", "scenario", "sweep", "by", "seeds", "length", "set", "seed"];

/// Run a scenario many times: all combinations of the fixes, or a knob over a range.
#[derive(Debug, Parser)]
#[command(name = "zombie-workers lab", after_help = EXAMPLES, allow_negative_numbers = true)]
pub struct LabArgs {
    /// A scenario, as `zombie-workers scenarios` lists them.
    #[arg(value_name = "SCENARIO", default_value = "zombie")]
    what: String,

    /// Use the scenario of a file.
    #[arg(long, value_name = "FILE.toml", conflicts_with = "what")]
    scenario: Option<PathBuf>,

    /// Do what the link of a lab shows.
    #[arg(long, value_name = "URL", conflicts_with_all = SETS_UP)]
    link: Option<String>,

    /// The first seed.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// How many seeds each cell is run with.
    #[arg(long, value_name = "N", default_value_t = crate::lab::SEEDS)]
    seeds: u32,

    /// How long each run is: 90, 90s, 15m, 2h.
    #[arg(long = "for", value_name = "TIME", default_value = "15m")]
    length: String,

    /// Turn a knob in all cells (repeatable).
    #[arg(long, value_name = "KNOB=VALUE")]
    set: Vec<String>,

    /// Sweep a knob in the place of the fixes: KNOB=FROM..TOxCOUNT or KNOB=A,B,C.
    #[arg(long, value_name = "AXIS")]
    sweep: Option<String>,

    /// Sweep a second knob, from row to row.
    #[arg(long, value_name = "AXIS", requires = "sweep")]
    by: Option<String>,

    /// Halve the steps where the verdict changes, so often.
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with_all = ["shard", "by"])]
    refine: u32,

    /// What the map shows.
    #[arg(long, value_name = "FIGURE", default_value = "survived")]
    figure: String,

    /// The fixes that you think suffice: timeouts,detection.
    #[arg(long, value_name = "LIST")]
    guess: Option<String>,

    /// Run only a part, such as 3/16, and print its rows: the parts in their order are the whole.
    #[arg(long, value_name = "K/N")]
    shard: Option<String>,

    /// Run nothing: read the rows of these files (`-` is standard input).
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["shard", "refine"])]
    rows: Vec<PathBuf>,

    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: LabFormat,

    /// Print the link that shows this experiment on the page, and do nothing else.
    #[arg(long)]
    print_link: bool,
}

const EXAMPLES: &str = "Examples:
  zombie-workers lab zombie --seeds 20         which fixes are needed?
  zombie-workers lab zombie --figure memory --format csv
  zombie-workers lab timeouts-detection --sweep timeout_toxic_s=2..60x24 --for 30m --refine 2
  zombie-workers lab zombie --sweep timeout_toxic_s=2..120x24 --by toxic_share=0.001..0.05x16
  seq 16 | parallel -k zombie-workers lab zombie --shard {}/16 > rows.csv
  zombie-workers lab zombie --rows rows.csv    the map of what the parts found";

/// The formats in which an experiment can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LabFormat {
    /// The map, for people.
    Text,
    /// One object with all cells.
    Json,
    /// One line a run.
    Csv,
}

/// A part of the runs: the `k`th of `n`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shard {
    k: u64,
    n: u64,
}

impl Shard {
    const WHOLE: Self = Self { k: 1, n: 1 };

    fn parse(text: &str) -> Result<Self, InputError> {
        let parts =
            text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        let fits = |&(k, n): &(u64, u64)| 1 <= k && k <= n && n <= 1_000_000;
        let allowed = "allowed: K/N, such as 3/16, with K from 1 to N";
        let (k, n) = parts.filter(fits).ok_or_else(|| InputError::new("--shard", text, allowed))?;
        Ok(Self { k, n })
    }

    fn range(self, runs: u64) -> std::ops::Range<u64> {
        runs * (self.k - 1) / self.n..runs * self.k / self.n
    }
}

/// Does what was asked for. What it prints goes out as it comes.
///
/// # Errors
/// If an argument is not allowed, or a file of rows cannot be read.
pub fn lab(args: &LabArgs, out: &mut impl Write) -> Result<(), InputError> {
    let mut link = args.link()?;
    let shard = args.shard.as_deref().map_or(Ok(Shard::WHOLE), Shard::parse)?;
    if args.print_link {
        link.view.room = Some("lab");
        print(
            out,
            &format!(
                "?{}
",
                link.write()?
            ),
        );
        return Ok(());
    }
    let rows_only = args.shard.is_some() || args.format == LabFormat::Csv;
    let mut table = Table::new(link.plan.cells());
    if args.rows.is_empty() {
        let mut open = !rows_only || shard.k > 1 || print(out, &format!("{HEADER}\n"));
        run(&link.plan, shard, |row| {
            // Once the reader has gone away there is no need to go on.
            open = open && (!rows_only || print(out, &format!("{row}\n")));
            table.add(row);
            open
        })?;
        if rows_only {
            return Ok(());
        }
        for _ in 0..args.refine {
            table = refine(&mut link.plan, &table)?;
        }
    } else {
        read_rows(&args.rows, &mut table)?;
    }
    match args.format {
        LabFormat::Json => print(out, &lab_report::json(&link, &table)),
        LabFormat::Csv => print(out, &lab_report::rows(&table)),
        LabFormat::Text => print(out, &lab_report::text(&link, &table)),
    };
    Ok(())
}

fn print(out: &mut impl Write, text: &str) -> bool {
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

impl LabArgs {
    fn link(&self) -> Result<LabLink, InputError> {
        let figure = Figure::named("--figure", &self.figure)?;
        let guess = self.guess.as_deref().map(|names| read_fixes("--guess", names)).transpose()?;
        if let Some(text) = &self.link {
            let link = LabLink::read(text)?;
            return Ok(LabLink { guess: guess.or(link.guess), ..link });
        }
        let mut base = self.base()?;
        base.seed = self.seed.unwrap_or(base.seed);
        for setting in &self.set {
            let allowed = "allowed: KNOB=VALUE, such as workers=20";
            let (knob, value) = setting
                .split_once('=')
                .ok_or_else(|| InputError::new("--set", setting, allowed))?;
            base.knobs.set_text(KnobId::find(knob.trim())?, value)?;
        }
        let axis = |flag: &str, text: &Option<String>| {
            text.as_deref().map(|text| Axis::parse(flag, text, '=')).transpose()
        };
        let design = match axis("--sweep", &self.sweep)? {
            Some(along) => Design::Sweep { along, by: axis("--by", &self.by)? },
            None => Design::Fixes,
        };
        let until_s = duration("--for", &self.length)?.as_secs_f64();
        let plan = Plan::new(base, design, self.seeds, until_s)?;
        Ok(LabLink { plan, figure, guess, view: View::default() })
    }

    fn base(&self) -> Result<Scenario, InputError> {
        let Some(path) = &self.scenario else { return built_in(&self.what) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| InputError::new("--scenario", path.display(), error.to_string()))?;
        Scenario::from_toml(&text)
    }
}

/// Runs a part on all cores. `take` is given the rows in their order; false ends it.
fn run(plan: &Plan, shard: Shard, mut take: impl FnMut(Row) -> bool) -> Result<(), InputError> {
    let all = shard.range(plan.runs());
    let bar = progress_bar(all.end - all.start);
    for begin in all.clone().step_by(CHUNK as usize) {
        let chunk = begin..(begin + CHUNK).min(all.end);
        let row = |n| {
            let row = plan.task(n)?.run();
            bar.inc(1);
            row
        };
        let rows: Vec<Row> = chunk.into_par_iter().map(row).collect::<Result<_, InputError>>()?;
        if !rows.into_iter().all(&mut take) {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(())
}

fn progress_bar(runs: u64) -> ProgressBar {
    if !Term::stderr().is_term() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(runs);
    match ProgressStyle::with_template("{bar:40} {pos} of {len} runs  {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Halves the steps of a sweep where the verdict changes, and runs what is new.
fn refine(plan: &mut Plan, table: &Table) -> Result<Table, InputError> {
    let Design::Sweep { along, by: None } = &plan.design else {
        return Err(InputError::new("--refine", "fixes", "allowed: with --sweep of one knob"));
    };
    let finer = along.halved(&table.changes(0, along.values.len()));
    let known: Vec<Option<usize>> = finer
        .values
        .iter()
        .map(|value| along.values.iter().position(|known| known == value))
        .collect();
    plan.design = Design::Sweep { along: finer, by: None };
    let mut refined = Table::new(plan.cells());
    let old = table.rows();
    for (cell, place) in known.iter().enumerate() {
        let rows = old.iter().filter(|row| Some(row.cell as usize) == *place);
        rows.for_each(|row| refined.add(Row { cell: cell as u32, ..row.clone() }));
    }
    let new: Vec<u64> = (0..plan.runs())
        .filter(|n| known[(n % u64::from(plan.cells())) as usize].is_none())
        .collect();
    let row = |&n: &u64| plan.task(n)?.run();
    let rows: Vec<Row> = new.par_iter().map(row).collect::<Result<_, InputError>>()?;
    rows.into_iter().for_each(|row| refined.add(row));
    Ok(refined)
}

fn read_rows(files: &[PathBuf], table: &mut Table) -> Result<(), InputError> {
    for path in files {
        let unreadable =
            |error: io::Error| InputError::new("--rows", path.display(), error.to_string());
        let text = if path.as_os_str() == "-" {
            io::read_to_string(io::stdin()).map_err(unreadable)?
        } else {
            std::fs::read_to_string(path).map_err(unreadable)?
        };
        for line in text.lines().filter(|line| !line.is_empty() && *line != HEADER) {
            table.add(Row::parse(line)?);
        }
    }
    Ok(())
}
