//! Clocks for measurements on a machine that does other things as well.

use std::fs;
use std::time::Instant;

/// Measures the time that this thread had a processor, where the system tells it (Linux); else the
/// time on the wall.
pub struct Stopwatch {
    began: Instant,
    ran: Option<u64>,
}

impl Stopwatch {
    /// What it measures.
    pub const KIND: &str =
        if cfg!(target_os = "linux") { "processor time" } else { "time on the wall" };

    pub fn start() -> Self {
        Self { began: Instant::now(), ran: ran_nanoseconds() }
    }

    /// Since the start.
    pub fn nanoseconds(&self) -> f64 {
        match (self.ran, ran_nanoseconds()) {
            (Some(before), Some(now)) => (now - before) as f64,
            _ => self.began.elapsed().as_nanos() as f64,
        }
    }
}

fn ran_nanoseconds() -> Option<u64> {
    number_in("/proc/thread-self/schedstat", 0)
}

fn number_in(file: &str, place: usize) -> Option<u64> {
    fs::read_to_string(file).ok()?.split_whitespace().nth(place)?.parse().ok()
}
