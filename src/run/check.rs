//! What is allowed of the plain values of scenarios, whether they come from code or from a file.

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
