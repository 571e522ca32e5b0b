//! What happened on a tape that is worth a mark on the timeline. Bounded: the more marks of a kind
//! there are, the further apart further ones must be. Whether a mark is kept depends only on those
//! before it, so the marks of a past do not change with what came after.

use crate::kernel::{Duration, Instant};
use crate::pool::{Event, Gate, JobKind, KillReason};
use crate::run::Run;
use crate::watch::Milestone;

/// So many marks of a kind are kept, however close.
const CLOSE: usize = 64;
/// Of so many further ones each is at least a second after the one before it, of the next so many
/// two seconds, and so on: in thirty days that is fewer than 800 of a kind.
const PER_DOUBLING: usize = 32;

/// What a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A command was given, by the scenario or by hand.
    Command,
    /// An alert began to fire; its name.
    Fired(&'static str),
    /// An alert was resolved.
    Resolved(&'static str),
    /// A step of the story was reached.
    Milestone(Milestone),
    /// A worker was killed.
    Kill(KillReason),
    /// A circuit breaker opened.
    BreakerOpened(JobKind),
    /// The host ran out of memory.
    OutOfMemory,
}

impl MarkKind {
    /// The order of marks of one instant: the same, however the run was played. What was done
    /// stands before what came of it, what is read off the instruments behind it, and milestones
    /// last, in the order of the story.
    fn rank(self) -> u8 {
        match self {
            Self::Command => 0,
            Self::Kill(_) | Self::BreakerOpened(_) | Self::OutOfMemory => 1,
            Self::Fired(_) | Self::Resolved(_) => 2,
            Self::Milestone(milestone) => 3 + milestone as u8,
        }
    }
}

/// A mark on the bar of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The virtual time at which it happened.
    pub at: Instant,
    /// What it is about.
    pub what: MarkKind,
    /// It, in a few words.
    pub label: String,
}

/// The marks of a branch, in the order of time.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    list: Vec<Mark>,
    /// Which alerts fire, a bit each in the order of the rules.
    firing: u32,
    /// Which steps of the story were reached, a bit each.
    reached: u32,
}

impl Marks {
    /// All marks, oldest first.
    pub fn list(&self) -> &[Mark] {
        &self.list
    }

    /// Takes an event in.
    pub fn saw(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Killed { worker, reason } => {
                let label = format!("worker {} killed: {}", worker.id.0, words(reason));
                self.push(now, MarkKind::Kill(reason), label);
            }
            Event::Breaker { kind, gate: Gate::Shut } => {
                let label = format!("breaker for {} jobs opened", kind.name());
                self.push(now, MarkKind::BreakerOpened(kind), label);
            }
            Event::OutOfMemory { .. } => {
                self.push(now, MarkKind::OutOfMemory, "out of memory".to_owned());
            }
            _ => {}
        }
    }

    /// Reads the alerts, at the end of an instant at which they are judged.
    pub fn read_alerts(&mut self, run: &Run) {
        let firing = firing(run);
        for (bit, (rule, _)) in run.world().instruments.alerts().iter().enumerate() {
            match (self.firing >> bit & 1, firing >> bit & 1) {
                (0, 1) => self.push(run.now(), MarkKind::Fired(rule.name), rule.name.to_owned()),
                (1, 0) => {
                    let label = format!("{} resolved", rule.name);
                    self.push(run.now(), MarkKind::Resolved(rule.name), label);
                }
                _ => {}
            }
        }
        self.firing = firing;
    }

    /// Reads the story so far: each milestone is marked when it was reached.
    pub fn read_story(&mut self, run: &Run) {
        let milestones = run.world().instruments.milestones();
        for (bit, &milestone) in Milestone::ALL.iter().enumerate() {
            if self.reached >> bit & 1 == 0
                && let Some(at) = milestones.at(milestone)
            {
                self.push(at, MarkKind::Milestone(milestone), milestone.title().to_owned());
                self.reached |= 1 << bit;
            }
        }
    }

    /// Adds a mark, unless it is there already or too close to the one of its kind before it.
    pub fn push(&mut self, at: Instant, what: MarkKind, label: String) {
        let place =
            self.list.partition_point(|mark| (mark.at, mark.what.rank()) <= (at, what.rank()));
        let mark = Mark { at, what, label };
        let mut before = self.list[..place].iter().rev();
        if before.clone().take_while(|other| other.at == at).any(|other| *other == mark) {
            return;
        }
        if let Some(last) = before.find(|other| other.what == what) {
            let kept = 1 + before.filter(|other| other.what == what).count();
            if at.saturating_since(last.at) < distance(kept) {
                return;
            }
        }
        self.list.insert(place, mark);
    }

    /// Forgets the instant `at` and what came after it. `eve` is the run just before.
    pub fn rewind(&mut self, at: Instant, eve: &Run) {
        self.list.retain(|mark| mark.at < at);
        self.firing = firing(eve);
        self.reached = 0;
        self.read_story(eve);
    }

    /// Their memory, in bytes.
    pub fn bytes(&self) -> usize {
        let labels: usize = self.list.iter().map(|mark| mark.label.len()).sum();
        size_of_val(&*self.list) + labels
    }
}

