//! The scenario and the moments that follow from what was said on the command line.

use super::args::{Args, Format, WhichRun};
use super::moments::{duration, moment};
use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError, KnobId, Knobs, nearest};
use crate::run::{BUILT_IN, Link, Run, Scenario, built_in, recorded};

/// What is to be run, and looked at when.
#[derive(Debug)]
pub struct Plan {
    /// The scenario, with everything turned that was asked for, and all commands of a link.
    pub scenario: Scenario,
    /// The link to it, without a moment; of a link to two runs, to both.
    link: Link,
    /// When the run ends; with a number of jobs and no time, as late as may be.
    pub end: Instant,
    /// Whether it ends as soon as all jobs have, or as none can any more.
    pub until_done: bool,
    /// The moments asked for, in order; none means one each `every`.
    pub at: Vec<Instant>,
    /// Time between two samples.
    pub every: Duration,
    /// Share of the run that is warm-up.
    pub warmup: f64,
    /// Virtual seconds for each real one.
    pub speed: f64,
    /// When the run begins, in Unix seconds.
    pub begins_at_s: f64,
}

/// The latest end of a run that is told to go on until its jobs are done: thirty days.
const LATEST: Duration = Duration::secs(30 * 86_400);
/// The shortest time between two samples.
const SHORTEST: Duration = Duration::millis(100);
/// As many as the knob `job_limit` allows.
const MAX_JOBS: u64 = 100_000_000;

/// The latest beginning of a run, in Unix seconds: the end of the year 9999.
const MAX_UNIX_S: u64 = 253_402_300_799;

impl Args {
    /// The plan of these arguments.
    ///
    /// # Errors
    /// If anything in them is not allowed; the fault names it.
    pub fn plan(&self) -> Result<Plan, InputError> {
        let mut link = self.base()?;
        let moment_of_link = link.at.take();
        if let Some(text) = &self.seed {
            link.scenario.seed = whole("--seed", text, 0, Scenario::MAX_SEED)?;
        }
        self.turn(&mut link.scenario.knobs)?;
        if let Some(other) = &mut link.other {
            self.turn(&mut other.knobs)?;
        }
        let scenario = self.played(&link)?;
        let (end, at) = self.moments(&scenario, moment_of_link)?;
        Ok(Plan {
            end,
            until_done: self.jobs.is_some(),
            at,
            every: self.every()?,
            warmup: number("--warmup", &self.warmup, 0.0, 0.9)?,
            speed: number("--speed", &self.speed, 0.1, 10_000.0)?,
            begins_at_s: whole("--begins-at", &self.begins_at, 0, MAX_UNIX_S)? as f64,
            scenario,
            link,
        })
    }

    /// When the run ends at the latest, and the moments asked for.
    fn moments(
        &self,
        scenario: &Scenario,
        moment_of_link: Option<Instant>,
    ) -> Result<(Instant, Vec<Instant>), InputError> {
        let length = self.length.as_deref().map(|text| duration("--for", text)).transpose()?;
        let moments = self.at.iter().map(|text| moment(text, scenario.clock, length));
        let mut at = moments.collect::<Result<Vec<_>, _>>()?;
        at.sort_unstable();
        if self.format == Format::Prometheus && at.len() > 1 {
            let given = format!("{} moments", at.len());
            let allowed = "--format prometheus prints one scrape: allowed is one --at";
            return Err(InputError::new("--at", given, allowed));
        }
        let otherwise = match (self.jobs.is_some(), at.last(), moment_of_link) {
            (true, ..) => LATEST,
            (false, Some(last), _) => last.saturating_since(Instant::START),
            (false, None, Some(moment)) => moment.saturating_since(Instant::START),
            (false, None, None) => scenario.length(),
        };
        let end = Instant::START + length.unwrap_or(otherwise);
        match at.iter().find(|at| **at > end) {
            None => Ok((end, at)),
            Some(late) => {
                let given = format!("{} s", late.as_secs_f64());
                let allowed = format!("the run ends at {} s", end.as_secs_f64());
                Err(InputError::new("--at", given, allowed))
            }
        }
    }

    fn every(&self) -> Result<Duration, InputError> {
        let every = duration("--every", &self.every)?;
        if every < SHORTEST {
            let allowed = format!("allowed: at least {} s", SHORTEST.as_secs_f64());
            return Err(InputError::new("--every", &self.every, allowed));
        }
        Ok(every)
    }

    /// The scenario of the run that is to be played, with the commands that a link gives by hand.
    fn played(&self, link: &Link) -> Result<Scenario, InputError> {
        match (self.run, &link.other) {
            (WhichRun::A, _) => Ok(recorded(&link.scenario, &link.given)),
            (WhichRun::B, Some(other)) => {
                let beside = Scenario { knobs: other.knobs, ..link.scenario.clone() };
                Ok(recorded(&beside, &other.given))
            }
            (WhichRun::B, None) => {
                Err(InputError::new("--run", "b", "the link leads to one run: it has no `b=1`"))
            }
        }
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
        match nearest(&self.what, known.clone()) {
            Some(_) => InputError::unknown("scenario", &self.what, known),
            None => error,
        }
    }

    /// Turns what was asked for.
    fn turn(&self, knobs: &mut Knobs) -> Result<(), InputError> {
        if let Some(list) = &self.fixes {
            turn_fixes(list, knobs)?;
        }
        for setting in &self.set {
            turn(setting, knobs)?;
        }
        if let Some(text) = &self.jobs {
            knobs.job_limit = whole("--jobs", text, 1, MAX_JOBS)? as u32;
        }
        Ok(())
    }
}

impl Plan {
    /// Checks that the worker that a link asks for is there in `run`, where that ended.
    ///
    /// # Errors
    /// If it is not.
    pub fn check_worker(&self, run: &Run) -> Result<(), InputError> {
        self.link.check_worker(run)
    }

    /// The query of a link to this run at a moment.
    ///
    /// # Errors
    /// If the run is too large for a link.
    pub fn link_to(&self, moment: Instant) -> Result<String, InputError> {
        Link { at: Some(moment), ..self.link.clone() }.write()
    }
}

fn turn_fixes(list: &str, knobs: &mut Knobs) -> Result<(), InputError> {
    let names = Fix::ALL.iter().map(|fix| fix.row().name);
    let wanted: Vec<&str> = match list {
        "all" => names.clone().collect(),
        "none" => Vec::new(),
        some => some.split(',').map(str::trim).collect(),
    };
    match wanted.iter().find(|name| !names.clone().any(|known| known == **name)) {
        None => {}
        Some(&word @ ("all" | "none")) => {
            return Err(InputError::new("--fixes", list, format!("`{word}` stands alone")));
        }
        Some(unknown) => {
            return Err(InputError::unknown("--fixes", unknown, names.chain(["all", "none"])));
        }
    }
    for fix in Fix::ALL {
        fix.switch(knobs, wanted.contains(&fix.row().name));
    }
    Ok(())
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
