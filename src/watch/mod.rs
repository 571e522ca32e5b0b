//! What an operator sees, derived from events alone: counters, windows, alerts, the two
//! dashboards; and beside it the truth, to teach.

mod alert;
mod census;
mod counters;
mod export;
mod exposition;
pub mod figures;
mod grafana;
mod health;
mod limits;
mod milestones;
mod openmetrics;
mod registry;
mod rules;
mod rules_file;
mod rules_test;
mod sample;
mod series;
mod strays;
mod summary;
mod truth;
pub mod units;
mod window;

use crate::kernel::{Duration, Instant};
use crate::pool::{Event, Gate, JobKind, Outcome, Pool, Rejection, State};

pub use alert::AlertState;
pub use census::Census;
pub use counters::{Counters, DURATION_BOUNDS, OUTCOMES};
pub use export::{SampleRow, to_json};
pub use exposition::{exposition, family};
pub use grafana::grafana_dashboard;
pub use health::Health;
pub use limits::{Limits, baseline_mib};
pub use milestones::{Milestone, MilestoneInputs, Milestones};
pub use openmetrics::OpenMetrics;
pub use registry::{METRICS, Metric, MetricKind, MetricSample as MetricReading};
pub use rules::{AlertInputs, Alerts, RULES, Rule};
pub use rules_file::rules_file;
pub use rules_test::RulesTest;
pub use sample::{AlertSample, OldDashboard, Sample, Severity};
pub use series::{Series, SeriesPoint};
pub use strays::Strays;
pub use summary::{Summary, TimeAverages};
pub use truth::GroundTruth;
pub use window::{Latency, Rolling};

/// All instruments of a run: counters, windows, alerts, milestones, and the truth beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instruments {
    counters: Counters,
    latency: Latency,
    ends: Rolling<3>,
    restarts: Rolling<1>,
    means: TimeAverages,
    truth: GroundTruth,
    strays: Strays,
    alerts: Alerts,
    milestones: Milestones,
    storm: bool,
    doubts: bool,
    times: Times,
}

/// Worker-seconds spent in other ways than in jobs, and memory-seconds, read once a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Times {
    /// Worker-seconds spent waiting for a job.
    pub idle: u64,
    /// Worker-seconds spent starting up.
    pub restarting: u64,
    /// Worker-seconds spent hung, and not yet replaced.
    pub hung: u64,
    /// Worker-seconds spent as a zombie.
    pub zombie: u64,
    /// MiB held by healthy workers, times seconds.
    pub healthy_mib: u64,
    /// The same of workers that hang and are not yet replaced.
    pub hung_mib: u64,
    /// The same of zombies.
    pub zombie_mib: u64,
}

/// How a job of the trailing minute ended, as the success rates count it.
#[derive(Clone, Copy)]
enum End {
    Succeeded,
    Failed,
    GivenUp,
}