/// How far from the last the next mark of a kind must be, of which so many were kept.
fn distance(kept: usize) -> Duration {
    match kept.checked_sub(CLOSE) {
        None => Duration::ZERO,
        Some(more) => Duration::secs(1 << (more / PER_DOUBLING).min(32)),
    }
}

/// Which alerts fire, a bit each in the order of the rules.
fn firing(run: &Run) -> u32 {
    let alerts = run.world().instruments.alerts().iter().enumerate();
    alerts.map(|(bit, (_, state))| u32::from(state.is_firing()) << bit).sum()
}

fn words(reason: KillReason) -> &'static str {
    match reason {
        KillReason::Silent => "silent for too long",
        KillReason::Memory => "too much memory",
        KillReason::Poke => "by hand",
        KillReason::Overdue => "did not leave in time",
        KillReason::HostDied => "the host died",
        KillReason::Crashed => "crashed",
        KillReason::OutOfMemory => "largest on a full host",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_kills_are_thinned_and_rare_marks_stay() {
        let mut marks = Marks::default();
        marks.push(Instant::from_micros(7), MarkKind::OutOfMemory, "out of memory".to_owned());
        for n in 0..10_000_u64 {
            let at = Instant::START + Duration::millis(700) * n;
            marks.push(at, MarkKind::Kill(KillReason::Silent), format!("worker {n} killed"));
        }
        assert!((200..400).contains(&marks.list().len()), "{}", marks.list().len());
        assert!(marks.list().iter().any(|mark| mark.what == MarkKind::OutOfMemory));
        assert!(marks.list().is_sorted_by(|a, b| a.at <= b.at));
        let last = marks.list().last().map(|mark| mark.at.as_secs_f64());
        assert!(last > Some(6_800.0), "{last:?}");
    }

    #[test]
    fn marks_of_one_instant_stand_in_one_order_however_they_came() {
        let some = [
            (MarkKind::Milestone(Milestone::DeathSpiral), "the spiral"),
            (MarkKind::OutOfMemory, "out of memory"),
            (MarkKind::Command, "host_memory_mib = 547"),
        ];
        let listed = |order: [usize; 3]| {
            let mut marks = Marks::default();
            for place in order {
                let (what, label) = some[place];
                marks.push(Instant::from_micros(9), what, label.to_owned());
            }
            marks.list().to_vec()
        };
        assert_eq!(listed([0, 1, 2]), listed([2, 1, 0]));
        assert_eq!(listed([1, 2, 0])[0].what, MarkKind::Command);
    }

    #[test]
    fn the_same_mark_twice_is_one() {
        let mut marks = Marks::default();
        for _ in 0..2 {
            marks.push(Instant::START, MarkKind::Command, "burst of 40 jobs".to_owned());
        }
        assert_eq!(marks.list().len(), 1);
    }
}
