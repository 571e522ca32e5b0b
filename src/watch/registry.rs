//! The table of metrics: name, help, kind, and where the figure comes from. Names and units follow
//! Prometheus' conventions. To add a metric, add a row.

use super::counters::{DURATION_BOUNDS, OUTCOMES};
use super::units::MIB;
use super::{AlertState, Census, Instruments, oldest_waiting};
use crate::kernel::{Duration, Instant};
use crate::pool::{Gate, JobKind, KillReason, Pool, Rejection, SpawnReason, State};

/// What kind of metric it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// A counter: it only grows, and its rate is what matters.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Cumulative buckets with sum and count.
    Histogram,
    /// A summary: quantiles over a window, with sum and count.
    Summary,
}

/// A row of the table.
pub struct Metric {
    /// Its name, with the unit and, for counters, `_total` at the end.
    pub name: &'static str,
    /// One line on what it counts.
    pub help: &'static str,
    /// The metric's type in the exposition format.
    pub kind: MetricKind,
    read: fn(&Scope<'_>, &mut Vec<MetricSample>),
}

/// One figure of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricSample {
    /// What follows the metric's name: `_bucket`, `_sum`, `_count` or nothing.
    pub suffix: &'static str,
    /// Label names and values.
    pub labels: Vec<(&'static str, String)>,
    /// The sample's value, in the unit that the metric's name ends in.
    pub value: f64,
}

/// What figures are read from.
pub struct Scope<'a> {
    watch: &'a Instruments,
    pool: &'a Pool,
    now: Instant,
    census: Census,
}

impl<'a> Scope<'a> {
    /// What there is to read at `now`.
    pub fn new(watch: &'a Instruments, pool: &'a Pool, now: Instant) -> Self {
        Self { watch, pool, now, census: Census::take(now, pool, &watch.truth) }
    }
}

impl Metric {
    /// All samples of the metric at this moment, one for each set of labels.
    pub fn read(&self, scope: &Scope<'_>) -> Vec<MetricSample> {
        let mut readings = Vec::new();
        (self.read)(scope, &mut readings);
        readings
    }
}

impl MetricKind {
    /// The kind in a word, as in the exposition format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::Summary => "summary",
        }
    }
}

fn plain(value: f64) -> MetricSample {
    MetricSample { suffix: "", labels: Vec::new(), value }
}

