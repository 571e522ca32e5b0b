//! Trailing windows: sums and quantiles over the last seconds. Cumulative figures never recover
//! from a bad night; these do.

use std::collections::VecDeque;

use crate::kernel::Duration;

/// Seconds in the long window.
pub const LONG: usize = 60;
/// Seconds in the short window.
pub const SHORT: usize = 10;

/// Sums of `N` counters over the last [`LONG`] whole seconds and the present one.
#[derive(Clone, Debug, PartialEq)]
pub struct Rolling<const N: usize> {
    seconds: VecDeque<[u32; N]>,
    present: [u32; N],
    past: [u32; N],
}

impl<const N: usize> Default for Rolling<N> {
    fn default() -> Self {
        Self { seconds: VecDeque::with_capacity(LONG), present: [0; N], past: [0; N] }
    }
}

impl<const N: usize> Rolling<N> {
    /// Counts one time into the window.
    #[inline]
    pub fn count(&mut self, counter: usize) {
        self.present[counter] += 1;
    }

    /// A second is over.
    pub fn tick(&mut self) {
        if self.seconds.len() == LONG
            && let Some(oldest) = self.seconds.pop_front()
        {
            self.past.iter_mut().zip(oldest).for_each(|(sum, old)| *sum -= old);
        }
        self.past.iter_mut().zip(self.present).for_each(|(sum, new)| *sum += new);
        self.seconds.push_back(std::mem::replace(&mut self.present, [0; N]));
    }

    pub(super) fn bytes(&self) -> usize {
        self.seconds.len() * size_of::<[u32; N]>()
    }

    /// The sum of a counter.
    pub fn sum(&self, counter: usize) -> u32 {
        self.past[counter] + self.present[counter]
    }
}

/// Sub-buckets of each doubling: a value is off by at most one part in 64.
const SUB_BITS: u32 = 5;
const SUB: u64 = 1 << SUB_BITS;
/// Enough doublings for 2^42 µs: fifty days.
const BUCKETS: usize = 38 << SUB_BITS;

/// Quantiles of times over the two windows.
///
/// Log-linear buckets, as in HdrHistogram (Tene): the error is at most 1/64 of the value. The
/// times themselves are kept as bucket numbers until they leave the window, so memory follows the
/// load and an idle run stays small.
#[derive(Clone, Debug, PartialEq)]
pub struct Latency {
    times: VecDeque<u16>,
    seconds: VecDeque<u32>,
    long: Buckets,
    /// Of jobs that were given up: the second and the bucket. They are in `times` too.
    lost: VecDeque<(u32, u16)>,
    ticks: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct Buckets {
    counts: Vec<u32>,
    total: u32,
}

impl Default for Latency {
    fn default() -> Self {
        Self {
            times: VecDeque::new(),
            seconds: VecDeque::from([0]),
            long: Buckets::empty(),
            lost: VecDeque::new(),
            ticks: 0,
        }
    }
}

impl Latency {
    /// Takes a time in.
    #[inline]
    pub fn record(&mut self, time: Duration) {
        let bucket = bucket(time.as_micros());
        self.times.push_back(bucket);
        if let Some(present) = self.seconds.back_mut() {
            *present += 1;
        }
        self.long.add(bucket);
    }

    /// Takes in the time of a job that was given up.
    pub fn record_lost(&mut self, time: Duration) {
        self.record(time);
        self.lost.push_back((self.ticks, bucket(time.as_micros())));
    }

