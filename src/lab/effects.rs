//! What each fix does alone, on average and in company: the Walsh–Hadamard transform of the means
//! of all combinations (Yates, *The Design and Analysis of Factorial Experiments*, 1937).

use super::fix_set::FixSet;
use super::stats::{Estimate, estimate};
use crate::knobs::Fix;

/// The transform of `values`, one for each combination of so many switches, in place. Its entry
/// for a set of switches is the sum of all values, each with the sign + where an even number of
/// the set's switches is off, and − where an odd number is.
///
/// # Panics
/// Never: a length that is no power of two leaves the tail as it is.
pub fn transform(values: &mut [f64]) {
    let mut stride = 1;
    while stride < values.len() {
        for block in values.chunks_exact_mut(2 * stride) {
            let (off, on) = block.split_at_mut(stride);
            for (off, on) in off.iter_mut().zip(on) {
                (*off, *on) = (*off + *on, *on - *off);
            }
        }
        stride *= 2;
    }
}

/// The effect of each set of fixes, from one value for each of the 32 combinations: for a single
/// fix the mean with it less the mean without it; for a pair half the difference that the one
/// makes to the effect of the other; for the empty set the mean of all.
pub fn effects(cells: &[f64; FixSet::COUNT]) -> [f64; FixSet::COUNT] {
    let mut sums = *cells;
    transform(&mut sums);
    let all = FixSet::COUNT as f64;
    std::array::from_fn(|set| sums[set] / if set == 0 { all } else { all / 2.0 })
}

/// What one fix, or two of them, do to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The fix, or the pair.
    pub fixes: FixSet,
    /// The figure with only these fixes on, less the figure with none on, paired by seed.
    pub alone: Estimate,
    /// The effect averaged over all combinations of the other fixes, paired by seed.
    pub on_average: Estimate,
}

/// The effects of all single fixes and of all pairs, largest on average first within each. `seeds`
/// has, for each seed, the figure of all 32 combinations. Empty without seeds.
pub fn main_effects_and_pairs(seeds: &[[f64; FixSet::COUNT]]) -> Vec<Effect> {
    let transformed: Vec<[f64; FixSet::COUNT]> = seeds.iter().map(effects).collect();
    let effect = |fixes: FixSet| {
        let alone: Vec<f64> = seeds.iter().map(|cells| cells[fixes.index()] - cells[0]).collect();
        let average: Vec<f64> = transformed.iter().map(|effects| effects[fixes.index()]).collect();
        Some(Effect { fixes, alone: estimate(&alone)?, on_average: estimate(&average)? })
    };
    let size = |effect: &Effect| effect.on_average.mean.abs();
    let mut found: Vec<Effect> = Vec::new();
    for count in 1..=2 {
        let first = found.len();
        for effect in FixSet::all().filter(|fixes| fixes.count() == count).filter_map(effect) {
            let larger = found[first..].partition_point(|other| size(other) >= size(&effect));
            found.insert(first + larger, effect);
        }
    }
    found
}

/// What the two fixes of a pair do alone and together, as a sentence; `None` of what is no pair or
/// not there.
pub fn sentence(pair: FixSet, effects: &[Effect], show: impl Fn(f64) -> String) -> Option<String> {
    let found = |fixes: FixSet| effects.iter().find(|effect| effect.fixes == fixes);
    let mut fixes = pair.iter();
    let (a, b) = (fixes.next()?, fixes.next()?);
    let alone = |fix: Fix| found(FixSet::of(fix)).map(|effect| effect.alone.mean);
    let together = found(pair)?.alone.mean;
    let (a_alone, b_alone) = (alone(a)?, alone(b)?);
    Some(format!(
        "{} alone {}, {} alone {}, together {}.",
        capital(a.row().name),
        show(a_alone),
        b.row().name,
        show(b_alone),
        show(together)
    ))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_agrees_with_a_table_made_by_hand() {
        // Two switches: none 1, first 4, second 2, both 13.
        let mut values = [1.0, 4.0, 2.0, 13.0];
        transform(&mut values);
        // All; first on less off; second on less off; even less odd.
        assert_eq!(values, [20.0, 14.0, 10.0, 8.0]);
    }

    #[test]
    fn an_effect_is_what_was_put_in() {
        // 10 for each timeout, −4 for each limit, and 6 more where both health and breaker are on.
        let cells = std::array::from_fn(|index| {
            let set = FixSet::from_index(index);
            let has = |fix: Fix| f64::from(u8::from(set.has(fix)));
            7.0 + 10.0 * has(Fix::Timeouts) - 4.0 * has(Fix::Limits)
                + 6.0 * has(Fix::Health) * has(Fix::Breaker)
        });
        let found = effects(&cells);
        let of = |fixes: &[Fix]| found[fixes.iter().copied().collect::<FixSet>().index()];
        assert_eq!(of(&[Fix::Timeouts]), 10.0);
        assert_eq!(of(&[Fix::Limits]), -4.0);
        assert_eq!(of(&[Fix::Detection]), 0.0);
        // On average over the other, each of the two adds half of what both add together.
        assert_eq!(of(&[Fix::Health]), 3.0);
        assert_eq!(of(&[Fix::Health, Fix::Breaker]), 3.0);
        assert_eq!(of(&[]), 7.0 + 5.0 - 2.0 + 1.5);
    }

    #[test]
    fn a_sentence_takes_its_numbers_from_the_runs() {
        let cells = |none: f64| {
            std::array::from_fn(|index| {
                let set = FixSet::from_index(index);
                match (set.has(Fix::Timeouts), set.has(Fix::Detection)) {
                    (false, false) => none,
                    (true, false) => none - 14.0,
                    (false, true) => none - 2.0,
                    (true, true) => none + 61.0,
                }
            })
        };
        let effects = main_effects_and_pairs(&[cells(10.0), cells(12.0)]);
        assert_eq!(effects.len(), 5 + 10);
        let pair: FixSet = [Fix::Timeouts, Fix::Detection].into_iter().collect();
        let told = sentence(pair, &effects, |change| format!("{change:+.0}"));
        assert_eq!(told.as_deref(), Some("Timeouts alone -14, detection alone -2, together +61."));
        assert_eq!(effects[0].fixes, FixSet::of(Fix::Detection));
    }
}
