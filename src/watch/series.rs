//! The past of the instruments, for charts. It lives outside the run, so that a copy of a run stays
//! small, and is bounded: when it is full it keeps half the points, each the worse of two.

use serde::Serialize;

use super::Sample;
use super::units::rounded;

/// The most points that are kept.
const CAPACITY: usize = 4_096;

/// What charts show of one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SeriesPoint {
    /// Seconds since the run began.
    pub t_s: f64,
    /// All memory in use, in MiB.
    pub memory_mib: u64,
    /// The part of it that the old dashboard shows, in MiB.
    #[serde(rename = "old_memory_mib")]
    pub registered_mib: u64,
    /// The part of that of the parent and of workers without a job, in MiB.
    pub idle_mib: u64,
    /// The part of `registered_mib` of workers that hang, in MiB.
    pub hung_mib: u64,
    /// Jobs in the queue.
    pub queue_depth: u64,
    /// Slots of the pool.
    pub workers: u32,
    /// Workers that can work.
    pub active: u32,
    /// Registered workers that hang.
    pub hung: u32,
    /// Workers that are suspected to be gone: belief, not truth.
    pub suspects: u32,
    /// Workers that were replaced and not reaped.
    pub zombies: u32,
    /// Jobs in progress for too long.
    pub hung_jobs: u32,
    /// Median time from arrival to end over the trailing minute, in seconds; none if no job ended.
    #[serde(serialize_with = "rounded")]
    pub p50_s: Option<f64>,
    /// 95th percentile of the same.
    #[serde(serialize_with = "rounded")]
    pub p95_s: Option<f64>,
    /// The same of those jobs only that were not given up.
    #[serde(serialize_with = "rounded")]
    pub survivors_p95_s: Option<f64>,
    /// Success rate as it is; none if no job ended or hangs.
    #[serde(serialize_with = "rounded")]
    pub success_rate: Option<f64>,
    /// Success rate as the old dashboard shows it.
    #[serde(serialize_with = "rounded")]
    pub old_success_rate: Option<f64>,
    /// Restarts since the run began, planned ones left out.
    pub restarts: u64,
    /// The host ran out of memory.
    pub out_of_memory: bool,
    /// Restarts in the last minute, planned recycles excluded.
    pub restarts_a_minute: u32,
}

/// Points in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    points: Vec<SeriesPoint>,
    /// How many readings go into a point.
    stride: u32,
    /// Readings in the last point.
    filled: u32,
    /// The last point without the last of its readings, if it has more than one.
    without_last: Option<SeriesPoint>,
}

impl Default for Series {
    fn default() -> Self {
        Self { points: Vec::new(), stride: 1, filled: 0, without_last: None }
    }
}

impl From<&Sample> for SeriesPoint {
    fn from(sample: &Sample) -> Self {
        Self {
            t_s: sample.t_s,
            memory_mib: sample.memory_mib,
            registered_mib: sample.old.memory_mib,
            idle_mib: sample.idle_mib,
            hung_mib: sample.hung_mib,
            queue_depth: sample.queue_depth,
            workers: sample.workers,
            active: sample.active,
            hung: sample.hung_in_slots,
            suspects: sample.suspects,
            zombies: sample.zombies,
            hung_jobs: sample.hung_jobs,
            p50_s: sample.p50_s,
            p95_s: sample.p95_s,
            survivors_p95_s: sample.survivors_p95_s,
            success_rate: sample.success_rate,
            old_success_rate: sample.old.success_rate,
            restarts: sample.restarts,
            out_of_memory: sample.has_fired("OutOfMemory"),
            restarts_a_minute: sample.restarts_a_minute,
        }
    }
}

