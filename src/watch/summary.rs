//! Measured means of a run, to be held against theory.

use serde::Serialize;

use crate::kernel::{Duration, Instant};
use crate::pool::{Event, JobState, Rejection};

/// Sums and time integrals since the warm-up ended.
///
/// Means over jobs take those that *entered* since; means over time take the time since. So
/// Little's law, L = λW, holds but for the jobs that are there at the two ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeAverages {
    since: Instant,
    queued: TimeWeighted,
    in_flight: TimeWeighted,
    delayed: TimeWeighted,
    arrived: u64,
    turned_away: u64,
    waits: u64,
    wait_us: u64,
    ends: u64,
    system_us: u64,
}

/// A number of jobs, and its integral over time.
///
/// With a step of +1 at time t the integral up to T grows by T − t, so it is n·T less the sum of
/// the times of all steps up, plus that of all steps down: two additions a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct TimeWeighted {
    count: u64,
    /// Sum of the times of steps down less that of steps up, in µs, modulo 2^64.
    steps: u64,
}

impl TimeWeighted {
    #[inline]
    fn up(&mut self, now: Instant) {
        self.count += 1;
        self.steps = self.steps.wrapping_sub(now.as_micros());
    }

    #[inline]
    fn down(&mut self, now: Instant) {
        self.count = self.count.saturating_sub(1);
        self.steps = self.steps.wrapping_add(now.as_micros());
    }

    /// The integral up to `now`, in jobs × µs.
    fn area(&self, now: Instant) -> u64 {
        self.count.wrapping_mul(now.as_micros()).wrapping_add(self.steps)
    }

    /// The same number of jobs, with an integral that begins at `now`.
    fn restarted(self, now: Instant) -> Self {
        let steps = self.count.wrapping_mul(now.as_micros()).wrapping_neg();
        Self { count: self.count, steps }
    }
}

/// The means, with times in seconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Jobs that entered since the warm-up and came to their end.
    pub jobs: u64,
    /// Jobs that were turned away at the door: the queue was full, or the pool dead.
    pub turned_away: u64,
    /// Jobs that entered per second, λ.
    pub arrival_rate: f64,
    /// Mean time in the queue, Wq; none if no job was given to a worker.
    pub mean_wait_s: Option<f64>,
    /// Mean time from arrival to end, W; none if no job ended.
    pub mean_system_s: Option<f64>,
    /// Mean number of jobs in the queue, Lq.
    pub mean_in_queue: f64,
    /// Mean number of jobs there, L.
    pub mean_in_system: f64,
    /// Share of the workers' time spent in jobs, ρ.
    pub utilization: f64,
}

impl TimeAverages {
    /// Counts a job that arrived.
    #[inline]
    pub fn arrived(&mut self, now: Instant) {
        self.queued.up(now);
        self.arrived += 1;
    }

    /// A job was given to a worker.
    #[inline]
    pub fn started(&mut self, now: Instant, waited: Duration) {
        self.queued.down(now);
        self.in_flight.up(now);
        if now.saturating_since(self.since) >= waited {
            self.waits += 1;
            self.wait_us += waited.as_micros();
        }
    }

    /// A worker reported on its job.
    #[inline]
    pub fn finished(&mut self, now: Instant, total: Duration) {
        self.in_flight.down(now);
        self.end(now, total);
    }

    /// Takes one of the other events in.
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Rejected { reason, total, .. } => {
                self.queued.down(now);
                match reason {
                    Rejection::Parked => self.end(now, total),
                    Rejection::QueueFull | Rejection::PoolDead => self.turned_away(),
                }
            }
            // In a worker's hand it still waited.
            Event::TakenBack { .. } => {
                self.queued.down(now);
                self.in_flight.up(now);
            }
            Event::Delayed { .. } => {
                self.in_flight.down(now);
                self.delayed.up(now);
            }
            Event::Reclaimed { from, .. } => self.reclaimed(now, from),
            Event::Requeued { .. } => {
                self.delayed.down(now);
                self.queued.up(now);
            }
            Event::DeadLettered { total, .. } => self.finished(now, total),
            _ => {}
        }
    }

    /// A late result counts: its job is in progress again.
    fn reclaimed(&mut self, now: Instant, from: JobState) {
        match from {
            JobState::InFlight => return,
            JobState::Delayed => self.delayed.down(now),
            JobState::Queued | JobState::Prefetched => self.queued.down(now),
        }
        self.in_flight.up(now);
    }

    /// A job that arrived just now did not get in.
    fn turned_away(&mut self) {
        self.arrived = self.arrived.saturating_sub(1);
        self.turned_away += 1;
    }

    #[inline]
    fn end(&mut self, now: Instant, total: Duration) {
        if now.saturating_since(self.since) >= total {
            self.ends += 1;
            self.system_us += total.as_micros();
        }
    }

    /// The warm-up is over: what was measured so far is dropped.
    pub fn restart(&mut self, now: Instant) {
        *self = Self {
            since: now,
            queued: self.queued.restarted(now),
            in_flight: self.in_flight.restarted(now),
            delayed: self.delayed.restarted(now),
            ..Self::default()
        };
    }

    /// The means up to `now`, for a pool of `workers`.
    pub fn summary(&self, now: Instant, workers: u32) -> Summary {
        let time = now.saturating_since(self.since).as_micros() as f64;
        let over_time = |area: u64| if time > 0.0 { area as f64 / time } else { 0.0 };
        let mean = |us: u64, n: u64| (n > 0).then(|| us as f64 / n as f64 / 1e6);
        let [queue, flight, delay] =
            [self.queued, self.in_flight, self.delayed].map(|level| over_time(level.area(now)));
        Summary {
            jobs: self.ends,
            turned_away: self.turned_away,
            arrival_rate: over_time(self.arrived) * 1e6,
            mean_wait_s: mean(self.wait_us, self.waits),
            mean_system_s: mean(self.system_us, self.ends),
            mean_in_queue: queue,
            mean_in_system: queue + flight + delay,
            utilization: flight / f64::from(workers.max(1)),
        }
    }
}
