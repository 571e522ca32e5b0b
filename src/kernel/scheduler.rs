//! Runs tasks one at a time, in an order that depends on nothing but what they wait for.

mod bytes;

use std::collections::VecDeque;

use super::task::{Cx, State, Task, TaskId, Topic, Wait, Wake};
use super::time::Instant;
use super::timers::{AlarmId, Due, Phase, Timers};

/// A deterministic cooperative scheduler with virtual time.
///
/// At one instant, what is due runs by phase, then in the order of asking. A task that is woken
/// for an earlier phase of the same instant still runs before time moves on.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduler<T> {
    fired: u64,
    tasks: Vec<Option<T>>,
    core: Core<T>,
}

/// Everything but the tasks themselves, so that a running task can reach it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Core<T> {
    now: Instant,
    pub(super) timers: Timers,
    /// For each task; meant if it stands in a line.
    neighbours: Vec<Neighbours>,
    free: Vec<u32>,
    ready: [VecDeque<Ready>; PHASES],
    /// One bit for each phase that has someone ready.
    ready_phases: u32,
    topics: [WaitList; Topic::MAX],
    births: Vec<(u32, T)>,
    deaths: Vec<u32>,
}

const PHASES: usize = 16;
const NIL: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ready {
    task: TaskId,
    wake: Wake,
}

/// Neighbours of a task in the line for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Neighbours {
    next: u32,
    previous: u32,
}

/// The tasks that wait for a topic, longest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WaitList {
    first: u32,
    last: u32,
}

impl<T: Task> Scheduler<T> {
    /// An empty scheduler at the beginning of time, laid out for about `population` waits at once.
    pub fn sized_for(population: usize) -> Self {
        Self { fired: 0, tasks: Vec::new(), core: Core::new(population) }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.core.now
    }

    /// How many timed waits and alarms have ended so far: the events of discrete-event simulation.
    pub fn fired(&self) -> u64 {
        self.fired
    }

    /// The task, while it lives.
    pub fn task(&self, id: TaskId) -> Option<&T> {
        let task = self.tasks.get(id.index as usize)?.as_ref()?;
        (self.core.timers.seat(id.index).generation == id.generation).then_some(task)
    }

    /// The same, to be changed from outside, between two steps.
    pub fn task_mut(&mut self, id: TaskId) -> Option<&mut T> {
        let task = self.tasks.get_mut(id.index as usize)?.as_mut()?;
        (self.core.timers.seat(id.index).generation == id.generation).then_some(task)
    }

    /// The task in a place of the table, if one lives there.
    pub fn task_at(&self, index: u32) -> Option<&T> {
        self.tasks.get(index as usize)?.as_ref()
    }

    /// Adds a task; it runs in `phase` of the present instant.
    pub fn spawn(&mut self, task: T, phase: Phase) -> TaskId {
        let id = self.core.spawn(task, phase);
        self.settle();
        id
    }

