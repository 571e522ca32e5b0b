//! All rows of an experiment, cell by cell.

use super::effects::{Effect, main_effects_and_pairs};
use super::figure::Figure;
use super::fix_set::{FixSet, smallest};
use super::row::{Measures, Row};
use super::stats::{Estimate, Interval, estimate, wilson};

/// What the runs of a cell have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The pool survived with every seed.
    All,
    /// The pool survived with some seeds only.
    Some,
    /// The pool survived with no seed.
    None,
    /// No run has ended yet, or all are holes.
    Unknown,
}

impl Verdict {
    /// A sign for it: `✓`, `~`, `✗`, or a blank.
    pub fn sign(self) -> &'static str {
        match self {
            Self::All => "✓",
            Self::Some => "~",
            Self::None => "✗",
            Self::Unknown => " ",
        }
    }
}

/// The runs of one cell, in the order of their seeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    runs: Vec<(u64, Option<Measures>)>,
}

impl Cell {
    /// Seeds with what was measured; `None` of a hole.
    pub fn runs(&self) -> &[(u64, Option<Measures>)] {
        &self.runs
    }

    fn measured(&self) -> impl Iterator<Item = &Measures> {
        self.runs.iter().filter_map(|(_, measures)| measures.as_ref())
    }

    /// How many runs ended, and how many of them survived.
    pub fn survived(&self) -> (u32, u32) {
        let ended = self.measured().count() as u32;
        (ended, self.measured().filter(|run| run.survived).count() as u32)
    }

    /// How many runs are holes: given up over their budget of events.
    pub fn holes(&self) -> usize {
        self.runs.len() - self.measured().count()
    }

    /// What its runs have in common.
    pub fn verdict(&self) -> Verdict {
        match self.survived() {
            (0, _) => Verdict::Unknown,
            (ended, survived) if ended == survived => Verdict::All,
            (_, 0) => Verdict::None,
            _ => Verdict::Some,
        }
    }

    /// A figure over its seeds: a share with Wilson's interval, or a mean with Student's. `None`
    /// while there is no value.
    pub fn estimate(&self, figure: Figure) -> Option<Estimate> {
        if figure == Figure::Survived {
            let (n, survived) = self.survived();
            let Interval { low, high } = wilson(survived, n)?;
            let interval = Some(Interval { low: low * 100.0, high: high * 100.0 });
            return Some(Estimate {
                mean: 100.0 * f64::from(survived) / f64::from(n),
                interval,
                n,
            });
        }
        let values: Vec<f64> = self.measured().filter_map(|run| figure.of(run)).collect();
        estimate(&values)
    }

    /// The seed whose figure is the median of the cell: the run to watch. Among equals, the first.
    pub fn median_seed(&self, figure: Figure) -> Option<u64> {
        let value = |measures: &Option<Measures>| figure.of(measures.as_ref()?);
        let mut values: Vec<f64> = self.runs.iter().filter_map(|(_, run)| value(run)).collect();
        values.sort_unstable_by(f64::total_cmp);
        let median = *values.get(values.len().checked_sub(1)? / 2)?;
        let is_it = |(_, run): &&(u64, Option<Measures>)| value(run) == Some(median);
        self.runs.iter().find(is_it).map(|(seed, _)| *seed)
    }
}

/// The cells of an experiment, filled as its rows come in, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    cells: Vec<Cell>,
}

impl Table {
    /// An empty table of so many cells.
    pub fn new(cells: u32) -> Self {
        Self { cells: vec![Cell::default(); cells as usize] }
    }

    /// Takes a row in. One of a cell that there is not, or that is there already, is passed over.
    pub fn add(&mut self, row: Row) {
        let Some(cell) = self.cells.get_mut(row.cell as usize) else { return };
        if let Err(place) = cell.runs.binary_search_by_key(&row.seed, |(seed, _)| *seed) {
            cell.runs.insert(place, (row.seed, row.measures));
        }
    }

    /// The cells, in the order in which the plan numbers them.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// All rows, seed by seed, as they are written.
    pub fn rows(&self) -> Vec<Row> {
        let mut seeds: Vec<u64> = Vec::new();
        for (seed, _) in self.cells.iter().flat_map(Cell::runs) {
            if let Err(place) = seeds.binary_search(seed) {
                seeds.insert(place, *seed);
            }
        }
        let mut rows = Vec::new();
        for seed in seeds {
            for (cell, Cell { runs }) in (0..).zip(&self.cells) {
                if let Ok(place) = runs.binary_search_by_key(&seed, |(seed, _)| *seed) {
                    rows.push(Row { cell, seed, measures: runs[place].1.clone() });
                }
            }
        }
        rows
    }

    /// The smallest sets of fixes with which every seed survived; of a fixes board that is full.
    pub fn smallest_sets(&self) -> Vec<FixSet> {
        smallest(|set| {
            self.cells.get(set.index()).is_some_and(|cell| cell.verdict() == Verdict::All)
        })
    }

    /// What the fixes do to a figure, from the seeds whose 32 runs all have a value.
    pub fn effects(&self, figure: Figure) -> Vec<Effect> {
        let seeds = self.cells.first().map_or(&[][..], |cell| &cell.runs);
        let whole = |seed: u64| -> Option<[f64; FixSet::COUNT]> {
            let mut values = [0.0; FixSet::COUNT];
            for (value, cell) in values.iter_mut().zip(&self.cells) {
                let place = cell.runs.binary_search_by_key(&seed, |(seed, _)| *seed).ok()?;
                *value = figure.of(cell.runs[place].1.as_ref()?)?;
            }
            (self.cells.len() == FixSet::COUNT).then_some(values)
        };
        let seeds: Vec<_> = seeds.iter().filter_map(|(seed, _)| whole(*seed)).collect();
        main_effects_and_pairs(&seeds)
    }

    /// The places along a row of `columns` cells, beginning at `start`, after which the verdict is
    /// another.
    pub fn changes(&self, start: usize, columns: usize) -> Vec<usize> {
        let row = self.cells.get(start..start + columns).unwrap_or_default();
        let differs = |pair: &[Cell]| pair[0].verdict() != pair[1].verdict();
        row.windows(2)
            .enumerate()
            .filter(|(_, pair)| differs(pair))
            .map(|(place, _)| place)
            .collect()
    }
}
