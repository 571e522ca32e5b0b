//! Fix 4, zombie detection: look for silent workers, zombies included, and kill them.
//!
//! Ask first, force the next round, as gunicorn's arbiter does; look again at the moment of the
//! kill, and spare who has moved.

use super::health::{allowed_silence, silence};
use super::table::ByPlace;
use crate::kernel::{Duration, Instant};
use crate::knobs::Knobs;
use crate::pool::{Pool, Record, WorkerRef};

/// Who was asked to leave, and when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detection {
    asked: ByPlace<Option<Asked>>,
    /// The time to leave that the alarms are set for.
    grace: Duration,
    /// Whether too many looked silent in the last scan.
    pub distrusts_itself: bool,
}

/// A suspect that was asked to leave, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    who: WorkerRef,
    at: Instant,
}

/// What the second look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondLook {
    /// No sign of life since it was asked: to be killed.
    Kill(WorkerRef),
    /// It has moved since: spared. It was asked to leave, and will at the next moment it looks.
    Spare(WorkerRef),
    /// It is not there any more.
    Gone,
}

impl Detection {
    /// Whether a suspect is to be asked to leave now; it is asked once.
    ///
    /// While the detector distrusts itself, because more than `detector_sanity` of all workers look
    /// silent at once (a paused host, a lost clock), only silence of twice the allowed length is
    /// believed: who really hangs stays silent.
    pub fn should_ask(
        &mut self,
        record: &Record,
        unresponsive: bool,
        knobs: &Knobs,
        now: Instant,
    ) -> bool {
        let asked = *self.asked.at(record.who.task.index);
        let already = asked.is_some_and(|asked| asked.who == record.who);
        let long = silence(record, knobs, now) > allowed_silence(record, knobs) * 2;
        !already && (!self.distrusts_itself || long || unresponsive)
    }

    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.asked.bytes()
    }

    /// Notes that a worker was asked to leave; gives the end of the time that it has for it.
    pub fn note(&mut self, who: WorkerRef, at: Instant, grace: Duration) -> Instant {
        self.grace = grace;
        *self.asked.at(who.task.index) = Some(Asked { who, at });
        at + grace
    }

    /// Follows a turned `kill_grace_s`: the places of those that were asked to leave, and the end
    /// of the time that they have now. Nothing if it is as it was.
    pub fn turn_grace(&mut self, grace: Duration) -> Vec<(u32, Instant)> {
        if std::mem::replace(&mut self.grace, grace) == grace {
            return Vec::new();
        }
        let asked = self.asked.iter_mut().filter_map(|asked| *asked);
        asked.map(|Asked { who, at }| (who.task.index, at + grace)).collect()
    }

    /// Looks again at a worker that had time to leave.
    pub fn look_again(&mut self, place: u32, pool: &Pool, now: Instant) -> SecondLook {
        // An alarm may be about another, that was asked before and is gone since, or of before the
        // grace was turned.
        let grace = pool.knobs.kill_grace_s;
        let due = self.asked.at(place).take_if(|asked| now >= asked.at + grace);
        let Some(Asked { who, at }) = due else { return SecondLook::Gone };
        match pool.roster().get(place) {
            Some(record) if record.who == who && record.last_beat > at => SecondLook::Spare(who),
            Some(record) if record.who == who => SecondLook::Kill(who),
            _ => SecondLook::Gone,
        }
    }
}
