//! A shift: the run of a night from the page on, and what is typed into it.

use super::line::{FORMS, Request, read};
use super::looks;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::{Command, Customers, Run, TimedCommand, built_in};

/// When the pager rings, and when the shift is over, on the night's clock.
const PAGED: &str = "03:47";
/// The end of what is counted, on the night's clock.
pub const HORIZON: &str = "04:45";

/// Seconds of the night's commands that its people gave, and not the world: the longer lives of
/// 03:49:20, and all from the roll-back of 04:15 on.
const THEIRS: [f64; 2] = [740.0, 2_280.0];

/// A shift, standing at some moment of the night.
#[derive(Clone, Debug)]
pub struct Shift {
    run: Run,
    customers: Customers,
    /// What customers had lost when the pager rang.
    lost_before: Duration,
    horizon: Instant,
}

/// What the shell says to a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its lines.
    pub text: String,
    /// What it cost, in virtual seconds.
    pub price_s: u64,
}

impl Shift {
    /// The shift of the night of that seed, as the pager rings; without one, of the report's own.
    ///
    /// # Errors
    /// If the seed is not allowed.
    pub fn new(seed: Option<u64>) -> Result<Self, InputError> {
        let mut scenario = built_in("incident")?;
        scenario.seed = seed.unwrap_or(scenario.seed);
        let [once, from] = THEIRS;
        scenario.commands.retain(|timed: &TimedCommand| timed.at_s != once && timed.at_s < from);
        let run = Run::new(&scenario)?;
        let (paged, horizon) = (run.clock().find(PAGED)?, run.clock().find(HORIZON)?);
        let (customers, lost_before) = (Customers::default(), Duration::ZERO);
        let mut shift = Self { run, customers, lost_before, horizon };
        shift.run.advance(paged, &mut shift.customers);
        shift.lost_before = shift.customers.late_at(&shift.run);
        Ok(shift)
    }

    /// Answers a line. What it asks for is seen or done at the end of its price; one that is not
    /// understood costs nothing.
    pub fn type_line(&mut self, line: &str) -> Answer {
        if line.trim().is_empty() || self.is_over() {
            let text = if self.is_over() { "The shift is over." } else { "" };
            return Answer { text: text.to_owned(), price_s: 0 };
        }
        let (request, filters) = match read(line) {
            Ok(read) => read,
            Err(error) => return Answer { text: error.to_string(), price_s: 0 },
        };
        let price_s = request.price_s();
        let until = (self.run.now() + Duration::secs(price_s)).min(self.horizon);
        self.run.advance(until, &mut self.customers);
        let text = match request {
            Request::Look(look) => looks::text(&self.run, look),
            Request::Act(commands) => self.act(&commands),
            Request::Wait(_) => String::new(),
            Request::Help => FORMS.join("\n"),
        };
        let text = filters.iter().fold(text, |text, filter| filter.apply(&text));
        Answer { text, price_s }
    }

    fn act(&mut self, commands: &[Command]) -> String {
        let mut refusals = Vec::new();
        for command in commands {
            if let Err(error) = self.run.apply(command, &mut self.customers) {
                refusals.push(error.to_string());
            }
        }
        refusals.join("\n")
    }

    /// Whether the horizon is reached.
    pub fn is_over(&self) -> bool {
        self.run.now() >= self.horizon
    }

    /// Lets the rest of the night pass.
    pub fn finish(&mut self) {
        self.run.advance(self.horizon, &mut self.customers);
    }

    /// What the clock on the wall shows, as HH:MM:SS.
    pub fn clock(&self) -> String {
        self.run.clock().at(self.run.now())
    }

    /// What customers have lost since the pager rang, in customer-minutes.
    pub fn loss_minutes(&self) -> f64 {
        let late = self.customers.late_at(&self.run).as_secs_f64();
        (late - self.lost_before.as_secs_f64()) / 60.0
    }

    /// The hash over all events of the night so far.
    pub fn trace_hash(&self) -> u64 {
        self.run.trace_hash()
    }
}
