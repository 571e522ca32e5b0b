//! A place in a scenario file: what it says, taken as what is wanted there, or a fault that names
//! the line.

use toml_span::Value as Toml;
use toml_span::value::{Key, ValueInner};

use crate::knobs::{Fault, Value};

/// A value of the file, with its name.
pub(super) struct Item<'t> {
    file: &'t str,
    /// What it is called; in a list, what the list is called.
    pub name: &'t str,
    at: usize,
    value: &'t Toml<'t>,
}

/// A fault of a file, at this byte.
pub(super) fn fault(file: &str, at: usize, what: &str) -> Fault {
    let line = file.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let given = file.lines().nth(line).unwrap_or_default().trim();
    Fault::new(format!("scenario file, line {}", line + 1), given, what)
}

impl<'t> Item<'t> {
    /// The whole file.
    pub fn root(file: &'t str, value: &'t Toml<'t>) -> Self {
        Self { file, name: "scenario", at: 0, value }
    }

    /// Adds the line to a fault of what is said here.
    pub fn refuse(&self, what: &Fault) -> Fault {
        fault(self.file, self.at, &what.to_string())
    }

    fn wanted(&self, allowed: &str) -> Fault {
        let span = self.value.span;
        let given = self.file.get(span.start..span.end).unwrap_or_default();
        self.refuse(&Fault::new(format!("`{}`", self.name), given, format!("allowed: {allowed}")))
    }

    fn entry(&self, key: &'t Key<'t>, value: &'t Toml<'t>) -> Item<'t> {
        Item { file: self.file, name: &key.name, at: key.span.start, value }
    }

    /// Everything in a table.
    pub fn entries(&self) -> Result<Vec<Item<'t>>, Fault> {
        let table = self.value.as_table().ok_or_else(|| self.wanted("a table"))?;
        let entry = |(key, value): (&'t Key<'t>, &'t Toml<'t>)| self.entry(key, value);
        Ok(table.iter().map(entry).collect())
    }

    /// Refuses what is no table, or has other keys than these.
    pub fn only(&self, known: &[&str]) -> Result<(), Fault> {
        match self.entries()?.iter().find(|entry| !known.contains(&entry.name)) {
            Some(entry) => {
                let what = format!("key of `{}`", self.name);
                Err(entry.refuse(&Fault::unknown(&what, entry.name, known.iter().copied())))
            }
            None => Ok(()),
        }
    }

    /// What a table says under this key.
    pub fn find(&self, key: &str) -> Option<Item<'t>> {
        let (key, value) = self.value.as_table()?.get_key_value(key)?;
        Some(self.entry(key, value))
    }

    /// What a table must say under this key.
    pub fn need(&self, key: &str) -> Result<Item<'t>, Fault> {
        let missing = || Fault::new(format!("`{}`", self.name), "", format!("`{key}` is missing"));
        self.find(key).ok_or_else(|| self.refuse(&missing()))
    }

    /// The tables of a list.
    pub fn list(&self) -> Result<Vec<Item<'t>>, Fault> {
        let wanted = || self.wanted(&format!("a list of tables, each after `[[{}]]`", self.name));
        let list = self.value.as_array().ok_or_else(wanted)?;
        let item = |value: &'t Toml<'t>| Item { at: value.span.start, value, ..*self };
        Ok(list.iter().map(item).collect())
    }

    /// A text.
    pub fn text(&self) -> Result<&'t str, Fault> {
        self.value.as_str().ok_or_else(|| self.wanted("a text in quotes"))
    }

    /// Any number.
    pub fn number(&self) -> Result<f64, Fault> {
        match *self.value.as_ref() {
            ValueInner::Integer(whole) => Ok(whole as f64),
            ValueInner::Float(number) => Ok(number),
            _ => Err(self.wanted("a number")),
        }
    }

    /// A whole number from 0 to `most`.
    pub fn whole(&self, most: u64) -> Result<u64, Fault> {
        let whole = self.value.as_integer().and_then(|whole| u64::try_from(whole).ok());
        let wanted = || self.wanted(&format!("a whole number, 0 to {most}"));
        whole.filter(|whole| *whole <= most).ok_or_else(wanted)
    }

    /// A knob's value.
    pub fn value(&self) -> Result<Value, Fault> {
        match self.value.as_ref() {
            ValueInner::Boolean(flag) => Ok(Value::Flag(*flag)),
            ValueInner::String(word) => Ok(Value::Word(word.clone().into_owned())),
            ValueInner::Integer(_) | ValueInner::Float(_) => self.number().map(Value::Number),
            _ => Err(self.wanted("true, false, a number or a word")),
        }
    }
}
