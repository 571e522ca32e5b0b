//! The machine the pool runs on: memory, cores, and how fast anything gets done.

use super::roster::Record;
use crate::kernel::{Instant, Service, ServiceClock};
use crate::knobs::Knobs;

/// The host's books. Memory comes back at the reap only.
///
/// Its cores are shared by all workers that want one, each at most one, in equal parts
/// (egalitarian processor sharing): with n of them on c cores each is served at min(1, c/n). In
/// swap all wait for pages most of the time, and the cores are idle meanwhile (thrashing: Denning,
/// AFIPS 1968).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Host {
    /// Memory of all workers not reaped, in MiB, without the parent process.
    pub(super) workers_mib: u64,
    /// The part of it that the pool still counts as its own: without zombies.
    pub(super) registered_mib: u64,
    /// Workers that want a core: busy and spinning ones.
    pub(super) runnable: u32,
    /// What each of them has been served.
    pub(super) clock: ServiceClock,
    /// Whether the host swaps: more memory is held than it has free, and all work is slower.
    pub swaps: bool,
    /// Whether it ran out of memory for good: the end of the pool.
    pub dead: bool,
    /// Whether it ran out of memory and starts again: nothing runs on it.
    pub restarts: bool,
    /// Memory, load or the machine has changed since [`Pool::settle_host`](super::Pool).
    pub(super) unsettled: bool,
    /// The most memory ever used, in MiB.
    pub(super) peak_mib: u64,
    /// Past this many MiB it swaps.
    swap_mib: u64,
    /// Memory of the parent process, cores, and all the memory there is.
    base_mib: u64,
    cores: u32,
    limit_mib: u64,
    slowdown: f64,
}

impl Default for Host {
    fn default() -> Self {
        Self {
            workers_mib: 0,
            registered_mib: 0,
            runnable: 0,
            clock: ServiceClock::default(),
            swaps: false,
            dead: false,
            restarts: false,
            unsettled: false,
            peak_mib: 0,
            swap_mib: u64::MAX,
            base_mib: 0,
            cores: u32::MAX,
            limit_mib: u64::MAX,
            slowdown: 1.0,
        }
    }
}

impl Host {
    /// All memory in use, in MiB.
    pub fn memory_mib(&self, knobs: &Knobs) -> u64 {
        u64::from(knobs.process_base_mib) + self.workers_mib
    }

    /// The memory the old dashboard shows: that of registered workers, in MiB.
    pub fn registered_mib(&self, knobs: &Knobs) -> u64 {
        u64::from(knobs.process_base_mib) + self.registered_mib
    }

    /// The most memory that was ever in use, in MiB.
    pub fn peak_mib(&self, knobs: &Knobs) -> u64 {
        u64::from(knobs.process_base_mib) + self.peak_mib
    }

    /// Workers that want a core, also those that wait for one: busy and spinning ones.
    pub fn runnable(&self) -> u32 {
        self.runnable
    }

    /// What `top` shows, summed over all workers: the share of one core that each has now, in per
    /// cent (`man top`, %CPU). At most 100 for each core of the host.
    pub fn cpu_percent(&self) -> u32 {
        (f64::from(self.runnable) * self.clock.rate() * 100.0 + 0.5) as u32
    }

    /// How fast a worker's job gets done, above 0 and at most 1.
    pub fn speed(&self) -> f64 {
        self.clock.rate()
    }

    /// How much a worker that has wanted a core since the beginning was served by `now`, which is
    /// the present.
    #[inline]
    pub fn served(&self, now: Instant) -> Service {
        self.clock.read(now)
    }

    /// Takes over the parameters of the machine.
    pub(super) fn follow_knobs(&mut self, knobs: &Knobs) {
        self.base_mib = u64::from(knobs.process_base_mib);
        self.limit_mib = u64::from(knobs.host_memory_mib);
        self.swap_mib = (f64::from(knobs.host_memory_mib) * knobs.swap_threshold) as u64;
        self.cores = knobs.cores;
        self.slowdown = knobs.swap_slowdown;
        self.unsettled = true;
    }

    /// Books memory taken (or, if negative, given back) by a worker.
    #[inline]
    pub(super) fn charge(&mut self, mib: i64, by_zombie: bool) {
        debug_assert!(self.workers_mib.checked_add_signed(mib).is_some(), "the books balance");
        self.workers_mib = self.workers_mib.wrapping_add_signed(mib);
        if !by_zombie {
            self.registered_mib = self.registered_mib.wrapping_add_signed(mib);
        }
        self.peak_mib = self.peak_mib.max(self.workers_mib);
        self.unsettled = true;
    }

    /// A worker wants a core from now on.
    #[inline]
    pub(super) fn run(&mut self, record: &mut Record, now: Instant) {
        if !record.runs {
            record.turn_over_cpu(self.served(now));
            record.runs = true;
            self.runnable += 1;
            self.unsettled = true;
        }
    }

    /// A worker wants no core any more.
    #[inline]
    pub(super) fn rest(&mut self, record: &mut Record, now: Instant) {
        if record.runs {
            record.turn_over_cpu(self.served(now));
            record.runs = false;
            self.runnable -= 1;
            self.unsettled = true;
        }
    }

    /// Whether all memory is used.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.base_mib + self.workers_mib >= self.limit_mib
    }

    /// Whether anything can run on it.
    #[inline]
    pub fn is_up(&self) -> bool {
        !self.dead && !self.restarts
    }

    /// Works out whether it swaps, and the rate at which each worker is served.
    ///
    /// Past the swap threshold the slow-down grows in a straight line to `swap_slowdown` at the
    /// limit.
    #[inline]
    pub(super) fn settle(&mut self) -> f64 {
        let used = self.base_mib + self.workers_mib;
        self.swaps = used > self.swap_mib;
        if !self.swaps && self.runnable <= self.cores {
            return 1.0;
        }
        let share = (f64::from(self.cores) / f64::from(self.runnable.max(1))).min(1.0);
        if !self.swaps {
            return share;
        }
        let over = used.saturating_sub(self.swap_mib) as f64;
        let deep = over / (self.limit_mib.saturating_sub(self.swap_mib).max(1)) as f64;
        share / (1.0 + deep.min(1.0) * (self.slowdown - 1.0))
    }
}
