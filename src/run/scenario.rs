//! A scenario: what is set, when the clock starts, and what happens at which time.

use std::fmt;

use super::check;
use super::command::{Command, TimedCommand};
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, Knobs, Value};

/// A scenario; also the content of a scenario file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// Its name, as on the command line: one line, at most 60 characters.
    pub name: String,
    /// One line on what there is to see, at most 300 characters.
    pub about: String,
    /// Where all chance comes from; at most [`Scenario::MAX_SEED`].
    pub seed: u64,
    /// What the clock shows when the run begins.
    pub clock: WallClock,
    /// How long it runs unless told otherwise, in seconds.
    pub length_s: f64,
    /// All knobs as the run begins; a file names those that differ from the defaults.
    pub knobs: Knobs,
    /// What is done to the run, and when.
    pub commands: Vec<TimedCommand>,
    /// What people do meanwhile, to be told beside what happens. It has no effect on the run.
    pub chapters: Vec<Chapter>,
}

/// Something that people do at a time of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Seconds since the run began.
    pub at_s: f64,
    /// What they do: one line, at most 300 characters.
    pub tell: String,
}

impl Chapter {
    /// When it is told.
    pub fn at(&self) -> Instant {
        Instant::START + Duration::secs_f64(self.at_s)
    }
}

/// The time of day at which a run begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WallClock {
    seconds: u32,
}

const DAY: u64 = 24 * 3_600;

impl Scenario {
    /// The largest seed: the largest whole number that JSON carries everywhere (RFC 8259, 6).
    pub const MAX_SEED: u64 = (1 << 53) - 1;
    /// How long a run is when its file does not say, in seconds.
    pub const DEFAULT_LENGTH: f64 = 300.0;
    /// The most jobs that all bursts of a run may send.
    pub const MAX_BURST_JOBS: u64 = 500_000;
    /// The most workers that a pool on a tape or in a link may have.
    pub const MAX_WORKERS_TAPED: u32 = 10_000;

    /// Checks everything that it says, wherever it came from.
    pub(super) fn check(&self) -> Result<(), InputError> {
        if self.seed > Self::MAX_SEED {
            let allowed = format!("allowed: a whole number, 0 to {}", Self::MAX_SEED);
            return Err(InputError::new("`seed`", self.seed, allowed));
        }
        check::line("`name`", &self.name, check::MAX_NAME)?;
        check::line("`about`", &self.about, check::MAX_LINE)?;
        check::time("`length_s`", self.length_s)?;
        for chapter in &self.chapters {
            check::line("chapter `tell`", &chapter.tell, check::MAX_LINE)?;
            check::time("chapter `at_s`", chapter.at_s)?;
        }
        self.commands.iter().try_for_each(TimedCommand::check)?;
        self.check_bursts([])
    }

    /// Checks what its bursts ask for together with those that were given by hand: a file or a link
    /// may come from a stranger, and must not hold up its reader.
    pub(super) fn check_bursts<'a>(
        &'a self,
        given: impl IntoIterator<Item = &'a Command>,
    ) -> Result<(), InputError> {
        let own = self.commands.iter().map(|timed| &timed.command);
        let sum: u64 = own.chain(given).map(Command::burst_jobs).sum();
        if sum <= Self::MAX_BURST_JOBS {
            return Ok(());
        }
        let allowed = format!("allowed: at most {} in all bursts of a run", Self::MAX_BURST_JOBS);
        Err(InputError::new("bursts", format!("{sum} jobs"), allowed))
    }

    /// Checks what a page is asked for, which keeps copies of the run, by the scenario and by
    /// commands given by hand: not too many jobs, nor too large a pool.
    pub(super) fn check_tape<'a>(
        &'a self,
        given: impl Iterator<Item = &'a Command> + Clone,
    ) -> Result<(), InputError> {
        self.check_bursts(given.clone())?;
        let own = self.commands.iter().map(|timed| &timed.command);
        let turned = own.chain(given).filter_map(|command| match command {
            Command::Set { knob: KnobId::workers, value: Value::Number(count) } => Some(*count),
            _ => None,
        });
        let most = turned.fold(f64::from(self.knobs.workers), f64::max);
        if most <= f64::from(Self::MAX_WORKERS_TAPED) {
            return Ok(());
        }
        let allowed = format!(
            "allowed in links and on the page: at most {}; in a terminal, without `--link`, more",
            Self::MAX_WORKERS_TAPED
        );
        Err(InputError::new("knob `workers`", most, allowed))
    }

    /// The chapters of the time after `since`, up to and including `until`.
    pub fn chapters(&self, since: Instant, until: Instant) -> impl Iterator<Item = &Chapter> {
        let told = move |chapter: &&Chapter| since < chapter.at() && chapter.at() <= until;
        self.chapters.iter().filter(told)
    }

    /// How long it runs unless told otherwise.
    pub fn length(&self) -> Duration {
        Duration::secs_f64(self.length_s)
    }
}

impl WallClock {
    /// What the clock shows at an instant of the run.
    pub fn at(self, now: Instant) -> String {
        let shown = (u64::from(self.seconds) + now.as_micros() / 1_000_000) % DAY;
        format!("{:02}:{:02}:{:02}", shown / 3_600, shown / 60 % 60, shown % 60)
    }

    /// The first instant of the run at which the clock shows `text`, such as `04:03:15`.
    ///
    /// # Errors
    /// If `text` is not a time of day.
    pub fn find(self, text: &str) -> Result<Instant, InputError> {
        let wanted = Self::try_from(text.to_owned())?;
        let ahead = (DAY + u64::from(wanted.seconds) - u64::from(self.seconds)) % DAY;
        Ok(Instant::START + Duration::secs(ahead))
    }
}

impl TryFrom<String> for WallClock {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        let parts: Vec<Option<u32>> =
            text.split(':').map(|part| part.parse().ok().filter(|_| part.len() <= 2)).collect();
        let (hour, minute, second) = match parts[..] {
            [Some(hour), Some(minute)] => (hour, minute, 0),
            [Some(hour), Some(minute), Some(second)] => (hour, minute, second),
            _ => (u32::MAX, 0, 0),
        };
        if hour > 23 || minute > 59 || second > 59 {
            return Err(InputError::new(
                "clock",
                text,
                "allowed: HH:MM or HH:MM:SS, such as 04:03:15",
            ));
        }
        Ok(Self { seconds: hour * 3_600 + minute * 60 + second })
    }
}

impl fmt::Display for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.at(Instant::START))
    }
}
