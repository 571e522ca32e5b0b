//! How jobs take and return what all workers share and what has a size: connections to a database.
//!
//! A job takes its connections while it works, the first at its beginning, each further one while
//! it holds those before, and gives them back at its end. What does not end gives nothing back: a
//! zombie keeps its connections, with its memory and its job.

use super::connections::{Connections, Waiting};
use super::event::Event;
use super::ids::WorkerRef;
use super::{Pool, order};
use crate::kernel::{Cx, Instant};

impl Pool {
    /// The connections that jobs take.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// How many connections a job that begins now will take.
    pub(super) fn connections_wanted(&self) -> u8 {
        if self.knobs.connections == 0 { 0 } else { self.knobs.connections_per_job as u8 }
    }

    fn has_free_connection(&self) -> bool {
        let size = self.knobs.connections;
        size == 0 || self.connections.used < size
    }

    /// Gives a worker a connection if one is free; it stands in line for one if none is.
    pub(super) fn want_connection(&mut self, worker: WorkerRef, now: Instant) -> bool {
        if self.has_free_connection() && self.connections.waiting.is_empty() {
            self.connections.used += 1;
            *self.roster.connections_mut(worker.task.index) += 1;
            return true;
        }
        self.connections.waiting.push_back(Waiting { worker, since: now });
        if let Some(record) = self.roster.find_mut(worker) {
            self.host.rest(record, now);
        }
        self.emit(Event::WaitsForConnection { worker });
        false
    }

    /// A worker that stood in line has its connection, and works again.
    pub(super) fn resume_with_connection(&mut self, worker: WorkerRef, now: Instant) {
        if let Some(record) = self.roster.find_mut(worker) {
            self.host.run(record, now);
        }
    }

    /// A worker waits no longer, without a connection.
    pub(super) fn stop_waiting(&mut self, worker: WorkerRef, timed_out: bool) {
        self.connections.leave_line(worker);
        self.connections.timeouts += u64::from(timed_out);
    }

    /// A worker gives back what it holds: its job has ended, or it is gone.
    #[inline]
    pub(super) fn return_connections(&mut self, worker: WorkerRef) {
        if self.connections.used == 0 {
            return;
        }
        let held = std::mem::take(self.roster.connections_mut(worker.task.index));
        self.connections.used -= u32::from(held);
    }

    /// Those that wait look at the knobs of now.
    pub(super) fn follow_connections<T>(&mut self, cx: &mut Cx<'_, T>) {
        for waits in &self.connections.waiting {
            cx.interrupt(waits.worker.task, order::COMPLETIONS);
        }
    }

    /// Gives the connections that are free to those that have waited longest.
    #[inline]
    pub(super) fn settle_connections<T>(&mut self, cx: &mut Cx<'_, T>) {
        while !self.connections.waiting.is_empty() && self.has_free_connection() {
            let Some(Waiting { worker, .. }) = self.connections.waiting.pop_front() else { return };
            self.connections.used += 1;
            *self.roster.connections_mut(worker.task.index) += 1;
            cx.interrupt(worker.task, order::COMPLETIONS);
        }
    }

    /// What is wrong with the books of connections.
    pub(super) fn audit_connections(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let Connections { used, waiting, .. } = &self.connections;
        let held = |record: &super::Record| self.roster.connections(record.who.task.index);
        let counted: u32 = self.roster.iter().map(held).map(u32::from).sum();
        if *used != counted {
            faults.push(format!("connections: booked {used}, counted {counted}"));
        }
        for Waiting { worker, .. } in waiting {
            if self.roster.find(*worker).is_none_or(|record| record.runs) {
                faults.push(format!("{worker:?} waits for a connection, but is gone or runs"));
            }
        }
        if !waiting.is_empty() && self.has_free_connection() {
            faults.push(format!("{} wait for a connection that is free", waiting.len()));
        }
        faults
    }
}
