//! What happens leaves the pool as events, and in no other way. Everything an operator, a chart or
//! a picture shows is derived from these.

use super::hang::Hang;
use super::ids::{JobId, WorkerRef};
use super::job::JobState;
use super::kind::JobKind;
use super::queue::Gate;
use crate::kernel::{Duration, Instant, Trace};
use crate::knobs::{KnobId, OutOfMemory};

/// How an attempt that reported ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The job did what it was to do.
    Succeeded,
    /// The job reported an error; it is not given out again.
    Failed,
}

/// Why an attempt was taken away from its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// The attempt ran longer than the timeout of its kind.
    TimedOut,
    /// Its worker was killed, or crashed.
    WorkerKilled,
    /// Its worker held more memory than allowed, or most on a host that ran out of it.
    OverMemory,
    /// The host ran out of memory, and all on it died.
    HostDied,
    /// Its worker was asked to leave, and dropped it.
    Forfeited,
    /// A late result of another attempt ended its job.
    Superseded,
}

/// Why a job was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The queue was full.
    QueueFull,
    /// It waited too long behind an open breaker.
    Parked,
    /// There is no pool any more.
    PoolDead,
}

/// Why a worker was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpawnReason {
    /// The pool was started or enlarged.
    Fill,
    /// The one before was recycled as planned: age, jobs done, or memory held between jobs.
    Recycled,
    /// The one before was declared gone by the lifetime clock, and may still be there: the bug.
    Replaced,
    /// The one before was killed, or crashed.
    Killed,
    /// The one before gave no sign of life for too long, was asked to leave, and left.
    Suspect,
}

impl SpawnReason {
    /// Whether a failure made it necessary: back-off, restart intensity and the alert on restarts
    /// count these, and leave planned recycles out.
    pub const fn is_unplanned(self) -> bool {
        matches!(self, Self::Replaced | Self::Killed | Self::Suspect)
    }
}

/// How a worker came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It left at the end of its life, or was recycled, drained or deployed anew; or it was asked
    /// to, and was killed at the end of its grace.
    Planned,
    /// It was a suspect, was asked to leave, and left.
    Suspect,
    /// It was killed, or crashed.
    Killed,
}

/// Why a worker was killed. A crash is the kernel's kill (`SIGSEGV`, `SIGABRT`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KillReason {
    /// It gave no sign of life.
    Silent,
    /// It held more memory than it may.
    Memory,
    /// By the viewer's hand.
    Poke,
    /// The host ran out of memory, and all on it died.
    HostDied,
    /// It was asked to leave as planned, and did not within its grace.
    Overdue,
    /// The host ran out of memory, and it was the largest process.
    OutOfMemory,
    /// It crashed, in its job or at the end of its start-up.
    Crashed,
}

impl KillReason {
    /// All reasons, in the order of their words in the trace.
    pub const ALL: [Self; 7] = [
        Self::Silent,
        Self::Memory,
        Self::Poke,
        Self::HostDied,
        Self::Overdue,
        Self::OutOfMemory,
        Self::Crashed,
    ];
    /// How many reasons there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The reason's name, as in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Memory => "memory",
            Self::Poke => "poke",
            Self::HostDied => "host_died",
            Self::Overdue => "overdue",
            Self::OutOfMemory => "out_of_memory",
            Self::Crashed => "crashed",
        }
    }
}

