//! The table of figures: what each is called, what it counts in, what it may be, and which way is
//! better. The terminal's block, the page's dashboards and A | B are rows of it.

use super::sample::Sample;
use super::units::{NO_VALUE, grouped, in_mb, percent};

/// A row of the table.
#[derive(Debug)]
pub struct Figure {
    /// Its name, in the report's words where the report has it.
    pub name: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// Which of two values is better.
    pub better: Better,
    /// What it says, in a sentence.
    pub help: &'static str,
    value: fn(&Sample) -> Option<f64>,
    /// The value that is held against the limit, where it is not the one that is shown.
    judged: Option<fn(&Sample) -> Option<f64>>,
    limit: Option<fn(&Sample) -> f64>,
}

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of jobs, workers or restarts, without a unit.
    Count,
    /// Memory, in MiB; shown in MB.
    Memory,
    /// A time in seconds, shown with one decimal.
    Seconds,
    /// A share from 0 to 1; shown in per cent.
    Share,
    /// Jobs in a second.
    JobsPerSecond,
    /// Seconds of one worker's time.
    WorkerSeconds,
}

/// Which way a figure gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The more the better, as with a success rate.
    More,
    /// The less the better, as with zombies.
    Less,
}

impl Figure {
    /// A figure without a limit.
    const fn new(
        name: &'static str,
        unit: Unit,
        better: Better,
        help: &'static str,
        value: fn(&Sample) -> Option<f64>,
    ) -> Self {
        Self { name, unit, better, help, value, judged: None, limit: None }
    }

    /// The same with a limit.
    const fn limited(self, limit: fn(&Sample) -> f64) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// The same, with another value held against the limit.
    const fn judged_by(self, judged: fn(&Sample) -> Option<f64>) -> Self {
        Self { judged: Some(judged), ..self }
    }

    /// Its value in a reading; `None` where there is nothing to measure.
    pub fn value(&self, sample: &Sample) -> Option<f64> {
        (self.value)(sample)
    }

    /// Its value in a reading as text, with its unit.
    pub fn text(&self, sample: &Sample) -> String {
        self.unit.text(self.value(sample))
    }

    /// What it may be, under the knobs of the reading.
    pub fn limit(&self, sample: &Sample) -> Option<f64> {
        self.limit.map(|limit| limit(sample))
    }

    /// Whether it is past its limit. No value is past none.
    pub fn is_alarming(&self, sample: &Sample) -> bool {
        let value = self.judged.unwrap_or(self.value)(sample);
        value.zip(self.limit(sample)).is_some_and(|(value, limit)| match self.better {
            Better::More => value < limit,
            Better::Less => value > limit,
        })
    }
}

impl Unit {
    /// A value as text, with its unit.
    pub fn text(self, value: Option<f64>) -> String {
        let Some(value) = value else { return NO_VALUE.to_owned() };
        match self {
            Self::Count => grouped(value as u64),
            Self::Memory => in_mb(value as u64),
            Self::Seconds => format!("{value:.1} s"),
            Self::Share => percent(value),
            Self::JobsPerSecond => format!("{value:.2} jobs/s"),
            Self::WorkerSeconds => format!("{} worker-s", grouped(value as u64)),
        }
    }
}

/// Jobs in the queue.
pub const QUEUE: Figure = Figure::new(
    "Queue Depth",
    Unit::Count,
    Better::Less,
    "Jobs that wait for a worker, those behind an open breaker included.",
    |s| Some(s.queue_depth as f64),
)
.limited(|s| s.limits.queue);

/// Workers that can work. Those that start up for the first time are no cause for alarm.
pub const ACTIVE: Figure = Figure::new(
    "Active Workers",
    Unit::Count,
    Better::More,
    "Workers that own a slot and can work: the truth.",
    |s| Some(f64::from(s.active)),
)
.limited(|s| s.limits.active)
.judged_by(|s| Some(f64::from(s.active + s.filling)));

/// Workers that the pool has replaced and that are still there.
pub const ZOMBIES: Figure = Figure::new(
    "Zombie Workers",
    Unit::Count,
    Better::Less,
    "Workers that were replaced and are still there, with their memory and their job.",
    |s| Some(f64::from(s.zombies)),
)
.limited(|_| 0.0);

