//! The floor: the work of scenario `load` as a hand-tuned loop that can do nothing else.
//!
//! No tasks, no events, no metrics, no fixes, no hash: three intrusive timers for each worker in
//! one calendar queue, a ring of waiting jobs, and the same draws of chance as the simulator.

use std::collections::VecDeque;

use rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1};
use rand_xoshiro::SplitMix64;

const NIL: u32 = u32::MAX;
const SECOND: f64 = 1e6;
const BEAT: u64 = 1_000_000;
const DEADLINE: u64 = 30_000_000;
const HANG_SHARE: f64 = 0.001;

/// What the loop did, so that it can be held against the simulator.
#[derive(Debug, Default)]
pub struct Done {
    pub fired: u64,
    pub finished: u64,
    pub timed_out: u64,
    pub waited_us: u64,
}

#[derive(Clone, Copy)]
struct Timer {
    at: u64,
    next: u32,
    previous: u32,
}

/// Brown's calendar queue with timers threaded through one table. A timer is `3 · worker + what`,
/// the last one is the arrival.
struct Calendar {
    timers: Vec<Timer>,
    heads: Vec<u32>,
    shift: u32,
    mask: u64,
    bucket: u64,
}

impl Calendar {
    fn new(timers: usize) -> Self {
        let buckets = (timers * 2).next_power_of_two().clamp(64, 1 << 15);
        // One turn of the calendar is about four seconds.
        let shift = 22 - buckets.trailing_zeros().min(22);
        Self {
            timers: vec![Timer { at: 0, next: NIL, previous: NIL }; timers],
            heads: vec![NIL; buckets],
            shift,
            mask: buckets as u64 - 1,
            bucket: 0,
        }
    }

    #[inline]
    fn arm(&mut self, timer: u32, at: u64) {
        let slot = (at >> self.shift & self.mask) as usize;
        let head = self.heads[slot];
        self.timers[timer as usize] = Timer { at, next: head, previous: NIL };
        if head != NIL {
            self.timers[head as usize].previous = timer;
        }
        self.heads[slot] = timer;
    }

    #[inline]
    fn cancel(&mut self, timer: u32) {
        let Timer { at, next, previous } = self.timers[timer as usize];
        if next != NIL {
            self.timers[next as usize].previous = previous;
        }
        if previous == NIL {
            self.heads[(at >> self.shift & self.mask) as usize] = next;
        } else {
            self.timers[previous as usize].next = next;
        }
    }

    #[inline]
    fn pop(&mut self) -> (u64, u32) {
        loop {
            let end = (self.bucket + 1) << self.shift;
            let mut timer = self.heads[(self.bucket & self.mask) as usize];
            let (mut least, mut first) = (end, NIL);
            while timer != NIL {
                let Timer { at, next, .. } = self.timers[timer as usize];
                if at < least {
                    (least, first) = (at, timer);
                }
                timer = next;
            }
            if first != NIL {
                self.cancel(first);
                return (least, first);
            }
            self.bucket += 1;
        }
    }
}

/// Runs `workers` workers for `seconds` of virtual time.
pub fn run(workers: u32, seconds: f64, seed: u64) -> Done {
    let mut chance = SplitMix64::seed_from_u64(seed);
    let mut exponential = move || -> f64 { Exp1.sample(&mut chance) };
    let mut hangs = SplitMix64::seed_from_u64(seed ^ 1);
    let mut is_hang = move || {
        (rand_core::Rng::next_u64(&mut hangs) >> 11) as f64 / ((1u64 << 53) as f64) < HANG_SHARE
    };
    let gap = SECOND / (0.85 * f64::from(workers));
    let arrival = workers * 3;
    let mut calendar = Calendar::new(arrival as usize + 1);
    let mut idle: VecDeque<u32> = (0..workers).collect();
    let mut queue: VecDeque<u64> = VecDeque::new();
    let mut done = Done::default();
    for worker in 0..workers {
        calendar.arm(worker * 3 + 2, u64::from(worker) * BEAT / u64::from(workers));
    }
    calendar.arm(arrival, (exponential() * gap) as u64);
    let end = (seconds * SECOND) as u64;
    loop {
        let (now, timer) = calendar.pop();
        if now > end {
            return done;
        }
        done.fired += 1;
        let worker = if timer == arrival {
            calendar.arm(arrival, now + (exponential() * gap) as u64);
            let Some(worker) = idle.pop_front() else {
                queue.push_back(now);
                continue;
            };
            worker
        } else {
            let worker = timer / 3;
            match timer % 3 {
                0 => {
                    calendar.cancel(timer + 1);
                    done.finished += 1;
                }
                1 => done.timed_out += 1,
                _ => {
                    calendar.arm(timer, now + BEAT);
                    continue;
                }
            }
            let Some(arrived) = queue.pop_front() else {
                idle.push_back(worker);
                continue;
            };
            done.waited_us += now - arrived;
            worker
        };
        calendar.arm(worker * 3 + 1, now + DEADLINE);
        if !is_hang() {
            calendar.arm(worker * 3, now + (exponential() * SECOND) as u64);
        }
    }
}
