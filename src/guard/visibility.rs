//! Fix 1 also counts for jobs that wait in a worker's hand: a job that was fetched may be out of
//! sight for as long as its kind may run (SQS's visibility timeout, Celery's
//! `visibility_timeout`), then it is given out again. The clock runs from the fetch; once a worker
//! begins a job, its deadline counts from there.

use super::Guards;
use super::verdict::Alarm;
use crate::kernel::{Cx, Instant};
use crate::pool::{Pool, order};

impl Guards {
    /// A worker fetched jobs, or knobs were turned: its clock is set for the first that is due.
    pub(super) fn watch_hand<T>(&mut self, place: u32, pool: &Pool, cx: &mut Cx<'_, T>) {
        if !self.on.timeouts {
            return;
        }
        let Some(due) = pool.next_taken_back(place) else { return };
        let due = due.max(cx.now);
        let clock = self.hands.at(place);
        if due < clock.0 {
            clock.0 = due;
            let token = Alarm::TakeBack(place).token();
            cx.arm(due, order::DEADLINES, self.supervisor, token);
        }
    }

    /// A worker's clock has rung: what is due is taken back, and given out again. A clock that was
    /// set anew meanwhile for an earlier time says nothing.
    pub(super) fn look_in_hand<T>(&mut self, place: u32, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if self.hands.at(place).0 > cx.now {
            return;
        }
        self.hands.at(place).0 = Instant::NEVER;
        if !self.on.timeouts {
            return;
        }
        let Some(who) = pool.roster().get(place).map(|record| record.who) else { return };
        for lost in pool.take_back(who, cx.now) {
            self.lost(lost, pool, cx);
        }
        self.watch_hand(place, pool, cx);
    }

    /// Timeouts were switched on or turned: all clocks are set by the knobs of now.
    pub(super) fn watch_hands<T>(&mut self, pool: &Pool, cx: &mut Cx<'_, T>) {
        for record in pool.roster().iter().filter(|_| pool.ledger().prefetched > 0) {
            self.watch_hand(record.who.task.index, pool, cx);
        }
    }
}
