//! How far a run may go in a frame: virtual time in fixed ticks, however often frames come.

use crate::kernel::{Duration, Instant};

/// Virtual time moves in whole ticks, so that whatever a viewer does falls on the same moments
/// at 30, 60 or 144 frames a second.
pub const TICK: Duration = Duration::millis(10);

/// The speeds that keys step through, in virtual seconds per real second; the first and the last
/// are the slowest and the fastest there are.
pub const SPEEDS: [f64; 11] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0];

const SLOWEST: f64 = SPEEDS[0];
const FASTEST: f64 = SPEEDS[SPEEDS.len() - 1];
/// Speeds are whole multiples of one over this, so that they are short in words and links.
const FINENESS: f64 = 100.0;

/// A frame never counts for more than this many seconds: after a pause of the browser there is
/// no jump.
const LONGEST_FRAME: f64 = 0.1;

/// Whether and how fast time goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// Whether it goes at all.
    pub playing: bool,
    speed: f64,
    /// Virtual seconds that are less than a tick and still owed.
    owed: f64,
}

impl Pace {
    /// Time goes at this speed.
    pub fn new(speed: f64) -> Self {
        let mut pace = Self { playing: true, speed: 1.0, owed: 0.0 };
        pace.set_speed(speed);
        pace
    }

    /// Virtual seconds in a real one.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Sets the speed to the nearest hundredth within range; what is no number changes nothing.
    pub fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = (speed.clamp(SLOWEST, FASTEST) * FINENESS).round() / FINENESS;
        }
    }

    /// The next faster speed of [`SPEEDS`].
    pub fn faster(&mut self) {
        self.speed = SPEEDS.into_iter().find(|step| *step > self.speed).unwrap_or(FASTEST);
    }

    /// The next slower speed of [`SPEEDS`].
    pub fn slower(&mut self) {
        self.speed = SPEEDS.into_iter().rfind(|step| *step < self.speed).unwrap_or(SLOWEST);
    }

    /// How far the run should be at the end of a frame of `seconds`.
    pub fn until(&mut self, now: Instant, seconds: f64) -> Instant {
        if !self.playing {
            return now;
        }
        self.owed += seconds.clamp(0.0, LONGEST_FRAME) * self.speed;
        let tick = TICK.as_secs_f64();
        let ticks = (self.owed / tick).floor();
        self.owed -= ticks * tick;
        let done = now.as_micros() / TICK.as_micros();
        Instant::from_micros((done + ticks as u64) * TICK.as_micros()).max(now)
    }

    /// The slider's place for a speed: 0 at the slowest, 100 at the fastest, even on a log scale.
    pub fn to_slider(speed: f64) -> f64 {
        100.0 * libm::log(speed / SLOWEST) / libm::log(FASTEST / SLOWEST)
    }

    /// The speed at a slider's place; near 1× it is 1×.
    pub fn from_slider(place: f64) -> f64 {
        let share = place.clamp(0.0, 100.0) / 100.0;
        let speed = SLOWEST * libm::exp(libm::log(FASTEST / SLOWEST) * share);
        if (Self::to_slider(speed) - Self::to_slider(1.0)).abs() < 2.5 {
            return 1.0;
        }
        // Two digits are enough, and readable.
        let fineness = if speed < 1.0 {
            100.0
        } else if speed < 10.0 {
            10.0
        } else {
            1.0
        };
        (speed * fineness).round() / fineness
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_for(frames: u32, rate: f64) -> Instant {
        let mut pace = Pace::new(5.0);
        (0..frames).fold(Instant::START, |now, _| pace.until(now, 1.0 / rate))
    }

    #[test]
    fn a_second_is_a_second_at_any_frame_rate() {
        for rate in [30.0, 60.0, 75.0, 144.0] {
            let reached = run_for(rate as u32 * 10, rate).as_secs_f64();
            assert!((reached - 50.0).abs() < 0.021, "{rate}: {reached}");
        }
    }

    #[test]
    fn it_always_stands_on_a_tick_and_a_long_frame_does_not_jump() {
        let mut pace = Pace::new(3.3);
        let mut now = Instant::START;
        for frame in [0.016, 0.017, 0.033, 0.004, 900.0] {
            let next = pace.until(now, frame);
            assert_eq!(next.as_micros() % TICK.as_micros(), 0);
            assert!(next.saturating_since(now).as_secs_f64() <= 0.34);
            now = next;
        }
        pace.playing = false;
        assert_eq!(pace.until(now, 0.05), now);
    }

    #[test]
    fn the_slider_is_even_on_a_log_scale_and_snaps_at_one() {
        assert_eq!(Pace::from_slider(0.0), 0.1);
        assert_eq!(Pace::from_slider(100.0), 100.0);
        assert_eq!(Pace::from_slider(34.8), 1.0);
        for speed in [0.2, 5.0, 10.0, 50.0] {
            assert!((Pace::from_slider(Pace::to_slider(speed)) / speed - 1.0).abs() < 0.02);
        }
    }

    #[test]
    fn keys_step_through_the_speeds_and_none_is_long_to_read() {
        let mut pace = Pace::new(2.67);
        pace.faster();
        assert_eq!(pace.speed(), 4.0);
        (0..20).for_each(|_| pace.faster());
        assert_eq!(pace.speed(), 100.0);
        for expected in SPEEDS.into_iter().rev().skip(1).chain([0.1]) {
            pace.slower();
            assert_eq!(pace.speed(), expected);
        }
        for place in 0..=1_000 {
            pace.set_speed(Pace::from_slider(f64::from(place) / 10.0));
            assert!(pace.speed().to_string().len() <= 4, "{}", pace.speed());
        }
        pace.set_speed(8.0 / 3.0);
        assert_eq!(pace.speed(), 2.67);
    }
}
