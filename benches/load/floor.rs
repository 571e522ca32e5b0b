//! The floor: the work of scenario `load` as a hand-tuned loop that can do nothing else.
//!
//! No tasks, no events, no metrics, no fixes, no hash: three intrusive timers for each worker in
//! one calendar queue, and a ring of waiting jobs. Jobs arrive at 0.85 a second for each worker,
//! take an exponential time, and one in a thousand hangs; each has a deadline of 30 s that is
//! armed when it starts and cancelled when it ends; each worker beats once a second.
//!
//! It comes with two sorts of chance. With [`Same`] it draws what the simulator draws, number by
//! number: each job from a small stream of its own, by inversion with `libm`, because a run has to
//! be the same on every machine and a job the same whatever was done before it. So the two can be
//! held against each other job by job. [`Bare`] drops that too: one stream, and a ziggurat.

use std::collections::VecDeque;

use rand_core::{Rng as _, SeedableRng};
use rand_distr::{Distribution, Exp1};
use rand_xoshiro::SplitMix64;
use zombie_workers::kernel::{Rng, Stream};

const NIL: u32 = u32::MAX;
const SECOND: f64 = 1e6;
const BEAT: u64 = 1_000_000;
const DEADLINE: u64 = 30_000_000;
const HANG_SHARE: f64 = 0.001;

/// What the loop did, so that it can be held against the simulator.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    pub fired: u64,
    pub arrived: u64,
    pub finished: u64,
    pub timed_out: u64,
    pub waited_us: u64,
}

/// Where the loop has its chance from.
pub trait Draws {
    /// The time to the next arrival, in units of the mean.
    fn gap(&mut self) -> f64;
    /// How long the `n`th job takes, in units of the mean; `None` if it hangs.
    fn job(&mut self, n: u32) -> Option<f64>;
}

/// The simulator's own draws.
pub struct Same {
    seed: u64,
    arrivals: Rng,
}

impl Same {
    pub fn new(seed: u64) -> Self {
        Self { seed, arrivals: Rng::new(seed, Stream::Arrivals) }
    }
}

impl Draws for Same {
    #[inline]
    fn gap(&mut self) -> f64 {
        self.arrivals.exponential()
    }

    #[inline]
    fn job(&mut self, n: u32) -> Option<f64> {
        let mut rng = Rng::nth(self.seed, Stream::Jobs, u64::from(n));
        let hangs = rng.bernoulli(HANG_SHARE);
        // How it ends and what it leaves behind are drawn before its length.
        rng.later();
        rng.later();
        (!hangs).then(|| rng.exponential())
    }
}

/// The quickest draws there are.
pub struct Bare(SplitMix64);

impl Bare {
    pub fn new(seed: u64) -> Self {
        Self(SplitMix64::seed_from_u64(seed))
    }
}

impl Draws for Bare {
    #[inline]
    fn gap(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    #[inline]
    fn job(&mut self, _: u32) -> Option<f64> {
        let share = (self.0.next_u64() >> 11) as f64 / ((1u64 << 53) as f64);
        (share >= HANG_SHARE).then(|| Exp1.sample(&mut self.0))
    }
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
        let buckets = (timers * 2).next_power_of_two().clamp(64, 1 << 20);
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

    /// Takes the first timer, if it is not after `until`.
    #[inline]
    fn pop(&mut self, until: u64) -> Option<(u64, u32)> {
        while self.bucket <= until >> self.shift {
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
                if least > until {
                    return None;
                }
                self.cancel(first);
                return Some((least, first));
            }
            self.bucket += 1;
        }
        None
    }
}

/// The loop, standing at some instant.
pub struct Floor<D> {
    workers: u32,
    rate: f64,
    draws: D,
    calendar: Calendar,
    idle: VecDeque<u32>,
    queue: VecDeque<(u64, u32)>,
    /// What is owed to the next gap between arrivals.
    fraction: f64,
    done: Done,
}

impl<D: Draws> Floor<D> {
    /// `workers` idle workers at the beginning.
    pub fn new(workers: u32, mut draws: D) -> Self {
        let rate = 0.85 * f64::from(workers);
        let mut calendar = Calendar::new(workers as usize * 3 + 1);
        for worker in 0..workers {
            calendar.arm(worker * 3 + 2, u64::from(worker) * BEAT / u64::from(workers));
        }
        let mut fraction = 0.0;
        calendar.arm(workers * 3, next_gap(draws.gap() / rate, &mut fraction));
        let (idle, queue) = ((0..workers).collect(), VecDeque::new());
        Self { workers, rate, draws, calendar, idle, queue, fraction, done: Done::default() }
    }

    /// Runs up to and including `seconds` of virtual time; says what was done since the beginning.
    pub fn advance(&mut self, seconds: f64) -> Done {
        let end = micros(seconds);
        while let Some((now, timer)) = self.calendar.pop(end) {
            self.done.fired += 1;
            if let Some((worker, job)) = self.next_job(now, timer) {
                self.calendar.arm(worker * 3 + 1, now + DEADLINE);
                if let Some(length) = self.draws.job(job) {
                    self.calendar.arm(worker * 3, now + micros(length));
                }
            }
        }
        self.done
    }

    /// What a timer leads to: the job that begins now, if one does, and who does it.
    #[inline]
    fn next_job(&mut self, now: u64, timer: u32) -> Option<(u32, u32)> {
        if timer == self.workers * 3 {
            let gap = next_gap(self.draws.gap() / self.rate, &mut self.fraction);
            self.calendar.arm(timer, now + gap);
            let job = self.done.arrived as u32;
            self.done.arrived += 1;
            let worker = self.idle.pop_front();
            if worker.is_none() {
                self.queue.push_back((now, job));
            }
            return worker.map(|worker| (worker, job));
        }
        let worker = timer / 3;
        match timer % 3 {
            0 => {
                self.calendar.cancel(timer + 1);
                self.done.finished += 1;
            }
            1 => self.done.timed_out += 1,
            _ => {
                self.calendar.arm(timer, now + BEAT);
                return None;
            }
        }
        let Some((arrived, job)) = self.queue.pop_front() else {
            self.idle.push_back(worker);
            return None;
        };
        self.done.waited_us += now - arrived;
        Some((worker, job))
    }
}

/// A gap between arrivals in whole µs; the rest is carried over to the next.
#[inline]
fn next_gap(seconds: f64, fraction: &mut f64) -> u64 {
    let gap = seconds * SECOND + *fraction;
    let whole = gap as u64;
    *fraction = gap - whole as f64;
    whole
}

#[inline]
fn micros(seconds: f64) -> u64 {
    (seconds * SECOND + 0.5) as u64
}
