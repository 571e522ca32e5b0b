//! Jobs as tokens: a kind differs by shape as well as by hue. And the small words that rise where
//! something has happened.

use std::borrow::Cow;

use super::geometry::Point;
use super::shape::Picture;
use super::theme::Ink;
use crate::pool::JobKind;

/// Draws a job: a disc, a sheet of paper, or a spiked star.
pub fn draw(kind: JobKind, at: Point, size: f64, picture: &mut Picture) {
    match kind {
        JobKind::Normal => picture.disc(at, size, Ink::Normal),
        JobKind::Report => {
            let (w, h) = (size * 0.85, size * 1.1);
            let fold = size * 0.5;
            picture.poly(
                [
                    at.moved(-w, -h),
                    at.moved(w - fold, -h),
                    at.moved(w, -h + fold),
                    at.moved(w, h),
                    at.moved(-w, h),
                ],
                Ink::Report,
            );
        }
        JobKind::Toxic => {
            let spike = |n: u32| {
                let turn = f64::from(n) / 12.0 * std::f64::consts::TAU;
                let r = if n.is_multiple_of(2) { size * 1.3 } else { size * 0.7 };
                at.moved(libm::sin(turn) * r, -libm::cos(turn) * r)
            };
            picture.poly((0..12).map(spike), Ink::Toxic);
        }
    }
}

/// A job or words that rise and fade where something has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Floater {
    /// Its place at first.
    pub from: Point,
    /// Its place at last.
    pub to: Point,
    /// What rises.
    pub what: Floating,
    /// Seconds since it began.
    pub age: f64,
}

/// What rises.
#[derive(Clone, Debug, PartialEq)]
pub enum Floating {
    /// A job that ended, and whether it succeeded.
    Job(JobKind, bool),
    /// Words in an ink, which rise and fade.
    Words(Cow<'static, str>, Ink),
    /// A job that becomes a dead letter.
    Letter(JobKind),
}

impl Floater {
    /// How long it is shown, in seconds of the viewer's time.
    pub const LIFE: f64 = 1.2;

    /// The share of its time that is over, from 0 to 1.
    pub fn share(&self) -> f64 {
        (self.age / Self::LIFE).clamp(0.0, 1.0)
    }
}
