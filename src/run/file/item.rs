//! A place in a scenario file: what it says, taken as what is wanted there, or a fault that names
//! the line.

use super::toml::{Entry, Toml, What};
use crate::knobs::{InputError, Value};

/// A value of the file, with its name.
pub(super) struct Item<'t> {
    file: &'t str,
    /// What it is called; in a list, what the list is called.
    pub name: &'t str,
    at: usize,
    value: &'t Toml,
}

/// A fault of a file, at this byte.
pub(super) fn error(file: &str, at: usize, what: &str) -> InputError {
    let line = file.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let given = file.lines().nth(line).unwrap_or_default().trim();
    InputError::new(format!("scenario file, line {}", line + 1), given, what)
}

impl<'t> Item<'t> {
    /// The whole file.
    pub fn root(file: &'t str, value: &'t Toml) -> Self {
        Self { file, name: "scenario", at: 0, value }
    }

    /// Adds the line to a fault of what is said here.
    pub fn refuse(&self, what: &InputError) -> InputError {
        error(self.file, self.at, &what.to_string())
    }

    fn wanted(&self, allowed: &str) -> InputError {
        let given = self.file.get(self.value.start..self.value.end).unwrap_or_default();
        self.refuse(&InputError::new(
            format!("`{}`", self.name),
            given,
            format!("allowed: {allowed}"),
        ))
    }

    fn table(&self) -> Result<&'t [Entry], InputError> {
        match &self.value.what {
            What::Table(entries) => Ok(entries),
            _ => Err(self.wanted("a table")),
        }
    }

    fn entry(&self, entry: &'t Entry) -> Item<'t> {
        Item { file: self.file, name: &entry.name, at: entry.at, value: &entry.value }
    }

    /// Everything in a table.
    pub fn entries(&self) -> Result<Vec<Item<'t>>, InputError> {
        Ok(self.table()?.iter().map(|entry| self.entry(entry)).collect())
    }

    /// Refuses what is no table, or has other keys than these.
    pub fn only(&self, known: &[&str]) -> Result<(), InputError> {
        match self.entries()?.iter().find(|entry| !known.contains(&entry.name)) {
            Some(entry) => {
                let what = format!("key of `{}`", self.name);
                Err(entry.refuse(&InputError::unknown(&what, entry.name, known.iter().copied())))
            }
            None => Ok(()),
        }
    }

    /// What a table says under this key.
    pub fn find(&self, key: &str) -> Option<Item<'t>> {
        let entry = self.table().ok()?.iter().find(|entry| entry.name == key)?;
        Some(self.entry(entry))
    }

    /// What a table must say under this key.
    pub fn need(&self, key: &str) -> Result<Item<'t>, InputError> {
        let missing =
            || InputError::new(format!("`{}`", self.name), "", format!("`{key}` is missing"));
        self.find(key).ok_or_else(|| self.refuse(&missing()))
    }

    /// The tables of a list.
    pub fn list(&self) -> Result<Vec<Item<'t>>, InputError> {
        let What::List(list) = &self.value.what else {
            return Err(self.wanted(&format!("a list of tables, each after `[[{}]]`", self.name)));
        };
        Ok(list.iter().map(|value| Item { at: value.start, value, ..*self }).collect())
    }

    /// A text.
    pub fn text(&self) -> Result<&'t str, InputError> {
        match &self.value.what {
            What::Text(text) => Ok(text),
            _ => Err(self.wanted("a text in quotes")),
        }
    }

    /// Any number.
    pub fn number(&self) -> Result<f64, InputError> {
        match self.value.what {
            What::Whole(whole) => Ok(whole as f64),
            What::Number(number) => Ok(number),
            _ => Err(self.wanted("a number")),
        }
    }

    /// A whole number from 0 to `most`.
    pub fn whole(&self, max: u64) -> Result<u64, InputError> {
        match self.value.what {
            What::Whole(whole @ 0..) if whole as u64 <= max => Ok(whole as u64),
            _ => Err(self.wanted(&format!("a whole number, 0 to {max}"))),
        }
    }

    /// A knob's value.
    pub fn value(&self) -> Result<Value, InputError> {
        match &self.value.what {
            What::Flag(flag) => Ok(Value::Flag(*flag)),
            What::Text(word) => Ok(Value::Word(word.clone())),
            What::Whole(_) | What::Number(_) => self.number().map(Value::Number),
            _ => Err(self.wanted("true, false, a number or a word")),
        }
    }
}
