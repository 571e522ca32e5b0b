//! A deploy: every worker makes room for one that runs the new release.

use serde::{Deserialize, Serialize};

use super::Guards;
use super::verdict::Verdict;
use crate::kernel::{Cx, Duration};
use crate::pool::{Event, Pool, State, WorkerId, WorkerRef};

/// How a deploy goes through the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rollout {
    /// Slot by slot: the next worker is asked to leave when the one before has a successor that
    /// takes jobs (Kubernetes' `maxUnavailable: 1`, `maxSurge: 0`).
    #[default]
    Rolling,
    /// All workers are asked to leave at once.
    AtOnce,
}

impl Rollout {
    /// Both ways of a deploy, in the order in which a user is offered them.
    pub const ALL: [Self; 2] = [Self::Rolling, Self::AtOnce];

    /// The way in a word, as in files and links.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rolling => "rolling",
            Self::AtOnce => "at_once",
        }
    }
}

/// A rolling deploy on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deploy {
    /// The slot that is to have a new worker next.
    slot: usize,
    /// The last worker of the old release.
    newest: WorkerId,
    /// How long each has to leave.
    grace: Duration,
}

impl Guards {
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