    /// Lets `act` use the scheduler as the task `id` would, from outside, between two steps.
    pub fn with<R>(&mut self, id: TaskId, act: impl FnOnce(&mut Cx<'_, T>) -> R) -> R {
        let mut cx = Cx { now: self.core.now, id, wake: Wake::Interrupted, core: &mut self.core };
        let result = act(&mut cx);
        self.settle();
        result
    }

    /// Runs the next thing that is due up to and including `until`. False, and the present is
    /// `until`, if there is none.
    #[inline]
    pub fn step(&mut self, until: Instant, world: &mut T::World) -> bool {
        // One way into the task, whatever woke it: so it can be inlined here.
        let next = match self.core.ready_phase() {
            Some(phase) => self.core.pop_ready(phase),
            None => {
                let Some((at, due)) = self.core.timers.pop(until) else {
                    self.stand_at(until);
                    return false;
                };
                self.stand_at(at);
                self.fired += 1;
                self.core.fire(due)
            }
        };
        if let Some(Ready { task, wake }) = next {
            self.resume(task, wake, world);
        }
        true
    }

    #[inline]
    fn stand_at(&mut self, at: Instant) {
        self.core.now = self.core.now.max(at);
    }

    #[inline]
    fn resume(&mut self, id: TaskId, wake: Wake, world: &mut T::World) {
        let Some(task) = self.tasks[id.index as usize].as_mut() else { return };
        let mut cx = Cx { now: self.core.now, id, wake, core: &mut self.core };
        let wait = loop {
            match task.resume(&mut cx, world) {
                // Nobody is before it: what going through the line of ready tasks would come to.
                Wait::Turn(phase) if cx.core.is_turn_of(phase) => cx.wake = Wake::Time,
                wait => break wait,
            }
        };
        self.core.park(id, wait);
        self.settle();
    }

    /// Moves newborn tasks in and dead ones out, once nobody runs.
    #[inline]
    fn settle(&mut self) {
        if !self.core.births.is_empty() || !self.core.deaths.is_empty() {
            self.move_in_and_out();
        }
    }

    #[inline(never)]
    fn move_in_and_out(&mut self) {
        for (index, task) in self.core.births.drain(..) {
            if self.tasks.len() <= index as usize {
                self.tasks.resize_with(index as usize + 1, || None);
            }
            self.tasks[index as usize] = Some(task);
        }
        for index in self.core.deaths.drain(..) {
            self.tasks[index as usize] = None;
            self.core.free.push(index);
        }
    }
}

impl<T> Core<T> {
    fn new(population: usize) -> Self {
        Self {
            now: Instant::START,
            timers: Timers::sized_for(population),
            neighbours: Vec::new(),
            free: Vec::new(),
            ready: Default::default(),
            ready_phases: 0,
            topics: [WaitList { first: NIL, last: NIL }; Topic::MAX],
            births: Vec::new(),
            deaths: Vec::new(),
        }
    }

    pub(super) fn spawn(&mut self, task: T, phase: Phase) -> TaskId {
        let index = self.free.pop().unwrap_or_else(|| {
            self.neighbours.push(Neighbours { next: NIL, previous: NIL });
            self.neighbours.len() as u32 - 1
        });
        self.timers.reserve(index);
        let id = TaskId { index, generation: self.timers.seat(index).generation };
        self.births.push((index, task));
        self.make_ready(id, phase, Wake::Born);
        id
    }

    pub(super) fn kill(&mut self, id: TaskId) {
        if self.is_live(id) {
            self.leave_wait(id.index);
            self.finish(id.index);
        }
    }

    #[inline]
    pub(super) fn arm(&mut self, at: Instant, phase: Phase, task: TaskId, token: u64) -> AlarmId {
        self.timers.arm(at.max(self.now), phase, task, token)
    }

    pub(super) fn interrupt(&mut self, id: TaskId, phase: Phase) {
        let hears = |state| matches!(state, State::Timed | State::Listening(_) | State::Alarms);
        if self.is_live(id) && hears(self.timers.seat(id.index).state) {
            self.leave_wait(id.index);
            self.make_ready(id, phase, Wake::Interrupted);
        }
    }

    #[inline]
    pub(super) fn notify_one(&mut self, topic: Topic) {
        let first = self.topics[usize::from(topic.index)].first;
        if first != NIL {
            self.leave_wait(first);
            let generation = self.timers.seat(first).generation;
            self.make_ready(TaskId { index: first, generation }, topic.phase, Wake::Notified);
        }
    }

    #[inline]
    fn is_live(&self, id: TaskId) -> bool {
        let seat = self.timers.seat(id.index);
        seat.generation == id.generation && seat.state != State::Over
    }

    #[inline]
    fn make_ready(&mut self, task: TaskId, phase: Phase, wake: Wake) {
        self.timers.seat_mut(task.index).state = State::Ready;
        self.ready[usize::from(phase.0)].push_back(Ready { task, wake });
        self.ready_phases |= 1 << phase.0;
    }

    /// The phase whose ready tasks are next; none if a timer of this instant is before them.
    #[inline]
    fn ready_phase(&mut self) -> Option<u8> {
        if self.ready_phases == 0 {
            return None;
        }
        let phase = self.ready_phases.trailing_zeros() as u8;
        let timer_first = self.timers.peek(self.now).is_some_and(|(_, due)| due.0 < phase);
        (!timer_first).then_some(phase)
    }

