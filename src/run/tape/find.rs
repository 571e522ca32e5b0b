//! The next interesting thing.

use super::moves::LOOK;
use super::{Tape, TimedCommand};
use crate::kernel::{Duration, Instant};
use crate::pool::{Event, Truth};
use crate::run::Run;
use crate::watch::Milestone;

/// What can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// A worker hangs.
    Hang,
    /// A worker becomes a zombie.
    Zombie,
    /// An alert fires.
    Alert,
    /// A worker is killed.
    Kill,
    /// A command is given.
    Command,
    /// A step of the story is reached.
    Milestone,
    /// Any of these.
    Anything,
}

impl Interest {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Hang,
        Self::Zombie,
        Self::Alert,
        Self::Kill,
        Self::Command,
        Self::Milestone,
        Self::Anything,
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

/// Alerts that fire and steps that were reached, of those that are of interest.
fn signs(run: &Run, what: Interest) -> Vec<bool> {
    let watch = &run.world().instruments;
    let alerts = watch.alerts().iter();
    let firing = alerts.map(|(_, state)| what.takes(Interest::Alert) && state.is_firing());
    let reached = |stage| what.takes(Interest::Milestone) && watch.milestones().at(stage).is_some();
    firing.chain(Milestone::ALL.map(reached)).collect()
}

impl Tape {
    /// When the next interesting thing after the cursor happens, if it does `within` this time. It
    /// looks ahead on a copy of the run, so it takes as long as playing would: ask for a little at
    /// a time. The cursor stays.
    pub fn find_next(&self, what: Interest, within: Duration) -> Option<Instant> {
        let mut run = self.run.clone();
        let (begin, end) = (run.now(), run.now() + within);
        let command = self.ahead(run.executed(), true).first().map(TimedCommand::at);
        let command = command.filter(|at| *at <= end && what.takes(Interest::Command));
        let end = command.unwrap_or(end);
        while run.now() < end {
            let before = signs(&run, what);
            let mut found = None;
            // Alerts and most steps are judged at whole seconds.
            let second = run.now().as_micros() / LOOK.as_micros() + 1;
            let next = end.min(Instant::START + LOOK * second);
            run.advance(next, &mut |now: Instant, event: &Event| {
                if found.is_none() && now > begin && what.is(event) {
                    found = Some(now);
                }
            });
            let new = signs(&run, what).iter().zip(before).any(|(now, before)| *now && !before);
            found = found.or(new.then_some(run.now()));
            if found.is_some() {
                return found;
            }
        }
        command
    }
}
