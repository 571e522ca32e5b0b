//! Why the command line gives up.

use std::io;

use crate::knobs::InputError;

/// Why the command line gives up.
#[derive(Debug)]
pub enum Failure {
    /// Something that was asked for is not allowed.
    Input(InputError),
    /// Standard output cannot be written to. That its reader went away (`| head`) is no error.
    Output(io::Error),
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
