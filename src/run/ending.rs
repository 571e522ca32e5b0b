//! How a run with a number of jobs ends.

use super::Run;
use crate::kernel::{Duration, Instant};
use crate::pool::Line;

/// Why a run with a number of jobs goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All jobs have arrived, those of bursts included, and none is left.
    Done,
    /// The host is dead, so that the jobs that are left never end.
    HostDied,
    /// For [`STALLED_AFTER`] nothing was under way that could end a job.
    Stalled,
}

/// How long a run is given, in virtual time, in which nothing is under way that could end a job:
/// workers may yet be found hung, be replaced, or start.
pub const STALLED_AFTER: Duration = Duration::secs(3_600);

/// Looks for the end of a run with a number of jobs (the knob `job_limit`).
#[derive(Clone, Debug, Default)]
pub struct EndWatch {
    stuck_since: Option<Instant>,
}

impl EndWatch {
    /// Looks at the run; call it again and again as the run goes on. `None` while jobs may still
    /// end, and for a run without a number of jobs.
    pub fn look(&mut self, run: &Run) -> Option<Ending> {
        if run.pool().knobs.job_limit == 0 {
            return None;
        }
        if run.is_done() {
            return Some(Ending::Done);
        }
        if run.has_commands_ahead() {
            self.stuck_since = None;
            return None;
        }
        if run.pool().host().dead {
            return Some(Ending::HostDied);
        }
        if may_end_a_job(run) {
            self.stuck_since = None;
            return None;
        }
        let since = *self.stuck_since.get_or_insert(run.now());
        (run.now().saturating_since(since) >= STALLED_AFTER).then_some(Ending::Stalled)
    }
}

/// Whether anything is under way that leads to the end of a job: a job that will arrive, a client
/// that will try again, a delivery that will be made again, a deadline that will be heard, a host
/// that starts again, or a worker that works.
fn may_end_a_job(run: &Run) -> bool {
    let (knobs, ledger) = (&run.pool().knobs, run.pool().ledger());
    let more_arrive = knobs.arrival_rate > 0.0 && !run.all_arrived();
    let deadline_runs = knobs.fix_timeouts && ledger.in_flight + ledger.prefetched > 0;
    let works = |index| run.worker_at(index).is_some_and(|w| matches!(w.line(), Line::Work(_)));
    let in_hand = |index| run.pool().waiting_in(index) > 0;
    let mut busy = (run.pool().roster().iter())
        .filter(|record| record.lease.is_some() || in_hand(record.who.task.index));
    more_arrive
        || run.pool().returning_clients() > 0
        || ledger.delayed > 0
        || deadline_runs
        || run.pool().host().restarts
        || busy.any(|record| works(record.who.task.index))
}
