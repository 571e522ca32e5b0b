//! Planned ends: a worker at the end of its life, or that is recycled, drained or deployed anew, is
//! asked to leave when its job is done. Past its graceful timeout it is killed, as by gunicorn's
//! `graceful_timeout` and by Kubernetes' `terminationGracePeriodSeconds`.

use super::Guards;
use super::leaving::Asked;
use super::rollout::{Deploy, Rollout};
use super::verdict::{Alarm, Verdict};
use crate::kernel::{Cx, Duration};
use crate::pool::{Event, KillReason, Pool, Record, State, WorkerRef, order};

impl Guards {
    /// Asks a worker to leave when its job is done; a deploy says how long it has for that.
    pub fn retire<T>(
        &mut self,
        who: WorkerRef,
        grace: Option<Duration>,
        pool: &mut Pool,
        cx: &mut Cx<'_, T>,
    ) {
        pool.retire(who, cx);
        self.note_leaving(who, grace, pool, cx);
    }

    /// Notes that a worker was asked to leave, and sets the alarm for the end of its time. Asked
    /// again, its time goes on, unless a deploy gives it another.
    pub(super) fn note_leaving<T>(
        &mut self,
        who: WorkerRef,
        grace: Option<Duration>,
        pool: &Pool,
        cx: &mut Cx<'_, T>,
    ) {
        let place = self.leaving.asked.at(who.task.index);
        if grace.is_none() && place.is_some_and(|asked| asked.who == who) {
            return;
        }
        let asked = Asked { who, at: cx.now, grace };
        *place = Some(asked);
        self.leaving.timeout = pool.knobs.graceful_timeout_s;
        if let Some(due) = asked.due(&pool.knobs) {
            let token = Alarm::Leave(who.task.index).token();
            cx.arm(due, order::SUPERVISION, self.supervisor, token);
        }
    }

    /// The time of a worker that was asked to leave may be over.
    pub(super) fn end_grace<T>(&mut self, place: u32, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        if let Some(who) = self.leaving.overdue(place, pool, cx.now) {
            self.kill(who, KillReason::Overdue, pool, cx);
        }
    }

    /// Follows a turned graceful timeout, and the owners of slots that were removed.
    pub(super) fn follow_leaving<T>(&mut self, pool: &Pool, cx: &mut Cx<'_, T>) {
        let leaves = |record: &&Record| record.retiring;
        let leaving: Vec<WorkerRef> =
            pool.roster().iter().filter(leaves).map(|record| record.who).collect();
        leaving.into_iter().for_each(|who| self.note_leaving(who, None, pool, cx));
        let timeout = pool.knobs.graceful_timeout_s;
        if std::mem::replace(&mut self.leaving.timeout, timeout) == timeout {
            return;
        }
        let asked: Vec<Asked> = self.leaving.asked.iter_mut().filter_map(|asked| *asked).collect();
        for asked in asked {
            if let Some(due) = asked.due(&pool.knobs) {
                let token = Alarm::Leave(asked.who.task.index).token();
                cx.arm(due.max(cx.now), order::SUPERVISION, self.supervisor, token);
            }
        }
    }

    /// Deploys anew: each worker of now is asked to leave when its job is done, and killed `grace`
    /// later. Workers that own no slot (zombies among them) are asked at once, either way. A deploy
    /// takes the place of one that is still on its way.
    pub fn deploy<T>(
        &mut self,
        how: Rollout,
        grace: Duration,
        pool: &mut Pool,
        cx: &mut Cx<'_, T>,
    ) {
        pool.emit(Event::Deployed);
        let owns_slot = |who: &WorkerRef| pool.roster().slots().contains(&Some(*who));
        let all: Vec<WorkerRef> = pool.roster().iter().map(|record| record.who).collect();
        let newest = all.iter().map(|who| who.id).max().unwrap_or_default();
        let (owners, others): (Vec<WorkerRef>, Vec<WorkerRef>) =
            all.into_iter().partition(owns_slot);
        others.into_iter().for_each(|who| self.retire(who, Some(grace), pool, cx));
        self.deploy = (how == Rollout::Rolling).then_some(Deploy { slot: 0, newest, grace });
        match how {
            Rollout::Rolling => self.roll(pool, cx),
            Rollout::AtOnce => {
                owners.into_iter().for_each(|who| self.retire(who, Some(grace), pool, cx));
            }
        }
    }

    /// A worker takes jobs: a deploy may go on.
    pub(super) fn watch_rollout<T>(&mut self, cx: &mut Cx<'_, T>) {
        if self.deploy.is_some() {
            self.judge(Verdict::Roll, cx);
        }
    }

    /// Takes a rolling deploy as far as it may go now.
    pub(super) fn roll<T>(&mut self, pool: &mut Pool, cx: &mut Cx<'_, T>) {
        while let Some(Deploy { slot, newest, grace }) = self.deploy {
            let Some(owner) = pool.roster().slots().get(slot).copied() else {
                self.deploy = None;
                return;
            };
            let record = owner.and_then(|who| pool.roster().find(who));
            match record.map(|record| (record.who, record.state)) {
                Some((who, _)) if who.id <= newest => {
                    self.retire(who, Some(grace), pool, cx);
                    return;
                }
                Some((_, state)) if state != State::Starting => {
                    self.deploy = Some(Deploy { slot: slot + 1, newest, grace });
                }
                // It has no worker yet, or one that starts.
                _ => return,
            }
        }
    }
}
