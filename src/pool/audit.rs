//! Recounts everything from scratch and compares it with the books: the invariants of the pool.

use super::{JobState, Pool, State};

impl Pool {
    /// Every promise that does not hold; empty when all is well. Slow: for tests, and for the
    /// curious.
    pub fn audit(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut expect = |what: &str, booked: u64, counted: u64| {
            if booked != counted {
                faults.push(format!("{what}: booked {booked}, counted {counted}"));
            }
        };
        let in_state = |state| self.jobs.iter().filter(|job| job.state == state).count() as u64;
        let Self { ledger, roster, host, .. } = self;
        expect("delayed jobs", ledger.delayed, in_state(JobState::Delayed));
        expect("queued jobs", ledger.queued, in_state(JobState::Queued));
        expect("jobs in the queue", ledger.queued, self.queue.len() as u64);
        expect("jobs in flight", ledger.in_flight, in_state(JobState::InFlight));
        expect("jobs in workers' hands", ledger.prefetched, in_state(JobState::Prefetched));
        let leases = roster.iter().filter(|record| record.lease.is_some()).count() as u64;
        expect("leases", ledger.in_flight, leases);
        let ends =
            ledger.delayed + ledger.queued + ledger.prefetched + ledger.in_flight + ledger.ended();
        expect("submitted jobs", ledger.submitted, ends);
        let abandoned = self.jobs.iter().filter(|job| job.abandoned).count() as u64;
        expect("abandoned jobs", ledger.abandoned, abandoned);

        let held = |zombies: bool| -> u64 {
            let counts = |record: &&super::Record| zombies || !record.replaced;
            roster.iter().filter(counts).map(|record| u64::from(record.mib)).sum()
        };
        expect("memory", host.workers_mib, held(true));
        expect("registered memory", host.registered_mib, held(false));
        let runnable = roster.iter().filter(|record| record.runs).count() as u64;
        expect("runnable workers", u64::from(host.runnable), runnable);
        let zombies = roster.iter().filter(|record| record.replaced).count() as u64;
        expect("zombies", u64::from(roster.zombies()), zombies);
        expect("workers present", u64::from(roster.present()), roster.iter().count() as u64);
        let killed = roster.iter().filter(|record| record.state == State::Killed).count() as u64;
        expect("killed and not reaped", 0, killed);
        let owners = roster.slots().iter().flatten();
        let gone = owners.filter(|who| roster.find(**who).is_none()).count() as u64;
        expect("slots whose owner is not there", 0, gone);
        faults.extend(self.audit_connections());
        faults.extend(self.audit_prefetched());
        faults
    }
}
