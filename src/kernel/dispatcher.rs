//! Decides which task runs next: everything of a scheduler but the tasks themselves, so that a
//! running task can reach it.

use std::collections::VecDeque;
use std::mem::{size_of, size_of_val};

use super::ids::{AlarmId, Phase, TaskId, Topic};
use super::service::{Service, ServiceClock};
use super::serving::Serving;
use super::time::{Duration, Instant};
use super::timers::{Due, Timers};
use super::wait::{State, Wait, Wake};

/// How every task waits, and which are ready.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dispatcher<T> {
    pub(super) now: Instant,
    pub(super) timers: Timers,
    serving: Serving,
    /// For each task; meant if it stands in a line.
    neighbours: Vec<Neighbours>,
    pub(super) free: Vec<u32>,
    ready: [VecDeque<Ready>; PHASES],
    /// One bit for each phase that has a task ready.
    ready_phases: u32,
    topics: [WaitList; Topic::MAX],
    /// New tasks and their places, until they move in.
    pub(super) births: Vec<(u32, T)>,
    /// The places of tasks that are over, until they move out.
    pub(super) deaths: Vec<u32>,
}

const PHASES: usize = 16;
const NIL: u32 = u32::MAX;
/// The near buckets of the timers together reach 2^22 µs, about 4.2 s, so that an ordinary job or
/// heartbeat never passes through the far levels.
const NEAR_BITS: u32 = 22;

/// A task that is to run, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    pub(super) task: TaskId,
    pub(super) wake: Wake,
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

