//! An alert: inactive, pending, firing, resolved, as Prometheus evaluates its rules.

use crate::kernel::{Duration, Instant};

/// Where an alert stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertState {
    /// Its condition does not hold, and has not held lately.
    #[default]
    Inactive,
    /// Its condition holds, but not yet for long enough.
    Pending {
        /// Since when it holds.
        since: Instant,
    },
    /// Its condition has held for long enough.
    Firing {
        /// Since when it fires.
        since: Instant,
    },
    /// It fired, and its condition holds no longer.
    Resolved {
        /// When it stopped to hold.
        at: Instant,
    },
}

impl AlertState {
    /// The states by name.
    pub const NAMES: [&'static str; 4] = ["inactive", "pending", "firing", "resolved"];

    /// The state after one evaluation of the rule (Prometheus, `rules/alerting.go`, `Eval`).
    pub fn evaluate(self, holds: bool, now: Instant, hold_for: Duration) -> Self {
        match (self, holds) {
            (Self::Firing { .. }, true) => self,
            (Self::Pending { since }, true) if now.saturating_since(since) >= hold_for => {
                Self::Firing { since: now }
            }
            (Self::Pending { .. }, true) => self,
            (Self::Inactive | Self::Resolved { .. }, true) if hold_for == Duration::ZERO => {
                Self::Firing { since: now }
            }
            (Self::Inactive | Self::Resolved { .. }, true) => Self::Pending { since: now },
            (Self::Firing { .. }, false) => Self::Resolved { at: now },
            (Self::Pending { .. }, false) => Self::Inactive,
            (Self::Inactive | Self::Resolved { .. }, false) => self,
        }
    }

    /// The state in a word, as Prometheus says it; a resolved alert is inactive there.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Pending { .. } => "pending",
            Self::Firing { .. } => "firing",
            Self::Resolved { .. } => "resolved",
        }
    }

    /// Whether the alert has been pending for its whole `for` and fires now.
    pub fn is_firing(self) -> bool {
        matches!(self, Self::Firing { .. })
    }
}
