//! Values and tables of a scenario file, each with the place at which it stands: what is wrong is
//! told with that place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::knobs::{InputError, Value};
use crate::run::check::{self, MAX_SECONDS};

/// What is wrong with a file, and at which of its bytes.
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: String,
}

/// What was read, or what is wrong with it.
pub(super) type Read<T> = Result<T, Fault>;

/// A table, all of whose keys are known.
pub(super) struct Table<'a> {
    at: usize,
    values: &'a DeTable<'a>,
}

/// A value of a file.
#[derive(Clone, Copy)]
pub(super) struct Item<'a>(&'a Spanned<DeValue<'a>>);

impl<'a> Table<'a> {
    /// The table that begins at the byte `at`.
    pub(super) fn new(at: usize, values: &'a DeTable<'a>, known: &[&str]) -> Read<Self> {
        let unknown = values.keys().filter(|key| !known.contains(&&**key.get_ref()));
        match unknown.min_by_key(|key| key.span().start) {
            None => Ok(Self { at, values }),
            Some(key) => Err(Fault {
                at: key.span().start,
                what: format!(
                    "unknown field `{}`, expected one of `{}`",
                    key.get_ref(),
                    known.join("`, `")
                ),
            }),
        }
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Item<'a>> {
        self.values.get(key).map(Item)
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &str) -> Read<Item<'a>> {
        self.get(key).ok_or_else(|| self.fault(format!("missing field `{key}`")))
    }

    /// Something that is wrong with the table as a whole.
    pub(super) fn fault(&self, what: String) -> Fault {
        Fault { at: self.at, what }
    }
}

impl<'a> Item<'a> {
    /// A value of a table that was read as a whole.
    pub(super) fn new(value: &'a Spanned<DeValue<'a>>) -> Self {
        Self(value)
    }

    /// Something that is wrong with the value.
    pub(super) fn fault(self, what: impl ToString) -> Fault {
        Fault { at: self.0.span().start, what: what.to_string() }
    }

    fn other_than(self, expected: &str) -> Fault {
        let given = match self.0.get_ref() {
            DeValue::String(text) => format!("{text:?}"),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(flag) => flag.to_string(),
            other => other.type_str().to_owned(),
        };
        self.fault(format!("expected {expected}, not `{given}`"))
    }

    /// A table with no other keys than these.
    pub(super) fn table(self, known: &[&str], expected: &str) -> Read<Table<'a>> {
        Table::new(self.0.span().start, self.all(expected)?, known)
    }

    /// A table with any keys.
    pub(super) fn all(self, expected: &str) -> Read<&'a DeTable<'a>> {
        self.0.get_ref().as_table().ok_or_else(|| self.other_than(expected))
    }

    /// A list of tables.
    pub(super) fn list(self) -> Read<impl Iterator<Item = Item<'a>>> {
        const EXPECTED: &str = "a list of tables, each after a heading such as `[[commands]]`";
        let list = self.0.get_ref().as_array().ok_or_else(|| self.other_than(EXPECTED))?;
        Ok(list.iter().map(Item))
    }

    /// Any text.
    pub(super) fn text(self) -> Read<&'a str> {
        self.0.get_ref().as_str().ok_or_else(|| self.other_than("a string"))
    }

    /// A text of one line, no longer than `max` characters.
    pub(super) fn line(self, max: usize) -> Read<String> {
        let text = self.text()?;
        check::line("text", text, max).map_err(|error| self.fault(error))?;
        Ok(text.to_owned())
    }

    /// One of some words, each with what it stands for.
    pub(super) fn word<T>(self, words: impl IntoIterator<Item = (&'static str, T)>) -> Read<T> {
        let given = self.0.get_ref().as_str();
        let mut known = Vec::new();
        for (word, meaning) in words {
            if given == Some(word) {
                return Ok(meaning);
            }
            known.push(format!("`{word}`"));
        }
        let known = known.join(" or ");
        Err(match given {
            Some(word) => self.fault(format!("expected {known}, not `{word}`")),
            None => self.other_than(&known),
        })
    }

    /// A whole number from `min` to `max`.
    pub(super) fn whole(self, min: u64, max: u64) -> Read<u64> {
        let number = self
            .0
            .get_ref()
            .as_integer()
            .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
        let allowed = number.filter(|number| (min..=max).contains(number));
        allowed.ok_or_else(|| self.other_than(&format!("a whole number, {min} to {max}")))
    }

    /// A number, which must be from `min` to `max`.
    pub(super) fn number(self, min: f64, max: f64) -> Read<f64> {
        let allowed = self.any_number().filter(|number| (min..=max).contains(number));
        allowed.ok_or_else(|| self.other_than(&format!("a number, {min} to {max} s")))
    }

    /// A time since the run began, in seconds.
    pub(super) fn time(self) -> Read<f64> {
        self.number(0.0, MAX_SECONDS)
    }

    fn any_number(self) -> Option<f64> {
        match self.0.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(|number| number as f64),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        }
    }

    /// A knob's value, which the knob must still allow.
    pub(super) fn value(self) -> Read<Value> {
        match self.0.get_ref() {
            DeValue::Boolean(flag) => Ok(Value::Flag(*flag)),
            DeValue::String(word) => Ok(Value::Word(word.to_string())),
            _ => self
                .any_number()
                .map(Value::Number)
                .ok_or_else(|| self.other_than("true, false, a number or a word")),
        }
    }
}

impl From<(usize, InputError)> for Fault {
    fn from((at, error): (usize, InputError)) -> Self {
        Self { at, what: error.to_string() }
    }
}
