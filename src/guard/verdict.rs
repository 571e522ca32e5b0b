//! What guards judge, and what they set alarms for: plain data that the supervisor acts on.

use crate::pool::{JobKind, JobPlace, KillReason, WorkerRef};

/// A judgement. The supervisor carries it out at this instant, in its phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Kill this worker at once, by force.
    Kill(WorkerRef, KillReason),
    /// The pool holds too much memory: kill its largest workers until it fits.
    KillLargest,
    /// Recycle: let it finish its job and leave.
    Retire(WorkerRef),
    /// The host is out of memory: kill its largest worker.
    FreeMemory,
    /// A rolling deploy may go on.
    Roll,
    /// A breaker has changed its mind: bring the gate of its kind in line.
    MoveGate(JobKind),
}

/// What an alarm of the supervisor's is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The worker in this place has run its job for as long as it may, or was cancelled and had
    /// time to come back.
    Deadline(u32),
    /// The worker in this place was asked to leave, and had time to.
    KillGrace(u32),
    /// A job's next delivery is due.
    Redeliver(JobPlace),
    /// A slot, or spawning as a whole, has waited long enough.
    Refill,
    /// The breaker of this kind may half-open now.
    Breaker(JobKind),
    /// The worker in this place was asked to leave as planned, and had time to.
    Leave(u32),
    /// The host has started again.
    ComeUp,
    /// A job may have waited for too long in the hand of the worker in this place.
    TakeBack(u32),
}

impl Alarm {
    /// The alarm as the word that the kernel keeps.
    pub fn token(self) -> u64 {
        let (tag, payload) = match self {
            Self::Deadline(place) => (0, place),
            Self::KillGrace(place) => (1, place),
            Self::Redeliver(place) => (2, place.0),
            Self::Refill => (3, 0),
            Self::Breaker(kind) => (4, kind as u32),
            Self::Leave(place) => (5, place),
            Self::ComeUp => (6, 0),
            Self::TakeBack(place) => (7, place),
        };
        tag << 32 | u64::from(payload)
    }

    /// The alarm of that word, if it is one.
    pub fn from_token(token: u64) -> Option<Self> {
        let payload = token as u32;
        match token >> 32 {
            0 => Some(Self::Deadline(payload)),
            1 => Some(Self::KillGrace(payload)),
            2 => Some(Self::Redeliver(JobPlace(payload))),
            3 => Some(Self::Refill),
            4 => JobKind::ALL.get(payload as usize).copied().map(Self::Breaker),
            5 => Some(Self::Leave(payload)),
            6 => Some(Self::ComeUp),
            7 => Some(Self::TakeBack(payload)),
            _ => None,
        }
    }
}
