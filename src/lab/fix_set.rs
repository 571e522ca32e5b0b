//! A combination of the five fixes, its place on the Karnaugh map, and the smallest sets that
//! suffice.

use std::fmt;

use crate::knobs::Fix;

/// Some of the five fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixSet(u8);

/// The fixes that the columns of the map tell apart, in the order of their Gray code.
pub const COLUMN_FIXES: [Fix; 3] = [Fix::Timeouts, Fix::Detection, Fix::Breaker];
/// The fixes that its rows tell apart.
pub const ROW_FIXES: [Fix; 2] = [Fix::Health, Fix::Limits];
/// Columns of the map.
pub const COLUMNS: usize = 8;
/// Rows of the map.
pub const ROWS: usize = 4;

impl FixSet {
    /// How many combinations there are.
    pub const COUNT: usize = 32;

    /// No fix at all.
    pub const NONE: Self = Self(0);

    /// The set of this fix alone.
    pub fn of(fix: Fix) -> Self {
        Self(1 << fix as u8)
    }

    /// The combination with this index; only its five lowest bits count.
    pub fn from_index(index: usize) -> Self {
        Self(index as u8 & (Self::COUNT as u8 - 1))
    }

    /// Its index, below [`FixSet::COUNT`]: a bit for each fix.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// All combinations, by index.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self::from_index)
    }

    /// Whether a fix is in it.
    pub fn has(self, fix: Fix) -> bool {
        self.0 & Self::of(fix).0 != 0
    }

    /// The same with a fix taken in, or taken out.
    pub fn toggled(self, fix: Fix) -> Self {
        Self(self.0 ^ Self::of(fix).0)
    }

    /// How many fixes are in it.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Its fixes, in their usual order.
    pub fn iter(self) -> impl Iterator<Item = Fix> {
        Fix::ALL.into_iter().filter(move |fix| self.has(*fix))
    }

    /// Whether every fix of it is in `other`.
    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The combination at a place of the map. Neighbours, the edges of the map included, differ by
    /// exactly one fix (Karnaugh, Trans. AIEE 72, 1953).
    pub fn at(row: usize, column: usize) -> Self {
        let chosen = |code: usize, fixes: &[Fix]| -> Self {
            fixes
                .iter()
                .enumerate()
                .filter(|(bit, _)| code >> bit & 1 == 1)
                .map(|(_, fix)| *fix)
                .collect()
        };
        Self(
            chosen(gray(row % ROWS), &ROW_FIXES).0
                | chosen(gray(column % COLUMNS), &COLUMN_FIXES).0,
        )
    }
}

/// The `n`th word of the reflected Gray code.
fn gray(n: usize) -> usize {
    n ^ (n >> 1)
}

impl FromIterator<Fix> for FixSet {
    fn from_iter<I: IntoIterator<Item = Fix>>(fixes: I) -> Self {
        Self(fixes.into_iter().fold(0, |bits, fix| bits | Self::of(fix).0))
    }
}

/// As `--fixes` takes it: `none`, or names with commas between them.
impl fmt::Display for FixSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return f.write_str("none");
        }
        let names: Vec<&str> = self.iter().map(|fix| fix.row().name).collect();
        f.write_str(&names.join(","))
    }
}

/// Of the sets that suffice, those of which no proper subset suffices, smallest first.
pub fn smallest(suffices: impl Fn(FixSet) -> bool) -> Vec<FixSet> {
    let mut minimal: Vec<FixSet> = Vec::new();
    for count in 0..=Fix::ALL.len() as u32 {
        for set in FixSet::all().filter(|set| set.count() == count && suffices(*set)) {
            if !minimal.iter().any(|smaller| smaller.is_within(set)) {
                minimal.push(set);
            }
        }
    }
    minimal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_has_one_place_and_neighbours_differ_by_one_fix() {
        let mut seen = Vec::new();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let here = FixSet::at(row, column);
                seen.push(here);
                for there in [FixSet::at(row + 1, column), FixSet::at(row, column + 1)] {
                    assert_eq!((here.0 ^ there.0).count_ones(), 1, "{here} and {there}");
                }
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, FixSet::all().collect::<Vec<_>>());
    }

    #[test]
    fn a_set_is_written_as_the_command_line_takes_it() {
        let set: FixSet = [Fix::Detection, Fix::Timeouts].into_iter().collect();
        assert_eq!(set.to_string(), "timeouts,detection");
        assert_eq!(FixSet::NONE.to_string(), "none");
    }

    #[test]
    fn the_smallest_sets_have_no_smaller_one_inside() {
        let pair: FixSet = [Fix::Timeouts, Fix::Detection].into_iter().collect();
        let single = FixSet::of(Fix::Breaker);
        let found = smallest(|set| pair.is_within(set) || single.is_within(set));
        assert_eq!(found, [single, pair]);
        assert_eq!(smallest(|_| true), [FixSet::NONE]);
        assert_eq!(smallest(|_| false), []);
    }
}
