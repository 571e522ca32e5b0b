//! What was wrong with an input: which field, what was given, what is allowed.

use std::fmt;

/// A refused input. Displays as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// What was being set, such as ``knob `workers` ``.
    pub field: String,
    /// What was given.
    pub given: String,
    /// What is allowed, or what to do instead.
    pub allowed: String,
}

impl InputError {
    /// A fault in `field`.
    pub fn new(
        field: impl Into<String>,
        given: impl fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        // What was given may be anything, of any length: keep the message one readable line.
        let clean = one_line(&given.to_string());
        let mut short: String = clean.chars().take(60).collect();
        if short.len() < clean.len() {
            short.push('…');
        }
        Self { field: field.into(), given: short, allowed: one_line(&allowed.into()) }
    }

    /// A fault for a name that is not in a list, with the nearest name as a suggestion.
    pub fn unknown<'a>(
        what: &str,
        given: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        let allowed = match nearest(given, known.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("known: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        Self::new(what, given, allowed)
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: got `{}`; {}", self.field, self.given, self.allowed)
    }
}

impl std::error::Error for InputError {}

/// The name most like `given`, if one is like it at all.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(given, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 3)
        .min()
        .map(|(_, name)| name)
}