/// Something that happened. The fields are named for what they are.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A job arrived and joined the queue (or is rejected by the event after this).
    Submitted { job: JobId, kind: JobKind },
    /// A job was turned away: its end.
    Rejected { job: JobId, kind: JobKind, reason: Rejection, total: Duration },
    /// A worker was given a job.
    Started { job: JobId, kind: JobKind, attempt: u8, worker: WorkerRef, waited: Duration },
    /// An attempt reported: the job's end.
    Finished {
        job: JobId,
        kind: JobKind,
        worker: WorkerRef,
        outcome: Outcome,
        ran: Duration,
        total: Duration,
        /// Its client had left: nobody has the result.
        doomed: bool,
    },
    /// An attempt was taken away from its worker, which may go on with it all the same.
    Revoked { job: JobId, kind: JobKind, worker: WorkerRef, why: Revocation, ran: Duration },
    /// A job waits for its next delivery.
    Delayed { job: JobId, kind: JobKind, attempt: u8, until: Instant },
    /// A delayed job is back in the queue.
    Requeued { job: JobId, kind: JobKind },
    /// A job was given up: its end.
    DeadLettered { job: JobId, kind: JobKind, attempts: u8, total: Duration },
    /// A client lost its patience and left; its job stays.
    Abandoned { job: JobId, kind: JobKind },
    /// A worker reported on an attempt that had been taken away; the report was dropped.
    LateResult { job: JobId, kind: JobKind, worker: WorkerRef },

    /// A worker reported a success on an attempt that had been taken away, and it counts: the job
    /// is its own again, and is finished by the next event.
    Reclaimed { job: JobId, kind: JobKind, worker: WorkerRef, from: JobState },

    /// A worker was started.
    Spawned { worker: WorkerRef, slot: u32, reason: SpawnReason },
    /// A worker has started up and takes jobs.
    Ready { worker: WorkerRef },
    /// A worker showed that it is alive. (So do the reports on attempts.)
    Heartbeat { worker: WorkerRef },
    /// A worker fetched a job, to keep it in hand behind the one that it began.
    Prefetched { job: JobId, kind: JobKind, worker: WorkerRef },
    /// A job that waited in a worker's hand for as long as its kind may run is given out again; the
    /// worker is not told.
    TakenBack { job: JobId, kind: JobKind, worker: WorkerRef },
    /// A worker is gone, and a job that it had in hand is back in the queue, as if never fetched.
    HandedBack { job: JobId, kind: JobKind, worker: WorkerRef },
    /// A worker began a job from its hand that had been taken back: it runs a second time.
    StartedCopy { job: JobId, kind: JobKind, worker: WorkerRef },
    /// A worker's job wants a connection, and none is free.
    WaitsForConnection { worker: WorkerRef },
    /// A cancelled worker came back without finishing its job.
    ReturnedCancelled { worker: WorkerRef },
    /// A worker will leave when its job is done, or when it has started up.
    Draining { worker: WorkerRef },
    /// A worker has begun to leave, or was told to.
    Terminating { worker: WorkerRef },
    /// A worker crashed, in its job or at the end of its start-up.
    Crashed { worker: WorkerRef },
    /// The lifetime clock counted a worker as gone: if it is not, it is a zombie from now on.
    Replaced { worker: WorkerRef },
    /// A worker was killed by force.
    Killed { worker: WorkerRef, reason: KillReason },
    /// A worker is gone and its memory is back. It was healthy from its start to its last sign of
    /// life.
    Reaped { worker: WorkerRef, slot: u32, zombie: bool, exit: Exit, healthy: Duration },
    /// A worker's memory changed, to this many MiB. Told only while resource limits are on.
    Memory { worker: WorkerRef, mib: u32 },

    /// A worker gave no sign of life for too long.
    Suspected { worker: WorkerRef },
    /// A suspect moved, and is none any more.
    Cleared { worker: WorkerRef },
    /// A suspect moved at the last moment, and was spared.
    KillAverted { worker: WorkerRef },
    /// Too many workers looked silent at once: the detector holds back (or does so no longer).
    DetectorSuspect { on: bool },
    /// Too many restarts: spawning slows down (or does so no longer).
    RestartStorm { on: bool },
    /// A circuit breaker changed its state.
    Breaker { kind: JobKind, gate: Gate },

    /// The host began or stopped to swap.
    Swapping { on: bool },
    /// The host ran out of memory, and does what it is set to do then.
    OutOfMemory { then: OutOfMemory },
    /// The host is up again after it ran out of memory.
    Restarted,
    /// All workers are to make room for those of a new release.
    Deployed,
    /// A knob was turned.
    KnobTurned { knob: KnobId },

    /// What cannot be seen in the simulated world.
    Truth(Truth),
}

/// What is so, whether or not it is known. Guards and alerts are never shown these.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// A worker hangs, in a job or in its clean-up.
    Hung { worker: WorkerRef, how: Hang, job: Option<JobId> },
    /// A worker was left with a lock held: it will hang in its clean-up.
    Tainted { worker: WorkerRef, job: JobId },
    /// A worker that did not hang was killed as silent, or was asked to leave as a suspect and did.
    FalseKill { worker: WorkerRef },
    /// An attempt timed out that would have ended: good work undone.
    FalseTimeout { worker: WorkerRef },
    /// A job arrived that will never end.
    Toxic { job: JobId },
    /// A job was made toxic by the viewer's hand.
    Poisoned { job: JobId },
}

impl Event {
    /// Takes the event into a run's hash.
    #[inline]
    pub(crate) fn trace(&self, now: Instant, trace: &mut Trace) {
        let [tag, detail] = self.words();
        trace.fold(tag ^ now.as_micros() << 8);
        trace.fold(detail);
    }

