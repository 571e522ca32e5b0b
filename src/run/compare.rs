//! Two runs of the same jobs, held against each other in figures.

use std::cmp::Ordering;

use super::Run;
use crate::watch::figures::{Better, COMPARED, Figure};

/// One of two runs that stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunId {
    /// The first, which is always there.
    #[default]
    A,
    /// The second run, a clone of A's tape when it began.
    B,
}

impl RunId {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    /// The run's letter, as the page and links write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// A figure of both runs.
#[derive(Debug)]
pub struct Comparison {
    /// The figure that is compared, a row of the table of figures.
    pub figure: &'static Figure,
    /// A's; `None` where there is nothing to measure.
    pub a: Option<f64>,
    /// The figure's value in run B; none where there is nothing to measure.
    pub b: Option<f64>,
    /// Which run does better, if they differ. No value is neither better nor worse than any.
    pub better: Option<RunId>,
}

/// The figures of two runs where they stand.
pub fn compare(a: &Run, b: &Run) -> Vec<Comparison> {
    let (a, b) = (a.sample(), b.sample());
    let row = |&figure: &&'static Figure| {
        let (a, b) = (figure.value(&a), figure.value(&b));
        let order = a.zip(b).and_then(|(a, b)| a.partial_cmp(&b));
        let better = match (order, figure.better) {
            (Some(Ordering::Less), Better::Less) | (Some(Ordering::Greater), Better::More) => {
                Some(RunId::A)
            }
            (Some(Ordering::Less), Better::More) | (Some(Ordering::Greater), Better::Less) => {
                Some(RunId::B)
            }
            (Some(Ordering::Equal) | None, _) => None,
        };
        Comparison { figure, a, b, better }
    };
    COMPARED.iter().map(row).collect()
}
