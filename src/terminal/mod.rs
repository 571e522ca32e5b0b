//! The command line: arguments, reports, and playing live. Native only.

mod args;
mod block;
mod drill;
mod export;
mod failure;
mod lab;
mod lab_report;
mod lists;
mod moments;
mod plan;
mod play;
mod print;
mod report;
mod screen;
mod serve;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::knobs::InputError;
use args::{Args, Format};
use drill::DrillArgs;
use export::ExportArgs;
use failure::Failure;
use lab::LabArgs;
use serve::ServeArgs;

/// Exit status for input that is not allowed.
const USAGE: u8 = 2;

/// Runs the command line. Its first word may be a command with flags of its own.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    match words.get(1).and_then(|word| word.to_str()) {
        Some("lab") => parsed(LabArgs::try_parse_from(&words[1..]), |args| {
            Ok(lab::lab(args, &mut io::stdout().lock())?)
        }),
        Some("drill") => parsed(DrillArgs::try_parse_from(&words[1..]), drill::drill),
        Some("serve") => parsed(ServeArgs::try_parse_from(&words[1..]), serve::serve),
        Some("export") => parsed(ExportArgs::try_parse_from(&words[1..]), export::export),
        _ => parsed(Args::try_parse_from(&words), execute),
    }
}

/// Does what the words of the command line say, once they are understood.
fn parsed<A>(
    args: Result<A, clap::Error>,
    execute: impl FnOnce(&A) -> Result<(), Failure>,
) -> ExitCode {
    let args = match args {
        Ok(args) => args,
        Err(error) if error.exit_code() == 0 => {
            // Help and version; if they cannot be read there is no place to say so.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return refuse(&one_line(&error)),
    };
    match execute(&args) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that went away (`| head`) is no error.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => refuse(&format!("standard output: {error}")),
        Err(Failure::Input(error)) => refuse(&error.to_string()),
    }
}

fn refuse(line: &str) -> ExitCode {
    eprintln!("zombie-workers: {}", screen::printable(line));
    ExitCode::from(USAGE)
}

/// Does what was asked for.
fn execute(args: &Args) -> Result<(), Failure> {
    if let Some(text) = lists::list(&args.what, args.format)? {
        return Ok(io::stdout().write_all(text.as_bytes())?);
    }
    let plan = args.plan()?;
    if args.print_link {
        return print::link(&plan);
    }
    match args.format {
        Format::Text => print::text(&plan, args.fast),
        Format::Json => print::json(&plan),
        Format::Csv => print::csv(&plan),
        Format::Prometheus => print::prometheus(&plan),
        Format::Openmetrics => print::openmetrics(&plan),
        Format::Markdown => {
            Err(InputError::new("--format", "markdown", "it is for `knobs`").into())
        }
    }
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
        // Only one word may stand for itself: the scenario.
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            format!("one scenario is run at a time: got `{argument}` as well; see --help")
        }
        ErrorKind::UnknownArgument => format!("no such flag: got `{argument}`; {hint}"),
        ErrorKind::ArgumentConflict => {
            let others = context(ContextKind::PriorArg).unwrap_or_default();
            format!("`{argument}` and `{others}` do not go together: give one of them")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let allowed = if value.is_empty() { "it takes a value" } else { &hint };
            format!("{argument}: got `{value}`; {allowed}")
        }
        _ => {
            // Its first paragraph, in one line.
            let text = error.to_string();
            let lines = text.lines().take_while(|line| !line.is_empty()).map(str::trim);
            let all = lines.collect::<Vec<_>>().join(" ");
            all.trim_start_matches("error: ").to_owned()
        }
    }
}
