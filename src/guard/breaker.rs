//! Fix 5, circuit breaker: stop taking jobs of a kind that keeps failing. One for each kind.
//!
//! The state machine is resilience4j's (count window, minimum calls, failure and slow rates,
//! half-open permits), with gobreaker's generations, a deadline on half-open, and a growing wait.

use super::window::{Call, CountWindow, Tally};
use crate::kernel::{Duration, Instant};
use crate::knobs::Knobs;
use crate::pool::JobKind;

/// What a breaker goes by.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakerConfig {
    /// Calls in the window.
    pub window: u32,
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
    /// How long half-open waits for their results.
    pub half_open_deadline: Duration,
}

impl BreakerConfig {
    /// What the knobs say for a kind of jobs.
    pub fn of(kind: JobKind, knobs: &Knobs) -> Self {
        let timeout = kind.timeout(knobs);
        Self {
            window: knobs.breaker_window,
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
}

/// Where a breaker stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BreakerState {
    /// Calls go through.
    #[default]
    Closed,
    /// None does until then.
    Open {
        /// When it may try again.
        until: Instant,
    },
    /// A few go through, to try.
    HalfOpen {
        /// Permits not given out.
        permits: u32,
        /// When it gives up waiting for results.
        deadline: Instant,
        /// Results so far.
        results: Tally,
    },
}

/// A circuit breaker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breaker {
    state: BreakerState,
    window: CountWindow,
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
}

impl Breaker {
    /// Where it stands.
    pub fn state(&self) -> &BreakerState {
        &self.state
    }

    /// Since when it has not been closed; of a closed one, when it last opened.
    pub fn unclosed_since(&self) -> Instant {
        self.since
    }

    /// The window's sums.
    pub fn tally(&self) -> Tally {
        self.window.tally()
    }

    /// Lets the clock act: open becomes half-open; half-open without results opens again, unless
    /// nobody asked for a permit in all that time: there is nothing to hold against it then.
    pub fn tick(&mut self, now: Instant, config: &BreakerConfig) {
        match self.state {
            BreakerState::Open { until } if now >= until => {
                let deadline = now + config.half_open_deadline;
                let (permits, results) = (config.permits, Tally::default());
                self.move_to(BreakerState::HalfOpen { permits, deadline, results });
            }
            BreakerState::HalfOpen { deadline, permits, results } if now >= deadline => {
                if results.total == 0 && permits >= config.permits {
                    self.close();
                } else {
                    self.open(now, config);
                }
            }
            _ => {}
        }
    }

    /// When the clock acts next.
    pub fn due(&self) -> Option<Instant> {
        match self.state {
            BreakerState::Closed => None,
            BreakerState::Open { until } => Some(until),
            BreakerState::HalfOpen { deadline, .. } => Some(deadline),
        }
    }

    /// Asks for a permit; `None` if there is none to be had.
    pub fn acquire(&mut self, now: Instant, config: &BreakerConfig) -> Option<Permit> {
        self.tick(now, config);
        match &mut self.state {
            BreakerState::Open { .. } | BreakerState::HalfOpen { permits: 0, .. } => return None,
            BreakerState::HalfOpen { permits, .. } => *permits -= 1,
            BreakerState::Closed => {}
        }
        Some(Permit { generation: self.generation })
    }

    /// Gives a permit back unused.
    pub fn release(&mut self, permit: Permit) {
        if permit.generation == self.generation
            && let BreakerState::HalfOpen { permits, .. } = &mut self.state
        {
            *permits += 1;
        }
    }

    /// Reports a call's outcome. That of an older generation counts nowhere.
    pub fn report(&mut self, permit: Permit, call: Call, now: Instant, config: &BreakerConfig) {
        if permit.generation != self.generation {
            return;
        }
        match &mut self.state {
            BreakerState::Closed => {
                let tally = self.window.record(call, config.window);
                if tally.total >= config.minimum_calls.min(config.window) && trips(tally, config) {
                    self.open(now, config);
                }
            }
            BreakerState::HalfOpen { results, .. } => {
                results.total += 1;
                results.failed += u32::from(call.failed);
                results.slow += u32::from(call.slow);
                let results = *results;
                if results.total >= config.permits {
                    self.decide(results, now, config);
                }
            }
            BreakerState::Open { .. } => {}
        }
    }

    fn decide(&mut self, results: Tally, now: Instant, config: &BreakerConfig) {
        if trips(results, config) {
            self.open(now, config);
        } else {
            self.close();
        }
    }

    fn close(&mut self) {
        self.openings = 0;
        self.move_to(BreakerState::Closed);
    }

    fn open(&mut self, now: Instant, config: &BreakerConfig) {
        let mut wait = config.open_for;
        for _ in 0..self.openings.min(64) {
            wait = wait.mul_f64(config.multiplier).min(config.open_cap);
        }
        if self.openings == 0 {
            self.since = now;
        }
        self.openings += 1;
        self.move_to(BreakerState::Open { until: now + wait });
    }

    fn move_to(&mut self, state: BreakerState) {
        // An open breaker still shows what opened it.
        if !matches!(state, BreakerState::Open { .. }) {
            self.window = CountWindow::default();
        }
        self.state = state;
        self.generation = self.generation.wrapping_add(1);
    }
}

fn trips(tally: Tally, config: &BreakerConfig) -> bool {
    let share = |part: u32| f64::from(part) / f64::from(tally.total.max(1));
    share(tally.failed) >= config.failure_rate || share(tally.slow) >= config.slow_rate
}
