//! One reading of all instruments.

use serde::Serialize;

use super::limits::Limits;
use super::units::in_gb;
use crate::pool::Ledger;

/// What the instruments show at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sample {
    /// Seconds since the run began.
    pub t_s: f64,
    /// The time on the scenario's clock, such as `04:03:15`.
    pub clock: String,
    /// How many jobs there are in each state.
    #[serde(flatten)]
    pub ledger: Ledger,
    /// Slots of the pool.
    pub workers: u32,
    /// Workers not reaped, zombies included.
    pub alive: u32,
    /// Workers that own a slot and are not hung: truly able to work.
    pub active: u32,
    /// Workers that start up for the first time: no cause for alarm.
    pub filling: u32,
    /// Workers that hang, in truth, zombies included.
    pub hung: u32,
    /// The part of them that was not replaced: they hang and own a slot.
    pub hung_in_slots: u32,
    /// Workers that are suspected to be gone: what the supervisor believes.
    pub suspects: u32,
    /// Workers that hang and are not suspected.
    pub missed: u32,
    /// Workers killed as silent or made to leave as suspects, and attempts timed out, that did not
    /// hang.
    pub false_kills: u64,
    /// Workers killed, for whatever reason.
    pub kills: u64,
    /// Suspects that moved at the last moment, and were spared.
    pub kills_averted: u64,
    /// Jobs that wait behind a breaker that is not closed.
    pub parked: u64,
    /// Those of them that would end.
    pub parked_good: u64,
    /// Workers that were replaced and not reaped.
    pub zombies: u32,
    /// Jobs in progress for longer than `hung_after_s`.
    pub hung_jobs: u32,
    /// Workers started in the place of another.
    pub restarts: u64,
    /// Restarts in the last minute, planned recycles excluded.
    pub restarts_a_minute: u32,
    /// All memory in use, in MiB.
    pub memory_mib: u64,
    /// Memory of a healthy pool: the parent and its idle workers, in MiB.
    pub baseline_mib: u64,
    /// Memory of the parent and of registered workers without a job, in MiB.
    pub idle_mib: u64,
    /// Memory of registered workers that hang, in MiB.
    pub hung_mib: u64,
    /// The most memory that was ever in use, in MiB.
    pub peak_memory_mib: u64,
    /// Worker time that came to nothing, in seconds.
    pub wasted_worker_s: f64,
    /// Processor time in use, in per cent of one core, as `top` adds it up: at most 100 for each
    /// core.
    pub cpu_percent: u32,
    /// Processor time over age, in per cent of one core, summed over all workers as `ps` shows
    /// them: each over a life of its own, so that it can be more than the host has.
    pub ps_percent: u32,
    /// Cores of the host.
    pub cores: u32,
    /// Memory of the host, in MiB.
    pub host_memory_mib: u64,
    /// Processes: workers not reaped.
    pub processes: u32,
    /// Jobs in the queue.
    pub queue_depth: u64,
    /// Median time from arrival to end over the trailing minute, in seconds; none if no job ended.
    pub p50_s: Option<f64>,
    /// 95th percentile of the same.
    pub p95_s: Option<f64>,
    /// The same without the jobs that were given up: those that came back look well.
    pub survivors_p95_s: Option<f64>,
    /// How long the job at the head of the line has waited, in seconds; none if no job waits but
    /// behind a breaker.
    pub oldest_waiting_s: Option<f64>,
    /// Of the jobs (not attempts) that ended in the trailing minute or hang now, the share that
    /// ended well; none if there are none.
    pub success_rate: Option<f64>,
    /// What the old dashboard says.
    pub old: OldDashboard,
    /// Alerts that are not inactive, and those that were resolved.
    pub alerts: Vec<AlertSample>,
    /// What these figures may be.
    pub limits: Limits,
    /// How far the story has come; empty before it begins.
    pub stage: String,
}

impl Sample {
    /// What `ps` and `htop` show of the host, in a line.
    pub fn processes_text(&self) -> String {
        format!(
            "ps: {} processes, CPU {}%; htop: Memory {} / {}, CPU {}% ({} cores)",
            self.processes,
            self.ps_percent,
            in_gb(self.memory_mib),
            in_gb(self.host_memory_mib),
            self.cpu_percent,
            self.cores,
        )
    }

    /// Whether the alert of that name fires.
    pub fn has_fired(&self, alert: &str) -> bool {
        self.alerts.iter().any(|shown| shown.name == alert && shown.state == "firing")
    }
}

/// The dashboard of before: it lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct OldDashboard {
    /// Workers that are registered with the pool: the old dashboard's "active".
    pub active: u32,
    /// Jobs in the queue.
    pub queue: u64,
    /// Memory of the registered workers, in MiB.
    pub memory_mib: u64,
    /// Of the jobs that workers finished in the trailing minute, the share that ended well; none if
    /// they finished none.
    pub success_rate: Option<f64>,
}

/// How bad an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Look at it in the morning.
    Warning,
    /// The person on call is paged.
    Critical,
}

impl Severity {
    /// It in a word, as in the label `severity`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// One alert as it stands at the time of the sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertSample {
    /// The alert's name, as in the table of rules.
    pub name: String,
    /// How bad it is.
    pub severity: Severity,
    /// `pending`, `firing` or `resolved`.
    pub state: String,
}
