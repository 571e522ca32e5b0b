//! The only source of randomness: seeded streams that give the same numbers on every machine.
//!
//! Logarithms and cosines come from `libm`: the platform's own differ in the last bit between
//! native and wasm, and so do libraries of distributions that any other crate of a build can
//! switch to the platform's (`num-traits/std`).

use rand_core::{Rng as _, SeedableRng};
use rand_xoshiro::SplitMix64;

use super::time::Duration;

/// What a stream of chance is for. Each purpose has its own, so that switching a fix on does not
/// change which jobs come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The gaps between arrivals.
    Arrivals,
    /// What jobs are and will do.
    Jobs,
    /// How workers start and age.
    Workers,
    /// Jitter of the fixes.
    Supervision,
}

/// A seeded generator (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng(SplitMix64);

impl Rng {
    /// The stream of `seed` for one purpose.
    pub fn new(seed: u64, stream: Stream) -> Self {
        Self::nth(seed, stream, 0)
    }

    /// The `n`th small stream of its purpose: job `n` draws the same whatever became of the jobs
    /// before it, and however many numbers they drew.
    #[inline]
    pub fn nth(seed: u64, stream: Stream, n: u64) -> Self {
        // Weyl steps keep neighbouring streams apart; the mixing is SplitMix64's own.
        let place = (n << 3 | stream as u64).wrapping_mul(0xD134_2543_DE82_EF95);
        let mut mixer = SplitMix64::seed_from_u64(seed ^ place);
        Self(SplitMix64::seed_from_u64(mixer.next_u64()))
    }

    /// A number in `[0, 1)`, 53 bits fine.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// The next number's own stream, for a draw that may not be needed: this stream goes on
    /// without it.
    #[inline]
    pub fn later(&mut self) -> Self {
        let draw = self.clone();
        self.0.next_u64();
        draw
    }

    /// True with probability `share`.
    #[inline]
    pub fn bernoulli(&mut self, share: f64) -> bool {
        self.uniform() < share
    }

    /// A whole number in `0..=most`, by Lemire's multiplication.
    pub fn up_to_inclusive(&mut self, max: u32) -> u32 {
        (((self.0.next_u64() >> 32) * (u64::from(max) + 1)) >> 32) as u32
    }

    /// An exponential number with mean 1, by inversion: one draw each, so that two runs stay in
    /// step whatever their means.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.uniform())
    }

    /// A standard normal number (Box and Muller, 1958).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.exponential());
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// A lognormal number with mean 1 and the given coefficient of variation.
    pub fn lognormal(&mut self, cv: f64) -> f64 {
        let variance = libm::log1p(cv * cv);
        libm::exp(self.normal() * libm::sqrt(variance) - variance / 2.0)
    }

    /// `span`, made longer or shorter by up to `share` of itself, uniformly.
    pub fn jitter(&mut self, span: Duration, share: f64) -> Duration {
        span.mul_f64(1.0 + share * (2.0 * self.uniform() - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(n: u32, mut draw: impl FnMut(&mut Rng) -> f64) -> (f64, f64) {
        let mut rng = Rng::new(1, Stream::Jobs);
        let draws: Vec<f64> = (0..n).map(|_| draw(&mut rng)).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        (mean, variance)
    }

    #[test]
    fn the_distributions_have_their_moments() {
        let near = |(mean, variance): (f64, f64), m: f64, v: f64| {
            assert!(
                (mean - m).abs() < 0.01 && (variance / v - 1.0).abs() < 0.03,
                "{mean} {variance}"
            );
        };
        near(moments(400_000, Rng::uniform), 0.5, 1.0 / 12.0);
        near(moments(400_000, Rng::exponential), 1.0, 1.0);
        near(moments(400_000, Rng::normal), 0.0, 1.0);
        near(moments(400_000, |rng| rng.lognormal(0.5)), 1.0, 0.25);
        near(moments(400_000, |rng| f64::from(rng.up_to_inclusive(9))), 4.5, 8.25);
    }

    #[test]
    fn neighbouring_streams_share_nothing() {
        let first = |seed, stream, n| Rng::nth(seed, stream, n).0.next_u64();
        let mut all: Vec<u64> = (0..1_000)
            .flat_map(|n| [first(1, Stream::Jobs, n), first(2, Stream::Jobs, n)])
            .chain([first(1, Stream::Arrivals, 0), first(1, Stream::Workers, 0)])
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2_002);
    }

    #[test]
    fn a_known_seed_gives_known_numbers() {
        // Written down once: a change of these changes every run that was ever shared.
        let mut rng = Rng::new(7, Stream::Jobs);
        let shown = format!("{:.12} {:.12}", rng.uniform(), rng.exponential());
        assert_eq!(shown, KNOWN);
    }

    const KNOWN: &str = "0.236845433134 1.043779672546";
}
