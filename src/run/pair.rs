//! A | B: two runs of the same jobs with other knobs, clocks locked, one time machine for both.

use super::tape::Tape;
use super::{Command, Observer, Run, Scenario};
use crate::kernel::Instant;
use crate::knobs::{InputError, Knobs};

/// Two tapes that stand at the same instant.
#[derive(Debug)]
pub struct Pair {
    /// The one.
    pub a: Tape,
    /// The other.
    pub b: Tape,
}

/// One of two runs, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one.
    A,
    /// The other.
    B,
    /// Both of them.
    Both,
}

/// A figure of both runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub name: &'static str,
    /// Its unit; empty if it is a count.
    pub unit: &'static str,
    /// A's.
    pub a: f64,
    /// B's.
    pub b: f64,
    /// Who does better, if they differ.
    pub better: Option<Side>,
}

/// A figure to compare.
struct Figure {
    name: &'static str,
    unit: &'static str,
    more_is_better: bool,
    of: fn(&Run) -> f64,
}

/// What is compared: one row each.
const FIGURES: &[Figure] = &[
    Figure { name: "goodput", unit: "jobs/s", more_is_better: true, of: goodput },
    Figure { name: "p95", unit: "s", more_is_better: false, of: p95_s },
    Figure {
        name: "peak memory",
        unit: "MiB",
        more_is_better: false,
        of: |run| run.pool().host().peak_mib(&run.pool().knobs) as f64,
    },
    Figure {
        name: "zombies",
        unit: "",
        more_is_better: false,
        of: |run| f64::from(run.pool().roster().zombies()),
    },
    Figure { name: "wasted", unit: "worker-seconds", more_is_better: false, of: wasted },
];

/// NaN if no job ended lately.
fn p95_s(run: &Run) -> f64 {
    run.sample().p95_s.unwrap_or(f64::NAN)
}

/// Jobs that ended well, for each second of the run.
fn goodput(run: &Run) -> f64 {
    run.pool().ledger().succeeded as f64 / run.now().as_secs_f64().max(1.0)
}

/// Worker-seconds that came to nothing: hung, as zombies, starting again, and in attempts that were
/// taken away from workers that did not hang.
fn wasted(run: &Run) -> f64 {
    let watch = &run.world().instruments;
    let times = watch.times();
    (times.hung + times.zombie + times.restarting) as f64 + watch.truth().undone_us as f64 / 1e6
}

impl Pair {
    /// Two runs of `scenario`, B with other knobs from the beginning.
    ///
    /// # Errors
    /// As [`Tape::new`].
    pub fn new(scenario: Scenario, b: Knobs) -> Result<Self, InputError> {
        let other = Scenario { knobs: b, ..scenario.clone() };
        Self::of(Tape::new(scenario)?, Tape::new(other)?)
    }

    /// Two tapes, brought to where A stands.
    ///
    /// # Errors
    /// If their jobs are not the same: another seed.
    pub fn of(a: Tape, mut b: Tape) -> Result<Self, InputError> {
        let (ours, theirs) = (a.scenario().seed, b.scenario().seed);
        if ours != theirs {
            let allowed = format!("allowed: {ours}, the seed of the other run");
            return Err(InputError::new("seed of B", theirs, allowed));
        }
        b.seek(a.now());
        Ok(Self { a, b })
    }

    /// Where both stand.
    pub fn now(&self) -> Instant {
        self.a.now()
    }

    /// How far both were played.
    pub fn end(&self) -> Instant {
        self.a.end().min(self.b.end())
    }

    /// Plays both on to `until`.
    pub fn play(
        &mut self,
        until: Instant,
        watch_a: &mut impl Observer,
        watch_b: &mut impl Observer,
    ) {
        self.a.play(until, watch_a);
        self.b.play(until, watch_b);
    }

    /// Moves both to an instant, back or forward.
    pub fn seek(&mut self, to: Instant) {
        self.a.seek(to);
        self.b.seek(to);
    }

    /// Moves both on to the next instant at which anything happens in either, but not past
    /// `until`. False if nothing does.
    pub fn step(
        &mut self,
        until: Instant,
        watch_a: &mut impl Observer,
        watch_b: &mut impl Observer,
    ) -> bool {
        let next = |tape: &Tape| {
            let mut ahead = tape.run().clone();
            ahead.step(until, &mut ()).then(|| ahead.now())
        };
        let next = next(&self.a).into_iter().chain(next(&self.b)).min();
        self.play(next.unwrap_or(until), watch_a, watch_b);
        next.is_some()
    }

    /// Goes back to the last instant before this at which anything happened in either. False at the
    /// beginning.
    pub fn step_back(&mut self) -> bool {
        let Some(before) = self.now().as_micros().checked_sub(1) else { return false };
        self.seek(Instant::from_micros(before));
        let last = self.a.run().last_step_at().max(self.b.run().last_step_at());
        self.seek(last);
        true
    }

    /// Does something to one of them, or to both.
    ///
    /// # Errors
    /// If it is not allowed; nothing is changed in either then.
    pub fn apply(&mut self, side: Side, command: &Command) -> Result<(), InputError> {
        let Self { a, b } = self;
        match side {
            Side::A => a.apply(command.clone(), &mut ()),
            Side::B => b.apply(command.clone(), &mut ()),
            Side::Both => {
                // What only one of them would refuse must not be done to the other.
                b.run().clone().apply(command, &mut ())?;
                a.apply(command.clone(), &mut ())?;
                b.apply(command.clone(), &mut ())
            }
        }
    }

    /// The figures of both where they stand.
    pub fn rows(&self) -> Vec<Row> {
        differences(self.a.run(), self.b.run())
    }
}

/// The figures of two runs where they stand.
pub fn differences(a: &Run, b: &Run) -> Vec<Row> {
    let row = |figure: &Figure| {
        let (a, b) = ((figure.of)(a), (figure.of)(b));
        let (best, other) = if a > b { (Side::A, Side::B) } else { (Side::B, Side::A) };
        let better = if figure.more_is_better { best } else { other };
        // No value is neither better nor worse than any.
        let differ = a.partial_cmp(&b).is_some_and(std::cmp::Ordering::is_ne);
        Row { name: figure.name, unit: figure.unit, a, b, better: differ.then_some(better) }
    };
    FIGURES.iter().map(row).collect()
}
