//! Scenario files: TOML, read and written by serde and the crate `toml`.

mod entry;
mod write;

use super::Scenario;
use crate::knobs::InputError;

/// The largest file that is read, in bytes: about twice what a tape with as many commands as there
/// may be needs.
const MAX_BYTES: usize = 1 << 20;

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// If it is not TOML, or says something that is not allowed; the error names the line.
    pub fn from_toml(text: &str) -> Result<Self, InputError> {
        if text.len() > MAX_BYTES {
            let given = format!("{} bytes", text.len());
            let allowed = format!("allowed: at most {MAX_BYTES}");
            return Err(InputError::new("scenario file", given, allowed));
        }
        let scenario: Self = toml::from_str(text).map_err(|error| at_line(text, &error))?;
        scenario.check()?;
        Ok(scenario)
    }

    /// Writes a scenario file that [`Scenario::from_toml`] reads.
    pub fn to_toml(&self) -> String {
        write::write(self)
    }
}

/// What is wrong, with the line at which it is.
fn at_line(text: &str, error: &toml::de::Error) -> InputError {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let given = text.lines().nth(before).unwrap_or_default().trim();
    InputError::new(format!("scenario file, line {}", before + 1), given, error.message())
}
