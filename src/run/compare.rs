//! Two runs of the same jobs, held against each other in figures.

use super::Run;

/// One of two runs that stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunId {
    /// The first, which is always there.
    #[default]
    A,
    /// The second.
    B,
}

impl RunId {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    /// Its letter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// A figure of both runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// What it is.
    pub name: &'static str,
    /// Its unit; empty if it is a count.
    pub unit: &'static str,
    /// A's.
    pub a: f64,
    /// B's.
    pub b: f64,
    /// Which run does better, if they differ.
    pub better: Option<RunId>,
}

/// A row of the table of figures.
struct Figure {
    name: &'static str,
    unit: &'static str,
    more_is_better: bool,
    of: fn(&Run) -> f64,
}

/// What is compared. To compare another figure, add a row.
const FIGURES: &[Figure] = &[
    Figure { name: "goodput", unit: "jobs/s", more_is_better: true, of: goodput },
    Figure { name: "p95", unit: "s", more_is_better: false, of: p95_s },
    Figure {
        name: "peak memory",
        unit: "MiB",
        more_is_better: false,
        of: |run| run.pool().host().peak_mib(&run.pool().knobs) as f64,
    },
    Figure {
        name: "zombies",
        unit: "",
        more_is_better: false,
        of: |run| f64::from(run.pool().roster().zombies()),
    },
    Figure { name: "wasted", unit: "worker-seconds", more_is_better: false, of: wasted },
];

/// NaN if no job has ended lately.
fn p95_s(run: &Run) -> f64 {
    run.sample().p95_s.unwrap_or(f64::NAN)
}

/// Jobs that succeeded, per second since the run began.
fn goodput(run: &Run) -> f64 {
    run.pool().ledger().succeeded as f64 / run.now().as_secs_f64().max(1.0)
}

/// Worker-seconds without result: hung, as a zombie, restarting, and in attempts that were taken
/// from workers that did not hang.
fn wasted(run: &Run) -> f64 {
    let watch = &run.world().instruments;
    let times = watch.times();
    (times.hung + times.zombie + times.restarting) as f64 + watch.truth().undone_us as f64 / 1e6
}

/// The figures of two runs where they stand.
pub fn compare(a: &Run, b: &Run) -> Vec<Comparison> {
    let row = |figure: &Figure| {
        let (a, b) = ((figure.of)(a), (figure.of)(b));
        let (most, least) = if a > b { (RunId::A, RunId::B) } else { (RunId::B, RunId::A) };
        let better = if figure.more_is_better { most } else { least };
        // No value is neither better nor worse than any.
        let differ = a.partial_cmp(&b).is_some_and(std::cmp::Ordering::is_ne);
        let better = differ.then_some(better);
        Comparison { name: figure.name, unit: figure.unit, a, b, better }
    };
    FIGURES.iter().map(row).collect()
}