/// Jobs that have been with a worker for longer than the limit.
pub const HUNG_JOBS: Figure = Figure::new(
    "Hung Jobs",
    Unit::Count,
    Better::Less,
    "Jobs in progress for longer than hung_after_s, in current workers and in zombies.",
    |s| Some(f64::from(s.hung_jobs)),
)
.limited(|_| 0.0);

/// The memory that all processes of the pool hold, zombies included.
pub const MEMORY: Figure = Figure::new(
    "Memory Usage",
    Unit::Memory,
    Better::Less,
    "All memory in use, zombies included.",
    |s| Some(s.memory_mib as f64),
)
.limited(|s| s.limits.memory_mib);

/// Restarts; their rate is what is judged.
pub const RESTARTS: Figure = Figure::new(
    "Worker Restarts",
    Unit::Count,
    Better::Less,
    "Workers started in the place of another, since the run began.",
    |s| Some(s.restarts as f64),
)
.limited(|s| s.limits.restarts_a_minute)
.judged_by(|s| Some(f64::from(s.restarts_a_minute)));

/// The delay that pages.
pub const P95: Figure = Figure::new(
    "p95",
    Unit::Seconds,
    Better::Less,
    "95 % of the jobs that ended in the last minute took no longer, from arrival to end.",
    |s| s.p95_s,
)
.limited(|s| s.limits.delay_s);

/// Success as it is.
pub const SUCCESS: Figure = Figure::new(
    "Success Rate",
    Unit::Share,
    Better::More,
    "Of the jobs that ended in the last minute or hang now, the share that ended well.",
    |s| s.success_rate,
)
.limited(|s| s.limits.success_rate);

/// The old dashboard warns as well, but late: its limits are so many times those of the new one.
const LATE_ACTIVE: f64 = 0.5;
const LATE_QUEUE: f64 = 4.0;
const LATE_SUCCESS: f64 = 0.85;

/// Registered workers, hung or not.
pub const OLD_ACTIVE: Figure = Figure::new(
    "Active Workers",
    Unit::Count,
    Better::More,
    "Workers that own a slot, whether or not they can work.",
    |s| Some(f64::from(s.old.active)),
)
.limited(|s| LATE_ACTIVE * s.limits.active);

/// The queue, as the old dashboard has it.
pub const OLD_QUEUE: Figure =
    Figure::new("Queue Depth", Unit::Count, Better::Less, "Jobs that wait for a worker.", |s| {
        Some(s.old.queue as f64)
    })
    .limited(|s| LATE_QUEUE * s.limits.queue);

/// Memory of the registered workers.
pub const OLD_MEMORY: Figure = Figure::new(
    "Memory",
    Unit::Memory,
    Better::Less,
    "Memory of the workers that own a slot: zombies own none.",
    |s| Some(s.old.memory_mib as f64),
);

/// Success of what finished.
pub const OLD_SUCCESS: Figure = Figure::new(
    "Success Rate",
    Unit::Share,
    Better::More,
    "Of the jobs that workers finished in the last minute, the share that ended well.",
    |s| s.old.success_rate,
)
.limited(|s| LATE_SUCCESS * s.limits.success_rate);

/// Work that was of use.
pub const GOODPUT: Figure = Figure::new(
    "Goodput",
    Unit::JobsPerSecond,
    Better::More,
    "Jobs that ended well, for each second of the run.",
    |s| (s.t_s > 0.0).then(|| s.ledger.succeeded as f64 / s.t_s),
);

/// The most memory there ever was.
pub const PEAK_MEMORY: Figure = Figure::new(
    "Peak Memory",
    Unit::Memory,
    Better::Less,
    "The most memory that was ever in use.",
    |s| Some(s.peak_memory_mib as f64),
);

/// Work that was of no use.
pub const WASTED: Figure = Figure::new(
    "Wasted",
    Unit::WorkerSeconds,
    Better::Less,
    "Worker time that came to nothing: hung, as zombies, starting again, in attempts taken away.",
    |s| Some(s.wasted_worker_s),
);

