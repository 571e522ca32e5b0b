//! How fast workers are put in the place of dead ones: back-off for each slot, and a limit for all.

use std::collections::VecDeque;

use super::table::ByPlace;
use crate::kernel::{Duration, Instant, Rng};
use crate::knobs::Knobs;

/// Spread of the back-off, either way.
const BACKOFF_JITTER: f64 = 0.2;

/// Restart intensity: more than `most` restarts within `period` are too many. A restart exactly
/// `period` old still counts (OTP, `supervisor.erl`, `add_restart`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intensity {
    restarts: VecDeque<Instant>,
}

impl Intensity {
    /// Counts a restart at `now`; restarts older than `period` no longer count.
    pub fn add(&mut self, now: Instant, period: Duration) {
        self.discard(now, period);
        self.restarts.push_back(now);
    }

    fn discard(&mut self, now: Instant, period: Duration) {
        while self.restarts.front().is_some_and(|&at| now.saturating_since(at) > period) {
            self.restarts.pop_front();
        }
    }

    /// Whether there were too many.
    pub fn exceeds(&mut self, now: Instant, period: Duration, max: u32) -> bool {
        self.discard(now, period);
        self.restarts.len() > max as usize
    }
}

/// When each slot may be filled again, and whether restarts come too fast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restarts {
    slots: ByPlace<SlotBook>,
    intensity: Intensity,
    /// Whether spawning is slowed down.
    pub storm: bool,
    last_spawn: Option<Instant>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct SlotBook {
    deaths: u32,
    filled: Option<Instant>,
    died: Instant,
    /// Chance for its wait, drawn at the last death.
    jitter: Option<Rng>,
}

impl SlotBook {
    /// How long it stays empty, by the knobs of now.
    fn wait(&self, knobs: &Knobs) -> Duration {
        let plain = plain_wait(self.deaths.saturating_sub(1), knobs.restart_backoff_cap_s);
        let mut rng = self.jitter.clone();
        rng.as_mut().map_or(Duration::ZERO, |rng| rng.jitter(plain, BACKOFF_JITTER))
    }
}

impl Restarts {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.slots.bytes() + self.intensity.restarts.len() * size_of::<Instant>()
    }

    /// The worker of this slot was killed, or left as a suspect: 0, 1, 2, 4 … s until the next,
    /// from the start again if it had been healthy for long enough. (The time that it hung is not
    /// counted as health.)
    pub fn died(
        &mut self,
        slot: u32,
        healthy: Duration,
        now: Instant,
        knobs: &Knobs,
        rng: &mut Rng,
    ) {
        let book = self.slots.at(slot);
        if healthy >= knobs.restart_backoff_reset_s {
            book.deaths = 0;
        }
        book.deaths += 1;
        book.died = now;
        book.jitter = Some(rng.later());
    }

    /// When the slot may be filled, by the knobs of now.
    pub fn ready_at(&mut self, slot: u32, knobs: &Knobs) -> Instant {
        let book = self.slots.at(slot);
        let ready = book.died + book.wait(knobs);
        match self.last_spawn.filter(|_| self.storm) {
            Some(last) => ready.max(last + knobs.storm_spawn_interval_s),
            None => ready,
        }
    }

    /// When a slot that dies as soon as it is filled may be filled again, whatever fixes are on:
    /// not in the same instant, or killing and filling would go on for ever at once.
    pub fn not_at_once(&mut self, slot: u32, now: Instant, knobs: &Knobs) -> Instant {
        let again = self.slots.at(slot).filled == Some(now);
        if again { now + knobs.scan_interval_s } else { now }
    }

    /// A slot was filled.
    pub fn note(&mut self, slot: u32, now: Instant) {
        self.slots.at(slot).filled = Some(now);
    }

    /// A slot was filled, perhaps in the place of a dead worker. True if that begins a storm.
    pub fn filled(&mut self, is_restart: bool, now: Instant, knobs: &Knobs) -> bool {
        self.last_spawn = Some(now);
        if is_restart {
            self.intensity.add(now, knobs.restart_period_s);
        }
        let storm = self.is_storm(now, knobs);
        storm && !std::mem::replace(&mut self.storm, storm)
    }

    /// Looks whether a storm is over.
    pub fn calmed(&mut self, now: Instant, knobs: &Knobs) -> bool {
        self.storm && !self.is_storm(now, knobs) && std::mem::take(&mut self.storm)
    }

    fn is_storm(&mut self, now: Instant, knobs: &Knobs) -> bool {
        let max = (f64::from(knobs.workers) * knobs.restart_intensity) as u32;
        self.intensity.exceeds(now, knobs.restart_period_s, max)
    }
}

/// 0, 1, 2, 4 … s, at most `cap`.
fn plain_wait(deaths: u32, cap: Duration) -> Duration {
    match deaths {
        0 => Duration::ZERO,
        n => (Duration::secs(1) * (1 << (n - 1).min(30))).min(cap),
    }
}
