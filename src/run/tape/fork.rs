//! How a tape moves from one course of events to another: a fork where its past is changed, a ghost
//! that becomes the present again, a command that is taken back.

use super::branch::{Branch, keep_within_budget};
use super::{MAX_GHOSTS, Stood, Tape};
use crate::kernel::Instant;
use crate::run::TimedCommand;

impl Tape {
    /// Cuts the present branch just before the instant `at`, keeps the first `given` of its
    /// commands, and plays that instant again: so charts and marks are those of the commands that
    /// are left. What is cut off becomes a ghost, if it is to be kept.
    pub(super) fn fork(&mut self, at: Instant, given: usize, keep: bool) {
        self.keep_head();
        self.go_before(at);
        let part = self.line.until(at, &self.run, given);
        let left = std::mem::replace(&mut self.line, part);
        if keep {
            self.ghosts.push(left);
        }
        self.run.schedule(self.ahead(self.run.executed(), true));
        self.record(at, &mut (), || true);
        self.stood = Stood::Settled;
        self.settle_ghosts();
    }

    /// Goes back to a ghost: it becomes the present branch, and the present branch a ghost. The
    /// cursor stays where it is if both have that instant in common or the ghost came that far;
    /// else it stands at the ghost's end. Of a ghost that is not there this does nothing.
    pub fn switch(&mut self, ghost: usize) {
        if ghost >= self.ghosts.len() {
            return;
        }
        self.keep_head();
        let other = self.ghosts.remove(ghost);
        self.ghosts.push(std::mem::replace(&mut self.line, other));
        self.settle_ghosts();
        self.near = None;
        self.stood = Stood::Settled;
        let fork = self.ghosts.last().map_or(Instant::START, Branch::forked_at);
        if self.run.now() < fork && self.run.now() <= self.line.end {
            self.run.schedule(self.ahead(self.run.executed(), true));
        } else if self.run.now() < self.line.end {
            let to = self.run.now();
            self.restore(to, u64::MAX);
            self.run.advance(to, &mut ());
        } else {
            // Its last instant may have been left in the middle: the rest of that is new ground.
            let end = self.line.end;
            self.restore(end, self.line.steps);
            self.replay(&mut (), || true);
            self.record(end, &mut (), || true);
        }
    }

    /// Takes back the last command given by hand that the cursor has passed: it stands where that
    /// was given, and the branch with the command becomes a ghost. `None` if there was none.
    pub fn undo(&mut self) -> Option<TimedCommand> {
        let last = self.given_so_far().checked_sub(1)?;
        let command = self.line.given.get(last).cloned()?;
        self.fork(command.at(), last, true);
        Some(command)
    }

    fn settle_ghosts(&mut self) {
        while self.ghosts.len() > MAX_GHOSTS {
            self.ghosts.remove(0);
        }
        for ghost in &mut self.ghosts {
            let parting = parting(&ghost.given, &self.line.given);
            ghost.forked_at = parting.unwrap_or(ghost.end.min(self.line.end));
        }
        keep_within_budget(&mut self.ghosts);
    }
}

/// Where two courses of events part that have the same scenario: at the first command that only
/// one of them has.
fn parting(a: &[TimedCommand], b: &[TimedCommand]) -> Option<Instant> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let next = |list: &[TimedCommand]| list.get(same).map(TimedCommand::at);
    next(a).into_iter().chain(next(b)).min()
}
