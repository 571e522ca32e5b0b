//! `zombie-workers drill`: a night through a shell, line by line, or a list of commands again.

use std::io::{self, BufRead, Write};

use clap::{Parser, ValueEnum};
use serde_json::json;

use super::failure::Failure;
use super::screen::printable;
use crate::drill::{HORIZON, Shift};

/// You are paged at 03:47. Find out what is wrong with the pool, through a shell whose commands
/// take virtual time. What customers lose until 04:45 is counted.
#[derive(Debug, Parser)]
#[command(name = "zombie-workers drill", after_help = EXAMPLES)]
pub struct DrillArgs {
    /// Which drill.
    #[arg(value_enum, default_value = "night")]
    what: Drill,

    /// Where all chance comes from; without it, the night of the report.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Type these lines, `;` between them, and let the rest of the night pass.
    #[arg(long, value_name = "LINES")]
    sh: Option<String>,

    /// How the result is printed; JSON is one object, without what the shell said.
    #[arg(long, value_enum, default_value = "text")]
    format: ResultFormat,
}

const EXAMPLES: &str = "Examples:
  zombie-workers drill night                   play: type `help` for what there is
  zombie-workers drill night --sh 'wait 290; ps aux | grep worker | wc -l'
                                               how many processes there are at 03:52
  zombie-workers drill night --sh 'deploy all' --format json
                                               what customers lose, and what they lose of nobody";

/// The drills that there are.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Drill {
    /// The night of the report.
    Night,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ResultFormat {
    /// What the shell says, and the loss in a line.
    Text,
    /// One object.
    Json,
}

/// Plays a drill to its end.
pub fn drill(args: &DrillArgs) -> Result<(), Failure> {
    let Drill::Night = args.what;
    let mut shift = Shift::new(args.seed)?;
    let mut nobody = shift.clone();
    let quiet = args.format == ResultFormat::Json;
    let mut out = io::stdout().lock();
    let mut commands = 0_u32;
    if !quiet {
        writeln!(out, "{} PagerDuty: job processing delays > 5 s p95.", shift.clock())?;
    }
    let mut answer = |line: &str, echoed: bool, out: &mut dyn Write| -> io::Result<()> {
        commands += u32::from(!line.trim().is_empty());
        let said = shift.type_line(line);
        if quiet {
            return Ok(());
        }
        if echoed {
            writeln!(out, "$ {}", printable(line.trim()))?;
        }
        for line in said.text.lines() {
            writeln!(out, "{}", printable(line))?;
        }
        let (clock, price, loss) = (shift.clock(), said.price_s, shift.loss_minutes());
        writeln!(out, "{clock} (+{price} s), {loss:.1} customer-minutes late so far")
    };
    match &args.sh {
        Some(lines) => lines.split(';').try_for_each(|line| answer(line, true, &mut out))?,
        None => io::stdin().lock().lines().try_for_each(|line| answer(&line?, false, &mut out))?,
    }
    shift.finish();
    nobody.finish();
    let (loss, loss_nobody) = (shift.loss_minutes(), nobody.loss_minutes());
    if quiet {
        let result = json!({
            "drill": "night",
            "seed": args.seed,
            "version": env!("CARGO_PKG_VERSION"),
            "commands": commands,
            "loss_customer_minutes": loss,
            "loss_nobody": loss_nobody,
            "trace_hash": format!("{:016x}", shift.trace_hash()),
        });
        return Ok(writeln!(out, "{result}")?);
    }
    let line = format!("Until {HORIZON} customers lost {loss:.1} minutes; with nobody on call,");
    Ok(writeln!(out, "{line} {loss_nobody:.1}.")?)
}
