//! Fix 5, circuit breaker: stop taking jobs of a kind that keeps failing. One for each kind.
//!
//! The state machine is resilience4j's (count or time window, minimum calls, failure and slow
//! rates, half-open permits), with gobreaker's generations, a deadline for hung probes, and a
//! growing wait. A breaker keeps what happened and when, and reads every limit from its
//! configuration when it needs it: a turned knob reaches a breaker that is open or half-open.

use super::window::{Call, Tally, Window, WindowSize};
use crate::kernel::{Duration, Instant};
use crate::knobs::{Knobs, WindowType};
use crate::pool::{Gate, JobKind};

/// What a breaker goes by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakerConfig {
    /// What the window covers.
    pub window: WindowSize,
    /// Fewer calls decide nothing.
    pub minimum_calls: u32,
    /// Share of failed calls at which it opens.
    pub failure_rate: f64,
    /// Share of slow calls at which it opens.
    pub slow_rate: f64,
    /// A call longer than this is slow.
    pub slow_after: Duration,
    /// How long it stays open the first time.
    pub open_for: Duration,
    /// What that is multiplied with at each re-opening.
    pub multiplier: f64,
    /// The longest it stays open.
    pub open_cap: Duration,
    /// Calls let through half-open.
    pub permits: u32,
    /// How long such a call may take before it is held to hang.
    pub half_open_deadline: Duration,
}

impl BreakerConfig {
    /// What the knobs say for a kind of jobs.
    pub fn of(kind: JobKind, knobs: &Knobs) -> Self {
        let timeout = kind.timeout(knobs);
        Self {
            window: match knobs.breaker_window_type {
                WindowType::Count => WindowSize::Calls(knobs.breaker_window),
                WindowType::Time => WindowSize::Seconds(knobs.breaker_window),
            },
            minimum_calls: knobs.breaker_minimum_calls,
            failure_rate: knobs.breaker_failure_rate,
            slow_rate: knobs.breaker_slow_rate,
            slow_after: timeout.mul_f64(knobs.breaker_slow_call),
            open_for: knobs.breaker_open_s,
            multiplier: 2.0,
            open_cap: knobs.breaker_open_cap_s,
            permits: knobs.breaker_permits,
            half_open_deadline: timeout + knobs.cancel_grace_s + knobs.kill_grace_s,
        }
    }

    /// Calls that a decision needs: a window of fewer calls could never have as many.
    fn minimum(&self) -> u32 {
        match self.window {
            WindowSize::Calls(calls) => self.minimum_calls.min(calls),
            WindowSize::Seconds(_) => self.minimum_calls,
        }
    }
}

/// Where a breaker stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BreakerState {
    /// Every job of the kind goes to a worker; results are counted.
    #[default]
    Closed,
    /// No job of the kind goes to a worker: jobs wait, parked, until the breaker half-opens.
    Open {
        /// When it opened; `breaker_open_s` later it half-opens.
        since: Instant,
    },
    /// A few go through, as probes.
    HalfOpen {
        /// When it became half-open, or a probe last came back.
        since: Instant,
        /// When each probe that is out began, oldest first.
        probes: Vec<Instant>,
        /// Results of the probes that have reported so far.
        results: Tally,
    },
}

/// A circuit breaker for the jobs of one kind, as resilience4j has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breaker {
    state: BreakerState,
    window: Window,
    generation: u32,
    /// How often it has opened since it last closed.
    openings: u32,
    /// When it opened first since then.
    since: Instant,
}

/// The right to make a call, valid in one generation of the breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permit {
    generation: u32,
    since: Instant,
}

impl Breaker {
    /// Closed, open or half-open, with what belongs to that state.
    pub fn state(&self) -> &BreakerState {
        &self.state
    }

    /// Since when it has not been closed; of a closed one, when it last opened.
    pub fn unclosed_since(&self) -> Instant {
        self.since
    }

