//! The supervisor: judge, act, refill, as gunicorn's arbiter does (murder, reap, manage).

use super::Guards;
use crate::kernel::{Cx, Instant, Wait};
use crate::pool::{KillReason, Pool, SpawnReason, Who, Worker, order};

/// The task that alone acts on the pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Supervisor;

impl Supervisor {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    pub fn resume<T: From<Worker>>(
        &mut self,
        cx: &mut Cx<'_, T>,
        pool: &mut Pool,
        _guards: &mut Guards,
    ) -> Wait {
        if pool.host().dead {
            Self::bury_all(cx, pool);
            return Wait::Alarms;
        }
        Self::refill(cx, pool);
        Wait::Ring(order::SUPERVISOR, Instant::NEVER, order::SUPERVISION)
    }

    fn refill<T: From<Worker>>(cx: &mut Cx<'_, T>, pool: &mut Pool) {
        for slot in 0..pool.roster().slots().len() {
            if pool.roster().slots()[slot].is_none() {
                pool.spawn(slot as u32, SpawnReason::Fill, cx);
            }
        }
    }

    /// The host is out of memory: everything on it dies.
    fn bury_all<T>(cx: &mut Cx<'_, T>, pool: &mut Pool) {
        let all: Vec<Who> = pool.roster().iter().map(|record| record.who).collect();
        for who in all {
            if let Some(job) = pool.kill(who, KillReason::HostDied, cx) {
                pool.dead_letter(job, cx.now);
            }
        }
    }
}