impl Instruments {
    /// Takes an event in. Four sorts of events make up nearly all of them, and come first.
    #[inline(always)] // In its one caller: most events need but a few instructions here.
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Heartbeat { .. } => self.counters.beats += 1,
            Event::Submitted { kind, .. } => {
                self.counters.submitted[kind.index()] += 1;
                self.means.arrived(now);
            }
            Event::Started { waited, job, attempt, .. } => {
                self.means.started(now, waited);
                if attempt > 1 {
                    self.strays.delivered_again(job);
                }
            }
            Event::Finished { kind, outcome, ran, total, doomed, .. } => {
                self.counters.finished(kind, outcome, ran, doomed);
                self.means.finished(now, total);
                self.latency.record(total);
                let succeeded = outcome == Outcome::Succeeded;
                self.ends.count(if succeeded { End::Succeeded } else { End::Failed } as usize);
                self.milestones.finished(now);
            }
            _ => self.observe_rare(now, event),
        }
    }

    #[inline(never)]
    fn observe_rare(&mut self, now: Instant, event: &Event) {
        self.counters.observe(event);
        self.means.observe(now, event);
        self.truth.observe(now, event);
        self.strays.observe(now, event);
        self.milestones.observe(now, event);
        match *event {
            Event::DeadLettered { total, .. } => {
                self.latency.record_lost(total);
                self.ends.count(End::GivenUp as usize);
            }
            // Those that got in waited long; those that were turned away at the door did not.
            Event::Rejected { reason: Rejection::Parked, total, .. } => {
                self.latency.record_lost(total);
                self.ends.count(End::GivenUp as usize);
            }
            Event::Rejected { .. } => self.ends.count(End::GivenUp as usize),
            Event::Spawned { reason, .. } if reason.is_unplanned() => self.restarts.count(0),
            Event::RestartStorm { on } => self.storm = on,
            Event::DetectorSuspect { on } => self.doubts = on,
            _ => {}
        }
    }

    /// Once a second: closes the windows' buckets, reads the gauges, evaluates the alert rules.
    pub fn tick(&mut self, now: Instant, pool: &Pool) {
        self.latency.tick();
        self.ends.tick();
        self.restarts.tick();
        let census = self.census(now, pool);
        let inputs = self.alert_inputs(now, &census, pool);
        self.alerts.evaluate(now, &inputs);
        let vitals = MilestoneInputs {
            workers: pool.knobs.workers,
            baseline_mib: baseline_mib(&pool.knobs),
            active: census.active,
            hung: self.truth.hung,
            waiting: pool.ledger().queued - parked(pool),
            succeeded_a_minute: self.ends.sum(End::Succeeded as usize),
            firing: self.alerts.firing() > 0,
            paging: self.alerts.paging(),
        };
        self.milestones.tick(now, &inputs, vitals);
    }

    /// One look at every worker: what they spend their time on, and what is in progress.
    fn census(&mut self, now: Instant, pool: &Pool) -> Census {
        let mut census = Census::default();
        for record in pool.roster().iter() {
            census.observe(record, now, pool, &self.truth);
            let mib = u64::from(record.mib);
            if record.replaced {
                self.times.zombie += 1;
                self.times.zombie_mib += mib;
            } else if self.truth.is_hung(record.who) {
                self.times.hung += 1;
                self.times.hung_mib += mib;
            } else {
                self.times.healthy_mib += mib;
                self.times.idle += u64::from(record.state == State::Idle);
                self.times.restarting += u64::from(record.state == State::Starting);
            }
        }
        census
    }

    /// What the alert rules look at.
    fn alert_inputs(&self, now: Instant, census: &Census, pool: &Pool) -> AlertInputs {
        let knobs = &pool.knobs;
        let closed = |kind: &&JobKind| pool.queue().gate(**kind) == Gate::Open;
        let closed = JobKind::ALL.iter().filter(closed).count();
        AlertInputs {
            zombies: pool.roster().zombies(),
            hung_jobs: census.hung_jobs,
            restarts_a_minute: self.restarts.sum(0),
            memory_mib: pool.host().memory_mib(knobs),
            p95_s: self.latency.long(0.95),
            oldest_waiting_s: oldest_waiting(now, pool).map(Duration::as_secs_f64),
            finished_a_minute: self.finished_a_minute(),
            limits: Limits::of(knobs),
            storm: self.storm,
            open_breakers: (JobKind::COUNT - closed) as u32,
            out_of_memory: !pool.host().is_up(),
        }
    }

    /// Everything the instruments show at `now`; the clock is for the caller to fill in.
    pub fn sample(&self, now: Instant, pool: &Pool) -> Sample {
        let census = Census::take(now, pool, &self.truth);
        let reading = self.alert_inputs(now, &census, pool);
        let ledger = pool.ledger();
        let base_mib = u64::from(pool.knobs.process_base_mib);
        Sample {
            t_s: now.as_secs_f64(),
            clock: String::new(),
            ledger: *ledger,
            workers: pool.knobs.workers,
            alive: pool.roster().present(),
            active: census.active,
            filling: census.filling,
            hung: self.truth.hung,
            hung_in_slots: census.hung_in_slots,
            suspects: self.truth.suspects,
            missed: self.truth.missed,
            false_kills: self.truth.false_kills + self.truth.false_timeouts,
            kills: self.counters.kills.iter().sum(),
            kills_averted: self.counters.kills_averted,
            parked: parked(pool),
            parked_good: pool.parked_good() as u64,
            zombies: reading.zombies,
            hung_jobs: reading.hung_jobs,
            restarts: self.counters.restarts(),
            restarts_a_minute: reading.restarts_a_minute,
            memory_mib: reading.memory_mib,
            baseline_mib: baseline_mib(&pool.knobs),
            idle_mib: base_mib + census.idle_mib,
            hung_mib: census.hung_mib,
            peak_memory_mib: pool.host().peak_mib(&pool.knobs),
            wasted_worker_s: self.wasted_worker_s(),
            cpu_percent: pool.host().cpu_percent(),
            ps_percent: libm::round(pool.ps_percent_sum(now)) as u32,
            cores: pool.knobs.cores,
            host_memory_mib: u64::from(pool.knobs.host_memory_mib),
            processes: pool.roster().present(),
            queue_depth: ledger.queued,
            p50_s: self.latency.long(0.5),
            p95_s: reading.p95_s,
            oldest_waiting_s: reading.oldest_waiting_s,
            survivors_p95_s: self.latency.survivors(0.95),
            success_rate: self.success_rate(reading.hung_jobs),
            old: OldDashboard {
                active: census.registered,
                queue: ledger.queued,
                memory_mib: base_mib + census.registered_mib,
                success_rate: self.old_success_rate(),
            },
            alerts: self.alert_samples(),
            limits: reading.limits,
            stage: self.milestones.latest().map_or("", Milestone::title).to_owned(),
        }
    }

    /// Jobs that workers finished in the trailing minute, well or in an error.
    fn finished_a_minute(&self) -> u32 {
        self.ends.sum(End::Succeeded as usize) + self.ends.sum(End::Failed as usize)
    }

    fn old_success_rate(&self) -> Option<f64> {
        share(self.ends.sum(End::Succeeded as usize), self.finished_a_minute())
    }

    /// Of the jobs that ended or should have: also those that were given up, or hang now.
    fn success_rate(&self, hung_jobs: u32) -> Option<f64> {
        let given_up = self.ends.sum(End::GivenUp as usize);
        let all = self.finished_a_minute() + given_up + hung_jobs;
        share(self.ends.sum(End::Succeeded as usize), all)
    }

    /// Worker time that came to nothing, in seconds: hung, as zombies, starting up, and in attempts
    /// that were taken away from workers that did not hang.
    fn wasted_worker_s(&self) -> f64 {
        let Times { hung, zombie, restarting, .. } = self.times;
        (hung + zombie + restarting) as f64 + self.doomed_us() as f64 / 1e6
    }

    /// Worker time in attempts that came to nothing though their workers did not hang, in µs: until
    /// they were taken away, after that where the worker went on, and on jobs whose clients had
    /// left.
    fn doomed_us(&self) -> u64 {
        let taken_away = self.truth.undone_us + self.strays.dropped_us - self.strays.counted_us;
        taken_away + self.counters.doomed_us
    }

    fn alert_samples(&self) -> Vec<AlertSample> {
        let shown = |(rule, state): (&Rule, AlertState)| AlertSample {
            name: rule.name.to_owned(),
            severity: rule.severity,
            state: state.name().to_owned(),
        };
        self.alerts.iter().filter(|(_, state)| *state != AlertState::Inactive).map(shown).collect()
    }

    /// What a copy takes outside itself, in bytes, about.
    pub fn bytes(&self) -> usize {
        let windows = self.latency.bytes() + self.ends.bytes() + self.restarts.bytes();
        windows + self.truth.bytes() + self.strays.bytes()
    }

    /// What has happened since the run began, counted.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Trailing quantiles of the time from arrival to end.
    pub fn latency(&self) -> &Latency {
        &self.latency
    }

    /// What the supervisor believes beside what is true.
    pub fn truth(&self) -> &GroundTruth {
        &self.truth
    }

    /// Where every alert stands.
    pub fn alerts(&self) -> &Alerts {
        &self.alerts
    }

    /// How far the story has come.
    pub fn milestones(&self) -> &Milestones {
        &self.milestones
    }

    /// Worker-seconds by what they were spent on.
    pub fn times(&self) -> Times {
        self.times
    }

    /// Measured means since the warm-up ended.
    pub fn summary(&self, now: Instant, workers: u32) -> Summary {
        self.means.summary(now, workers)
    }

    /// The warm-up is over: means begin again.
    pub fn end_warm_up(&mut self, now: Instant) {
        self.means.restart(now);
    }
}

/// How long the job at the head of the line has waited since it joined the queue, as Sidekiq's
/// `Queue#latency` has it. Jobs that are parked behind a breaker are left out: another alert is
/// about them.
pub fn oldest_waiting(now: Instant, pool: &Pool) -> Option<Duration> {
    let open = JobKind::ALL.into_iter().filter(|&kind| pool.queue().gate(kind) == Gate::Open);
    let heads = open.filter_map(|kind| pool.queue().lane(kind).next());
    let jobs = heads.filter_map(|place| pool.jobs().get(place));
    jobs.map(|job| now.saturating_since(job.queued)).max()
}

/// Jobs that wait behind a breaker that is not closed.
fn parked(pool: &Pool) -> u64 {
    JobKind::ALL.iter().map(|&kind| pool.parked(kind) as u64).sum()
}

/// A share; of nothing there is none.
fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}
