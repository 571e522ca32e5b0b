//! What is allowed of the plain values of scenarios, whether they come from code or from a file.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::knobs::InputError;

/// The longest that a run may be told to go, in seconds: thirty days.
pub(super) const MAX_SECONDS: f64 = 30.0 * 86_400.0;
/// The longest name, in characters.
pub(super) const MAX_NAME: usize = 60;
/// The longest line of a story, in characters.
pub(super) const MAX_LINE: usize = 300;

/// Checks a time since the run began, in seconds.
pub(super) fn time(field: &str, seconds: f64) -> Result<(), InputError> {
    if (0.0..=MAX_SECONDS).contains(&seconds) {
        return Ok(());
    }
    Err(InputError::new(field, seconds, format!("allowed: 0 to {MAX_SECONDS} s")))
}

/// Checks a text that is shown in one line, also by terminals, which obey control characters.
pub(super) fn line(field: &str, text: &str, max: usize) -> Result<(), InputError> {
    if text.chars().count() <= max && !text.contains(char::is_control) {
        return Ok(());
    }
    let allowed =
        format!("allowed: one line of at most {max} characters, none a control character");
    Err(InputError::new(field, text, allowed))
}

/// Reads a time in seconds.
pub(super) fn read_time<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    from.deserialize_f64(Seconds)
}

/// Reads a list of tables.
pub(super) fn read_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    from.deserialize_seq(List(PhantomData))
}

/// Reads a text of one line.
pub(super) fn read_line<'de, const MAX: usize, D: Deserializer<'de>>(
    from: D,
) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    line("text", &text, MAX).map_err(D::Error::custom)?;
    Ok(text)
}

/// Reads a whole number from `MIN` to `MAX`.
pub(super) fn read_whole<'de, const MIN: u64, const MAX: u64, D: Deserializer<'de>>(
    from: D,
) -> Result<u64, D::Error> {
    from.deserialize_u64(Whole::<MIN, MAX>)
}

/// Reads the number of a worker or a job.
pub(super) fn read_id<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let id = from.deserialize_u64(Whole::<0, { u32::MAX as u64 }>)?;
    u32::try_from(id).map_err(D::Error::custom)
}

struct Seconds;

impl Visitor<'_> for Seconds {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number, 0 to {MAX_SECONDS} s")
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<f64, E> {
        time("", seconds).map_err(|_| E::invalid_value(Unexpected::Float(seconds), &self))?;
        Ok(seconds)
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<f64, E> {
        self.visit_f64(seconds as f64)
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of tables, each after a heading such as `[[commands]]`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut tables: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = tables.next_element()? {
            list.push(one);
        }
        Ok(list)
    }
}

struct Whole<const MIN: u64, const MAX: u64>;

impl<const MIN: u64, const MAX: u64> Visitor<'_> for Whole<MIN, MAX> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number, {MIN} to {MAX}")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        let allowed = (MIN..=MAX).contains(&number);
        let wrong = || E::invalid_value(Unexpected::Unsigned(number), &self);
        allowed.then_some(number).ok_or_else(wrong)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        let wrong = |_| E::invalid_value(Unexpected::Signed(number), &self);
        u64::try_from(number).map_err(wrong).and_then(|number| self.visit_u64(number))
    }
}