    /// The event in two words: its variant and small parts, its names and times.
    #[inline(always)]
    fn words(&self) -> [u64; 2] {
        match *self {
            Self::Submitted { job, kind } => [1, pack(job.0, kind as u64)],
            Self::Rejected { job, kind, reason, .. } => {
                [2 | (reason as u64) << 5, pack(job.0, kind as u64)]
            }
            Self::Started { job, kind, attempt, worker, .. } => {
                [3 | (kind as u64) << 5 | u64::from(attempt) << 40, pack(job.0, worker.as_word())]
            }
            Self::Finished { job, kind, worker, outcome, doomed, .. } => {
                let how = (outcome as u64) << 7 | u64::from(doomed) << 40;
                [4 | (kind as u64) << 5 | how, pack(job.0, worker.as_word())]
            }
            Self::Revoked { job, kind, worker, why, .. } => {
                [5 | (kind as u64) << 5 | (why as u64) << 40, pack(job.0, worker.as_word())]
            }
            Self::Delayed { job, until, .. } => [6, pack(job.0, until.as_micros())],
            Self::Requeued { job, .. } => [7, u64::from(job.0)],
            Self::DeadLettered { job, attempts, .. } => [8, pack(job.0, u64::from(attempts))],
            Self::LateResult { job, worker, .. } => [9, pack(job.0, worker.as_word())],
            Self::Spawned { worker, slot, reason } => {
                [10 | (reason as u64) << 5, pack(slot, worker.as_word())]
            }
            Self::Ready { worker } => [11, worker.as_word()],
            Self::Heartbeat { worker } => [12, worker.as_word()],
            Self::ReturnedCancelled { worker } => [13, worker.as_word()],
            Self::Draining { worker } => [14, worker.as_word()],
            Self::Terminating { worker } => [15, worker.as_word()],
            Self::Replaced { worker } => [16, worker.as_word()],
            Self::Killed { worker, reason } => [17 | (reason as u64) << 5, worker.as_word()],
            Self::Reaped { worker, slot, zombie, .. } => {
                [18 | u64::from(zombie) << 5, pack(slot, worker.as_word())]
            }
            Self::Memory { worker, mib } => [19, pack(mib, worker.as_word())],
            Self::Suspected { worker } => [20, worker.as_word()],
            Self::Cleared { worker } => [21, worker.as_word()],
            Self::KillAverted { worker } => [22, worker.as_word()],
            Self::DetectorSuspect { on } => [23, u64::from(on)],
            Self::RestartStorm { on } => [24, u64::from(on)],
            Self::Breaker { kind, gate } => [25, pack(kind as u32, gate.word())],
            Self::Swapping { on } => [26, u64::from(on)],
            Self::OutOfMemory { then } => [27 | (then as u64) << 5, 0],
            Self::KnobTurned { knob } => [28, word_of(knob.name())],
            Self::Deployed => [31 | 4 << 5, 0],
            Self::Restarted => [31 | 5 << 5, 0],
            Self::Reclaimed { job, worker, .. } => [31 | 7 << 5, pack(job.0, worker.as_word())],
            Self::Crashed { worker } => [31 | 6 << 5, worker.as_word()],
            Self::Abandoned { job, kind } => [31 | 8 << 5, pack(job.0, kind as u64)],
            Self::WaitsForConnection { worker } => [31 | 9 << 5, worker.as_word()],
            Self::Prefetched { job, worker, .. } => [31 | 10 << 5, pack(job.0, worker.as_word())],
            Self::TakenBack { job, worker, .. } => [31 | 11 << 5, pack(job.0, worker.as_word())],
            Self::HandedBack { job, worker, .. } => [31 | 13 << 5, pack(job.0, worker.as_word())],
            Self::StartedCopy { job, worker, .. } => [31 | 12 << 5, pack(job.0, worker.as_word())],
            Self::Truth(truth) => truth.words(),
        }
    }
}

impl Truth {
    fn words(self) -> [u64; 2] {
        match self {
            Self::Hung { worker, how, .. } => [29 | (how as u64) << 5, worker.as_word()],
            Self::Tainted { worker, job } => [30, pack(job.0, worker.as_word())],
            Self::FalseKill { worker } => [31, worker.as_word()],
            Self::FalseTimeout { worker } => [31 | 1 << 5, worker.as_word()],
            Self::Poisoned { job } => [31 | 2 << 5, u64::from(job.0)],
            Self::Toxic { job } => [31 | 3 << 5, u64::from(job.0)],
        }
    }
}

impl WorkerRef {
    #[inline]
    fn as_word(self) -> u64 {
        u64::from(self.id.0)
    }
}

/// A knob by its name (FNV-1a), not by its place: a new row of the table changes no run's hash.
#[cold]
fn word_of(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |word, byte| {
        (word ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// Two numbers in one word.
#[inline]
fn pack(high: u32, low: u64) -> u64 {
    u64::from(high) << 32 ^ low
}
