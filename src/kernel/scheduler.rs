//! Runs tasks one at a time, in an order that depends on nothing but what they wait for.

use std::mem::{size_of, size_of_val};

use super::dispatcher::{Dispatcher, Ready};
use super::ids::{Phase, TaskId};
use super::task::{Cx, Task};
use super::time::Instant;
use super::wait::{Wait, Wake};

/// A deterministic cooperative scheduler with virtual time.
///
/// At one instant, what is due runs by phase, then in the order of asking. A task that is woken
/// for an earlier phase of the same instant still runs before time moves on.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduler<T> {
    fired: u64,
    tasks: Vec<Option<T>>,
    dispatcher: Dispatcher<T>,
}

impl<T: Task> Scheduler<T> {
    /// An empty scheduler at the beginning of time, laid out for so many tasks with two waits and
    /// alarms each.
    pub fn sized_for(tasks: usize) -> Self {
        Self { fired: 0, tasks: Vec::with_capacity(tasks), dispatcher: Dispatcher::new(tasks) }
    }

    /// The virtual time to which the run has come.
    pub fn now(&self) -> Instant {
        self.dispatcher.now
    }

    /// How many timed waits and alarms have ended so far: the events of discrete-event simulation.
    pub fn fired(&self) -> u64 {
        self.fired
    }

    /// The task, while it lives.
    pub fn task(&self, id: TaskId) -> Option<&T> {
        let task = self.tasks.get(id.index as usize)?.as_ref()?;
        (self.dispatcher.timers.seat(id.index).generation == id.generation).then_some(task)
    }

    /// The same, to be changed from outside, between two steps.
    pub fn task_mut(&mut self, id: TaskId) -> Option<&mut T> {
        let task = self.tasks.get_mut(id.index as usize)?.as_mut()?;
        (self.dispatcher.timers.seat(id.index).generation == id.generation).then_some(task)
    }

    /// The task in a place of the table, if one lives there.
    pub fn task_at(&self, index: u32) -> Option<&T> {
        self.tasks.get(index as usize)?.as_ref()
    }

    /// Adds a task; it runs in `phase` of the present instant.
    pub fn spawn(&mut self, task: T, phase: Phase) -> TaskId {
        let id = self.dispatcher.spawn(task, phase);
        self.settle();
        id
    }

    /// Lets `act` use the scheduler as the task `id` would, from outside, between two steps.
    pub fn with<R>(&mut self, id: TaskId, act: impl FnOnce(&mut Cx<'_, T>) -> R) -> R {
        let mut cx = Cx {
            now: self.dispatcher.now,
            id,
            wake: Wake::Interrupted,
            dispatcher: &mut self.dispatcher,
        };
        let result = act(&mut cx);
        self.settle();
        result
    }

    /// Runs the next thing that is due up to and including `until`. False, and the present is
    /// `until`, if there is none.
    #[inline]
    pub fn step(&mut self, until: Instant, world: &mut T::World) -> bool {
        // One way into the task, whatever woke it: so it can be inlined here.
        let next = match self.dispatcher.ready_phase() {
            Some(phase) => self.dispatcher.pop_ready(phase),
            None => {
                let Some((at, due)) = self.dispatcher.pop_due(until) else {
                    self.stand_at(until);
                    return false;
                };
                self.stand_at(at);
                self.fired += 1;
                self.dispatcher.fire(due)
            }
        };
        if let Some(Ready { task, wake }) = next {
            self.resume(task, wake, world);
        }
        true
    }

    #[inline]
    fn stand_at(&mut self, at: Instant) {
        self.dispatcher.now = self.dispatcher.now.max(at);
    }

    #[inline]
    fn resume(&mut self, id: TaskId, wake: Wake, world: &mut T::World) {
        let Some(task) = self.tasks[id.index as usize].as_mut() else { return };
        let mut cx = Cx { now: self.dispatcher.now, id, wake, dispatcher: &mut self.dispatcher };
        let wait = loop {
            match task.resume(&mut cx, world) {
                // Nothing is before it: what going through the line of ready tasks would come to.
                Wait::Turn(phase) if cx.dispatcher.is_turn_of(phase) => cx.wake = Wake::Time,
                wait => break wait,
            }
        };
        self.dispatcher.park(id, wait);
        self.settle();
    }

    /// What a copy of this takes, in bytes, without what tasks hold outside themselves. It depends
    /// on the platform: no run may go by it.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.tasks) + self.dispatcher.bytes()
    }

    /// Moves newborn tasks in and dead ones out, once none runs.
    #[inline]
    fn settle(&mut self) {
        if !self.dispatcher.births.is_empty() || !self.dispatcher.deaths.is_empty() {
            self.move_in_and_out();
        }
    }

    #[inline(never)]
    fn move_in_and_out(&mut self) {
        for (index, task) in self.dispatcher.births.drain(..) {
            if self.tasks.len() <= index as usize {
                self.tasks.resize_with(index as usize + 1, || None);
            }
            self.tasks[index as usize] = Some(task);
        }
        for index in self.dispatcher.deaths.drain(..) {
            self.tasks[index as usize] = None;
            self.dispatcher.free.push(index);
        }
    }
}
