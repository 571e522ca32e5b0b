//! The command line: arguments, reports, and playing live. Native only.

mod args;
mod block;
mod lab;
mod lab_report;
mod lists;
mod moments;
mod play;
mod report;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use console::Term;

use crate::kernel::Instant;
use crate::knobs::InputError;
use crate::run::Run;
use crate::watch::{Sample, csv_header, csv_row, exposition};
use args::{Args, Format, Plan};
use lab::LabArgs;
use play::Played;
use report::{Report, Totals};

/// Exit status for input that is not allowed.
const USAGE: u8 = 2;

/// Runs the command line.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_some_and(|word| word == "lab") {
        return parsed(LabArgs::try_parse_from(&words[1..]), |args| {
            lab::lab(args, &mut io::stdout().lock()).map(|()| String::new())
        });
    }
    parsed(Args::try_parse_from(&words), execute)
}

/// Does what the words of the command line say, once they are understood.
fn parsed<A>(
    args: Result<A, clap::Error>,
    execute: impl FnOnce(&A) -> Result<String, InputError>,
) -> ExitCode {
    let args = match args {
        Ok(args) => args,
        Err(error) if error.exit_code() == 0 => {
            // Help and version; if nobody can read them there is nobody to tell.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return refuse(&one_line(&error)),
    };
    match execute(&args) {
        Ok(text) => finish(&text),
        Err(error) => refuse(&error.to_string()),
    }
}

fn refuse(line: &str) -> ExitCode {
    eprintln!("zombie-workers: {line}");
    ExitCode::from(USAGE)
}

/// Prints what is left to print. A reader that went away (`| head`) is no error.
fn finish(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            refuse(&format!("standard output: {error}"))
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Does what was asked for, and gives back what remains to be printed.
fn execute(args: &Args) -> Result<String, InputError> {
    let as_json = args.format == Format::Json;
    match args.what.as_str() {
        "knobs" if as_json => return Ok(pretty(&lists::knobs_json())),
        "knobs" => return Ok(lists::knobs_text()),
        "scenarios" if as_json => return Ok(pretty(&lists::scenarios_json())),
        "scenarios" => return Ok(lists::scenarios_text()),
        _ => {}
    }
    let plan = args.plan()?;
    if args.print_link {
        return Ok(format!("?{}\n", plan.link_to(plan.end)?));
    }
    match args.format {
        Format::Text => text(args, &plan),
        Format::Json => json(&plan),
        Format::Csv => csv(&plan),
        Format::Prometheus => prometheus(&plan),
    }
}

/// JSON that people can read as well.
fn pretty(value: &impl serde::Serialize) -> String {
    // Readings and reports are plain structures: always writable.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn text(args: &Args, plan: &Plan) -> Result<String, InputError> {
    let term = Term::stdout();
    let played = if term.is_term() && !args.fast && plan.at.is_empty() {
        play::live(plan, &term)?
    } else {
        let mut out = io::stdout().lock();
        let mut open = true;
        let mut told = Instant::START;
        play::fast(plan, |run, sample| {
            let chapters = play::chapters(&plan.scenario, told, run.now());
            told = run.now();
            // Once the reader has gone away there is nobody to print for.
            open = open && writeln!(out, "{chapters}{}", block::block(&sample)).is_ok();
        })?
    };
    Ok(closing(&played, plan))
}

/// The lines after the last block.
fn closing(Played { run, wall_s }: &Played, plan: &Plan) -> String {
    let totals = Totals::of(run, *wall_s);
    format!(
        "scenario {}, seed {}: {} s of virtual time, {} events in {:.2} s, trace {:016x}\n",
        plan.scenario.name,
        plan.scenario.seed,
        block::grouped(run.now().as_secs_f64() as u64),
        block::grouped(totals.events),
        totals.wall_s,
        run.trace_hash(),
    )
}

fn json(plan: &Plan) -> Result<String, InputError> {
    let mut samples: Vec<Sample> = Vec::new();
    let Played { run, wall_s } = play::fast(plan, |_, sample| samples.push(sample))?;
    let report = Report {
        scenario: &plan.scenario.name,
        seed: plan.scenario.seed,
        samples: &samples,
        last: run.sample(),
        summary: Totals::of(&run, wall_s),
        trace_hash: format!("{:016x}", run.trace_hash()),
        link: plan.link_to(run.now()).ok(),
    };
    Ok(pretty(&report))
}

fn csv(plan: &Plan) -> Result<String, InputError> {
    let mut text = csv_header::<Sample>();
    play::fast(plan, |_, sample| text += &csv_row(&sample))?;
    Ok(text)
}

fn prometheus(plan: &Plan) -> Result<String, InputError> {
    let scrape = |run: &Run| exposition(&run.world().instruments, run.pool(), run.now());
    let mut text = String::new();
    let played = play::fast(plan, |run, _| {
        if !plan.at.is_empty() {
            text += &scrape(run);
        }
    })?;
    Ok(if plan.at.is_empty() { scrape(&played.run) } else { text })
}

/// What clap has to say, in one line that names what was given and what is allowed.
fn one_line(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let suggested = context(ContextKind::SuggestedArg).or(context(ContextKind::SuggestedValue));
    let hint = match (suggested, context(ContextKind::ValidValue)) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, Some(values)) => format!("allowed: {values}"),
        (None, None) => "see --help".to_owned(),
    };
    match error.kind() {
        ErrorKind::UnknownArgument => format!("no such flag: got `{argument}`; {hint}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let allowed = if value.is_empty() { "it takes a value" } else { &hint };
            format!("{argument}: got `{value}`; {allowed}")
        }
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}
