//! Measured means of a run, to be held against theory.

use serde::Serialize;

use crate::kernel::{Instant, Span};
use crate::pool::Event;

/// Sums and time integrals since the warm-up ended.
///
/// Means over jobs take those that *arrived* since; means over time take the time since. So
/// Little's law, L = λW, holds but for the jobs that are there at the two ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Means {
    since: Instant,
    last: Instant,
    queued: u64,
    in_flight: u64,
    delayed: u64,
    /// Jobs × µs.
    queue_area: u64,
    flight_area: u64,
    delay_area: u64,
    arrived: u64,
    waits: u64,
    wait_us: u64,
    ends: u64,
    system_us: u64,
}

/// The means, with times in seconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Jobs that arrived since the warm-up and came to their end.
    pub jobs: u64,
    /// Arrivals per second, λ.
    pub arrival_rate: f64,
    /// Mean time in the queue, Wq.
    pub mean_wait_s: f64,
    /// Mean time from arrival to end, W.
    pub mean_system_s: f64,
    /// Mean number of jobs in the queue, Lq.
    pub mean_in_queue: f64,
    /// Mean number of jobs there, L.
    pub mean_in_system: f64,
    /// Share of the workers' time spent in jobs, ρ.
    pub utilization: f64,
}

impl Means {
    /// Takes an event in.
    #[inline]
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Submitted { .. } => {
                self.pass(now);
                self.queued += 1;
                self.arrived += 1;
            }
            Event::Started { waited, .. } => {
                self.pass(now);
                self.queued -= 1;
                self.in_flight += 1;
                if now.since(self.since) >= waited {
                    self.waits += 1;
                    self.wait_us += waited.as_micros();
                }
            }
            Event::Finished { total, .. } => {
                self.pass(now);
                self.in_flight -= 1;
                self.end(now, total);
            }
            Event::Rejected { total, .. } => {
                self.pass(now);
                self.queued -= 1;
                self.end(now, total);
            }
            Event::Delayed { .. } => {
                self.pass(now);
                self.in_flight -= 1;
                self.delayed += 1;
            }
            Event::Requeued { .. } => {
                self.pass(now);
                self.delayed -= 1;
                self.queued += 1;
            }
            Event::DeadLettered { total, .. } => {
                self.pass(now);
                self.in_flight -= 1;
                self.end(now, total);
            }
            _ => {}
        }
    }

    #[inline]
    fn pass(&mut self, now: Instant) {
        let span = now.since(self.last).as_micros();
        self.last = now;
        self.queue_area += self.queued * span;
        self.flight_area += self.in_flight * span;
        self.delay_area += self.delayed * span;
    }

    #[inline]
    fn end(&mut self, now: Instant, total: Span) {
        if now.since(self.since) >= total {
            self.ends += 1;
            self.system_us += total.as_micros();
        }
    }

    /// The warm-up is over: what was measured so far is dropped.
    pub fn restart(&mut self, now: Instant) {
        let Self { queued, in_flight, delayed, .. } = *self;
        *self = Self { since: now, last: now, queued, in_flight, delayed, ..Self::default() };
    }

    /// The means up to `now`, for a pool of `workers`.
    pub fn summary(&self, now: Instant, workers: u32) -> Summary {
        let mut upto = self.clone();
        upto.pass(now);
        let time = upto.last.since(upto.since).as_micros() as f64;
        let over_time = |area: u64| if time > 0.0 { area as f64 / time } else { 0.0 };
        let mean = |us: u64, n: u64| if n > 0 { us as f64 / n as f64 / 1e6 } else { 0.0 };
        Summary {
            jobs: upto.ends,
            arrival_rate: over_time(upto.arrived * 1_000_000),
            mean_wait_s: mean(upto.wait_us, upto.waits),
            mean_system_s: mean(upto.system_us, upto.ends),
            mean_in_queue: over_time(upto.queue_area),
            mean_in_system: over_time(upto.queue_area + upto.flight_area + upto.delay_area),
            utilization: over_time(upto.flight_area) / f64::from(workers.max(1)),
        }
    }
}
