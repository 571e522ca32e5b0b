//! The five fixes of the incident, and the one table of what they are called.

use super::knob::Group;
use super::table::{KnobId, Knobs};
use super::value::Value;

/// One of the five fixes, in the order of the incident's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fix {
    /// No job may run for ever.
    Timeouts,
    /// Workers must prove that they are alive.
    Health,
    /// Workers are bounded in age, jobs and memory.
    Limits,
    /// Silent workers are found and killed.
    Detection,
    /// Jobs of a kind that keeps failing wait outside.
    Breaker,
}

/// What is known about a fix: its row of the table.
#[derive(Clone, Copy, Debug)]
pub struct FixRow {
    /// Its name on the command line, as in `--fixes timeouts,health`.
    pub name: &'static str,
    /// The knob that switches it, which has its title and what it does in one line.
    pub knob: KnobId,
    /// The group of its settings, the switch included.
    pub group: Group,
}

const TABLE: [FixRow; Fix::ALL.len()] = [
    FixRow { name: "timeouts", knob: KnobId::fix_timeouts, group: Group::Timeouts },
    FixRow { name: "health", knob: KnobId::fix_health, group: Group::Health },
    FixRow { name: "limits", knob: KnobId::fix_limits, group: Group::Limits },
    FixRow { name: "detection", knob: KnobId::fix_detection, group: Group::Detection },
    FixRow { name: "breaker", knob: KnobId::fix_breaker, group: Group::Breaker },
];

impl Fix {
    /// The fixes, in their order.
    pub const ALL: [Self; 5] =
        [Self::Timeouts, Self::Health, Self::Limits, Self::Detection, Self::Breaker];

    /// What is known about it.
    pub fn row(self) -> &'static FixRow {
        &TABLE[self as usize]
    }

    /// The knob that switches it.
    pub fn knob(self) -> KnobId {
        self.row().knob
    }

    /// Its title where users see it.
    pub fn title(self) -> &'static str {
        self.knob().row().title
    }

    /// The fix that a knob switches, if it switches one.
    pub fn of(knob: KnobId) -> Option<Self> {
        Self::ALL.into_iter().find(|fix| fix.knob() == knob)
    }

    /// The fix whose settings a group holds.
    pub fn of_group(group: Group) -> Option<Self> {
        Self::ALL.into_iter().find(|fix| fix.row().group == group)
    }

    /// Whether it is on.
    pub fn is_on(self, knobs: &Knobs) -> bool {
        knobs.get(self.knob()) == Value::Flag(true)
    }

    /// Switches it on or off.
    pub fn switch(self, knobs: &mut Knobs, on: bool) {
        knobs.put(self.knob(), &Value::Flag(on));
    }
}
