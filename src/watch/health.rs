//! How a pool does, in one of four words: the colours of the bar of time.

use super::SeriesPoint;
use super::limits::Limits;

/// How a pool does, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// Jobs come and go.
    Well,
    /// It keeps up, but something is wrong: a worker hangs, a zombie walks, jobs wait.
    Strained,
    /// It does not do its work: too few can work, or too little ends well.
    Sick,
    /// No worker works, or the host ran out of memory.
    Dead,
}

/// A success rate below this is sick.
const TOO_BAD: f64 = 0.6;

impl Health {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::Well, Self::Strained, Self::Sick, Self::Dead];

    /// The state in a word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Strained => "strained",
            Self::Sick => "sick",
            Self::Dead => "dead",
        }
    }

    /// What a reading says. The limits are those at which the dashboard flags its figures.
    pub fn of(point: &SeriesPoint) -> Self {
        let lost = point.hung + point.zombies;
        let limits = Limits::of_workers(f64::from(point.workers));
        let few = f64::from(point.active) < limits.active;
        let waiting = point.queue_depth as f64 > limits.queue;
        if point.out_of_memory || (point.active == 0 && lost > 0) {
            Self::Dead
        } else if (few && lost > 0) || is_below(point.success_rate, TOO_BAD) {
            Self::Sick
        } else if lost > 0 || waiting || is_below(point.success_rate, limits.success_rate) {
            Self::Strained
        } else {
            Self::Well
        }
    }
}

fn is_below(rate: Option<f64>, limit: f64) -> bool {
    rate.is_some_and(|rate| rate < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_loses_workers_goes_from_well_to_dead() {
        let healthy = SeriesPoint {
            workers: 10,
            active: 10,
            success_rate: Some(0.96),
            ..SeriesPoint::default()
        };
        let points = [
            healthy,
            SeriesPoint { zombies: 1, ..healthy },
            SeriesPoint { queue_depth: 51, ..healthy },
            SeriesPoint { active: 7, hung: 3, ..healthy },
            SeriesPoint { success_rate: Some(0.5), ..healthy },
            SeriesPoint { active: 0, hung: 10, ..healthy },
            SeriesPoint { out_of_memory: true, ..healthy },
        ];
        let names: Vec<&str> = points.iter().map(|point| Health::of(point).name()).collect();
        assert_eq!(names, ["well", "strained", "strained", "sick", "sick", "dead", "dead"]);
        // Workers that start up are no cause for alarm.
        assert_eq!(Health::of(&SeriesPoint { active: 0, ..healthy }), Health::Well);
    }
}
