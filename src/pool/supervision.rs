//! What a supervisor may do to the pool. Each verb keeps the books; none judges.

use super::event::{Event, Exit, KillReason, Rejection, Revocation, SpawnReason, Truth};
use super::ids::{JobPlace, LostJob, WorkerId, WorkerRef};
use super::job::{Job, JobState};
use super::kind::JobKind;
use super::queue::Gate;
use super::roster::Record;
use super::state::State;
use super::worker::Worker;
use super::{KEPT_DEAD_LETTERS, Pool, order};
use crate::kernel::{Cx, Duration, Instant};
use crate::knobs::Knobs;

impl Pool {
    /// Starts a worker in a slot.
    pub fn spawn<T: From<Worker>>(
        &mut self,
        slot: u32,
        reason: SpawnReason,
        cx: &mut Cx<'_, T>,
    ) -> WorkerRef {
        let id = WorkerId(self.roster.hired);
        self.roster.hired += 1;
        let task = cx.spawn(Worker::new(id).into(), order::SUPERVISION);
        let who = WorkerRef { id, task };
        let life = self.rng.jitter(self.knobs.max_lifetime_s, self.knobs.lifetime_jitter);
        let expires = cx.now + life;
        self.roster.insert(Record::new(who, slot, cx.now), expires);
        self.emit(Event::Spawned { worker: who, slot, reason });
        self.change_memory(who, i64::from(self.knobs.worker_base_mib));
        self.replace_evicted(slot);
        if let Some(clock) = self.lifetime_reaper {
            let token = u64::from(id.0) << 32 | u64::from(task.index);
            cx.arm(expires, order::SUPERVISION, clock, token);
        }
        who
    }

    /// A slot that was removed and is there again has a new owner: an old one that has not left yet
    /// is a zombie.
    fn replace_evicted(&mut self, slot: u32) {
        let is_of_slot = |who: &&WorkerRef| self.roster.find(**who).is_some_and(|w| w.slot == slot);
        if let Some(&who) = self.roster.evicted().iter().find(is_of_slot) {
            self.replace(who);
        }
    }

