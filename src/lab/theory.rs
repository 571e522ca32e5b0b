//! What theory says of a sweep over a timeout, to be laid over what was measured, and where its
//! assumptions fail.

use crate::knobs::Knobs;

/// A pool with timeouts and detection, as the rule of stability sees it. Rates are per second,
/// times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stability {
    workers: f64,
    arrivals: f64,
    toxic: f64,
    service_s: f64,
    deliveries: f64,
    kill_s: f64,
}

impl Stability {
    /// The pool of these knobs.
    pub fn of(knobs: &Knobs) -> Self {
        let normal = 1.0 - knobs.report_share / (1.0 - knobs.toxic_share).max(f64::EPSILON);
        let service_s = normal * knobs.service_mean_s.as_secs_f64()
            + (1.0 - normal) * knobs.report_mean_s.as_secs_f64();
        Self {
            workers: f64::from(knobs.workers),
            arrivals: knobs.arrival_rate,
            toxic: knobs.toxic_share,
            service_s,
            deliveries: f64::from(knobs.max_deliveries),
            kill_s: knobs.cancel_grace_s.as_secs_f64()
                + knobs.scan_interval_s.as_secs_f64() / 2.0
                + knobs.kill_grace_s.as_secs_f64()
                + knobs.startup_s.as_secs_f64(),
        }
    }

    /// The share of the workers' time that is asked for with a timeout of so many seconds:
    /// ρ(T) = [λ(1−p)S + λpd(T + k)] / c. The pool is stable where it is below 1.
    pub fn utilization(&self, timeout_s: f64) -> f64 {
        let good = self.arrivals * (1.0 - self.toxic) * self.service_s;
        let doomed = self.arrivals * self.toxic * self.deliveries * (timeout_s + self.kill_s);
        (good + doomed) / self.workers
    }

    /// The timeout at which the pool tips over, T* = (c − λ(1−p)S)/(λpd) − k; `None` if no timeout
    /// of zero or more is stable, or none is unstable since no job is toxic.
    pub fn tipping_point_s(&self) -> Option<f64> {
        let doomed = self.arrivals * self.toxic * self.deliveries;
        if doomed <= 0.0 {
            return None;
        }
        let spare = self.workers - self.arrivals * (1.0 - self.toxic) * self.service_s;
        Some(spare / doomed - self.kill_s).filter(|timeout_s| *timeout_s > 0.0)
    }
}

/// Why the rule of stability does not hold for these knobs, in words; empty where it does.
pub fn failing_assumptions(knobs: &Knobs) -> Vec<&'static str> {
    let mut failing = Vec::new();
    let mut check = |fails: bool, why| {
        if fails {
            failing.push(why);
        }
    };
    check(
        !knobs.fix_timeouts || !knobs.fix_detection,
        "the rule is for a pool with timeouts and detection on",
    );
    check(
        knobs.timeout_toxic_s > knobs.liveness_timeout_s,
        "detection finds a hung worker before its timeout does",
    );
    check(knobs.lifecycle_bug, "the lifecycle bug adds workers that the rule does not know");
    check(knobs.fix_breaker, "an open breaker keeps jobs outside");
    check(
        knobs.restart_backoff_cap_s.as_micros() > 0,
        "a slot waits before it is filled again (back-off)",
    );
    check(
        u64::from(knobs.cores) < u64::from(knobs.workers),
        "workers share cores, so jobs take longer",
    );
    failing
}
