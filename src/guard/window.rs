//! Windows over the outcomes of calls, as resilience4j's: the last so many, or the last seconds.

use std::collections::VecDeque;

use crate::kernel::Instant;

/// How a call ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Whether the call ended in an error.
    pub failed: bool,
    /// Whether it took longer than `breaker_slow_call`.
    pub slow: bool,
}

/// Sums over a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls in the window.
    pub total: u32,
    /// Calls in the window that ended in an error, or timed out.
    pub failed: u32,
    /// Those that were slow.
    pub slow: u32,
}

impl Tally {
    pub(super) fn add(&mut self, call: Call) {
        self.total += 1;
        self.failed += u32::from(call.failed);
        self.slow += u32::from(call.slow);
    }

    fn subtract(&mut self, other: Self) {
        self.total -= other.total;
        self.failed -= other.failed;
        self.slow -= other.slow;
    }
}

impl From<Call> for Tally {
    fn from(call: Call) -> Self {
        let mut tally = Self::default();
        tally.add(call);
        tally
    }
}

/// The last `size` calls (resilience4j, `FixedSizeSlidingWindowMetrics`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountWindow {
    calls: VecDeque<Call>,
    tally: Tally,
}

impl CountWindow {
    /// Takes a call in; those beyond the last `size` are forgotten.
    pub fn record(&mut self, call: Call, size: u32) -> Tally {
        self.calls.push_back(call);
        self.tally.add(call);
        while self.calls.len() > size.max(1) as usize
            && let Some(oldest) = self.calls.pop_front()
        {
            self.tally.subtract(oldest.into());
        }
        self.tally
    }

    /// The sums over the calls that are in the window now.
    pub fn tally(&self) -> Tally {
        self.tally
    }
}

/// The calls of the last seconds, in whole-second buckets (resilience4j,
/// `SlidingTimeWindowMetrics`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeWindow {
    buckets: VecDeque<(u64, Tally)>,
    tally: Tally,
}

impl TimeWindow {
    /// Takes a call in; those of before the last `seconds` seconds are forgotten.
    pub fn record(&mut self, call: Call, seconds: u32, now: Instant) -> Tally {
        let second = now.as_micros() / 1_000_000;
        let size = u64::from(seconds.max(1));
        while let Some((_, old)) = self.buckets.pop_front_if(|(at, _)| *at + size <= second) {
            self.tally.subtract(old);
        }
        if self.buckets.back().is_none_or(|(last, _)| *last != second) {
            self.buckets.push_back((second, Tally::default()));
        }
        if let Some((_, newest)) = self.buckets.back_mut() {
            newest.add(call);
        }
        self.tally.add(call);
        self.tally
    }

    /// The sums when the last call was recorded.
    pub fn tally(&self) -> Tally {
        self.tally
    }
}

/// What a breaker's window covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowSize {
    /// The last so many calls.
    Calls(u32),
    /// The calls of the last so many seconds.
    Seconds(u32),
}

/// A breaker's window, of either type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Window {
    Count(CountWindow),
    Time(TimeWindow),
}

impl Default for Window {
    fn default() -> Self {
        Self::Count(CountWindow::default())
    }
}

impl Window {
    /// Takes a call in. Where the type was turned, the window begins anew.
    pub fn record(&mut self, call: Call, size: WindowSize, now: Instant) -> Tally {
        match (&mut *self, size) {
            (Self::Count(window), WindowSize::Calls(calls)) => window.record(call, calls),
            (Self::Time(window), WindowSize::Seconds(seconds)) => window.record(call, seconds, now),
            (_, WindowSize::Calls(_)) => {
                *self = Self::Count(CountWindow::default());
                self.record(call, size, now)
            }
            (_, WindowSize::Seconds(_)) => {
                *self = Self::Time(TimeWindow::default());
                self.record(call, size, now)
            }
        }
    }

    pub fn tally(&self) -> Tally {
        match self {
            Self::Count(window) => window.tally(),
            Self::Time(window) => window.tally(),
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Count(window) => window.calls.len() * size_of::<Call>(),
            Self::Time(window) => window.buckets.len() * size_of::<(u64, Tally)>(),
        }
    }
}