    /// The task that a timer calls, taken out of its wait; none if it is over.
    #[inline]
    fn fire(&mut self, due: Due) -> Option<Ready> {
        match due {
            Due::Wait(index) => {
                // There is only a line to leave.
                self.leave_topic(index);
                let generation = self.timers.seat(index).generation;
                Some(Ready { task: TaskId { index, generation }, wake: Wake::Time })
            }
            Due::Alarm(task, token) => self.is_live(task).then(|| {
                self.leave_wait(task.index);
                Ready { task, wake: Wake::Alarm(token) }
            }),
        }
    }

    /// Whether a task that now waits for its turn in `phase` would be the next to run.
    #[inline]
    fn is_turn_of(&mut self, phase: Phase) -> bool {
        let earlier_or_same = (2 << phase.0) - 1;
        self.ready_phases & earlier_or_same == 0
            && self.births.is_empty()
            && self.deaths.is_empty()
            && self.timers.peek(self.now).is_none_or(|(_, due)| due >= phase)
    }

    /// The next ready task of a phase; those that were killed meanwhile are passed over.
    #[inline]
    fn pop_ready(&mut self, phase: u8) -> Option<Ready> {
        let line = &mut self.ready[usize::from(phase)];
        let ready = line.pop_front();
        if line.is_empty() {
            self.ready_phases &= !(1 << phase);
        }
        ready.filter(|ready| {
            let seat = self.timers.seat(ready.task.index);
            seat.generation == ready.task.generation && seat.state == State::Ready
        })
    }

    #[inline]
    fn park(&mut self, id: TaskId, wait: Wait) {
        let index = id.index;
        match wait {
            Wait::Until(at, phase) => {
                self.timers.seat_mut(index).state = State::Timed;
                self.timers.begin_wait(index, at.max(self.now), phase);
            }
            Wait::Notify(topic, at, phase) => {
                self.timers.seat_mut(index).state = State::Listening(topic.index);
                if at != Instant::NEVER {
                    self.timers.begin_wait(index, at.max(self.now), phase);
                }
                self.join_line(index, topic.index);
            }
            Wait::Turn(phase) => self.make_ready(id, phase, Wake::Time),
            Wait::Forever => self.timers.seat_mut(index).state = State::Hung,
            Wait::Alarms => self.timers.seat_mut(index).state = State::Alarms,
            Wait::Done => self.finish(id.index),
        }
    }

    fn finish(&mut self, index: u32) {
        let seat = self.timers.seat_mut(index);
        seat.state = State::Over;
        seat.generation = seat.generation.wrapping_add(1);
        self.timers.end_wait(index);
        self.deaths.push(index);
    }

    /// Takes a task out of whatever it waits in.
    #[inline]
    fn leave_wait(&mut self, index: u32) {
        self.timers.end_wait(index);
        self.leave_topic(index);
    }

    /// Takes a task out of the line for its topic, if it stands in one.
    #[inline]
    fn leave_topic(&mut self, index: u32) {
        if let State::Listening(topic) = self.timers.seat(index).state {
            self.leave_line(index, topic);
        }
    }

    #[inline]
    fn join_line(&mut self, index: u32, topic: u8) {
        let line = &mut self.topics[usize::from(topic)];
        let last = std::mem::replace(&mut line.last, index);
        if last == NIL {
            line.first = index;
        } else {
            self.neighbours[last as usize].next = index;
        }
        self.neighbours[index as usize] = Neighbours { next: NIL, previous: last };
    }

    #[inline]
    fn leave_line(&mut self, index: u32, topic: u8) {
        let Neighbours { next, previous } = self.neighbours[index as usize];
        let line = &mut self.topics[usize::from(topic)];
        if previous == NIL {
            line.first = next;
        } else {
            self.neighbours[previous as usize].next = next;
        }
        if next == NIL {
            line.last = previous;
        } else {
            self.neighbours[next as usize].previous = previous;
        }
    }
}
