//! Who is there: every worker that was not reaped, and which of them owns which slot.

use super::hang::Hang;
use super::ids::{JobPlace, WorkerId, WorkerRef};
use super::kind::JobKind;
use super::state::State;
use crate::kernel::{Duration, Instant, Service};

/// The right to report an attempt's outcome, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Where the job is kept.
    pub job: JobPlace,
    /// Which delivery of it.
    pub attempt: u8,
    /// The job's kind, as the pool sees it.
    pub kind: JobKind,
    /// When it was given.
    pub since: Instant,
}

/// What the pool knows of one worker: one cache line, since every event of a worker comes here.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Record {
    /// Its name and task.
    pub who: WorkerRef,
    /// Its slot. Of a zombie: the slot that it had.
    pub slot: u32,
    /// What it is doing, as far as the pool knows.
    pub state: State,
    /// When it last showed that it lives; its start, if it never did.
    pub last_beat: Instant,
    /// The attempt it may report on.
    pub lease: Option<Lease>,
    /// What it was served until it last wanted no core; while it wants one, what the clock of
    /// service would have shown at its beginning, had it wanted one ever since.
    cpu: Service,
    /// What it holds, in MiB.
    pub mib: u32,
    /// Jobs that the worker was given since its start.
    pub jobs: u32,
    /// The pool counted it as gone and gave its slot to another: a zombie.
    pub replaced: bool,
    /// It was asked to drop its job.
    pub cancelled: bool,
    /// It was asked to leave when its job is done.
    pub retiring: bool,
    /// It was asked to leave at the next moment it looks.
    pub terminated: bool,
    /// It may be given jobs: it has not failed its readiness probe.
    pub ready: bool,
    /// It wants a core: it works, or spins.
    pub runs: bool,
    /// The truth, hidden from everything outside the pool that judges.
    pub(super) hung: Option<Hang>,
}

/// What is seldom asked about a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Past {
    born: Instant,
    expires: Instant,
    /// What it leaked since it last took a whole MiB for it, in KiB.
    leaked_kib: u32,
    /// What stayed of the working sets of its jobs, in MiB.
    kept_mib: u32,
    /// Connections that it holds.
    connections: u8,
}

impl Record {
    /// The record of a worker that starts now in a slot.
    pub(super) fn new(who: WorkerRef, slot: u32, now: Instant) -> Self {
        Self {
            who,
            slot,
            state: State::Starting,
            last_beat: now,
            lease: None,
            cpu: Service::ZERO,
            mib: 0,
            jobs: 0,
            replaced: false,
            cancelled: false,
            retiring: false,
            terminated: false,
            ready: true,
            runs: false,
            hung: None,
        }
    }

    /// Processor time that it has used, where `served` is what the clock of service shows now.
    pub(super) fn cpu_time(&self, served: Service) -> Duration {
        let used = if self.runs { served.saturating_sub(self.cpu) } else { self.cpu };
        used.at_full_rate()
    }

    /// It begins or ends to want a core: either way the one figure turns into the other.
    #[inline]
    pub(super) fn turn_over_cpu(&mut self, served: Service) {
        self.cpu = served.saturating_sub(self.cpu);
    }
}

/// All workers, by the index of their task, and the owners of the slots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    records: Vec<Option<Record>>,
    pasts: Vec<Past>,
    slots: Vec<Option<WorkerRef>>,
    /// Those that were the owners of slots that were removed.
    evicted: Vec<WorkerRef>,
    pub(super) hired: u32,
    present: u32,
    pub(super) zombies: u32,
    /// Whether any worker ever kept memory of a job.
    keeps: bool,
}

impl Roster {
    /// Has room for so many workers more.
    pub(super) fn reserve(&mut self, workers: usize) {
        self.records.reserve_exact(workers);
        self.pasts.reserve_exact(workers);
    }

    /// The record of the worker with that task index, if one is there.
    #[inline]
    pub fn get(&self, index: u32) -> Option<&Record> {
        self.records.get(index as usize)?.as_ref()
    }

    /// The record of this very worker, unless it was reaped.
    #[inline]
    pub fn find(&self, who: WorkerRef) -> Option<&Record> {
        self.get(who.task.index).filter(|record| record.who == who)
    }

    /// The record of the worker of that name, unless it was reaped.
    pub fn named(&self, id: WorkerId) -> Option<&Record> {
        self.iter().find(|record| record.who.id == id)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, index: u32) -> Option<&mut Record> {
        self.records.get_mut(index as usize)?.as_mut()
    }

    #[inline]
    pub(super) fn find_mut(&mut self, who: WorkerRef) -> Option<&mut Record> {
        self.get_mut(who.task.index).filter(|record| record.who == who)
    }

