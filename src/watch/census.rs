//! One look at every worker: what is in progress, how many can work, and what the slot owners hold.
//! Keeping count at each start and end would cost more: there are thousands of these to a look.

use super::GroundTruth;
use crate::kernel::{Duration, Instant};
use crate::pool::{Pool, Record, State};

/// The workers of a pool at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Jobs in progress for longer than `hung_after_s`, in current workers and in zombies.
    pub hung_jobs: u32,
    /// Age of the oldest attempt in progress.
    pub oldest_in_progress: Duration,
    /// Longest time that a worker which has started up has given no sign of life.
    pub longest_silence: Duration,
    /// Workers that own a slot.
    pub registered: u32,
    /// Slot owners that have started up and do not hang, in truth: they can work.
    pub active: u32,
    /// Slot owners that start up for the first time, not in the place of another.
    pub filling: u32,
    /// Slot owners that hang, in truth.
    pub hung_in_slots: u32,
    /// Memory of all slot owners, in MiB.
    pub registered_mib: u64,
    /// Memory of slot owners that neither work nor hang, in MiB.
    pub idle_mib: u64,
    /// Memory of slot owners that hang, in MiB.
    pub hung_mib: u64,
}

impl Census {
    /// Looks at every worker.
    pub fn take(now: Instant, pool: &Pool, truth: &GroundTruth) -> Self {
        let mut census = Self::default();
        for record in pool.roster().iter() {
            census.observe(record, now, pool, truth);
        }
        census
    }

    /// Looks at one worker.
    #[inline]
    pub(super) fn observe(
        &mut self,
        record: &Record,
        now: Instant,
        pool: &Pool,
        truth: &GroundTruth,
    ) {
        if let Some(lease) = record.lease {
            let age = now.saturating_since(lease.since);
            self.hung_jobs += u32::from(age > pool.knobs.hung_after_s);
            self.oldest_in_progress = self.oldest_in_progress.max(age);
        }
        if record.state != State::Starting {
            let silence = now.saturating_since(record.last_beat);
            self.longest_silence = self.longest_silence.max(silence);
        }
        // A worker whose slot was taken away, or given to another, is none of the pool's own.
        if pool.roster().slots().get(record.slot as usize) != Some(&Some(record.who)) {
            return;
        }
        let (hung, mib) = (truth.is_hung(record.who), u64::from(record.mib));
        let starting = record.state == State::Starting;
        self.registered += 1;
        self.registered_mib += mib;
        self.active += u32::from(!hung && !starting);
        self.filling += u32::from(!hung && starting && truth.fills(record.who));
        if hung {
            self.hung_in_slots += 1;
            self.hung_mib += mib;
        } else if starting || record.state == State::Idle {
            self.idle_mib += mib;
        }
    }
}
