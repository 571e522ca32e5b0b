//! A running hash over everything that happened, to tell two runs apart by one number.

use std::hash::Hasher;

/// The hash so far. Same events in the same order give the same number on every machine.
///
/// The step is that of FxHash (Firefox, rustc): rotate, xor, multiply. It is a fingerprint
/// against accidents, not a seal against forgers. Words are 64 bits wide on wasm32 too, which the
/// derived `Hash` of an enum (an `isize`) would otherwise not give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace(u64);

const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

impl Trace {
    /// Takes one word into the hash.
    #[inline]
    pub fn fold(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(MULTIPLIER);
    }

    /// The hash with its bits well mixed (the finalizer of SplitMix64).
    pub fn value(&self) -> u64 {
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

impl Hasher for Trace {
    fn finish(&self) -> u64 {
        self.value()
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.fold(u64::from(byte));
        }
    }

    fn write_u8(&mut self, word: u8) {
        self.fold(u64::from(word));
    }

    fn write_u16(&mut self, word: u16) {
        self.fold(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.fold(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.fold(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.fold(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.fold(word as u64);
    }
}