impl SeriesPoint {
    /// The worse of two readings, figure by figure, at the later time: peaks survive thinning.
    /// The parts of memory are of one reading, so that they add up.
    fn worse(self, later: Self) -> Self {
        let fuller = if self.memory_mib > later.memory_mib { self } else { later };
        Self {
            t_s: later.t_s,
            memory_mib: fuller.memory_mib,
            registered_mib: fuller.registered_mib,
            idle_mib: fuller.idle_mib,
            hung_mib: fuller.hung_mib,
            queue_depth: self.queue_depth.max(later.queue_depth),
            workers: later.workers,
            active: self.active.min(later.active),
            hung: self.hung.max(later.hung),
            suspects: self.suspects.max(later.suspects),
            zombies: self.zombies.max(later.zombies),
            hung_jobs: self.hung_jobs.max(later.hung_jobs),
            p50_s: higher(self.p50_s, later.p50_s),
            p95_s: higher(self.p95_s, later.p95_s),
            survivors_p95_s: higher(self.survivors_p95_s, later.survivors_p95_s),
            success_rate: lower(self.success_rate, later.success_rate),
            old_success_rate: lower(self.old_success_rate, later.old_success_rate),
            restarts: later.restarts,
            out_of_memory: self.out_of_memory || later.out_of_memory,
            restarts_a_minute: self.restarts_a_minute.max(later.restarts_a_minute),
        }
    }
}

/// The higher of two figures, of those that there are.
fn higher(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::max)
}

/// The lower of two figures, of those that there are.
fn lower(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::min)
}

impl Series {
    /// The points, oldest first.
    pub fn points(&self) -> &[SeriesPoint] {
        &self.points
    }

    /// Takes a reading in; it must be later than the last.
    pub fn push(&mut self, reading: SeriesPoint) {
        match self.points.last_mut() {
            Some(last) if self.filled < self.stride => {
                self.without_last = Some(*last);
                *last = last.worse(reading);
                self.filled += 1;
            }
            _ => {
                if self.points.len() == CAPACITY {
                    self.thin();
                }
                self.points.push(reading);
                self.without_last = None;
                self.filled = 1;
            }
        }
    }

    /// Forgets all readings at `t_s` seconds and later. A point that holds earlier ones too is lost
    /// as a whole, unless only the last reading of all goes.
    pub fn forget_from(&mut self, t_s: f64) {
        let kept = self.points.partition_point(|point| point.t_s < t_s);
        if kept == self.points.len() {
            return;
        }
        let earlier = self.without_last.take().filter(|point| point.t_s < t_s);
        let only_last = kept + 1 == self.points.len();
        self.points.truncate(kept);
        match earlier {
            Some(point) if only_last => {
                self.points.push(point);
                self.filled -= 1;
            }
            _ => self.filled = self.stride,
        }
    }

    /// How much memory they take, in bytes.
    pub fn bytes(&self) -> usize {
        self.points.capacity() * size_of::<SeriesPoint>()
    }

    fn thin(&mut self) {
        self.points = self
            .points
            .chunks(2)
            .filter_map(|pair| pair.iter().copied().reduce(SeriesPoint::worse))
            .collect();
        self.stride *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_survives_thinning_and_the_series_stays_bounded() {
        let mut series = Series::default();
        for second in 0..100_000_u32 {
            let queue_depth = if second == 4_321 { 99 } else { 1 };
            series.push(SeriesPoint {
                t_s: f64::from(second),
                queue_depth,
                ..SeriesPoint::default()
            });
            assert!(series.points().len() <= CAPACITY);
        }
        assert!(series.points().iter().any(|point| point.queue_depth == 99));
        assert!(series.points().is_sorted_by(|a, b| a.t_s < b.t_s));
    }

    #[test]
    fn the_last_reading_can_be_taken_again_and_leaves_no_trace() {
        let point = |second: u32, queue_depth| SeriesPoint {
            t_s: f64::from(second),
            queue_depth,
            ..SeriesPoint::default()
        };
        let mut series = Series::default();
        let mut plain = Series::default();
        for second in 0..10_000 {
            series.push(point(second, 99));
            series.forget_from(f64::from(second));
            series.push(point(second, 1));
            plain.push(point(second, 1));
        }
        assert!(series.points() == plain.points());
        series.forget_from(4_000.5);
        assert!(series.points().iter().all(|point| point.t_s <= 4_000.0));
    }
}
