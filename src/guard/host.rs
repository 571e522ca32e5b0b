//! A host that is out of memory. What follows was decided by the knob `out_of_memory` when it was
//! declared (see `pool/oom.rs`); here it is carried out.

use super::Guards;
use super::verdict::{Alarm, Verdict};
use crate::kernel::Cx;
use crate::knobs::OutOfMemory;
use crate::pool::{KillReason, Pool, WorkerRef, order};

impl Guards {
    /// The host is out of memory: the supervisor is called, and called again when it is to be up.
    pub(super) fn watch_host<T>(&mut self, then: OutOfMemory, pool: &Pool, cx: &mut Cx<'_, T>) {
        match then {
            OutOfMemory::LargestDies => self.judge(Verdict::FreeMemory, cx),
            OutOfMemory::PoolDies => cx.notify_one(order::SUPERVISOR),
            OutOfMemory::Restart => {
                cx.notify_one(order::SUPERVISOR);
                let up = cx.now + pool.knobs.restart_after_s;
                cx.arm(up, order::SUPERVISION, self.supervisor, Alarm::ComeUp.token());
            }
        }
    }

    /// Kills the largest worker of a full host.
    pub(super) fn free_memory<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if pool.host().is_full()
            && let Some(who) = pool.roster().largest().map(|record| record.who)
        {
            self.kill(who, KillReason::OutOfMemory, pool, cx);
        }
    }

    /// Nothing runs on the host any more.
    pub(super) fn bury_all<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        self.verdicts.clear();
        let all: Vec<WorkerRef> = pool.roster().iter().map(|record| record.who).collect();
        for who in all {
            self.kill(who, KillReason::HostDied, pool, cx);
        }
    }

    /// The host has started again: empty slots may be filled.
    pub(super) fn come_up<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        self.bury_all(pool, cx);
        pool.come_up();
    }
}
