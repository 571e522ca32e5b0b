//! The machine the pool runs on: memory, cores, and how fast anything gets done.

use crate::knobs::Knobs;

/// Full speed, in thousandths.
pub(super) const FULL_SPEED: u32 = 1_000;

/// The host's books. Memory comes back at the reap only.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// Memory of all workers not reaped, in MiB, without the parent process.
    pub(super) workers_mib: u64,
    /// The part of it that the pool still counts as its own: without zombies.
    pub(super) registered_mib: u64,
    /// Workers that want a core: busy and spinning ones.
    pub(super) runnable: u32,
    /// How fast work gets done, in thousandths of full speed.
    pub(super) speed: u32,
    /// Whether it swaps.
    pub swaps: bool,
    /// Whether it ran out of memory: the end of the pool.
    pub dead: bool,
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
            speed: FULL_SPEED,
            swaps: false,
            dead: false,
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

    /// Processor demand in per cent of one core: 847 % is eight and a half cores' worth.
    pub fn cpu_percent(&self) -> u32 {
        self.runnable * 100
    }

    /// How fast work gets done, from 0 to 1.
    pub fn speed(&self) -> f64 {
        f64::from(self.speed) / f64::from(FULL_SPEED)
    }

    /// Takes over the parameters of the machine.
    pub(super) fn follow_knobs(&mut self, knobs: &Knobs) {
        self.base_mib = u64::from(knobs.process_base_mib);
        self.limit_mib = u64::from(knobs.host_memory_mib);
        self.swap_mib = (f64::from(knobs.host_memory_mib) * knobs.swap_threshold) as u64;
        self.cores = knobs.cores;
        self.slowdown = knobs.swap_slowdown;
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
    }

    /// Whether all memory is used.
    pub(super) fn is_full(&self) -> bool {
        self.base_mib + self.workers_mib >= self.limit_mib
    }

    /// Works out the speed again after a change of load or memory.
    ///
    /// Processor sharing when more want to run than there are cores; past the swap threshold the
    /// slow-down grows in a straight line to `swap_slowdown` at the limit.
    #[inline]
    pub(super) fn settle(&mut self) {
        let used = self.base_mib + self.workers_mib;
        self.swaps = used > self.swap_mib;
        if !self.swaps && self.runnable <= self.cores {
            self.speed = FULL_SPEED;
            return;
        }
        let sharing = (f64::from(self.cores) / f64::from(self.runnable.max(1))).min(1.0);
        let over = used.saturating_sub(self.swap_mib) as f64;
        let deep = over / (self.limit_mib.saturating_sub(self.swap_mib).max(1)) as f64;
        let slowdown = 1.0 + deep.min(1.0) * (self.slowdown - 1.0);
        self.speed = ((sharing / slowdown * f64::from(FULL_SPEED)) as u32).max(1);
    }
}
