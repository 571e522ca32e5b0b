//! The alert rules: one row each. They read only what an operator can measure.

use super::alert::AlertState;
use super::limits::Limits;
use super::sample::Severity;
use crate::kernel::{Duration, Instant};

/// What the rules look at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AlertInputs {
    /// Workers that were replaced and not reaped.
    pub zombies: u32,
    /// Jobs in progress for longer than allowed.
    pub hung_jobs: u32,
    /// Restarts in the last minute, planned recycles excluded.
    pub restarts_a_minute: u32,
    /// All memory in use, in MiB.
    pub memory_mib: u64,
    /// p95 of the time from arrival to end over the last minute, in seconds; none if no job ended.
    pub p95_s: Option<f64>,
    /// How long the job at the head of the line has waited, in seconds; none if no job waits but
    /// behind a breaker.
    pub oldest_waiting_s: Option<f64>,
    /// What all of these may be.
    pub limits: Limits,
    /// Jobs that workers finished in the last minute, well or in an error.
    pub finished_a_minute: u32,
    /// Whether spawning is slowed down.
    pub storm: bool,
    /// Circuit breakers that are not closed.
    pub open_breakers: u32,
    /// Whether the host ran out of memory.
    pub out_of_memory: bool,
}

/// A row of the table.
pub struct Rule {
    /// The alert's name, as Prometheus shows it.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What the alert says to the person who is paged.
    pub help: &'static str,
    /// How long the condition must hold, in seconds.
    hold_s: u64,
    holds: fn(&AlertInputs) -> bool,
    /// The same condition for a real Prometheus, over the metrics of the registry.
    promql: fn(&Limits) -> String,
}

impl Rule {
    /// Its condition in PromQL, under these limits. It yields at most one series, without labels.
    pub fn promql(&self, limits: &Limits) -> String {
        (self.promql)(limits)
    }

    /// How long the condition must hold before the alert fires.
    pub fn hold(&self) -> Duration {
        Duration::secs(self.hold_s)
    }
}

const MIB: f64 = 1_048_576.0;

/// The incident's rules, and those that the fixes brought.
pub const RULES: &[Rule] = &[
    Rule {
        name: "JobsDelayed",
        severity: Severity::Critical,
        help: "Job processing delays: p95, or the wait at the head of the line, above the limit",
        hold_s: 10,
        holds: |now| {
            [now.p95_s, now.oldest_waiting_s].into_iter().flatten().any(|s| s > now.limits.delay_s)
        },
        promql: |limits| {
            let limit = limits.delay_s;
            format!(
                "max(zombie_pool_job_latency_seconds{{quantile=\"0.95\"}}) > {limit} \
                 or max(zombie_pool_oldest_queued_seconds) > {limit}"
            )
        },
    },
    Rule {
        name: "NoProgress",
        severity: Severity::Critical,
        help: "Jobs have waited for a minute in which workers finished none",
        hold_s: 0,
        holds: |now| now.finished_a_minute == 0 && now.oldest_waiting_s.is_some_and(|s| s >= 60.0),
        promql: |_| {
            "sum(increase(zombie_pool_jobs_total{outcome=~\"succeeded|failed\"}[1m])) == 0 \
             and max(zombie_pool_oldest_queued_seconds) >= 60"
                .to_owned()
        },
    },
    Rule {
        name: "ZombieWorkers",
        severity: Severity::Critical,
        help: "Workers that were replaced are still there",
        hold_s: 10,
        holds: |now| now.zombies > 0,
        promql: |_| "max(zombie_pool_zombie_workers) > 0".to_owned(),
    },
    Rule {
        name: "HungJobs",
        severity: Severity::Warning,
        help: "Jobs have been in progress for too long",
        hold_s: 0,
        holds: |now| now.hung_jobs > 0,
        promql: |_| "max(zombie_pool_hung_jobs) > 0".to_owned(),
    },
    Rule {
        name: "WorkerRestarts",
        severity: Severity::Warning,
        help: "More restarts in a minute than there are workers",
        hold_s: 0,
        holds: |now| f64::from(now.restarts_a_minute) > now.limits.restarts_a_minute,
        promql: |limits| {
            format!(
                "sum(increase(zombie_pool_worker_restarts_total{{reason!=\"recycled\"}}[1m])) > {}",
                limits.restarts_a_minute
            )
        },
    },
    Rule {
        name: "MemoryHigh",
        severity: Severity::Warning,
        help: "Memory is more than twice the baseline",
        hold_s: 30,
        holds: |now| now.memory_mib as f64 > now.limits.memory_mib,
        promql: |limits| format!("max(zombie_pool_memory_bytes) > {}", limits.memory_mib * MIB),
    },
    Rule {
        name: "RestartStorm",
        severity: Severity::Critical,
        help: "Workers die faster than the supervisor will replace them",
        hold_s: 0,
        holds: |now| now.storm,
        promql: |_| "max(zombie_pool_restart_storm) > 0".to_owned(),
    },
    Rule {
        name: "BreakerOpen",
        severity: Severity::Warning,
        help: "A circuit breaker keeps jobs of a kind waiting",
        hold_s: 0,
        holds: |now| now.open_breakers > 0,
        promql: |_| "max(zombie_pool_circuit_breaker_state{state!=\"closed\"}) > 0".to_owned(),
    },
    Rule {
        name: "OutOfMemory",
        severity: Severity::Critical,
        help: "The host ran out of memory, and nothing runs on it",
        hold_s: 0,
        holds: |now| now.out_of_memory,
        promql: |_| "max(zombie_pool_host_down) > 0".to_owned(),
    },
];

/// Where every alert stands, in the order of [`RULES`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Alerts {
    states: [AlertState; RULES.len()],
}

impl Alerts {
    /// Evaluates all rules at `now`, as Prometheus does at each interval.
    pub fn evaluate(&mut self, now: Instant, reading: &AlertInputs) {
        for (state, rule) in self.states.iter_mut().zip(RULES) {
            *state = state.evaluate((rule.holds)(reading), now, rule.hold());
        }
    }

    /// All alerts, with their rules.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Rule, AlertState)> {
        RULES.iter().zip(self.states)
    }

    /// Whether a critical alert fires.
    pub fn paging(&self) -> bool {
        self.iter().any(|(rule, state)| rule.severity == Severity::Critical && state.is_firing())
    }

    /// How many alerts fire now.
    pub fn firing(&self) -> usize {
        self.states.iter().filter(|state| state.is_firing()).count()
    }
}
