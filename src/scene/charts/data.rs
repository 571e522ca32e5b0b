//! What the charts show of a tape: its past, its ghosts, its marks, and another run beside it.

use super::{ChartData, ChartMark, axis_end};
use crate::run::{Mark, MarkKind, Tape};
use crate::scene::theme::{Ink, Theme};
use crate::watch::{Milestone, SeriesPoint, baseline_mib};

/// The most letters of a mark's label.
const LABEL: usize = 28;

/// A tape, and perhaps another that is held against it.
#[derive(Clone, Copy, Debug)]
pub struct ChartSource<'a> {
    /// The tape of the run that the charts show.
    pub tape: &'a Tape,
    /// The tape of the other run, if there are two.
    pub other: Option<&'a Tape>,
}

impl ChartSource<'_> {
    /// Where the axis of time ends, in seconds: beyond all that is drawn.
    pub fn end_s(&self) -> f64 {
        let last = |points: &[SeriesPoint]| points.last().map_or(0.0, |point| point.t_s);
        let ghosts = self.tape.ghosts().iter().map(|ghost| ghost.points());
        let others = self.other.map(|other| other.series().points());
        let ends = ghosts.chain(others).map(last);
        axis_end(ends.fold(last(self.tape.series().points()), f64::max))
    }

    /// Hands `show` what is to be drawn when the user points at `hover_s`.
    pub fn with<T>(
        &self,
        hover_s: Option<f64>,
        theme: Theme,
        show: impl FnOnce(&ChartData<'_>) -> T,
    ) -> T {
        let Self { tape, other } = self;
        let knobs = &tape.run().pool().knobs;
        let ghosts: Vec<&[SeriesPoint]> =
            tape.ghosts().iter().map(|ghost| ghost.points()).collect();
        show(&ChartData {
            points: tape.series().points(),
            ghosts: &ghosts,
            other: other.map(|other| other.series().points()),
            said: &[],
            top: 0.0,
            marks: &marks(tape),
            now_s: tape.now().as_secs_f64(),
            end_s: self.end_s(),
            hover_s,
            theme,
            baseline_mib: baseline_mib(knobs) as f64,
            limit_mib: f64::from(knobs.host_memory_mib),
            workers: knobs.workers,
            p95_limit_s: knobs.alert_p95_s.as_secs_f64(),
        })
    }
}

/// What the tape has marked: milestones by their numbers and commands in words, as lines; alerts
/// and kills as ticks.
fn marks(tape: &Tape) -> Vec<ChartMark> {
    let show = |mark: &Mark| {
        let (ink, label) = match mark.what {
            MarkKind::Milestone(Milestone::Healthy) => (Ink::Good, String::new()),
            MarkKind::Milestone(step) => {
                let ink = if step == Milestone::Recovered { Ink::Good } else { Ink::Bad };
                (ink, (step as usize + 1).to_string())
            }
            MarkKind::Command => (Ink::Text, short(&mark.label)),
            MarkKind::BreakerOpened(_) | MarkKind::OutOfMemory => (Ink::Bad, short(&mark.label)),
            MarkKind::Fired(_) | MarkKind::Kill(_) => (Ink::Bad, String::new()),
            MarkKind::Resolved(_) => (Ink::Good, String::new()),
        };
        ChartMark { t_s: mark.at.as_secs_f64(), ink, label }
    };
    tape.marks().iter().map(show).collect()
}

/// The first letters of a label.
fn short(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    label.chars().take(LABEL - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Duration, Instant};
    use crate::run::{Command, built_in};

    fn at(seconds: u64) -> Instant {
        Instant::START + Duration::secs(seconds)
    }

    #[test]
    fn commands_are_marked_in_words_and_alerts_as_ticks() {
        let scenario = built_in("zombie").expect("the scenario is built in");
        let mut tape = Tape::new(scenario).expect("the scenario is allowed");
        tape.play(at(60), &mut ());
        tape.apply(Command::Poison { job: None }, &mut ()).expect("a job can be poisoned");
        tape.play(at(200), &mut ());
        let marks = marks(&tape);
        let label = |t_s: f64| marks.iter().find(|mark| mark.t_s == t_s && mark.ink == Ink::Text);
        assert_eq!(label(60.0).map(|mark| mark.label.as_str()), Some("poison the next job"));
        assert!(marks.iter().any(|mark| mark.ink == Ink::Bad && mark.label.is_empty()));
        assert!(marks.iter().any(|mark| mark.ink == Ink::Bad && mark.label == "2"));
    }

    #[test]
    fn the_axis_ends_beyond_the_longest_of_run_ghosts_and_other_run() {
        let tape = |seconds| {
            let scenario = built_in("normal").expect("the scenario is built in");
            let mut tape = Tape::new(scenario).expect("the scenario is allowed");
            tape.play(at(seconds), &mut ());
            tape
        };
        let (short, long) = (tape(30), tape(900));
        let alone = ChartSource { tape: &short, other: None };
        let both = ChartSource { tape: &short, other: Some(&long) };
        assert!(alone.end_s() < 900.0 && both.end_s() >= 900.0);
        both.with(Some(3.0), Theme::Dark, |data| {
            assert_eq!((data.end_s, data.hover_s, data.now_s), (both.end_s(), Some(3.0), 30.0));
            assert_eq!(data.other.map(<[SeriesPoint]>::len), Some(long.series().points().len()));
        });
        let mut forked = tape(900);
        forked.seek(at(10));
        forked.apply(Command::Burst { jobs: 3 }, &mut ()).expect("a burst is allowed");
        assert!(ChartSource { tape: &forked, other: None }.end_s() >= 900.0);
    }
}
