//! Knobs in files: their names, and values that the table allows. What it does not know is refused
//! where it stands, so that a reader of files can name the line.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::table::{KnobId, Knobs};
use super::value::Value;

impl<'de> Deserialize<'de> for KnobId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::find(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

impl serde::Serialize for KnobId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl Visitor<'_> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a number or a word")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, word: &str) -> Result<Value, E> {
        Ok(Value::Word(word.to_owned()))
    }
}

/// A table of knobs and values; what it does not name has its default.
impl<'de> Deserialize<'de> for Knobs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Settings)
    }
}

struct Settings;

impl<'de> Visitor<'de> for Settings {
    type Value = Knobs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of knobs and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Knobs, A::Error> {
        let mut knobs = Knobs::default();
        while let Some(knob) = table.next_key()? {
            table.next_value_seed(Setting { knob, knobs: &mut knobs })?;
        }
        Ok(knobs)
    }
}

/// The value of a knob, to be set.
struct Setting<'k> {
    knob: KnobId,
    knobs: &'k mut Knobs,
}

impl<'de> DeserializeSeed<'de> for Setting<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let value = Value::deserialize(from)?;
        self.knobs.set(self.knob, &value).map_err(D::Error::custom)
    }
}
