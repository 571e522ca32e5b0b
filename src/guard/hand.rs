//! The clock of what a worker has fetched and not begun.

use crate::kernel::Instant;

/// When the clock of a worker's hand rings; never, if it is not set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandClock(pub Instant);

impl Default for HandClock {
    fn default() -> Self {
        Self(Instant::NEVER)
    }
}
