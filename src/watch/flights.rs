//! Attempts in progress, oldest first, and how many of them are hung jobs. Every step is O(1).

use crate::kernel::{Instant, Span};

const NIL: u32 = u32::MAX;

/// The attempts in progress, threaded in the order of their start through a table indexed by the
/// worker's place: a worker has at most one.
#[derive(Clone, Debug, PartialEq)]
pub struct Flights {
    table: Vec<Flight>,
    first: u32,
    last: u32,
    /// The oldest attempt not yet found hung.
    cursor: u32,
    hung: u32,
    count: u32,
    hung_after: Span,
}

#[derive(Clone, Debug, PartialEq)]
struct Flight {
    since: Instant,
    next: u32,
    previous: u32,
    hung: bool,
    aloft: bool,
}

const GROUNDED: Flight =
    Flight { since: Instant::START, next: NIL, previous: NIL, hung: false, aloft: false };

impl Flights {
    /// No attempts; one counts as hung when it is in progress for longer than `hung_after`.
    pub fn new(hung_after: Span) -> Self {
        Self {
            table: Vec::new(),
            first: NIL,
            last: NIL,
            cursor: NIL,
            hung: 0,
            count: 0,
            hung_after,
        }
    }

    /// Attempts in progress.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The worker in this place was given a job.
    #[inline]
    pub fn start(&mut self, place: u32, now: Instant) {
        if self.table.len() <= place as usize {
            self.table.resize(place as usize + 1, GROUNDED);
        }
        let previous = std::mem::replace(&mut self.last, place);
        self.table[place as usize] = Flight { since: now, previous, aloft: true, ..GROUNDED };
        match self.table.get_mut(previous as usize) {
            Some(flight) => flight.next = place,
            None => self.first = place,
        }
        if self.cursor == NIL {
            self.cursor = place;
        }
        self.count += 1;
    }

    /// The attempt of the worker in this place is over.
    #[inline]
    pub fn end(&mut self, place: u32) {
        let Some(flight) = self.table.get_mut(place as usize) else { return };
        if !std::mem::take(&mut flight.aloft) {
            return;
        }
        let Flight { next, previous, hung, .. } = *flight;
        self.count -= 1;
        self.hung -= u32::from(hung);
        if self.cursor == place {
            self.cursor = next;
        }
        match self.table.get_mut(previous as usize) {
            Some(before) => before.next = next,
            None => self.first = next,
        }
        match self.table.get_mut(next as usize) {
            Some(after) => after.previous = previous,
            None => self.last = previous,
        }
    }

    /// Moves the line between hung and not up to `now`.
    pub fn settle(&mut self, now: Instant, hung_after: Span) {
        if hung_after != self.hung_after {
            self.hung_after = hung_after;
            self.table.iter_mut().for_each(|flight| flight.hung = false);
            self.hung = 0;
            self.cursor = self.first;
        }
        while let Some(flight) = self.table.get_mut(self.cursor as usize)
            && now.since(flight.since) > hung_after
        {
            flight.hung = true;
            self.hung += 1;
            self.cursor = flight.next;
        }
    }

    /// Attempts that are hung at `now`.
    pub fn hung(&self, now: Instant) -> u32 {
        let mut hung = self.hung;
        let mut place = self.cursor;
        while let Some(flight) = self.table.get(place as usize)
            && now.since(flight.since) > self.hung_after
        {
            hung += 1;
            place = flight.next;
        }
        hung
    }

    /// How long the oldest attempt has been in progress at `now`.
    pub fn oldest(&self, now: Instant) -> Span {
        self.table.get(self.first as usize).map_or(Span::ZERO, |flight| now.since(flight.since))
    }
}