    /// When the worker in a place was started.
    pub fn born(&self, index: u32) -> Instant {
        self.pasts.get(index as usize).map_or(Instant::START, |past| past.born)
    }

    /// When the life of the worker in a place is to end.
    pub fn expires(&self, index: u32) -> Instant {
        self.pasts.get(index as usize).map_or(Instant::NEVER, |past| past.expires)
    }

    /// Connections that the worker in a place holds.
    pub fn connections(&self, index: u32) -> u8 {
        self.pasts.get(index as usize).map_or(0, |past| past.connections)
    }

    pub(super) fn connections_mut(&mut self, index: u32) -> &mut u8 {
        &mut self.pasts[index as usize].connections
    }

    /// The worker in a place leaks so many KiB; gives the whole MiB that have come together.
    pub(super) fn leak(&mut self, index: u32, kib: u32) -> u32 {
        let Some(past) = self.pasts.get_mut(index as usize) else { return 0 };
        past.leaked_kib += kib;
        let mib = past.leaked_kib / 1_024;
        past.leaked_kib %= 1_024;
        mib
    }

    /// What the worker in a place kept of the working sets of its jobs, in MiB.
    #[inline]
    pub(super) fn kept(&self, index: u32) -> u32 {
        if !self.keeps {
            return 0;
        }
        self.pasts.get(index as usize).map_or(0, |past| past.kept_mib)
    }

    /// The same of all workers together, in MiB.
    pub fn kept_mib(&self) -> u64 {
        self.iter().map(|record| u64::from(self.kept(record.who.task.index))).sum()
    }

    /// The worker in a place has had a job for which it held `extra` MiB more than it had kept
    /// before, and keeps a share of all it held for it. Gives what it keeps more than before.
    pub(super) fn keep(&mut self, index: u32, extra: u32, share: f64) -> u32 {
        let Some(past) = self.pasts.get_mut(index as usize) else { return 0 };
        let kept = (f64::from(past.kept_mib + extra) * share) as u32;
        let more = kept.saturating_sub(past.kept_mib);
        past.kept_mib += more;
        self.keeps |= more > 0;
        more
    }

    /// Every worker not reaped, zombies included, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().flatten()
    }

    pub(super) fn bytes(&self) -> usize {
        let pasts = size_of_val(&*self.pasts);
        size_of_val(&*self.records) + pasts + size_of_val(&*self.slots)
    }

    /// The worker that holds most memory; of equals, the oldest.
    pub fn largest(&self) -> Option<&Record> {
        let oldest_last = |record: &Record| std::cmp::Reverse(record.who.id);
        self.iter().max_by_key(|record| (record.mib, oldest_last(record)))
    }

    /// Places that may hold a worker: an index below this.
    pub fn places(&self) -> u32 {
        self.records.len() as u32
    }

    /// Workers not reaped: what `ps` counts.
    pub fn present(&self) -> u32 {
        self.present
    }

    /// Workers that were replaced and not reaped.
    pub fn zombies(&self) -> u32 {
        self.zombies
    }

    /// The owner of each slot.
    pub fn slots(&self) -> &[Option<WorkerRef>] {
        &self.slots
    }

    /// Changes the number of slots. The owners of those that are removed own none any more.
    pub(super) fn resize_slots(&mut self, count: u32) {
        let removed = self.slots.iter().skip(count as usize).flatten();
        self.evicted.extend(removed.copied());
        self.slots.resize(count as usize, None);
    }

    /// Those that own no slot any more since theirs was removed.
    pub(super) fn evicted(&self) -> &[WorkerRef] {
        &self.evicted
    }

    pub(super) fn vacate(&mut self, slot: u32, who: WorkerRef) {
        if let Some(owner) = self.slots.get_mut(slot as usize)
            && *owner == Some(who)
        {
            *owner = None;
        }
    }

    /// Takes in a worker that starts now, whose life is to end at `expires`.
    pub(super) fn insert(&mut self, record: Record, expires: Instant) {
        let index = record.who.task.index as usize;
        if self.records.len() <= index {
            self.records.resize_with(index + 1, || None);
            self.pasts.resize(index + 1, Past::default());
        }
        self.pasts[index] = Past { born: record.last_beat, expires, ..Past::default() };
        if let Some(owner) = self.slots.get_mut(record.slot as usize) {
            *owner = Some(record.who);
        }
        self.present += 1;
        self.records[index] = Some(record);
    }

    pub(super) fn remove(&mut self, index: u32) -> Option<Record> {
        let record = self.records.get_mut(index as usize)?.take()?;
        self.present -= 1;
        self.zombies -= u32::from(record.replaced);
        self.vacate(record.slot, record.who);
        self.evicted.retain(|who| *who != record.who);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_fills_one_cache_line() {
        assert_eq!(size_of::<Option<Record>>(), 64);
    }
}