/// The new dashboard: what is so. The first four stand beside those of the old one, in large.
pub const NEW_DASHBOARD: &[&Figure] =
    &[&ACTIVE, &ZOMBIES, &MEMORY, &SUCCESS, &QUEUE, &HUNG_JOBS, &RESTARTS, &P95];

/// The old dashboard: it lies. It is blind to zombies, and late with all the rest.
pub const OLD_DASHBOARD: &[&Figure] = &[&OLD_ACTIVE, &OLD_QUEUE, &OLD_MEMORY, &OLD_SUCCESS];

/// What is compared of two runs.
pub const COMPARED: &[&Figure] = &[&GOODPUT, &P95, &PEAK_MEMORY, &ZOMBIES, &WASTED];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knobs::Knobs;
    use crate::watch::{Limits, OldDashboard};

    fn sample() -> Sample {
        let limits = Limits::of(&Knobs::default());
        Sample { workers: 10, active: 10, success_rate: Some(0.96), limits, ..Sample::default() }
    }

    #[test]
    fn each_figure_is_flagged_past_its_limit_and_not_at_it() {
        let limits = sample().limits;
        let at = |past: bool| Sample {
            queue_depth: limits.queue as u64 + u64::from(past),
            active: 8 - u32::from(past),
            zombies: u32::from(past),
            hung_jobs: u32::from(past),
            memory_mib: limits.memory_mib as u64 + u64::from(past),
            restarts_a_minute: 10 + u32::from(past),
            p95_s: Some(limits.delay_s + f64::from(u8::from(past))),
            success_rate: Some(limits.success_rate - f64::from(u8::from(past))),
            ..sample()
        };
        for figure in NEW_DASHBOARD {
            assert!(!figure.is_alarming(&at(false)), "{}", figure.name);
            assert!(figure.is_alarming(&at(true)), "{}", figure.name);
        }
    }

    #[test]
    fn the_old_dashboard_warns_long_after_the_new_one() {
        let limits = sample().limits;
        let with = |queue: u64| Sample {
            queue_depth: queue,
            zombies: 500,
            old: OldDashboard { active: 10, queue, memory_mib: 400, success_rate: Some(0.94) },
            ..sample()
        };
        let early = with(limits.queue as u64 + 1);
        assert!(QUEUE.is_alarming(&early));
        assert!(!OLD_DASHBOARD.iter().any(|figure| figure.is_alarming(&early)));
        let late = with(4 * limits.queue as u64 + 1);
        assert!(OLD_QUEUE.is_alarming(&late));
        let nobody = Sample { old: OldDashboard::default(), ..sample() };
        assert!(OLD_ACTIVE.is_alarming(&nobody));
    }

    #[test]
    fn where_there_is_no_value_there_is_no_alarm_and_a_dash() {
        let nothing = Sample { success_rate: None, ..sample() };
        for figure in [&P95, &SUCCESS, &OLD_SUCCESS, &GOODPUT] {
            assert_eq!(figure.text(&nothing), "–");
            assert!(!figure.is_alarming(&nothing), "{}", figure.name);
        }
    }

    #[test]
    fn a_pool_that_starts_up_is_no_alarm() {
        let starting = Sample { active: 0, filling: 10, ..sample() };
        assert_eq!(
            (ACTIVE.text(&starting), ACTIVE.is_alarming(&starting)),
            ("0".to_owned(), false)
        );
        assert!(ACTIVE.is_alarming(&Sample { filling: 0, ..starting }));
    }

    #[test]
    fn figures_are_written_as_the_report_writes_them() {
        let old = OldDashboard { memory_mib: 393, success_rate: Some(0.942), ..Default::default() };
        let sample = Sample { memory_mib: 8_338, p95_s: Some(31.24), old, ..sample() };
        let texts = [&MEMORY, &P95, &OLD_MEMORY, &OLD_SUCCESS].map(|figure| figure.text(&sample));
        assert_eq!(texts, ["8,743 MB", "31.2 s", "412 MB", "94.2%"]);
    }
}
