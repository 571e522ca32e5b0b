//! What can be said on the command line, and the scenario and the moments that follow from it.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::moments::{duration, moment};
use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError, KnobId, Knobs};
use crate::run::{BUILT_IN, Link, Scenario, built_in, recorded};

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

    /// Run what a link shows, up to its moment: an address, or its query.
    #[arg(long, value_name = "URL", conflicts_with_all = ["what", "scenario"])]
    pub link: Option<String>,

    /// Print the link that shows this run at its end, and do nothing else.
    #[arg(long)]
    pub print_link: bool,

    /// Where all chance comes from: same seed, same night.
    #[arg(long, value_name = "N")]
    seed: Option<String>,

    /// How long to run: 90, 90s, 15m, 2h.
    #[arg(long = "for", value_name = "TIME")]
    length: Option<String>,

    /// Let so many jobs arrive, and run until all have ended.
    #[arg(long, value_name = "N")]
    jobs: Option<String>,

    /// Print the state at this moment (repeatable): seconds, 90s, 15m, or the scenario's clock,
    /// such as 04:03:15.
    #[arg(long, value_name = "T")]
    at: Vec<String>,

    /// Turn a knob (repeatable); `zombie-workers knobs` lists them.
    #[arg(long, value_name = "KNOB=VALUE")]
    set: Vec<String>,

    /// Which fixes are on: all, none, or some of timeouts,health,limits,detection,breaker.
    #[arg(long, value_name = "LIST")]
    fixes: Option<String>,

    /// Share of the run that the means of the summary leave out, at its beginning.
    #[arg(long, value_name = "SHARE", default_value = "0")]
    warmup: String,

    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,

    /// Time between two blocks, samples or rows.
    #[arg(long, value_name = "TIME", default_value = "10")]
    every: String,

    /// Virtual seconds for each real one, when playing live.
    #[arg(long, value_name = "X", default_value = "10")]
    speed: String,

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
  zombie-workers knobs                         everything that can be turned";

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One object.
    Json,
    /// One row a sample.
    Csv,
    /// The registry at the end, in Prometheus' exposition format.
    Prometheus,
}

/// What is to be run, and looked at when.
#[derive(Debug)]
pub struct Plan {
    /// The scenario, with everything turned that was asked for, and all commands of a link.
    pub scenario: Scenario,
    /// The same without the commands that a link gives by hand, and those commands.
    link: Link,
    /// When the run ends; with a number of jobs and no time, as late as may be.
    pub end: Instant,
    /// Whether it ends as soon as all jobs have.
    pub until_done: bool,
    /// The moments asked for, in order; none means one each `every`.
    pub at: Vec<Instant>,
    /// Time between two samples.
    pub every: Duration,
    /// Share of the run that is warm-up.
    pub warmup: f64,
    /// Virtual seconds for each real one.
    pub speed: f64,
}

/// The latest end of a run that is told to go on until its jobs are done: thirty days.
const LATEST: Duration = Duration::secs(30 * 86_400);

/// As many as the knob `job_limit` allows.
const MAX_JOBS: u64 = 100_000_000;

impl Args {
    /// The plan of these arguments.
    ///
    /// # Errors
    /// If anything in them is not allowed; the fault names it.
    pub fn plan(&self) -> Result<Plan, InputError> {
        let Link { mut scenario, given, at: moment_of_link, .. } = self.base()?;
        if let Some(text) = &self.seed {
            scenario.seed = whole("--seed", text, 0, Scenario::MAX_SEED)?;
        }
        self.turn_fixes(&mut scenario.knobs)?;
        for setting in &self.set {
            turn(setting, &mut scenario.knobs)?;
        }
        if let Some(text) = &self.jobs {
            let jobs = whole("--jobs", text, 1, MAX_JOBS)?;
            scenario.knobs.job_limit = jobs as u32;
        }
        let length = self.length.as_deref().map(|text| duration("--for", text)).transpose()?;
        let until_done = self.jobs.is_some();
        let otherwise = match moment_of_link {
            _ if until_done => LATEST,
            Some(moment) => moment.saturating_since(Instant::START),
            None => scenario.length(),
        };
        let moments = self.at.iter().map(|text| moment(text, scenario.clock));
        let mut at = moments.collect::<Result<Vec<_>, _>>()?;
        at.sort_unstable();
        let mut end = Instant::START + length.unwrap_or(otherwise);
        if let (None, Some(&last)) = (length, at.last()) {
            end = if until_done { end.max(last) } else { last };
        }
        if let Some(late) = at.iter().find(|at| **at > end) {
            let given = format!("{} s", late.as_secs_f64());
            return Err(InputError::new(
                "--at",
                given,
                format!("the run ends at {} s", end.as_secs_f64()),
            ));
        }
        Ok(Plan {
            end,
            until_done,
            at,
            every: duration("--every", &self.every)?.max(Duration::millis(100)),
            warmup: number("--warmup", &self.warmup, 0.0, 0.9)?,
            speed: number("--speed", &self.speed, 0.1, 10_000.0)?,
            scenario: recorded(&scenario, &given),
            link: Link { given, ..Link::new(scenario) },
        })
    }

