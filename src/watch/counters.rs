//! Plain counts of events, one field each; the registry gives them their names.

use crate::kernel::Duration;
use crate::pool::{Event, Gate, JobKind, KillReason, Outcome, Rejection, Revocation, SpawnReason};

/// Upper bounds of the buckets of job durations, in seconds; the last is past the longest timeout.
pub const DURATION_BOUNDS: [f64; 12] =
    [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];

/// The same in µs: comparing with all of them at once is faster than searching.
const BOUNDS_US: [u32; DURATION_BOUNDS.len()] = {
    let mut bounds = [0; DURATION_BOUNDS.len()];
    let mut place = 0;
    while place < bounds.len() {
        bounds[place] = (DURATION_BOUNDS[place] * 1e6) as u32;
        place += 1;
    }
    bounds
};

/// How a job ended, as a label.
pub const OUTCOMES: [&str; 4] = ["succeeded", "failed", "dead_lettered", "rejected"];
const SUCCEEDED: usize = 0;
const FAILED: usize = 1;
const DEAD_LETTERED: usize = 2;
const REJECTED: usize = 3;

/// All counts since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counters {
    /// Jobs that arrived, by kind.
    pub submitted: [u64; JobKind::COUNT],
    /// Jobs that ended, by kind and outcome.
    pub jobs: [[u64; OUTCOMES.len()]; JobKind::COUNT],
    /// Durations of attempts that reported, in the buckets of [`DURATION_BOUNDS`] and above.
    pub durations: [u64; DURATION_BOUNDS.len() + 1],
    /// Their sum, in µs.
    pub duration_us: u64,
    /// Attempts that timed out.
    pub timeouts: u64,
    /// Jobs that were given out again.
    pub redeliveries: u64,
    /// Reports that came too late and were dropped.
    pub late_results: u64,
    /// Workers started, by reason.
    pub spawns: [u64; 5],
    /// Workers killed, by reason.
    pub kills: [u64; KillReason::COUNT],
    /// Suspects that moved at the last moment.
    pub kills_averted: u64,
    /// Workers that were found suspect.
    pub suspected: u64,
    /// Jobs turned away, by reason.
    pub rejections: [u64; 3],
    /// Heartbeats since the run began.
    pub beats: u64,
    /// Times that the host ran out of memory.
    pub out_of_memory: u64,
    /// Deploys that have begun since the run began.
    pub deploys: u64,
    /// Restart storms that began.
    pub storms: u64,
    /// Times a breaker opened, by kind.
    pub breaker_opened: [u64; JobKind::COUNT],
    /// Worker time in attempts that reported while their client waited, in µs.
    pub useful_us: u64,
    /// Worker time in attempts that reported when their client had left, in µs.
    pub doomed_us: u64,
}

impl Counters {
    /// Takes an event in; heartbeats, arrivals and reports are counted by
    /// [`Instruments`](super::Instruments).
    pub fn observe(&mut self, event: &Event) {
        match *event {
            Event::Rejected { kind, reason, .. } => {
                self.jobs[kind.index()][REJECTED] += 1;
                self.rejections[reason as usize] += 1;
            }
            Event::Revoked { why, .. } => {
                self.timeouts += u64::from(why == Revocation::TimedOut);
            }
            Event::Requeued { .. } => self.redeliveries += 1,
            Event::DeadLettered { kind, .. } => self.jobs[kind.index()][DEAD_LETTERED] += 1,
            Event::LateResult { .. } => self.late_results += 1,
            Event::Spawned { reason, .. } => self.spawns[reason as usize] += 1,
            Event::Killed { reason, .. } => self.kills[reason as usize] += 1,
            Event::OutOfMemory { .. } => self.out_of_memory += 1,
            Event::Deployed => self.deploys += 1,
            Event::KillAverted { .. } => self.kills_averted += 1,
            Event::Suspected { .. } => self.suspected += 1,
            Event::RestartStorm { on } => self.storms += u64::from(on),
            Event::Breaker { kind, gate: Gate::Shut } => self.breaker_opened[kind.index()] += 1,
            _ => {}
        }
    }

    /// Counts an attempt that reported.
    #[inline]
    pub fn finished(&mut self, kind: JobKind, outcome: Outcome, ran: Duration, doomed: bool) {
        let column = match outcome {
            Outcome::Succeeded => SUCCEEDED,
            Outcome::Failed => FAILED,
        };
        self.jobs[kind.index()][column] += 1;
        let spent = if doomed { &mut self.doomed_us } else { &mut self.useful_us };
        *spent += ran.as_micros();
        self.duration_us += ran.as_micros();
        let micros = u32::try_from(ran.as_micros()).unwrap_or(u32::MAX);
        let bucket: usize = BOUNDS_US.iter().map(|&bound| usize::from(micros > bound)).sum();
        self.durations[bucket] += 1;
    }

    /// Workers started in the place of another.
    pub fn restarts(&self) -> u64 {
        self.spawns.iter().sum::<u64>() - self.spawns[SpawnReason::Fill as usize]
    }

    /// Workers killed for one reason.
    pub fn killed(&self, reason: KillReason) -> u64 {
        self.kills[reason as usize]
    }

    /// Jobs turned away for one reason.
    pub fn rejected(&self, reason: Rejection) -> u64 {
        self.rejections[reason as usize]
    }
}
