//! What may stand behind a `|`: the few filters that a look at a pool needs.

use crate::knobs::InputError;

/// A filter, as its tool of that name does it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    /// Lines in which the text stands.
    Grep(String),
    /// The first so many lines.
    Head(usize),
    /// The last so many lines.
    Tail(usize),
    /// How many lines there are.
    Count,
    /// The lines in the order of their bytes.
    Sort,
}

/// As `head` and `tail` have it.
const LINES: usize = 10;

impl Filter {
    /// Reads what stands between two `|`.
    ///
    /// # Errors
    /// If it is no filter; the error names the nearest.
    pub(super) fn read(text: &str) -> Result<Self, InputError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["grep", pattern] => Ok(Self::Grep(pattern.trim_matches(['\'', '"']).to_owned())),
            ["wc", "-l"] => Ok(Self::Count),
            ["sort"] => Ok(Self::Sort),
            ["head"] => Ok(Self::Head(LINES)),
            ["tail"] => Ok(Self::Tail(LINES)),
            ["head", "-n", count] => lines(count).map(Self::Head),
            ["tail", "-n", count] => lines(count).map(Self::Tail),
            _ => {
                let filters = ["grep TEXT", "head -n N", "tail -n N", "wc -l", "sort"];
                Err(InputError::unknown("filter", text.trim(), filters))
            }
        }
    }

    /// What it lets through.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        match self {
            Self::Grep(pattern) => lines.retain(|line| line.contains(pattern)),
            Self::Head(count) => lines.truncate(*count),
            Self::Tail(count) => drop(lines.drain(..lines.len().saturating_sub(*count))),
            Self::Count => return lines.len().to_string(),
            Self::Sort => lines.sort_unstable(),
        }
        lines.join("\n")
    }
}

fn lines(count: &str) -> Result<usize, InputError> {
    count.parse().map_err(|_| InputError::new("lines", count, "allowed: a whole number, 0 or more"))
}