    fn base(&self) -> Result<Link, InputError> {
        match &self.link {
            Some(text) => Link::read(text),
            None => self.base_scenario().map(Link::new),
        }
    }

    fn base_scenario(&self) -> Result<Scenario, InputError> {
        let Some(path) = &self.scenario else {
            return built_in(&self.what).map_err(|error| self.maybe_a_list(error));
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| InputError::new("--scenario", path.display(), error.to_string()))?;
        Scenario::from_toml(&text).map_err(|error| InputError {
            field: format!("{}, {}", path.display(), error.field),
            ..error
        })
    }

    /// `knobs` and `scenarios` stand where a scenario would, so they are suggested too.
    fn maybe_a_list(&self, error: InputError) -> InputError {
        let known = BUILT_IN.iter().map(|(name, _)| *name).chain(["knobs", "scenarios"]);
        match crate::knobs::nearest(&self.what, known) {
            Some(_) => {
                let known = BUILT_IN.iter().map(|(name, _)| *name).chain(["knobs", "scenarios"]);
                InputError::unknown("scenario", &self.what, known)
            }
            None => error,
        }
    }

    fn turn_fixes(&self, knobs: &mut Knobs) -> Result<(), InputError> {
        let Some(list) = self.fixes.as_deref() else { return Ok(()) };
        let names = Fix::ALL.iter().map(|fix| fix.row().name);
        let wanted: Vec<&str> = match list {
            "all" => names.clone().collect(),
            "none" => Vec::new(),
            some => some.split(',').map(str::trim).collect(),
        };
        if let Some(unknown) =
            wanted.iter().find(|name| !names.clone().any(|known| known == **name))
        {
            return Err(InputError::unknown("--fixes", unknown, names.chain(["all", "none"])));
        }
        for fix in Fix::ALL {
            fix.switch(knobs, wanted.contains(&fix.row().name));
        }
        Ok(())
    }
}

impl Plan {
    /// The query of a link to this run at a moment.
    ///
    /// # Errors
    /// If the run is too large for a link.
    pub fn link_to(&self, moment: Instant) -> Result<String, InputError> {
        Link { at: Some(moment), ..self.link.clone() }.write()
    }
}

fn turn(setting: &str, knobs: &mut Knobs) -> Result<(), InputError> {
    let Some((name, value)) = setting.split_once('=') else {
        return Err(InputError::new("--set", setting, "allowed: KNOB=VALUE, such as workers=20"));
    };
    knobs.set_text(KnobId::find(name.trim())?, value)
}

fn number(flag: &str, text: &str, min: f64, max: f64) -> Result<f64, InputError> {
    let allowed = || InputError::new(flag, text, format!("allowed: a number, {min} to {max}"));
    text.parse().ok().filter(|number| (min..=max).contains(number)).ok_or_else(allowed)
}

fn whole(flag: &str, text: &str, min: u64, max: u64) -> Result<u64, InputError> {
    let allowed =
        || InputError::new(flag, text, format!("allowed: a whole number, {min} to {max}"));
    text.parse().ok().filter(|number| (min..=max).contains(number)).ok_or_else(allowed)
}
