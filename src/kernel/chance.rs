//! The only source of randomness: seeded streams that give the same numbers on every machine.
//!
//! The distributions are those of `rand_distr` without the standard library, so that logarithms
//! come from `libm`: the platform's own differ in the last bit between native and wasm.

use rand_core::{Rng, SeedableRng};
use rand_distr::{Distribution, Exp1, StandardNormal};
use rand_xoshiro::SplitMix64;

use super::time::Span;

/// What a stream of chance is for. Each purpose has its own, so that switching a fix on does not
/// change which jobs come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// When jobs arrive.
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
pub struct Chance(SplitMix64);

impl Chance {
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
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// True with probability `share`.
    #[inline]
    pub fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// A whole number in `0..=most`, by Lemire's multiplication.
    pub fn up_to(&mut self, most: u32) -> u32 {
        ((self.0.next_u64() >> 32) * (u64::from(most) + 1) >> 32) as u32
    }

    /// An exponential number with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// A lognormal number with mean 1 and the given coefficient of variation.
    pub fn lognormal(&mut self, cv: f64) -> f64 {
        let variance = libm::log1p(cv * cv);
        let normal: f64 = StandardNormal.sample(&mut self.0);
        libm::exp(normal * libm::sqrt(variance) - variance / 2.0)
    }

    /// `span`, made longer or shorter by up to `share` of itself, uniformly.
    pub fn jitter(&mut self, span: Span, share: f64) -> Span {
        span.scaled(1.0 + share * (2.0 * self.unit() - 1.0))
    }
}
