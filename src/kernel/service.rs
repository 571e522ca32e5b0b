//! The clock of service: how much work a shared processor has done for each task that it serves.
//!
//! Under egalitarian processor sharing (Kleinrock, JACM 14(2), 1967) all tasks that are served are
//! served at one rate. So the end of a task's work is a reading of one clock, fixed when it
//! begins, and a change of the rate changes that clock and nothing that waits for it.

use std::ops::Add;

use super::time::{Duration, Instant};

/// Picoseconds in a microsecond.
const MICRO: u64 = 1_000_000;
/// What is missing by less than this nanosecond is there: rates are fractions, and rounding must
/// not cost a microsecond.
const SLACK: u64 = 1_000;
/// The slowest that the clock can run, in seconds of service a second.
const MIN_RATE: f64 = 1e-9;

/// An amount of work, or a reading of the clock of service: picoseconds at full rate. The largest
/// is 213 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service(u64);

impl Service {
    /// No processor time at all.
    pub const ZERO: Self = Self(0);

    /// The work that takes so long at full rate; the largest there is, if it does not fit.
    pub const fn of(work: Duration) -> Self {
        Self(work.as_micros().saturating_mul(MICRO))
    }

    /// The time it takes at full rate, rounded down to a microsecond.
    pub const fn at_full_rate(self) -> Duration {
        Duration::micros(self.0 / MICRO)
    }

    /// The same in seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / (MICRO * MICRO) as f64
    }

    /// The next multiple of `step`, or this, if it is one to a nanosecond.
    pub fn round_up(self, step: Self) -> Self {
        let step = step.0.max(1);
        Self(self.0.saturating_sub(SLACK).div_ceil(step).saturating_mul(step))
    }

    /// `part` of `whole` equal parts of this.
    pub const fn share(self, part: u8, whole: u8) -> Self {
        Self(self.0 / whole as u64 * part as u64)
    }

    /// This much less `other`, but not below zero.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    pub(super) const fn as_picos(self) -> u64 {
        self.0
    }

    pub(super) const fn from_picos(ps: u64) -> Self {
        Self(ps)
    }
}

impl Add for Service {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// The clock of service as it was set last. A copy can be read until the rate is set again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceClock {
    /// When the rate was set, and what the clock showed then.
    at: Instant,
    shown: Service,
    rate: f64,
}

impl Default for ServiceClock {
    fn default() -> Self {
        Self { at: Instant::START, shown: Service::ZERO, rate: 1.0 }
    }
}

impl ServiceClock {
    /// How fast it runs, above 0 and at most 1: seconds of service a second.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// What it shows at `now`, which is not before the rate was set.
    #[inline]
    pub fn read(&self, now: Instant) -> Service {
        let passed = Service::of(now.saturating_since(self.at));
        if self.is_full() {
            return self.shown + passed;
        }
        self.shown + Service((passed.0 as f64 * self.rate + 0.5) as u64)
    }

    /// Whether it shows `reading`, or more, at `now`.
    pub fn shows(&self, reading: Service, now: Instant) -> bool {
        reading.0 <= self.read(now).0.saturating_add(2 * SLACK)
    }

    pub(super) fn is_full(&self) -> bool {
        self.rate >= 1.0
    }

    pub(super) fn set_rate(&mut self, rate: f64, now: Instant) {
        let shown = self.read(now);
        *self = Self { at: now, shown, rate: rate.clamp(MIN_RATE, 1.0) };
    }

    /// The first instant at which it shows `reading`, if the rate stays.
    pub(super) fn when(&self, reading: Service) -> Instant {
        let left = reading.0.saturating_sub(self.shown.0).saturating_sub(SLACK);
        let micros = libm::ceil(left as f64 / (self.rate * MICRO as f64));
        self.at + Duration::micros(micros as u64)
    }

    /// The instant at which it shows `reading`, if it runs at full rate and that is a whole
    /// microsecond away.
    #[inline]
    pub(super) fn when_at_full_rate(&self, reading: Service, now: Instant) -> Option<Instant> {
        let left = reading.saturating_sub(self.read(now));
        (self.is_full() && left.0.is_multiple_of(MICRO)).then(|| now + left.at_full_rate())
    }
}