    /// The window's sums, of the last call that was recorded.
    pub fn tally(&self) -> Tally {
        self.window.tally()
    }

    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let probes = match &self.state {
            BreakerState::HalfOpen { probes, .. } => size_of_val(&**probes),
            _ => 0,
        };
        self.window.bytes() + probes
    }

    /// Lets the clock act, and turned knobs: an open breaker becomes half-open when it has waited;
    /// a half-open one decides when it has all its results, or at its deadline. A probe that is
    /// still out then hangs, and the breaker opens again. Without one it goes by the results it
    /// has; where no call asked for a permit in all that time, there is nothing to hold against it.
    pub fn tick(&mut self, now: Instant, config: &BreakerConfig) {
        let due = self.due(config).is_some_and(|due| now >= due);
        match &self.state {
            BreakerState::Open { .. } if due => {
                let (probes, results) = (Vec::new(), Tally::default());
                self.move_to(BreakerState::HalfOpen { since: now, probes, results });
            }
            BreakerState::HalfOpen { results, .. } if results.total >= config.permits => {
                self.decide(*results, now, config);
            }
            BreakerState::HalfOpen { probes, .. } if due && !probes.is_empty() => {
                self.open(now);
            }
            BreakerState::HalfOpen { results, .. } if due => self.decide(*results, now, config),
            _ => {}
        }
    }

    /// When the clock acts next. The deadline of a half-open breaker is there for a hung probe: it
    /// runs from the start of the oldest that is out.
    pub fn due(&self, config: &BreakerConfig) -> Option<Instant> {
        match &self.state {
            BreakerState::Closed => None,
            BreakerState::Open { since } => Some(*since + self.wait(config)),
            BreakerState::HalfOpen { since, probes, .. } => {
                let began = probes.first().unwrap_or(since);
                Some(*began + config.half_open_deadline)
            }
        }
    }

    /// How long it stays open this time.
    fn wait(&self, config: &BreakerConfig) -> Duration {
        let mut wait = config.open_for.min(config.open_cap);
        for _ in 1..self.openings.min(64) {
            wait = wait.mul_f64(config.multiplier).min(config.open_cap);
        }
        wait
    }

    /// The gate of its kind, as it stands.
    pub fn gate(&self, config: &BreakerConfig) -> Gate {
        match (&self.state, self.permits_left(config)) {
            (BreakerState::HalfOpen { .. }, Some(permits)) => Gate::Permits(permits),
            (_, None) => Gate::Open,
            (_, Some(_)) => Gate::Shut,
        }
    }

    /// Permits that are to be had: `None` if each call gets one.
    fn permits_left(&self, config: &BreakerConfig) -> Option<u32> {
        match &self.state {
            BreakerState::Closed => None,
            BreakerState::Open { .. } => Some(0),
            BreakerState::HalfOpen { probes, results, .. } => {
                Some(config.permits.saturating_sub(probes.len() as u32 + results.total))
            }
        }
    }

    /// Asks for a permit; `None` if there is none to be had.
    pub fn acquire(&mut self, now: Instant, config: &BreakerConfig) -> Option<Permit> {
        self.tick(now, config);
        if self.permits_left(config) == Some(0) {
            return None;
        }
        if let BreakerState::HalfOpen { probes, .. } = &mut self.state {
            probes.push(now);
        }
        Some(Permit { generation: self.generation, since: now })
    }

    /// Takes a permit back unused.
    pub fn release(&mut self, permit: Permit, now: Instant) {
        if permit.generation == self.generation {
            self.probe_back(permit, now);
        }
    }

    /// Reports a call's outcome. That of an older generation counts nowhere.
    pub fn report(&mut self, permit: Permit, call: Call, now: Instant, config: &BreakerConfig) {
        if permit.generation != self.generation {
            return;
        }
        self.probe_back(permit, now);
        match &mut self.state {
            BreakerState::Closed => {
                let tally = self.window.record(call, config.window, now);
                if tally.total >= config.minimum() && trips(tally, config) {
                    self.open(now);
                }
            }
            BreakerState::HalfOpen { results, .. } => {
                results.add(call);
                if results.total >= config.permits {
                    let results = *results;
                    self.decide(results, now, config);
                }
            }
            BreakerState::Open { .. } => {}
        }
    }

    fn probe_back(&mut self, permit: Permit, now: Instant) {
        if let BreakerState::HalfOpen { since, probes, .. } = &mut self.state
            && let Some(place) = probes.iter().position(|began| *began == permit.since)
        {
            probes.remove(place);
            *since = now;
        }
    }

    fn decide(&mut self, results: Tally, now: Instant, config: &BreakerConfig) {
        if results.total > 0 && trips(results, config) {
            self.open(now);
        } else {
            self.openings = 0;
            self.move_to(BreakerState::Closed);
        }
    }

    fn open(&mut self, now: Instant) {
        if self.openings == 0 {
            self.since = now;
        }
        self.openings += 1;
        self.move_to(BreakerState::Open { since: now });
    }

    fn move_to(&mut self, state: BreakerState) {
        // An open breaker still shows what opened it.
        if !matches!(state, BreakerState::Open { .. }) {
            self.window = Window::default();
        }
        self.state = state;
        self.generation = self.generation.wrapping_add(1);
    }
}

fn trips(tally: Tally, config: &BreakerConfig) -> bool {
    let share = |part: u32| f64::from(part) / f64::from(tally.total.max(1));
    share(tally.failed) >= config.failure_rate || share(tally.slow) >= config.slow_rate
}