    /// A second is over: what is older than a window leaves it.
    pub fn tick(&mut self) {
        self.ticks += 1;
        while self.lost.front().is_some_and(|&(at, _)| self.ticks - at > LONG as u32) {
            self.lost.pop_front();
        }
        self.seconds.push_back(0);
        let len = self.seconds.len();
        if len > LONG + 1
            && let Some(leaving) = self.seconds.pop_front()
        {
            for bucket in self.times.drain(..leaving as usize) {
                self.long.remove(bucket);
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        let seconds = self.seconds.len() * size_of::<u32>();
        let lost = self.lost.len() * size_of::<(u32, u16)>();
        self.times.len() * size_of::<u16>() + seconds + lost + size_of_val(&*self.long.counts)
    }

    /// The `q` quantile over the last 60 s, in seconds; `None` if no job ended: the quantile of
    /// nothing is no value, as in Prometheus' `histogram_quantile`.
    pub fn long(&self, q: f64) -> Option<f64> {
        self.long.quantile(q)
    }

    /// The same of those jobs only that were not given up. Counted when asked for.
    pub fn survivors(&self, q: f64) -> Option<f64> {
        if self.lost.is_empty() {
            return self.long(q);
        }
        let mut survivors = self.long.clone();
        self.lost.iter().for_each(|&(_, bucket)| survivors.remove(bucket));
        survivors.quantile(q)
    }

    /// The `q` quantile over the last 10 s, in seconds; `None` if no job ended. Counted when asked
    /// for.
    pub fn short(&self, q: f64) -> Option<f64> {
        let inside: u32 = self.seconds.iter().rev().take(SHORT + 1).sum();
        let mut short = Buckets::empty();
        self.times.iter().rev().take(inside as usize).for_each(|&bucket| short.add(bucket));
        short.quantile(q)
    }
}

impl Buckets {
    fn empty() -> Self {
        Self { counts: vec![0; BUCKETS], total: 0 }
    }

    #[inline]
    fn add(&mut self, bucket: u16) {
        self.counts[usize::from(bucket)] += 1;
        self.total += 1;
    }

    #[inline]
    fn remove(&mut self, bucket: u16) {
        self.counts[usize::from(bucket)] -= 1;
        self.total -= 1;
    }

    fn quantile(&self, q: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let rank = (libm::ceil(q * f64::from(self.total)) as u32).max(1);
        // A doubling at a time: a sum of so many is quick, and most doublings are passed over.
        let mut seen = 0;
        for (doubling, counts) in self.counts.chunks_exact(SUB as usize).enumerate() {
            let inside: u32 = counts.iter().sum();
            if seen + inside < rank {
                seen += inside;
                continue;
            }
            let place = counts.iter().position(|&count| {
                seen += count;
                seen >= rank
            });
            let bucket = doubling as u64 * SUB + place.unwrap_or_default() as u64;
            return Some(middle(bucket) / 1e6);
        }
        Some(middle(BUCKETS as u64 - 1) / 1e6)
    }
}

#[inline]
fn bucket(micros: u64) -> u16 {
    if micros < SUB {
        return micros as u16;
    }
    let doubling = 63 - micros.leading_zeros() - SUB_BITS;
    let index = (u64::from(doubling) << SUB_BITS) + (micros >> doubling);
    index.min(BUCKETS as u64 - 1) as u16
}

/// The middle of a bucket, in µs.
fn middle(bucket: u64) -> f64 {
    if bucket < 2 * SUB {
        return bucket as f64;
    }
    let doubling = (bucket >> SUB_BITS) - 1;
    let low = (SUB + (bucket & (SUB - 1))) << doubling;
    low as f64 + ((1_u64 << doubling) - 1) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_at_most_one_part_in_64_off() {
        let mut micros = 3_u64;
        while micros < 1 << 42 {
            let off = (middle(u64::from(bucket(micros))) - micros as f64).abs();
            assert!(off <= micros as f64 / 64.0, "{micros} µs is shown {off} µs off");
            micros += 1 + micros / 97;
        }
    }

    #[test]
    fn what_is_older_than_a_window_leaves_it() {
        let mut latency = Latency::default();
        latency.record(Duration::secs(100));
        for second in 1..=70 {
            latency.tick();
            latency.record(Duration::secs(1));
            assert_eq!(latency.short(1.0) > Some(50.0), second <= SHORT, "second {second}");
            assert_eq!(latency.long(1.0) > Some(50.0), second <= LONG, "second {second}");
        }
        assert_eq!(latency.times.len(), LONG + 1);
    }

    #[test]
    fn those_that_were_given_up_are_no_survivors() {
        let mut latency = Latency::default();
        latency.record(Duration::secs(1));
        latency.record_lost(Duration::secs(100));
        for second in 0..=LONG + 1 {
            let inside = second <= LONG;
            assert_eq!(latency.long(1.0) > Some(50.0), inside, "second {second}");
            assert_eq!(latency.survivors(1.0).is_some(), inside, "second {second}");
            assert!(latency.survivors(1.0) < Some(2.0), "second {second}");
            latency.tick();
        }
        assert!(latency.lost.is_empty());
    }

    #[test]
    fn a_quantile_of_nothing_is_no_value() {
        let mut latency = Latency::default();
        assert_eq!([latency.long(0.95), latency.short(0.95), latency.survivors(0.95)], [None; 3]);
        latency.record_lost(Duration::ZERO);
        assert_eq!((latency.long(0.95), latency.survivors(0.95)), (Some(0.0), None));
        (0..=LONG).for_each(|_| latency.tick());
        assert_eq!((latency.long(0.95), latency.short(0.95)), (None, None));
    }

    #[test]
    fn rolling_sums_forget() {
        let mut rolling = Rolling::<2>::default();
        rolling.count(1);
        (0..LONG).for_each(|_| rolling.tick());
        assert_eq!((rolling.sum(0), rolling.sum(1)), (0, 1));
        rolling.tick();
        assert_eq!(rolling.sum(1), 0);
    }
}
