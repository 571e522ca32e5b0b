//! Waits for service: by the clock of service while it runs at less than full rate; at full rate as
//! waits for instants, which cost nothing extra.

use super::ids::Phase;
use super::service::{Service, ServiceClock};
use super::time::Instant;
use super::timers::{Due, Timers};

/// The near buckets of the shared waits together reach 2^42 ps of service, about 4.4 s.
const NEAR_BITS: u32 = 42;

/// The tasks that wait for service.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Serving {
    clock: ServiceClock,
    population: usize,
    /// The waits by the clock, made when the first one begins.
    shared: Option<Timers>,
    waiting: u32,
    /// The tasks that are served at full rate and wait for an instant: one bit for each place.
    at_full_rate: Vec<u64>,
}

impl Serving {
    pub(super) fn sized_for(population: usize) -> Self {
        Self {
            clock: ServiceClock::default(),
            population,
            shared: None,
            waiting: 0,
            at_full_rate: Vec::new(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.shared.as_ref().map_or(0, Timers::bytes) + size_of_val(&*self.at_full_rate)
    }

    pub(super) fn clock(&self) -> ServiceClock {
        self.clock
    }

    /// Sets the clock's rate. True if those that were served at full rate are to share from now on.
    pub(super) fn set_rate(&mut self, rate: f64, now: Instant) -> bool {
        let was_full = self.clock.is_full();
        self.clock.set_rate(rate, now);
        was_full && !self.clock.is_full()
    }

    /// Whether no task waits by the clock.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.waiting == 0
    }

    /// Begins a wait by the clock.
    pub(super) fn begin(&mut self, index: u32, reading: Service, phase: Phase) {
        let population = self.population;
        let shared = self.shared.get_or_insert_with(|| Timers::sized_for(population, NEAR_BITS));
        shared.reserve(index);
        shared.begin_wait(index, reading.as_picos(), phase);
        self.waiting += 1;
    }

    /// Takes a wait by the clock back.
    pub(super) fn end(&mut self, index: u32) {
        if let Some(shared) = &mut self.shared {
            shared.end_wait(index);
            self.waiting -= 1;
        }
    }

    /// The instant at which the next wait by the clock ends, or one before that.
    pub(super) fn bound(&self) -> Instant {
        let shared = self.shared.as_ref().map_or(u64::MAX, Timers::bound);
        self.clock.when(Service::from_picos(shared))
    }

    /// The instant and phase of the next end of a wait by the clock, if it is not after `until`.
    pub(super) fn peek(&mut self, until: Instant) -> Option<(Instant, Phase)> {
        let shared = self.shared.as_mut()?;
        loop {
            let bound = shared.bound();
            let at = self.clock.when(Service::from_picos(bound));
            if at > until {
                return None;
            }
            if let Some((_, phase)) = shared.peek(bound) {
                return Some((at, phase));
            }
        }
    }

    /// Takes what [`Serving::peek`] gave.
    pub(super) fn pop(&mut self) -> Option<(Instant, Due)> {
        let (reading, due) = self.shared.as_mut()?.pop(u64::MAX)?;
        self.waiting -= 1;
        Some((self.clock.when(Service::from_picos(reading)), due))
    }

    /// Notes that a task is served at full rate.
    #[inline]
    pub(super) fn note(&mut self, index: u32) {
        let word = index as usize / 64;
        if self.at_full_rate.len() <= word {
            self.at_full_rate.resize(word + 1, 0);
        }
        self.at_full_rate[word] |= 1 << (index % 64);
    }

    /// Notes that it no longer is.
    #[inline]
    pub(super) fn forget(&mut self, index: u32) {
        self.at_full_rate[index as usize / 64] &= !(1 << (index % 64));
    }

    /// Forgets the first task that is served at full rate at a place from `index` on.
    pub(super) fn take_from(&mut self, index: u32) -> Option<u32> {
        let mut mask = !0 << (index % 64);
        for word in index as usize / 64..self.at_full_rate.len() {
            let found = self.at_full_rate[word] & mask;
            if found != 0 {
                let first = word as u32 * 64 + found.trailing_zeros();
                self.forget(first);
                return Some(first);
            }
            mask = !0;
        }
        None
    }
}
