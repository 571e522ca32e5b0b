//! Windows over the outcomes of calls, as resilience4j's: the last so many, or the last seconds.

use std::collections::VecDeque;

use crate::kernel::Instant;

/// How a call ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// In an error.
    pub failed: bool,
    /// Too slowly.
    pub slow: bool,
}

/// Sums over a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls.
    pub total: u32,
    /// Those that failed.
    pub failed: u32,
    /// Those that were slow.
    pub slow: u32,
}

impl Tally {
    fn add(&mut self, call: Call) {
        self.total += 1;
        self.failed += u32::from(call.failed);
        self.slow += u32::from(call.slow);
    }

    fn remove(&mut self, call: Call) {
        self.total -= 1;
        self.failed -= u32::from(call.failed);
        self.slow -= u32::from(call.slow);
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
            self.tally.remove(oldest);
        }
        self.tally
    }

    /// The sums now.
    pub fn tally(&self) -> Tally {
        self.tally
    }
}

/// The calls of the last seconds, in whole-second buckets (resilience4j,
/// `SlidingTimeWindowMetrics`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeWindow {
    seconds: u64,
    buckets: VecDeque<(u64, Tally)>,
}

impl TimeWindow {
    /// An empty window over so many seconds.
    pub fn new(seconds: u64) -> Self {
        Self { seconds, buckets: VecDeque::new() }
    }

    /// Takes a call in, and gives the sums.
    pub fn record(&mut self, call: Call, now: Instant) -> Tally {
        let second = now.as_micros() / 1_000_000;
        while self.buckets.front().is_some_and(|(first, _)| first + self.seconds <= second) {
            self.buckets.pop_front();
        }
        match self.buckets.back_mut() {
            Some((last, tally)) if *last == second => tally.add(call),
            _ => {
                let mut tally = Tally::default();
                tally.add(call);
                self.buckets.push_back((second, tally));
            }
        }
        self.buckets.iter().fold(Tally::default(), |sum, (_, tally)| Tally {
            total: sum.total + tally.total,
            failed: sum.failed + tally.failed,
            slow: sum.slow + tally.slow,
        })
    }
}