impl<T> Dispatcher<T> {
    pub(super) fn new(tasks: usize) -> Self {
        Self {
            now: Instant::START,
            timers: Timers::sized_for(tasks * 2, NEAR_BITS),
            serving: Serving::sized_for(tasks * 2),
            neighbours: Vec::with_capacity(tasks),
            free: Vec::new(),
            ready: Default::default(),
            ready_phases: 0,
            topics: [WaitList { first: NIL, last: NIL }; Topic::MAX],
            births: Vec::new(),
            deaths: Vec::new(),
        }
    }

    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let ready: usize = self.ready.iter().map(|line| line.len() * size_of::<Ready>()).sum();
        let lists = size_of_val(&*self.neighbours) + size_of_val(&*self.free);
        let moves = size_of_val(&*self.births) + size_of_val(&*self.deaths);
        self.timers.bytes() + self.serving.bytes() + lists + ready + moves
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
        self.timers.arm(at.max(self.now).as_micros(), phase, task, token)
    }

    pub(super) fn set_service_rate(&mut self, rate: f64) -> ServiceClock {
        if self.serving.set_rate(rate, self.now) {
            self.share();
        }
        self.serving.clock()
    }

    /// Those that were served at full rate wait by the clock of service from now on. Each does so
    /// until it was served, whatever the rate: so a task is moved once at most.
    #[cold]
    fn share(&mut self) {
        let shown = self.serving.clock().read(self.now);
        let mut next = 0;
        while let Some(index) = self.serving.take_from(next) {
            let (at, phase) = self.timers.due(index);
            self.timers.end_wait(index);
            let left = Duration::micros(at - self.now.as_micros());
            self.timers.seat_mut(index).state = State::Shared;
            self.serving.begin(index, shown + Service::of(left), phase);
            next = index + 1;
        }
    }

    pub(super) fn interrupt(&mut self, id: TaskId, phase: Phase) {
        let hears = |state| !matches!(state, State::Ready | State::Hung | State::Over);
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

    /// The phase of the next wait or alarm that ends at this instant, if any does.
    #[inline]
    fn phase_due(&mut self) -> Option<Phase> {
        let timer = self.timers.peek(self.now.as_micros()).map(|(_, phase)| phase);
        if self.serving.is_idle() {
            return timer;
        }
        let served = self.serving.peek(self.now).map(|(_, phase)| phase);
        [timer, served].into_iter().flatten().min()
    }

    /// The next wait or alarm that ends up to and including `until`, and when.
    #[inline]
    pub(super) fn pop_due(&mut self, until: Instant) -> Option<(Instant, Due)> {
        if !self.serving.is_idle() && self.is_served_first(until) {
            return self.serving.pop();
        }
        let (at, due) = self.timers.pop(until.as_micros())?;
        Some((Instant::from_micros(at), due))
    }

    /// Whether a wait by the clock of service ends before all timers, and up to `until`.
    ///
    /// Neither is looked into further than to the first of both: else how far a run is told to go
    /// would show in its state.
    fn is_served_first(&mut self, until: Instant) -> bool {
        loop {
            let first = Instant::from_micros(self.timers.bound()).min(self.serving.bound());
            if first > until {
                return false;
            }
            let served = self.serving.peek(first);
            let timer = self.timers.peek(first.as_micros());
            if served.is_some() || timer.is_some() {
                let timer = timer.map(|(at, phase)| (Instant::from_micros(at), phase));
                return served.is_some_and(|served| timer.is_none_or(|timer| served < timer));
            }
        }
    }

    /// The phase whose ready tasks are next; none if a timer of this instant is before them.
    #[inline]
    pub(super) fn ready_phase(&mut self) -> Option<u8> {
        if self.ready_phases == 0 {
            return None;
        }
        let phase = self.ready_phases.trailing_zeros() as u8;
        let timer_first = self.phase_due().is_some_and(|due| due.0 < phase);
        (!timer_first).then_some(phase)
    }

    /// The task that a timer calls, taken out of its wait; none if it is over.
    #[inline]
    pub(super) fn fire(&mut self, due: Due) -> Option<Ready> {
        match due {
            Due::Wait(index) => {
                // There is only a list to leave.
                self.leave_list(index);
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
    pub(super) fn is_turn_of(&mut self, phase: Phase) -> bool {
        let earlier_or_same = (2 << phase.0) - 1;
        self.ready_phases & earlier_or_same == 0
            && self.births.is_empty()
            && self.deaths.is_empty()
            && self.phase_due().is_none_or(|due| due >= phase)
    }

    /// The next ready task of a phase; those that were killed meanwhile are passed over.
    #[inline]
    pub(super) fn pop_ready(&mut self, phase: u8) -> Option<Ready> {
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
    pub(super) fn park(&mut self, id: TaskId, wait: Wait) {
        let index = id.index;
        match wait {
            Wait::Until(at, phase) => {
                self.timers.seat_mut(index).state = State::Timed;
                self.timers.begin_wait(index, at.max(self.now).as_micros(), phase);
            }
            Wait::Served(reading, phase) => self.serve(index, reading, phase),
            Wait::Notify(topic, at, phase) => {
                self.timers.seat_mut(index).state = State::Listening(topic.index);
                if at != Instant::NEVER {
                    self.timers.begin_wait(index, at.max(self.now).as_micros(), phase);
                }
                self.join_line(index, topic.index);
            }
            Wait::Turn(phase) => self.make_ready(id, phase, Wake::Time),
            Wait::Forever => self.timers.seat_mut(index).state = State::Hung,
            Wait::Alarms => self.timers.seat_mut(index).state = State::Alarms,
            Wait::Done => self.finish(id.index),
        }
    }

    #[inline]
    fn serve(&mut self, index: u32, reading: Service, phase: Phase) {
        if let Some(at) = self.serving.clock().when_at_full_rate(reading, self.now) {
            self.timers.seat_mut(index).state = State::Serving;
            self.timers.begin_wait(index, at.as_micros(), phase);
            self.serving.note(index);
        } else {
            self.timers.seat_mut(index).state = State::Shared;
            self.serving.begin(index, reading, phase);
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
        if self.timers.seat(index).state == State::Shared {
            self.serving.end(index);
        } else {
            self.timers.end_wait(index);
            self.leave_list(index);
        }
    }

    /// Takes a task out of the line for its topic, or off the list of those served at full rate, if
    /// it is in one.
    #[inline]
    fn leave_list(&mut self, index: u32) {
        match self.timers.seat(index).state {
            State::Listening(topic) => self.leave_line(index, topic),
            State::Serving => self.serving.forget(index),
            _ => {}
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