    /// Asks a worker to drop its job. A job looks only now and then; a hung one never does.
    pub fn cancel<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>) {
        if let Some(record) = self.roster.find_mut(who) {
            record.cancelled = true;
            cx.interrupt(who.task, order::DISPATCH);
        }
    }

    /// Says whether a worker may be given jobs; it goes on with the one that it has.
    pub fn set_ready<T>(&mut self, who: WorkerRef, ready: bool, cx: &mut Cx<'_, T>) {
        if let Some(record) = self.roster.find_mut(who)
            && std::mem::replace(&mut record.ready, ready) != ready
        {
            cx.interrupt(who.task, order::DISPATCH);
        }
    }

    /// Asks a worker to leave when its job is done, or now if it has none.
    pub fn retire<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>) {
        let Some(record) = self.roster.find_mut(who) else { return };
        if record.retiring {
            return;
        }
        record.retiring = true;
        match record.state {
            State::Busy => record.state = State::Draining,
            State::Starting => {}
            _ => return cx.interrupt(who.task, order::SIGNS),
        }
        self.emit(Event::Draining { worker: who });
    }

    /// Asks a suspect to leave at the next moment it looks, job or no job.
    pub fn terminate<T>(&mut self, who: WorkerRef, cx: &mut Cx<'_, T>) {
        let Some(record) = self.roster.find_mut(who) else { return };
        if !record.terminated {
            record.terminated = true;
            if record.state != State::Starting {
                self.begin_leaving(who);
            }
            cx.interrupt(who.task, order::DISPATCH);
        }
    }

    pub(super) fn begin_leaving(&mut self, who: WorkerRef) {
        let Some(record) = self.roster.find_mut(who) else { return };
        if record.state.may_become(State::Terminating) {
            record.state = State::Terminating;
            self.emit(Event::Terminating { worker: who });
        }
    }

    /// Ends a worker by force: frees its memory, revokes its lease. The job that it had is handed
    /// back.
    pub fn kill<T>(
        &mut self,
        who: WorkerRef,
        reason: KillReason,
        cx: &mut Cx<'_, T>,
    ) -> Option<LostJob> {
        let record = self.roster.find_mut(who)?;
        record.state = State::Killed;
        let innocent = record.hung.is_none();
        self.emit(Event::Killed { worker: who, reason });
        if innocent && reason == KillReason::Silent {
            self.emit(Event::Truth(Truth::FalseKill { worker: who }));
        }
        let why = match reason {
            KillReason::Memory | KillReason::OutOfMemory => Revocation::OverMemory,
            KillReason::HostDied => Revocation::HostDied,
            KillReason::Silent | KillReason::Poke | KillReason::Overdue | KillReason::Crashed => {
                Revocation::WorkerKilled
            }
        };
        let job = self.revoke(who, why, cx.now);
        cx.kill(who.task);
        self.reap(who, Some(reason), cx.now);
        // It may have been notified of a job that is still there.
        cx.notify_one(order::JOBS);
        job
    }

    /// Takes an attempt away from its worker, which keeps its memory and may stay hung. The job is
    /// handed back.
    pub fn revoke(&mut self, who: WorkerRef, why: Revocation, now: Instant) -> Option<LostJob> {
        let record = self.roster.find_mut(who)?;
        let lease = record.lease.take()?;
        let innocent = record.hung.is_none();
        let job = self.jobs.get(lease.job)?;
        let (id, kind, would_end) = (job.id, job.kind, job.would_end());
        let ran = now.saturating_since(lease.since);
        self.emit(Event::Revoked { job: id, kind, worker: who, why, ran });
        if why == Revocation::TimedOut && innocent && would_end {
            self.emit(Event::Truth(Truth::FalseTimeout { worker: who }));
        }
        Some(LostJob(lease.job))
    }

    /// Says what becomes of a job that lost its worker. One that was given out as often as allowed
    /// is dead-lettered. Any other is set aside for the time that `wait` says of the deliveries so
    /// far: then it is handed back with the instant at which [`Pool::requeue`] is to follow.
    pub fn settle_lost(
        &mut self,
        lost: LostJob,
        now: Instant,
        wait: impl FnOnce(u32, &Knobs) -> Duration,
    ) -> Option<(JobPlace, Instant)> {
        let LostJob(place) = lost;
        let job = self.jobs.get(place)?;
        let deliveries = u32::from(job.attempt);
        if deliveries >= self.knobs.max_deliveries {
            self.dead_letter(place, now);
            return None;
        }
        let until = now + wait(deliveries, &self.knobs);
        self.set_aside(place, until);
        Some((place, until))
    }

    /// A worker that was asked to comes back without finishing its job. A job that is still its own
    /// goes back in the queue at once, whatever the waits between deliveries: it is not at fault.
    pub(super) fn return_cancelled(&mut self, who: WorkerRef, mib: u32, now: Instant) {
        let lost = self.revoke(who, Revocation::Forfeited, now);
        self.release(who, mib, now);
        self.emit(Event::ReturnedCancelled { worker: who });
        if let Some(lost) = lost
            && let Some((place, _)) = self.settle_lost(lost, now, |_, _| Duration::ZERO)
        {
            self.back_in_queue(place, now);
        }
    }

    /// Sets a job aside until its next delivery is due.
    fn set_aside(&mut self, place: JobPlace, until: Instant) {
        let Some(job) = self.jobs.get_mut(place) else { return };
        job.state = JobState::Delayed;
        job.queued = until;
        let (id, kind, attempt) = (job.id, job.kind, job.attempt);
        self.ledger.in_flight -= 1;
        self.ledger.delayed += 1;
        self.emit(Event::Delayed { job: id, kind, attempt, until });
    }

    /// Puts a job that was set aside back in the queue, if it is due. (Its place may be another's,
    /// if a late result ended it.)
    pub fn requeue<T>(&mut self, place: JobPlace, cx: &mut Cx<'_, T>) {
        let is_due = |job: &Job| job.state == JobState::Delayed && job.queued <= cx.now;
        if self.jobs.get(place).is_some_and(is_due) {
            self.back_in_queue(place, cx.now);
            cx.notify_one(order::JOBS);
        }
    }

    fn back_in_queue(&mut self, place: JobPlace, now: Instant) {
        let Some(job) = self.jobs.get_mut(place) else { return };
        job.state = JobState::Queued;
        job.queued = now;
        let (id, kind) = (job.id, job.kind);
        self.queue.push(kind, place);
        self.ledger.delayed -= 1;
        self.ledger.queued += 1;
        self.emit(Event::Requeued { job: id, kind });
    }

    /// Gives a job that lost its worker up, and keeps it for inspection.
    fn dead_letter(&mut self, place: JobPlace, now: Instant) {
        let Some(job) = self.jobs.remove(place) else { return };
        self.ledger.in_flight -= 1;
        self.ledger.dead_lettered += 1;
        self.note_loss(&job, now);
        self.emit(Event::DeadLettered {
            job: job.id,
            kind: job.kind,
            attempts: job.attempt,
            total: now.saturating_since(job.submitted),
        });
        self.dead_letters.push_back(job);
        while self.dead_letters.len() > KEPT_DEAD_LETTERS {
            self.dead_letters.pop_front();
        }
    }

    /// Turns away the job of a kind that has waited longest.
    pub fn reject_first(&mut self, kind: JobKind, reason: Rejection, now: Instant) {
        let job = self.queue.pop_lane(kind).and_then(|place| self.jobs.remove(place));
        if let Some(job) = job {
            self.ledger.queued -= 1;
            self.ledger.rejected += 1;
            self.note_loss(&job, now);
            let total = now.saturating_since(job.submitted);
            self.emit(Event::Rejected { job: job.id, kind, reason, total });
        }
    }

    /// Sets the gate of a kind, and wakes workers for what may be taken now.
    pub fn set_gate<T>(&mut self, kind: JobKind, gate: Gate, cx: &mut Cx<'_, T>) {
        let before = self.queue.gate(kind);
        self.queue.set_gate(kind, gate);
        if before != gate {
            self.emit(Event::Breaker { kind, gate });
        }
        let freed = match gate {
            Gate::Open if before != Gate::Open => self.queue.lane(kind).len(),
            Gate::Permits(permits) => self.queue.lane(kind).len().min(permits as usize),
            Gate::Open | Gate::Shut => 0,
        };
        for _ in 0..freed.min(self.roster.present() as usize) {
            cx.notify_one(order::JOBS);
        }
    }

    /// Counts a worker as gone without looking whether it is: the lifecycle bug. Its slot is free
    /// for another, and it is a zombie until it is reaped.
    pub(super) fn replace(&mut self, who: WorkerRef) {
        let Some(record) = self.roster.find_mut(who) else { return };
        if record.replaced {
            return;
        }
        record.replaced = true;
        let (slot, mib) = (record.slot, u64::from(record.mib));
        self.roster.vacate(slot, who);
        self.roster.zombies += 1;
        self.host.registered_mib = self.host.registered_mib.saturating_sub(mib);
        self.emit(Event::Replaced { worker: who });
    }

    /// The end of a worker: its memory is given back and its name retired.
    pub(super) fn reap(&mut self, who: WorkerRef, killed: Option<KillReason>, now: Instant) {
        let Some(record) = self.roster.find(who) else { return };
        let mib = -i64::from(record.mib);
        self.change_memory(who, mib);
        if let Some(record) = self.roster.find_mut(who) {
            self.host.rest(record, now);
        }
        self.return_connections(who);
        self.return_prefetched(who, now);
        self.stop_waiting(who, false);
        let Some(record) = self.roster.remove(who.task.index) else { return };
        let healthy = record.last_beat.saturating_since(self.roster.born(who.task.index));
        let exit = match killed {
            Some(KillReason::Overdue) => Exit::Planned,
            Some(_) => Exit::Killed,
            None if record.terminated => Exit::Suspect,
            None => Exit::Planned,
        };
        let (slot, zombie) = (record.slot, record.replaced);
        self.emit(Event::Reaped { worker: who, slot, zombie, exit, healthy });
        if exit == Exit::Suspect {
            // Whatever hangs cannot leave.
            self.emit(Event::Truth(Truth::FalseKill { worker: who }));
        }
    }

    /// Follows a turned knob: the number of slots, how fast the host is, when workers beat, and how
    /// long clients, and jobs that want a connection, wait. Owners of removed slots are asked to
    /// leave.
    pub fn follow_knobs<T>(&mut self, cx: &mut Cx<'_, T>) {
        self.host.follow_knobs(&self.knobs);
        self.follow_beats(cx);
        self.follow_clients();
        self.follow_connections(cx);
        self.roster.resize_slots(self.knobs.workers);
        for who in self.roster.evicted().to_vec() {
            self.retire(who, cx);
        }
        cx.notify_one(order::LEAK);
        cx.notify_one(order::SUPERVISOR);
    }
}