fn labelled<const N: usize>(labels: [(&'static str, &str); N], value: f64) -> MetricSample {
    let labels = labels.map(|(name, value)| (name, value.to_owned())).to_vec();
    MetricSample { suffix: "", labels, value }
}

const MICRO: f64 = 1e-6;
const RESTART_REASONS: [(&str, SpawnReason); 4] = [
    ("recycled", SpawnReason::Recycled),
    ("replaced", SpawnReason::Replaced),
    ("killed", SpawnReason::Killed),
    ("suspect", SpawnReason::Suspect),
];
const REJECTION_REASONS: [(&str, Rejection); 3] = [
    ("queue_full", Rejection::QueueFull),
    ("parked", Rejection::Parked),
    ("pool_dead", Rejection::PoolDead),
];

/// One metric with a single figure.
macro_rules! single {
    ($kind:ident $name:literal, $help:literal, $value:expr) => {
        Metric {
            name: concat!("zombie_pool_", $name),
            help: $help,
            kind: MetricKind::$kind,
            read: |scope, out| {
                let value: fn(&Scope<'_>) -> f64 = $value;
                out.push(plain(value(scope)));
            },
        }
    };
}

/// One metric with a figure for each value of its labels.
macro_rules! family {
    ($kind:ident $name:literal, $help:literal, $read:expr) => {
        Metric {
            name: concat!("zombie_pool_", $name),
            help: $help,
            kind: MetricKind::$kind,
            read: $read,
        }
    };
}

/// All metrics. Those named `truth_`, and the false kills, could not be measured in a real pool;
/// they are there to teach, and no alert reads them.
pub const METRICS: &[Metric] = &[
    single!(Gauge "zombie_workers", "Workers that were replaced and are not reaped.",
        |s| f64::from(s.pool.roster().zombies())),
    single!(Gauge "hung_jobs", "Jobs in progress for longer than allowed.",
        |s| f64::from(s.census.hung_jobs)),
    single!(Gauge "oldest_in_flight_seconds", "Age of the oldest attempt in progress.",
        |s| s.census.oldest_in_progress.as_secs_f64()),
    family!(Counter "worker_restarts_total", "Workers started in the place of another: recycled \
        as planned, counted as gone by the lifetime clock (replaced), killed, or a suspect that \
        left when asked.", |s, out| {
        for (name, reason) in RESTART_REASONS {
            let count = s.watch.counters.spawns[reason as usize];
            out.push(labelled([("reason", name)], count as f64));
        }
    }),
    family!(Counter "worker_kills_total", "Workers killed by force.", |s, out| {
        for reason in KillReason::ALL {
            let count = s.watch.counters.killed(reason);
            out.push(labelled([("reason", reason.name())], count as f64));
        }
    }),
    family!(Gauge "workers", "Workers not reaped, by what they do.", |s, out| {
        for state in State::ALL {
            let count = s.pool.roster().iter().filter(|record| record.state == state).count();
            out.push(labelled([("state", state.name())], count as f64));
        }
    }),
    single!(Gauge "registered_workers", "Workers that own a slot: what the old dashboard counts.",
        |s| f64::from(s.census.registered)),
    single!(Gauge "processes", "Workers not reaped.", |s| f64::from(s.pool.roster().present())),
    single!(Gauge "memory_bytes", "All memory in use.",
        |s| s.pool.host().memory_mib(&s.pool.knobs) as f64 * MIB),
    single!(Gauge "registered_memory_bytes", "Memory of the workers that own a slot.",
        |s| (u64::from(s.pool.knobs.process_base_mib) + s.census.registered_mib) as f64 * MIB),
    single!(Gauge "kept_memory_bytes", "Memory of jobs that ended which workers still hold.",
        |s| s.pool.roster().kept_mib() as f64 * MIB),
    single!(Counter "out_of_memory_total", "Times that the host ran out of memory.",
        |s| s.watch.counters.out_of_memory as f64),
    single!(Gauge "cpu_cores_wanted", "Workers that want a core, also those that wait for one.",
        |s| f64::from(s.pool.host().runnable())),
    single!(Gauge "cpu_cores_of_lives", "Processor time over age, all workers (ps).",
        |s| s.pool.ps_percent_sum(s.now) / 100.0),
    single!(Gauge "host_speed_ratio", "How fast work gets done, from 0 to 1.",
        |s| s.pool.host().speed()),
    family!(Gauge "connections", "Connections that are held, zombies' included, and workers that \
        wait for one.", |s, out| {
        let (used, waiting) = (s.pool.connections().used(), s.pool.connections().waiting());
        out.push(labelled([("state", "used")], f64::from(used)));
        out.push(labelled([("state", "waiting")], waiting as f64));
    }),
    single!(Counter "connection_timeouts_total", "Attempts that waited too long for a connection.",
        |s| s.pool.connections().timeouts() as f64),
    single!(Gauge "queue_depth", "Jobs in the queue.", |s| s.pool.ledger().queued as f64),
    single!(Gauge "oldest_queued_seconds", "How long the job at the head of the line has waited.",
        |s| oldest_waiting(s.now, s.pool).unwrap_or(Duration::ZERO).as_secs_f64()),
    single!(Gauge "jobs_in_flight", "Jobs with a worker.", |s| s.pool.ledger().in_flight as f64),
    single!(Gauge "jobs_prefetched", "Jobs that workers have fetched and not begun.",
        |s| s.pool.ledger().prefetched as f64),
    single!(Counter "jobs_taken_back_total",
        "Jobs given out again since they waited in a worker for longer than their timeout.",
        |s| s.pool.prefetched().taken_back() as f64),
    single!(Gauge "jobs_delayed", "Jobs waiting for their next delivery.",
        |s| s.pool.ledger().delayed as f64),
    family!(Counter "jobs_submitted_total", "Jobs that arrived.", |s, out| {
        for kind in JobKind::ALL {
            let count = s.watch.counters.submitted[kind.index()];
            out.push(labelled([("kind", kind.name())], count as f64));
        }
    }),
    family!(Counter "jobs_total", "Jobs that ended.", |s, out| {
        for kind in JobKind::ALL {
            for (outcome, count) in OUTCOMES.iter().zip(s.watch.counters.jobs[kind.index()]) {
                let labels = [("kind", kind.name()), ("outcome", outcome)];
                out.push(labelled(labels, count as f64));
            }
        }
    }),
    family!(Counter "jobs_rejected_total", "Jobs turned away.", |s, out| {
        for (name, reason) in REJECTION_REASONS {
            out.push(labelled([("reason", name)], s.watch.counters.rejected(reason) as f64));
        }
    }),
    single!(Gauge "abandoned_jobs", "Jobs that have not ended and whose client has left.",
        |s| s.pool.ledger().abandoned as f64),
    single!(Counter "doomed_jobs_total", "Jobs that ended when their client had left.",
        |s| s.pool.ledger().doomed as f64),
    single!(Counter "client_retries_total", "Jobs that a client had submitted before.",
        |s| s.pool.ledger().retries as f64),
    single!(Counter "job_timeouts_total", "Attempts that timed out.",
        |s| s.watch.counters.timeouts as f64),
    single!(Counter "job_redeliveries_total", "Jobs given out again.",
        |s| s.watch.counters.redeliveries as f64),
    single!(Gauge "dead_letters", "Jobs given up after too many deliveries, kept for inspection.",
        |s| s.pool.ledger().dead_lettered as f64),
    single!(Gauge "duplicated_jobs", "Jobs that more than one worker has in hand.",
        |s| s.watch.strays.duplicated_jobs(s.pool) as f64),
    single!(Counter "duplicate_executions_total",
        "Deliveries of jobs that another worker still had in hand.",
        |s| s.watch.strays.duplicates as f64),
    single!(Counter "late_successes_total", "Reports of success on attempts that were taken away \
        that counted all the same.", |s| s.watch.strays.counted as f64),
    single!(Counter "late_results_total", "Reports on attempts that were taken away, dropped.",
        |s| s.watch.counters.late_results as f64),
    family!(Histogram "job_duration_seconds", "Time an attempt that reported was in progress.",
        durations),
    family!(Summary "job_latency_seconds", "Time from arrival to end over the trailing minute.",
        |s, out| quantiles(out, |q| s.watch.latency.long(q))),
    family!(Summary "job_latency_short_seconds",
        "The same over the trailing ten seconds: a fix shows in it at once.",
        |s, out| quantiles(out, |q| s.watch.latency.short(q))),
    family!(Gauge "circuit_breaker_state", "1 for the state that the breaker of a kind is in.",
        breakers),
    single!(Counter "suspects_total", "Workers that gave no sign of life for too long.",
        |s| s.watch.counters.suspected as f64),
    single!(Counter "kills_averted_total", "Suspects that moved at the last moment.",
        |s| s.watch.counters.kills_averted as f64),
    single!(Gauge "detector_suspect", "1 while too many workers look silent for that to be so.",
        |s| f64::from(u8::from(s.watch.doubts))),
    single!(Counter "heartbeats_total", "Signs of life.", |s| s.watch.counters.beats as f64),
    single!(Gauge "longest_silence_seconds",
        "Longest time that a worker which has started up has given no sign of life.",
        |s| s.census.longest_silence.as_secs_f64()),
    single!(Counter "deploys_total", "Times that all workers were to make room for new ones.",
        |s| s.watch.counters.deploys as f64),
    single!(Counter "restart_storms_total", "Times that restarts came too fast.",
        |s| s.watch.counters.storms as f64),
    single!(Gauge "restart_storm", "1 while spawning is slowed down, since restarts come too fast.",
        |s| f64::from(u8::from(s.watch.storm))),
    single!(Gauge "host_down", "1 while nothing runs on the host, since it ran out of memory.",
        |s| f64::from(u8::from(!s.pool.host().is_up()))),
    family!(Counter "worker_seconds_total", "What workers spent their time on.", worker_seconds),
    family!(Counter "memory_byte_seconds_total", "Memory times seconds, by holder.",
    |s, out| {
        let times = s.watch.times;
        let held = [times.healthy_mib, times.hung_mib, times.zombie_mib];
        for (holder, mib) in ["healthy", "hung", "zombie"].into_iter().zip(held) {
            out.push(labelled([("holder", holder)], mib as f64 * MIB));
        }
    }),
    family!(Gauge "alert_state", "1 for the state that an alert is in.", |s, out| {
        for (rule, state) in s.watch.alerts.iter() {
            for name in AlertState::NAMES {
                let labels = [("alertname", rule.name), ("state", name)];
                out.push(labelled(labels, f64::from(u8::from(state.name() == name))));
            }
        }
    }),
    single!(Gauge "suspects", "Workers that are suspected to be gone.",
        |s| f64::from(s.watch.truth.suspects)),
    single!(Gauge "unready_workers", "Workers that fail their readiness probe: they get no job.",
        |s| s.pool.roster().iter().filter(|record| !record.ready).count() as f64),
    family!(Gauge "parked_jobs", "Jobs waiting behind a breaker that is not closed.", |s, out| {
        for kind in JobKind::ALL {
            out.push(labelled([("kind", kind.name())], s.pool.parked(kind) as f64));
        }
    }),
    single!(Gauge "truth_parked_good_jobs", "Parked jobs that would end, were they let through.",
        |s| s.pool.parked_good() as f64),
    single!(Gauge "truth_hung_workers", "Workers that hang, suspected or not.",
        |s| f64::from(s.watch.truth.hung)),
    single!(Gauge "truth_missed_zombies", "Workers that hang and are not suspected.",
        |s| f64::from(s.watch.truth.missed)),
    single!(Gauge "truth_wrongly_suspected", "Workers that are suspected and do not hang.",
        |s| f64::from(s.watch.truth.wrongly_suspected)),
    family!(Counter "false_kills_total", "Workers killed as silent or that left as suspects, \
        and attempts timed out, that would have ended: good work undone. (The truth, to \
        teach.)", |s, out| {
        let truth = &s.watch.truth;
        for (what, count) in [("worker", truth.false_kills), ("attempt", truth.false_timeouts)] {
            out.push(labelled([("what", what)], count as f64));
        }
    }),
    single!(Gauge "truth_detection_latency_seconds", "Mean time from a hang to its suspicion.",
        |s| s.watch.truth.detection_latency().map_or(f64::NAN, |latency| latency.as_secs_f64())),
];

/// NaN where no job ended, as Prometheus' own clients have it.
fn quantiles(out: &mut Vec<MetricSample>, value: impl Fn(f64) -> Option<f64>) {
    for (name, q) in [("0.5", 0.5), ("0.95", 0.95), ("0.99", 0.99)] {
        out.push(labelled([("quantile", name)], value(q).unwrap_or(f64::NAN)));
    }
}

fn durations(scope: &Scope<'_>, out: &mut Vec<MetricSample>) {
    let counters = &scope.watch.counters;
    let bounds = DURATION_BOUNDS.iter().map(f64::to_string).chain(["+Inf".to_owned()]);
    let mut total = 0;
    for (bound, count) in bounds.zip(counters.durations) {
        total += count;
        let labels = vec![("le", bound)];
        out.push(MetricSample { suffix: "_bucket", labels, value: total as f64 });
    }
    let sum = counters.duration_us as f64 * MICRO;
    out.push(MetricSample { suffix: "_sum", ..plain(sum) });
    out.push(MetricSample { suffix: "_count", ..plain(total as f64) });
}

fn breakers(scope: &Scope<'_>, out: &mut Vec<MetricSample>) {
    for kind in JobKind::ALL {
        let is = |state: &str| match scope.pool.queue().gate(kind) {
            Gate::Open => state == "closed",
            Gate::Permits(_) => state == "half_open",
            Gate::Shut => state == "open",
        };
        for state in ["closed", "half_open", "open"] {
            let labels = [("kind", kind.name()), ("state", state)];
            out.push(labelled(labels, f64::from(u8::from(is(state)))));
        }
    }
}

fn worker_seconds(scope: &Scope<'_>, out: &mut Vec<MetricSample>) {
    let (counters, times) = (&scope.watch.counters, scope.watch.times);
    for (spent, seconds) in [
        ("useful", counters.useful_us as f64 * MICRO),
        ("doomed", scope.watch.doomed_us() as f64 * MICRO),
        ("hung", times.hung as f64),
        ("idle", times.idle as f64),
        ("restarting", times.restarting as f64),
        ("zombie", times.zombie as f64),
    ] {
        out.push(labelled([("spent", spent)], seconds));
    }
}
