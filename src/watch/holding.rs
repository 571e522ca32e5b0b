//! Who of the registered workers holds how much memory, counted when somebody looks.

use crate::pool::{Pool, State, WorkerRef};

/// The registered workers at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holding {
    /// Memory of those that do nothing and do not hang, in MiB.
    pub(super) idle_mib: u64,
    /// Memory of those that hang, in MiB.
    pub(super) hung_mib: u64,
    /// Those that hang.
    pub(super) hung: u32,
}

impl Holding {
    /// Looks at every worker.
    pub(super) fn read(pool: &Pool, is_hung: impl Fn(WorkerRef) -> bool) -> Self {
        let mut seen = Self::default();
        for record in pool.roster().iter().filter(|record| !record.replaced) {
            if is_hung(record.who) {
                seen.hung += 1;
                seen.hung_mib += u64::from(record.mib);
            } else if matches!(record.state, State::Idle | State::Starting) {
                seen.idle_mib += u64::from(record.mib);
            }
        }
        seen
    }
}
