//! How the cursor of a tape moves.

use super::checkpoints::{Checkpoint, can_keep};
use super::{Stood, Tape, just_before};
use crate::kernel::{Duration, Instant};
use crate::pool::Event;
use crate::run::{Observer, Run};

impl Tape {
    /// Moves the cursor to an instant, back or forward: the run is then what it would be if it had
    /// been played to there. Past the end this plays new ground.
    pub fn seek(&mut self, to: Instant) {
        self.seek_while(to, || true);
    }

    /// The same in slices: new ground is played in small pieces, at least one and then as long as
    /// `in_time` says. True when the cursor stands at `to`; else it is on its way, and another call
    /// goes on from there. Over ground that was played before it goes at once: no instant of that
    /// is far from a copy.
    pub fn seek_while(&mut self, to: Instant, in_time: impl Fn() -> bool) -> bool {
        self.stood = Stood::Settled;
        if to >= self.line.end {
            self.go_to_head();
            return self.record(to, &mut (), in_time);
        }
        self.keep_head();
        let passed = self.line.checkpoints.before(to, u64::MAX);
        if self.run.now() > to || passed.run.steps() > self.run.steps() {
            self.restore(to, u64::MAX);
        }
        self.run.advance(to, &mut ());
        true
    }

    /// Moves on by one event or command, but not past `until`. False if there was none.
    pub fn step(&mut self, until: Instant, observer: &mut impl Observer) -> bool {
        let before = (self.run.steps(), self.run.now());
        let stepped = self.step_old(until, observer) || self.step_new(until, observer);
        self.stood = match self.stood {
            Stood::Settled if stepped => Stood::MovedFrom(before.0, before.1),
            Stood::Moved if !stepped => Stood::Settled,
            other => other,
        };
        stepped
    }

    /// A step where the tape was played before.
    fn step_old(&mut self, until: Instant, observer: &mut impl Observer) -> bool {
        self.run.steps() < self.line.steps && self.run.step(until.min(self.line.end), observer)
    }

    /// A step on new ground.
    fn step_new(&mut self, until: Instant, observer: &mut impl Observer) -> bool {
        if self.run.now() < self.line.end {
            self.run.advance(until.min(self.line.end).max(self.run.now()), &mut ());
        }
        if until < self.line.end {
            return false;
        }
        loop {
            let next = until.min(self.line.next_reading).max(self.run.now());
            let Self { run, line, .. } = self;
            let marks = &mut line.marks;
            let stepped = run.step(next, &mut |now, event: &Event| {
                marks.saw(now, event);
                observer.observe(now, event);
            });
            // After a step there may be more to come at this instant.
            self.note(!stepped);
            if stepped || next >= until {
                return stepped;
            }
        }
    }

    /// Goes back by one event or command: the exact inverse of [`Tape::step`]. False at the
    /// beginning.
    pub fn step_back(&mut self) -> bool {
        let Some(target) = self.run.steps().checked_sub(1) else { return false };
        self.keep_head();
        let end = self.run.now();
        self.restore(end, target.saturating_sub(1));
        while self.run.steps() < target && self.run.step(end, &mut ()) {}
        match self.stood {
            Stood::MovedFrom(moves, at) if moves == target => {
                // Nothing happens before it: this only lets time pass.
                self.run.advance(at, &mut ());
                self.stood = Stood::Settled;
            }
            Stood::MovedFrom(moves, _) if moves > target => self.stood = Stood::Moved,
            Stood::MovedFrom(..) => {}
            Stood::Settled | Stood::Moved => self.stood = Stood::Moved,
        }
        true
    }

    /// Puts the cursor at the end of what was played.
    fn go_to_head(&mut self) {
        let (end, moves) = (self.line.end, self.line.steps);
        if self.line.checkpoints.before(end, moves).run.steps() > self.run.steps() {
            self.restore(end, moves);
        }
        self.replay(&mut (), || true);
    }

    /// Keeps a copy of the run if it stands at the end and is about to leave it.
    pub(super) fn keep_head(&mut self) {
        if self.is_at_end() && self.line.checkpoints.is_far(self.line.work) {
            self.line.checkpoints.keep(&self.run, self.line.work);
        }
    }

    /// Puts the cursor just before the instant `at`; of the beginning, before anything happened.
    pub(super) fn go_before(&mut self, at: Instant) {
        if at == Instant::START {
            self.restore(at, 0);
            return;
        }
        let eve = just_before(at);
        self.restore(eve, u64::MAX);
        self.run.advance(eve, &mut ());
    }

    /// The run at the instant of the cursor, complete, with only the first `kept` commands by hand.
    pub(super) fn without(&mut self, kept: usize) -> Run {
        let (here, at) = (self.run.clone(), self.run.now());
        self.go_before(at);
        let mut run = std::mem::replace(&mut self.run, here);
        let script = super::script(&self.scenario, &self.line.given[..kept]);
        let ahead = script.into_iter().skip(run.executed());
        run.schedule(ahead.map(|(timed, _)| timed.clone()).collect());
        run.advance(at, &mut ());
        run
    }

    /// Puts the cursor at `at` or before, where it has not gone beyond `moves`: near it if that can
    /// be told. A copy stays there, for steps back and for who pulls the cursor to and fro.
    pub(super) fn restore(&mut self, at: Instant, moves: u64) {
        let copy = self.line.checkpoints.before(at, moves).clone();
        let near = self.near.take().filter(|near| {
            let run = &near.run;
            run.now() <= at && run.steps() <= moves && run.steps() > copy.run.steps()
        });
        if let Some(near) = near {
            self.begin_at(&near);
            self.near = Some(near);
            return;
        }
        self.begin_at(&copy);
        let eve = Instant::from_micros(at.as_micros().saturating_sub(LOOK.as_micros()));
        if eve <= self.run.now() {
            return;
        }
        self.run.advance(eve, &mut ());
        if self.run.steps() > moves {
            self.begin_at(&copy);
        } else if can_keep(&self.run) {
            self.near = Some(Checkpoint::of(&self.run, copy.work));
        }
    }

    fn begin_at(&mut self, copy: &Checkpoint) {
        self.run = copy.run.clone();
        self.run.schedule(self.ahead(self.run.executed(), true));
    }
}

/// How near a copy stays to the cursor.
const LOOK: Duration = Duration::secs(1);
