//! Scenario files: TOML, parsed by the crate `toml`.
//!
//! What stands in a file is read from the parser's own tree, value by value, and not through serde:
//! a deserializer for each type made a fifth of the page's code.

mod read;
mod table;
mod write;

use toml::de::DeTable;

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
        let file = DeTable::parse(text).map_err(|error| {
            at_line(text, error.span().map_or(0, |span| span.start), error.message())
        })?;
        let scenario =
            read::scenario(&file).map_err(|fault| at_line(text, fault.at, &fault.what))?;
        scenario.check()?;
        Ok(scenario)
    }

    /// Writes a scenario file that [`Scenario::from_toml`] reads.
    pub fn to_toml(&self) -> String {
        write::write(self)
    }
}

/// What is wrong at a byte of the file, with the line in which that is.
fn at_line(text: &str, at: usize, what: &str) -> InputError {
    let before = text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let given = text.lines().nth(before).unwrap_or_default().trim();
    InputError::new(format!("scenario file, line {}", before + 1), given, what)
}
