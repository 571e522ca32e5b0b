//! `zombie-workers export`: what a real Prometheus needs to watch a pool as this one is watched.

use std::io::{self, Write};

use clap::{Parser, ValueEnum};

use super::args::Args;
use super::failure::Failure;
use super::plan::Plan;
use super::play;
use crate::kernel::{Duration, Instant};
use crate::watch::{Limits, RulesTest, grafana_dashboard, rules_file};

/// Print the alert rules for a real Prometheus, a dashboard, or a run as a test of the rules.
#[derive(Debug, Parser)]
#[command(name = "zombie-workers export", after_help = EXAMPLES, allow_negative_numbers = true)]
pub struct ExportArgs {
    /// What to print.
    #[arg(value_enum, value_name = "WHAT")]
    kind: Export,

    #[command(flatten)]
    run: Args,
}

const EXAMPLES: &str = "Examples:
  zombie-workers export rules normal > rules.yml
  promtool check rules rules.yml
  zombie-workers export promtool-test zombie > test.yml
  promtool test rules test.yml                 the same alerts, by Prometheus itself";

/// What can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Export {
    /// The alert rules, with the limits that the knobs of the scenario give (YAML).
    Rules,
    /// A dashboard for Grafana (JSON).
    Dashboard,
    /// The metrics of a run, a second apart, and the alerts that fired in it (YAML); it reads the
    /// rules from rules.yml beside it.
    PromtoolTest,
}

/// Time between two readings of a test.
const SECOND: Duration = Duration::secs(1);

/// Prints what was asked for.
pub fn export(args: &ExportArgs) -> Result<(), Failure> {
    let plan = args.run.plan()?;
    let limits = Limits::of(&plan.scenario.knobs);
    let text = match args.kind {
        Export::Rules => rules_file(&limits),
        Export::Dashboard => format!("{:#}\n", grafana_dashboard()),
        Export::PromtoolTest => rules_test(plan, &limits)?,
    };
    Ok(io::stdout().write_all(text.as_bytes())?)
}

fn rules_test(mut plan: Plan, limits: &Limits) -> Result<String, Failure> {
    let seconds = plan.end.saturating_since(Instant::START).as_micros() / SECOND.as_micros();
    plan.at = (0..=seconds).map(|second| Instant::START + SECOND * second).collect();
    let mut test = RulesTest::new(limits);
    play::fast(&plan, |run, _| {
        let now = run.now();
        let commanded = plan.scenario.commands.iter().any(|timed| timed.at() == now);
        test.read(&run.world().instruments, run.pool(), now, commanded);
        Ok(())
    })?;
    Ok(test.finish("rules.yml"))
}
