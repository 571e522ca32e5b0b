//! How far a run may go in a frame: virtual time in fixed ticks, however often frames come.

use crate::kernel::{Duration, Instant};

/// Virtual time moves in whole ticks, so that whatever a viewer does falls on the same moments
/// at 30, 60 or 144 frames a second.
pub const TICK: Duration = Duration::millis(10);

/// The slowest and the fastest virtual time may go, in times of real time.
pub const SPEEDS: (f64, f64) = (0.1, 100.0);

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

    /// Sets the speed; what is out of range becomes the nearest that is in it.
    pub fn set_speed(&mut self, speed: f64) {
        if speed.is_finite() {
            self.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
        }
    }

    /// So many times faster, or slower.
    pub fn scale(&mut self, factor: f64) {
        self.set_speed(self.speed * factor);
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
        let (min, max) = SPEEDS;
        100.0 * libm::log(speed / min) / libm::log(max / min)
    }

    /// The speed at a slider's place; near 1× it is 1×.
    pub fn from_slider(place: f64) -> f64 {
        let (min, max) = SPEEDS;
        let share = place.clamp(0.0, 100.0) / 100.0;
        let speed = min * libm::exp(libm::log(max / min) * share);
        if (Self::to_slider(speed) - Self::to_slider(1.0)).abs() < 2.5 {
            return 1.0;
        }
        // Two digits are enough, and readable.
        let unit = [100.0, 10.0, 1.0].into_iter().find(|max| speed >= *max).unwrap_or(0.1) / 10.0;
        (speed / unit).round() * unit
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
}
