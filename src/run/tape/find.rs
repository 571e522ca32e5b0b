//! The next interesting thing: a search that looks ahead, in slices.

use super::{Tape, TimedCommand};
use crate::kernel::{Duration, Instant};
use crate::pool::{Event, Truth};
use crate::run::Run;
use crate::watch::Milestone;

/// What can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// The next worker that hangs.
    Hang,
    /// A worker becomes a zombie.
    Zombie,
    /// The next alert that fires.
    Alert,
    /// A worker is killed.
    Kill,
    /// A command is given.
    Command,
    /// A step of the story is reached.
    Milestone,
    /// The next of any of these.
    Anything,
}

impl Interest {
    /// All of them, the widest first.
    pub const ALL: [Self; 7] = [
        Self::Anything,
        Self::Hang,
        Self::Zombie,
        Self::Alert,
        Self::Kill,
        Self::Command,
        Self::Milestone,
    ];

    /// It in a word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hang => "hang",
            Self::Zombie => "zombie",
            Self::Alert => "alert",
            Self::Kill => "kill",
            Self::Command => "command",
            Self::Milestone => "stage",
            Self::Anything => "anything",
        }
    }

    fn takes(self, other: Self) -> bool {
        self == other || self == Self::Anything
    }

    fn is(self, event: &Event) -> bool {
        match event {
            Event::Truth(Truth::Hung { .. }) => self.takes(Self::Hang),
            Event::Replaced { .. } => self.takes(Self::Zombie),
            Event::Killed { .. } => self.takes(Self::Kill),
            _ => false,
        }
    }
}

/// Alerts are judged at whole seconds.
const TICK: Duration = Duration::secs(1);
/// Work between two looks at whether there is still time, in timers that end, about.
const PIECE: u64 = 2_000;
/// The shortest piece of time that is looked through at once.
const SHORTEST: Duration = Duration::micros(100);

/// A search for the next interesting thing after an instant. It looks ahead on a copy of the run,
/// so it takes as long as playing would, and the run stays where it is. Where it finds something
/// does not depend on how it is sliced.
#[derive(Clone, Debug)]
pub struct Search {
    /// The copy, at how far was looked.
    run: Run,
    what: Interest,
    begin: Instant,
    end: Instant,
    /// A command stands at the end, and is of interest.
    ends_with_command: bool,
    firing: Vec<bool>,
    piece: Duration,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// The next interesting thing happens at this instant.
    Found(Instant),
    /// Nothing of the kind happens in the time that was to be looked through.
    Nothing,
    /// There is more to look through.
    Going {
        /// The part of the time that was looked through, from 0 to 1.
        share: f64,
    },
}

impl Search {
    /// A search from where `run` stands, for so long a time. Commands that are still to come must
    /// be scheduled in it; of these, `command` says when the first is given.
    fn new(run: Run, what: Interest, within: Duration, command: Option<Instant>) -> Self {
        let (begin, end) = (run.now(), run.now() + within);
        let command = command.filter(|at| *at <= end && what.takes(Interest::Command));
        Self {
            what,
            begin,
            end: command.unwrap_or(end),
            ends_with_command: command.is_some(),
            firing: firing(&run),
            piece: SHORTEST,
            run,
        }
    }

    /// Goes on, for at least a piece, and then as long as `in_time` says. After it has found
    /// something or come to its end it says the same again.
    pub fn advance(&mut self, in_time: impl Fn() -> bool) -> Progress {
        while self.run.now() < self.end {
            if let Some(at) = self.look() {
                self.end = at;
                self.ends_with_command = true;
                return Progress::Found(at);
            }
            if self.run.now() < self.end && !in_time() {
                let passed = |at: Instant| at.saturating_since(self.begin).as_secs_f64();
                return Progress::Going { share: passed(self.run.now()) / passed(self.end) };
            }
        }
        if self.ends_with_command { Progress::Found(self.end) } else { Progress::Nothing }
    }

    /// Looks through one piece of time: the first thing of interest in it.
    fn look(&mut self) -> Option<Instant> {
        let (begin, what, before) = (self.begin, self.what, self.run.now());
        let tick = Instant::START + TICK * (before.as_micros() / TICK.as_micros() + 1);
        let next = self.end.min(tick).min(before + self.piece);
        let fired = self.run.fired();
        let mut event_at = None;
        self.run.advance(next, &mut |now: Instant, event: &Event| {
            if event_at.is_none() && now > begin && what.is(event) {
                event_at = Some(now);
            }
        });
        self.pace(self.run.fired() - fired);
        let alert_at = self.new_alert().then_some(next);
        let milestone_at = self.milestone_after(before);
        event_at.into_iter().chain(alert_at).chain(milestone_at).min()
    }

    /// Makes pieces longer or shorter, so that each is about as much work.
    fn pace(&mut self, work: u64) {
        self.piece = match work {
            0..PIECE => (self.piece * 2).min(TICK),
            _ if work > 2 * PIECE => Duration::micros(self.piece.as_micros() / 2).max(SHORTEST),
            _ => self.piece,
        };
    }

    fn new_alert(&mut self) -> bool {
        let now = firing(&self.run);
        let before = std::mem::replace(&mut self.firing, now);
        let is_new = self.firing.iter().zip(before).any(|(now, before)| *now && !before);
        is_new && self.what.takes(Interest::Alert)
    }

    /// When the first milestone after `since` was reached, if one was.
    fn milestone_after(&self, since: Instant) -> Option<Instant> {
        let milestones = self.run.world().instruments.milestones();
        let reached = Milestone::ALL.into_iter().filter_map(|one| milestones.at(one));
        let first = reached.filter(|at| *at > since).min();
        first.filter(|_| self.what.takes(Interest::Milestone))
    }
}

/// Which alerts fire, in the order of the rules.
fn firing(run: &Run) -> Vec<bool> {
    run.world().instruments.alerts().iter().map(|(_, state)| state.is_firing()).collect()
}

impl Tape {
    /// A search for the next interesting thing after the cursor, `within` this time. The cursor
    /// stays; [`Search::advance`] looks ahead, a slice at a time.
    pub fn search(&self, what: Interest, within: Duration) -> Search {
        let now = self.run.now();
        let ahead = self.ahead(self.run.executed(), true);
        let command = ahead.iter().map(TimedCommand::at).find(|at| *at > now);
        Search::new(self.run.clone(), what, within, command)
    }
}
