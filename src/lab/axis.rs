//! An axis of a sweep: a knob and the values it is turned to.

use std::fmt;

use crate::knobs::{Bounds, InputError, KnobId, Value};

/// The most values on one axis.
pub const MAX_VALUES: usize = 24;
/// A range whose ends are this many times apart is cut into equal ratios, others into equal steps.
const TWO_DECADES: f64 = 100.0;

/// A knob and the values it is turned to, smallest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The knob whose values the axis runs through.
    pub knob: KnobId,
    /// Its values, in the knob's unit, all allowed and all different.
    pub values: Vec<f64>,
}

impl Axis {
    /// Reads an axis: a knob's name, `separator`, and `2..120x24` (from, to, how many values) or
    /// `5,10,20` (the values themselves).
    ///
    /// # Errors
    /// If the knob is unknown or has no numbers, or a value is not allowed; the error names it.
    pub fn parse(field: &str, text: &str, separator: char) -> Result<Self, InputError> {
        let wanted = format!("allowed: KNOB{separator}FROM..TOxCOUNT or KNOB{separator}A,B,C");
        let (name, values) = text
            .split_once(separator)
            .ok_or_else(|| InputError::new(field, text, wanted.clone()))?;
        let knob = KnobId::find(name.trim())?;
        let numbers = values_of(values).ok_or_else(|| InputError::new(field, text, wanted))?;
        Self::new(field, knob, numbers)
    }

    fn new(field: &str, knob: KnobId, values: Vec<f64>) -> Result<Self, InputError> {
        let whole = match knob.row().bounds {
            Bounds::Whole(..) => true,
            Bounds::Real(..) | Bounds::Share(..) => false,
            Bounds::Flag | Bounds::Words(_) => {
                return Err(InputError::new(field, knob.name(), "allowed: a knob with numbers"));
            }
        };
        let mut values: Vec<f64> = values
            .into_iter()
            .map(|value| if whole { libm::round(value) } else { value })
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        if !(1..=MAX_VALUES).contains(&values.len()) {
            let allowed = format!("allowed: 1 to {MAX_VALUES} values");
            return Err(InputError::new(field, format!("{} values", values.len()), allowed));
        }
        for value in &values {
            knob.row().check(&Value::Number(*value))?;
        }
        Ok(Self { knob, values })
    }

    /// The axis as it is typed: the knob, an equals sign and the values.
    pub fn typed(&self) -> String {
        self.to_string().replacen(':', "=", 1)
    }

    /// The same axis with a further value in the middle of each gap after the places `changes`.
    pub fn halved(&self, changes: &[usize]) -> Self {
        let middles = changes.iter().filter_map(|&place| {
            let (a, b) = (*self.values.get(place)?, *self.values.get(place + 1)?);
            Some(readable((a + b) / 2.0))
        });
        let mut values: Vec<f64> = self.values.iter().copied().chain(middles).collect();
        if matches!(self.knob.row().bounds, Bounds::Whole(..)) {
            values.iter_mut().for_each(|value| *value = libm::round(*value));
        }
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        Self { knob: self.knob, values }
    }
}

fn values_of(text: &str) -> Option<Vec<f64>> {
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let Some((from, rest)) = text.split_once("..") else {
        return text.split(',').map(number).collect();
    };
    let (to, count) = rest.split_once('x')?;
    let (from, to) = (number(from)?, number(to)?);
    let count: usize =
        count.trim().parse().ok().filter(|count| (2..=MAX_VALUES).contains(count))?;
    let at = |place: usize| {
        let share = place as f64 / (count - 1) as f64;
        if from > 0.0 && to / from >= TWO_DECADES {
            from * libm::pow(to / from, share)
        } else {
            from + (to - from) * share
        }
    };
    (from < to).then(|| (0..count).map(at).map(readable).collect())
}

/// A number with four digits that count: as many as a class reads.
fn readable(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let scale = libm::pow(10.0, 3.0 - libm::floor(libm::log10(libm::fabs(value))));
    libm::round(value * scale) / scale
}

/// As a link says it: the knob, a colon and the values.
impl fmt::Display for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = self.values.iter().map(f64::to_string).collect();
        write!(f, "{}:{}", self.knob.name(), values.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_into_steps_or_into_ratios() {
        let axis = Axis::parse("--sweep", "timeout_toxic_s=2..120x3", '=').expect("it is allowed");
        assert_eq!((axis.knob, axis.values), (KnobId::timeout_toxic_s, vec![2.0, 61.0, 120.0]));
        let axis = Axis::parse("--sweep", "timeout_toxic_s=1..1000x4", '=').expect("it is allowed");
        assert_eq!(axis.values, [1.0, 10.0, 100.0, 1_000.0]);
        let axis = Axis::parse("by", "workers:1..4x24", ':').expect("it is allowed");
        assert_eq!(axis.values, [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn what_a_link_says_of_an_axis_is_read_again() {
        let axis = Axis::parse("by", "toxic_share:0.001..0.05x16", ':').expect("it is allowed");
        assert_eq!(Axis::parse("by", &axis.to_string(), ':'), Ok(axis));
    }

    #[test]
    fn a_gap_is_halved_where_it_is_asked_for() {
        let axis = Axis { knob: KnobId::timeout_toxic_s, values: vec![10.0, 20.0, 40.0] };
        assert_eq!(axis.halved(&[1, 7]).values, [10.0, 20.0, 30.0, 40.0]);
        let whole = Axis { knob: KnobId::workers, values: vec![1.0, 2.0] };
        assert_eq!(whole.halved(&[0]).values, [1.0, 2.0]);
    }

    #[test]
    fn a_wrong_axis_is_refused_by_name() {
        for (text, part) in [
            ("timeout_toxic_s", "KNOB=FROM..TOxCOUNT"),
            ("timeout_toxics=1,2", "timeout_toxic_s"),
            ("fix_health=0,1", "a knob with numbers"),
            ("workers=0..5x6", "workers"),
            ("workers=5..1x3", "KNOB=FROM..TOxCOUNT"),
            ("workers=1..5x25", "KNOB=FROM..TOxCOUNT"),
        ] {
            let error = Axis::parse("--sweep", text, '=').expect_err(text).to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
