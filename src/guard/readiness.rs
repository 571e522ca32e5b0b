//! Readiness, a part of fix 2: a worker that misses its beats is given no job until it shows itself
//! again.

use super::table::ByPlace;
use crate::kernel::{Duration, Instant};
use crate::knobs::{BeatSource, Knobs};
use crate::pool::{Record, State, WorkerId};

/// A probe with thresholds, as the kubelet's: so many failures in a row make a worker unready, so
/// many successes in a row ready again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Probe {
    ready: bool,
    /// The last result, and how often it came in a row.
    last: bool,
    in_a_row: u32,
}

impl Probe {
    const fn new(ready: bool) -> Self {
        Self { ready, last: ready, in_a_row: 0 }
    }

    /// Takes in so many results.
    fn take(&mut self, success: bool, times: u32, knobs: &Knobs) {
        if times == 0 {
            return;
        }
        let before = if success == self.last { self.in_a_row } else { 0 };
        (self.last, self.in_a_row) = (success, before.saturating_add(times));
        let threshold =
            if success { knobs.probe_success_threshold } else { knobs.probe_failure_threshold };
        if self.in_a_row >= threshold {
            self.ready = success;
        }
    }
}

/// The readiness probes of all workers. One is made each `beat_interval_s`, and succeeds if the
/// worker has shown itself since the one before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readiness {
    workers: ByPlace<Option<Probed>>,
    /// The time between probes when they were last made.
    interval: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Probed {
    id: WorkerId,
    probe: Probe,
    next: Instant,
}

impl Readiness {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.workers.bytes()
    }

    /// Follows a turned interval: the next probes are made when workers had time to beat by it.
    pub fn follow_interval(&mut self, now: Instant, knobs: &Knobs) {
        if std::mem::replace(&mut self.interval, knobs.beat_interval_s) != knobs.beat_interval_s {
            let next = now + knobs.beat_interval_s;
            self.workers.iter_mut().flatten().for_each(|probed| probed.next = next);
        }
    }

    /// Makes the probes of a worker that are due; says whether it is ready. It is until it fails.
    /// While it starts it is not probed, and one that shows itself only between jobs is ready when
    /// it comes for the next.
    pub fn probe(&mut self, record: &Record, knobs: &Knobs, now: Instant) -> bool {
        if record.state == State::Starting || knobs.beat_source == BeatSource::BetweenJobs {
            return true;
        }
        let interval = knobs.beat_interval_s;
        let slot = self.workers.at(record.who.task.index);
        let known = slot.filter(|probed| probed.id == record.who.id);
        let mut probed = known.unwrap_or(Probed {
            id: record.who.id,
            probe: Probe::new(true),
            next: now + interval,
        });
        let due = now.saturating_since(probed.next);
        if now >= probed.next {
            let times = due.as_micros() / interval.as_micros() + 1;
            // Those before the last sign of life has grown old succeed; it comes before the others.
            let old = (record.last_beat + interval).saturating_since(probed.next);
            let well = old.as_micros().div_ceil(interval.as_micros()).min(times);
            probed.next += interval * times;
            let count = |times: u64| u32::try_from(times).unwrap_or(u32::MAX);
            probed.probe.take(true, count(well), knobs);
            probed.probe.take(false, count(times - well), knobs);
        }
        *slot = Some(probed);
        probed.probe.ready
    }
}
