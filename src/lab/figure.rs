//! The figures that a map can show.

use super::row::Measures;
use crate::knobs::InputError;

/// A figure of a run that a cell of a map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// Whether the pool survived to the horizon.
    #[default]
    Survived,
    /// What its customers lost.
    LateCustomerMinutes,
    /// How long nearly all customers took at most.
    P95,
    /// Customers served for each that arrived.
    Goodput,
    /// The most memory it held.
    PeakMemory,
    /// Zombies at the horizon.
    Zombies,
    /// Worker-seconds spent hung or as a zombie.
    Wasted,
}

/// A row of the table of figures.
struct Said {
    figure: Figure,
    name: &'static str,
    title: &'static str,
    unit: &'static str,
    more_is_better: bool,
    of: fn(&Measures) -> Option<f64>,
}

use Figure::{Goodput, LateCustomerMinutes, P95, PeakMemory, Survived, Wasted, Zombies};

const TABLE: [Said; 7] = [
    Said {
        figure: Survived,
        name: "survived",
        title: "Survived",
        unit: "%",
        more_is_better: true,
        of: |run| Some(if run.survived { 100.0 } else { 0.0 }),
    },
    Said {
        figure: LateCustomerMinutes,
        name: "late",
        title: "Late customer-minutes",
        unit: "min",
        more_is_better: false,
        of: |run| Some(run.late_customer_minutes),
    },
    Said {
        figure: P95,
        name: "p95",
        title: "p95 from arrival to end",
        unit: "s",
        more_is_better: false,
        of: |run| run.p95_s,
    },
    Said {
        figure: Goodput,
        name: "goodput",
        title: "Customers served",
        unit: "%",
        more_is_better: true,
        of: |run| run.goodput.map(|share| share * 100.0),
    },
    Said {
        figure: PeakMemory,
        name: "memory",
        title: "Peak memory",
        unit: "MiB",
        more_is_better: false,
        of: |run| Some(run.peak_mib as f64),
    },
    Said {
        figure: Zombies,
        name: "zombies",
        title: "Zombies at the end",
        unit: "",
        more_is_better: false,
        of: |run| Some(f64::from(run.zombies)),
    },
    Said {
        figure: Wasted,
        name: "wasted",
        title: "Wasted worker-seconds",
        unit: "s",
        more_is_better: false,
        of: |run| Some(run.wasted_s),
    },
];

impl Figure {
    /// All figures, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Survived, LateCustomerMinutes, P95, Goodput, PeakMemory, Zombies, Wasted];

    fn said(self) -> &'static Said {
        &TABLE[self as usize]
    }

    /// The figure of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(field: &str, name: &str) -> Result<Self, InputError> {
        let found = TABLE.iter().find(|said| said.name == name).map(|said| said.figure);
        found.ok_or_else(|| InputError::unknown(field, name, TABLE.iter().map(|said| said.name)))
    }

    /// Its name, as in links and flags.
    pub fn name(self) -> &'static str {
        self.said().name
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        self.said().title
    }

    /// Its name for people with its unit.
    pub fn heading(self) -> String {
        match self.unit() {
            "" => self.title().to_owned(),
            unit => format!("{} ({unit})", self.title()),
        }
    }

    /// Its unit; empty if it has none.
    pub fn unit(self) -> &'static str {
        self.said().unit
    }

    /// Whether more of it is better.
    pub fn more_is_better(self) -> bool {
        self.said().more_is_better
    }

    /// Its value in a run; `None` where there is none.
    pub fn of(self, run: &Measures) -> Option<f64> {
        (self.said().of)(run)
    }

    /// A value with as many digits as tell something.
    pub fn show(self, value: f64) -> String {
        let decimals = match self {
            P95 if value < 10.0 => 1,
            Goodput => 1,
            _ => 0,
        };
        format!("{value:.decimals$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_figure_in_its_place() {
        for (place, figure) in Figure::ALL.into_iter().enumerate() {
            assert_eq!((figure as usize, TABLE[place].figure), (place, figure));
            assert_eq!(Figure::named("figure", figure.name()), Ok(figure));
        }
    }
}
