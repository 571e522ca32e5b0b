//! What was wrong with an input: which field, what was given, what is allowed.

use std::fmt;

/// A refused input. Displays as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// What was being set, such as ``knob `workers` ``.
    pub field: String,
    /// The value that was refused, as it was given.
    pub given: String,
    /// What is allowed, or what to do instead.
    pub allowed: String,
}

impl InputError {
    /// An error in `field`.
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

    /// An error for a name that is not in a list, with the nearest name as a suggestion. If none is
    /// near, a short list is told; of a long one, where it is.
    pub fn unknown<'a>(
        what: &str,
        given: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        let allowed = match nearest(given, known.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let known: Vec<&str> = known.into_iter().collect();
                match known.len() {
                    0..=MAX_LISTED => format!("known: {}", known.join(", ")),
                    count => format!(
                        "it is none of the {count} names known here; `zombie-workers knobs`, \
                         `… scenarios` and the README list them"
                    ),
                }
            }
        };
        Self::new(what, given, allowed)
    }
}

/// The longest list of names that stands in a message.
const MAX_LISTED: usize = 20;

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: got `{}`; {}", self.field, self.given, self.allowed)
    }
}

impl std::error::Error for InputError {}

/// The name most like `given`, if one is like it at all: more of it is right than wrong.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(given, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 3 && 2 * distance < name.len())
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_like_what_was_given() {
        let known = ["b", "t", "do", "seed", "workers", "toxic_share"];
        let near = |given| nearest(given, known);
        assert_eq!(near("wrokers"), Some("workers"));
        assert_eq!(near("toxic_shar"), Some("toxic_share"));
        assert_eq!(near("sed"), Some("seed"));
        for unlike in ["%", "x", "", "explode"] {
            assert_eq!(near(unlike), None, "{unlike}");
        }
    }

    #[test]
    fn a_long_list_is_not_told_but_named() {
        let many: Vec<String> = (0..80).map(|n| format!("knob_number_{n}")).collect();
        let error = InputError::unknown("knob", "explode", many.iter().map(String::as_str));
        assert!(error.to_string().len() < 200, "{error}");
        assert!(error.allowed.contains("80 names") && error.allowed.contains("README"), "{error}");
        let error = InputError::unknown("theme", "pinkish", ["light", "dark"]);
        assert_eq!(error.allowed, "known: light, dark");
    }
}
