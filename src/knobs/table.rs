//! The table of knobs. To add a knob, add a row: everything else follows.

use super::choice::{
    BeatSource, LateResults, OutOfMemory, ServiceDistribution, ToxicLabel, WindowType,
};
use super::input_error::InputError;
use super::knob::{Group, Knob};
use super::value::Bounds::{Flag, Real, Share, Whole, Words};
use super::value::{Bounds, KnobType, Value};
use crate::kernel::Duration;

macro_rules! knobs {
    ($([$group:ident] $(
        $name:ident: $kind:ty = $default:expr, $bounds:expr, $unit:literal,
        $title:literal, $help:literal;
    )*)*) => {
        /// The value of every parameter of a run.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Knobs { $($(#[doc = $help] pub $name: $kind,)*)* }

        impl Default for Knobs {
            fn default() -> Self {
                Self { $($($name: $default,)*)* }
            }
        }

        /// Which knob: its place in [`TABLE`]. The variants are spelled as the knobs are in files
        /// and links, so that a knob has one name.
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum KnobId { $($(#[doc = $help] $name,)*)* }

        impl KnobId {
            /// All knobs, in the order they are shown.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)*];
        }

        /// What is known about each knob, in the order of [`KnobId::ALL`].
        pub const TABLE: &[Knob] = &[$($(Knob {
            name: stringify!($name),
            group: Group::$group,
            title: $title,
            unit: $unit,
            bounds: $bounds,
            help: $help,
        },)*)*];

        impl Knobs {
            /// The value of a knob.
            pub fn get(&self, knob: KnobId) -> Value {
                match knob { $($(KnobId::$name => self.$name.value(),)*)* }
            }

            /// Takes a value over that was checked.
            pub(super) fn put(&mut self, knob: KnobId, value: &Value) {
                match knob {
                    $($(KnobId::$name => {
                        if let Some(value) = <$kind as KnobType>::read(value) {
                            self.$name = value;
                        }
                    })*)*
                }
            }
        }
    };
}

const SHARE: Bounds = Share(0.0, 1.0);
const SECONDS: Bounds = Real(0.001, 86_400.0);
const MIB: Bounds = Whole(0.0, 1_048_576.0);

/// Shorthand for the defaults below.
const fn s(seconds: u64) -> Duration {
    Duration::secs(seconds)
}

knobs! {
    [Load]
    arrival_rate: f64 = 6.0, Real(0.0, 1_000_000.0), "jobs/s",
        "Arrivals", "Jobs that arrive each second, on average (Poisson).";
    toxic_share: f64 = 0.0, SHARE, "",
        "Toxic jobs", "Share of jobs that hang their worker for ever.";
    report_share: f64 = 0.03, SHARE, "",
        "Reports",
        "Share of jobs that are complex reports: slow, large, and may leave a lock held.";
    toxic_label: ToxicLabel = ToxicLabel::Own, Words(ToxicLabel::WORDS), "",
        "Label of toxic jobs", "Whether toxic jobs have a kind of their own or come disguised.";
    toxic_as_report: f64 = 1.0, SHARE, "",
        "Toxic jobs disguised as reports",
        "Of disguised toxic jobs, the share that comes as reports; the rest come as normal jobs.";
    queue_capacity: u32 = 1_000, Whole(1.0, 10_000_000.0), "jobs",
        "Queue capacity", "Jobs the queue can hold; more are rejected.";
    job_limit: u32 = 0, Whole(0.0, 100_000_000.0), "jobs",
        "Job limit", "No more jobs arrive after so many; 0 is no limit.";
    [Jobs]
    service_mean_s: Duration = s(1), SECONDS, "s",
        "Mean job length", "Mean work in a normal job.";
    service_distribution: ServiceDistribution = ServiceDistribution::Exponential,
        Words(ServiceDistribution::WORDS), "",
        "Job length distribution", "How the work in normal jobs is spread.";
    service_cv: f64 = 1.0, Real(0.0, 20.0), "",
        "Job length variation",
        "Coefficient of variation of lognormal work: standard deviation over mean.";
    report_mean_s: Duration = s(4), SECONDS, "s",
        "Mean report length", "Mean work in a report (lognormal).";
    report_cv: f64 = 1.5, Real(0.0, 20.0), "",
        "Report length variation",
        "Coefficient of variation of the work in reports: their long legitimate tail.";
    toxic_work_s: Duration = Duration::millis(300), SECONDS, "s",
        "Work before a hang", "Mean work in a toxic job before it hangs.";
    toxic_spin_share: f64 = 0.25, SHARE, "",
        "Hangs that burn CPU",
        "Share of hangs that spin and burn a core; the others park on a lock.";
    fail_share: f64 = 0.04, SHARE, "",
        "Jobs that fail", "Share of normal jobs and reports that end in an error.";
    crash_share: f64 = 0.0, SHARE, "",
        "Jobs that crash",
        "Share of normal jobs that crash their worker part of the way through their work.";
    taint_share: f64 = 0.1, SHARE, "",
        "Reports that leave a lock held",
        "Share of reports that leave a lock held: their worker will hang in its clean-up.";
    normal_yield_s: Duration = Duration::millis(200), SECONDS, "s",
        "Cancellation check, normal job", "How often a normal job checks for cancellation.";
    report_yield_s: Duration = s(1), SECONDS, "s",
        "Cancellation check, report", "How often a report checks for cancellation.";
    [Pool]
    workers: u32 = 10, Whole(1.0, 1_000_000.0), "workers",
        "Workers", "Slots of the pool: how many workers there should be.";
    startup_s: Duration = Duration::millis(800), Real(0.0, 600.0), "s",
        "Start-up time", "Time a new worker needs before it takes jobs.";
    start_fail_share: f64 = 0.0, SHARE, "",
        "Starts that fail", "Share of workers that crash at the end of their start-up.";
    max_lifetime_s: Duration = s(300), Real(1.0, 604_800.0), "s",
        "Worker lifetime", "Age at which the pool replaces a worker.";
    lifetime_jitter: f64 = 0.2, Share(0.0, 0.9), "",
        "Lifetime variation", "Random variation of the lifetime (± share).";
    drain_grace_s: Duration = s(5), Real(0.0, 3_600.0), "s",
        "Grace after lifetime",
        "How long a worker past its lifetime has to leave before it counts as gone.";
    graceful_timeout_s: Duration = s(0), Real(0.0, 86_400.0), "s",
        "Graceful timeout",
        "How long a worker that was asked to leave may take; then it is killed. 0 is for ever.";
    prefetch: u32 = 1, Whole(1.0, 1_000.0), "jobs",
        "Prefetch",
        "Jobs that a worker fetches at once: it begins one, and the others wait in its hand.";
    lifecycle_bug: bool = false, Flag, "",
        "Lifecycle bug",
        "Strike a worker off the books once its replacement is decided, even if it never exits.";
    [Memory]
    process_base_mib: u32 = 12, MIB, "MiB",
        "Parent process", "Memory of the pool's parent process.";
    worker_base_mib: u32 = 40, MIB, "MiB",
        "Idle worker", "Memory of a worker without a job.";
    normal_mib: u32 = 1, MIB, "MiB",
        "Normal job", "Working set of a normal job.";
    report_mib: u32 = 4, MIB, "MiB",
        "Report", "Working set of a report.";
    toxic_mib: u32 = 150, MIB, "MiB",
        "Toxic job", "Working set of a job that hangs.";
    leak_kib: u32 = 0, MIB, "KiB",
        "Leak per job", "Memory that a worker keeps after each job until it exits.";
    leak_kib_per_s: f64 = 0.0, Real(0.0, 1_048_576.0), "KiB/s",
        "Leak by time", "Memory that each worker leaks every second, whatever it does.";
    retain_share: f64 = 0.0, SHARE, "",
        "Memory that stays",
        "Share of the largest working set so far that a worker keeps; its next jobs use it again.";
    cleanup_mib: u32 = 150, MIB, "MiB",
        "Clean-up of a tainted worker",
        "Memory that the clean-up of a tainted worker takes before it hangs.";
    [Host]
    cores: u32 = 8, Whole(1.0, 1_000_000.0), "cores",
        "CPU cores", "Processor cores; more busy workers than cores slow each other down.";
    host_memory_mib: u32 = 16_384, Whole(64.0, 1_000_000_000.0), "MiB",
        "Host memory", "Memory of the host.";
    out_of_memory: OutOfMemory = OutOfMemory::PoolDies, Words(OutOfMemory::WORDS), "",
        "When memory runs out",
        "What dies: the pool for ever, its largest process, or all, to start again.";
    restart_after_s: Duration = s(10), Real(0.0, 86_400.0), "s",
        "Restart after", "Time from a restart for want of memory until workers are started again.";
    swap_threshold: f64 = 0.85, Share(0.05, 1.0), "",
        "Swapping begins at", "Share of the host's memory above which it swaps.";
    swap_slowdown: f64 = 8.0, Real(1.0, 1_000.0), "×",
        "Slowdown by swapping", "How many times slower everything is just before memory runs out.";
    [Connections]
    connections: u32 = 0, Whole(0.0, 100_000.0), "connections",
        "Database connections",
        "Connections that all jobs share; one that finds none free waits. 0 is without limit.";
    connections_per_job: u32 = 1, Whole(1.0, 4.0), "connections",
        "Connections per job",
        "How many a job takes, one after the other as it works; it returns all at its end.";
    connection_wait_s: Duration = s(0), Real(0.0, 86_400.0), "s",
        "Connection timeout",
        "How long a job waits for a connection before it fails. 0 is for ever.";
    [Clients]
    client_patience_s: Duration = s(0), Real(0.0, 86_400.0), "s",
        "Client patience",
        "How long a client waits for its job before it leaves; the job stays. 0 is for ever.";
    client_retries: u32 = 0, Whole(0.0, 100.0), "retries",
        "Client retries",
        "How often a client tries again whose job took too long, was rejected or was given up.";
    client_backoff_s: Duration = s(1), Real(0.0, 3_600.0), "s",
        "Client back-off", "Wait before a client tries again.";
    [Timeouts]
    fix_timeouts: bool = false, Flag, "",
        "Timeouts", "Time out everything: no job may run for ever. Frees the job, not the worker.";
    timeout_normal_s: Duration = s(10), SECONDS, "s",
        "Timeout, normal", "Longest a normal job may run.";
    timeout_report_s: Duration = s(120), SECONDS, "s",
        "Timeout, report", "Longest a report may run.";
    timeout_toxic_s: Duration = s(30), SECONDS, "s",
        "Timeout, toxic", "Longest a toxic or unknown job may run.";
    timeout_cancels: bool = true, Flag, "",
        "Timeouts cancel",
        "Ask the worker to drop a job that timed out. If not, it goes on: a visibility timeout.";
    late_results: LateResults = LateResults::Dropped, Words(LateResults::WORDS), "",
        "Late results",
        "Whether a success counts that comes after its attempt was taken away.";
    cancel_grace_s: Duration = s(2), Real(0.0, 3_600.0), "s",
        "Grace after cancel", "How long a cancelled worker has to return.";
    max_deliveries: u32 = 3, Whole(1.0, 100.0), "deliveries",
        "Deliveries per job",
        "Deliveries after which a job is dead-lettered instead of tried again.";
    backoff_base_s: Duration = s(1), Real(0.0, 3_600.0), "s",
        "First redelivery wait",
        "Wait before the second delivery; it doubles with each further one.";
    backoff_cap_s: Duration = s(100), Real(0.0, 86_400.0), "s",
        "Longest redelivery wait", "Longest wait before a redelivery.";
    backoff_jitter: f64 = 0.5, SHARE, "",
        "Redelivery wait variation", "Random variation of the wait (± share).";
    [Health]
    fix_health: bool = false, Flag, "",
        "Health checks", "Workers must prove that they are alive. Flags suspects; kills none.";
    beat_interval_s: Duration = s(5), Real(0.01, 3_600.0), "s",
        "Heartbeat interval", "Time between two heartbeats of a worker.";
    liveness_timeout_s: Duration = s(30), SECONDS, "s",
        "Liveness timeout", "Silence after which a worker is suspected.";
    startup_timeout_s: Duration = s(30), SECONDS, "s",
        "Start-up timeout", "Silence allowed to a worker that is starting up.";
    probe_failure_threshold: u32 = 1, Whole(1.0, 1_000.0), "probes",
        "Readiness failure threshold",
        "After so many beat intervals in a row without a sign of life a worker gets no jobs.";
    probe_success_threshold: u32 = 1, Whole(1.0, 1_000.0), "probes",
        "Readiness success threshold",
        "After so many beat intervals in a row with signs of life it gets jobs again.";
    beat_source: BeatSource = BeatSource::Progress, Words(BeatSource::WORDS), "",
        "Heartbeat source",
        "What beats: the work, a helper thread whatever the job does, or the loop between jobs.";
    heartbeat_needs_cpu: bool = false, Flag, "",
        "Heartbeats need CPU",
        "Overload and swap delay heartbeats like all work. Off, as on the night of the incident.";
    [Limits]
    fix_limits: bool = false, Flag, "",
        "Resource limits", "Cap the age, jobs and memory of each worker.";
    max_jobs_per_worker: u32 = 500, Whole(1.0, 10_000_000.0), "jobs",
        "Jobs per worker", "Jobs after which a worker is recycled.";
    max_jobs_jitter: u32 = 50, Whole(0.0, 1_000_000.0), "jobs",
        "Jobs per worker, variation", "Random extra jobs per worker.";
    max_worker_age_s: Duration = s(3_600), Real(1.0, 604_800.0), "s",
        "Worker age limit", "Age at which a worker is recycled.";
    worker_memory_soft: f64 = 1.5, Real(1.0, 1_000.0), "× base",
        "Soft memory limit", "Between jobs, a worker that holds more is recycled.";
    worker_memory_hard: f64 = 3.0, Real(1.0, 1_000.0), "× base",
        "Hard memory limit", "A worker that holds more is killed at once.";
    pool_memory_limit_mib: u32 = 8_192, Whole(1.0, 100_000_000.0), "MiB",
        "Pool memory limit", "When the pool holds more, its largest worker is killed.";
    recycle_interval_s: Duration = s(1), Real(0.0, 3_600.0), "s",
        "Recycle interval", "Shortest time between two planned recycles.";
    [Detection]
    fix_detection: bool = false, Flag, "",
        "Zombie detection", "Find silent workers, zombies included, and kill them.";
    scan_interval_s: Duration = s(1), Real(0.01, 3_600.0), "s",
        "Scan interval", "Time between scans.";
    kill_grace_s: Duration = s(5), Real(0.0, 3_600.0), "s",
        "Grace before kill", "Time between asking a suspect to leave and killing it.";
    restart_backoff_cap_s: Duration = s(60), Real(0.0, 3_600.0), "s",
        "Longest restart back-off", "Longest wait before a slot that keeps dying is filled again.";
    restart_backoff_reset_s: Duration = s(120), Real(0.0, 86_400.0), "s",
        "Restart back-off reset", "Time alive after which a slot's back-off starts over.";
    restart_intensity: f64 = 2.0, Real(0.0, 1_000.0), "× workers",
        "Restart intensity", "More restarts than this within the period are a restart storm.";
    restart_period_s: Duration = s(60), SECONDS, "s",
        "Restart period", "The period in which restarts are counted.";
    storm_spawn_interval_s: Duration = s(10), Real(0.0, 3_600.0), "s",
        "Spawn interval in a storm", "Shortest time between two spawns in a restart storm.";
    detector_sanity: f64 = 0.5, SHARE, "",
        "Detector sanity",
        "If a larger share of workers looks silent at once, only twice the silence counts.";
    [Breaker]
    fix_breaker: bool = false, Flag, "",
        "Circuit breaker", "Stop taking jobs of a kind that keeps failing.";
    breaker_window_type: WindowType = WindowType::Count, Words(WindowType::WORDS), "",
        "Window type", "Whether the rates cover the last calls or the calls of the last seconds.";
    breaker_window: u32 = 20, Whole(1.0, 10_000.0), "calls or s",
        "Window size", "Recent calls (or seconds) the rates are computed from.";
    breaker_minimum_calls: u32 = 5, Whole(1.0, 10_000.0), "calls",
        "Minimum calls", "Fewest calls before the breaker may open.";
    breaker_failure_rate: f64 = 0.5, Share(0.001, 1.0), "",
        "Failure rate threshold", "Share of failed calls that opens the breaker.";
    breaker_slow_rate: f64 = 1.0, Share(0.001, 1.0), "",
        "Slow call rate threshold", "Share of slow calls that opens the breaker.";
    breaker_slow_call: f64 = 0.8, Real(0.01, 1.0), "× timeout",
        "Slow call", "A call longer than this is slow.";
    breaker_open_s: Duration = s(60), SECONDS, "s",
        "First open period",
        "How long the breaker stays open the first time; it doubles with each re-opening.";
    breaker_open_cap_s: Duration = s(600), SECONDS, "s",
        "Longest open period", "Longest the breaker stays open.";
    breaker_permits: u32 = 1, Whole(1.0, 1_000.0), "calls",
        "Half-open calls", "Trial calls let through before the breaker closes again.";
    park_limit_s: Duration = s(300), SECONDS, "s",
        "Longest wait behind a breaker",
        "Longest a job waits behind an open breaker before it is rejected.";
    [Watch]
    hung_after_s: Duration = s(30), SECONDS, "s",
        "Hung after", "A job in progress for longer counts as hung.";
    alert_p95_s: Duration = s(5), SECONDS, "s",
        "p95 alert threshold", "Pager threshold: p95 of the time from arrival to end.";
}

impl KnobId {
    /// The knob of that name.
    ///
    /// # Errors
    /// If there is none; the error suggests the nearest name.
    pub fn find(name: &str) -> Result<Self, InputError> {
        let place = TABLE.iter().position(|knob| knob.name == name);
        place
            .and_then(|place| Self::ALL.get(place).copied())
            .ok_or_else(|| InputError::unknown("knob", name, TABLE.iter().map(|knob| knob.name)))
    }

    /// The knobs of a group, in the order they are shown.
    pub fn of(group: Group) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |knob| knob.row().group == group)
    }

    /// What is known about it.
    pub fn row(self) -> &'static Knob {
        &TABLE[self as usize]
    }

    /// Its name in commands, links and files.
    pub fn name(self) -> &'static str {
        self.row().name
    }
}

impl Knobs {
    /// Turns a knob.
    ///
    /// # Errors
    /// If the value is not allowed; nothing is changed then.
    pub fn set(&mut self, knob: KnobId, value: &Value) -> Result<(), InputError> {
        knob.row().check(value)?;
        self.put(knob, value);
        Ok(())
    }

    /// Turns a knob to what a text says, as on the command line or in a link.
    ///
    /// # Errors
    /// As [`Knobs::set`].
    pub fn set_text(&mut self, knob: KnobId, text: &str) -> Result<(), InputError> {
        self.set(knob, &knob.row().read_text(text))
    }

    /// The knobs that differ from those of `other`, with their values here, in the table's order.
    pub fn changed_from(&self, other: &Self) -> Vec<(KnobId, Value)> {
        let value = |&knob| (knob, self.get(knob));
        KnobId::ALL.iter().map(value).filter(|(knob, value)| *value != other.get(*knob)).collect()
    }
}
