//! The chart of a chapter, with the prediction laid over the run.

use super::{Night, Phase};
use crate::scene::Theme;
use crate::scene::charts::{Chart, ChartData, axis_end, seconds_at, value_at};
use crate::tour::{Answer, Chapter, LINE_POINTS, Question};
use crate::watch::baseline_mib;

/// A prediction as times and values.
type Line = Vec<(f64, f64)>;

impl Night {
    /// Whether the chart is shown: beside a question it is only where its line is to be drawn.
    pub fn has_chart(&self) -> bool {
        let draws = self.chapter().is_some_and(|one| matches!(one.question, Question::Draw { .. }));
        matches!(self.phase, Phase::Telling(_)) || (self.is_asking() && draws)
    }

    /// Hands `show` the chart and what is to be drawn: the run as far as it may be seen, and what
    /// was said of it.
    pub fn with_chart(&self, theme: Theme, show: impl FnOnce(&Chart, &ChartData<'_>)) {
        let (Some(chapter), Some(lane)) = (self.chapter(), self.lane()) else { return };
        let Some((from_s, until_s)) = self.span_s(chapter).filter(|_| self.has_chart()) else {
            return;
        };
        let tape = lane.tape();
        let now_s = if self.is_asking() { from_s } else { tape.now().as_secs_f64() };
        let points = tape.series().points();
        let seen = points.partition_point(|point| point.t_s <= now_s);
        let lines: Vec<Line> = self.lines(from_s, until_s);
        let said: Vec<&[(f64, f64)]> = lines.iter().map(Vec::as_slice).collect();
        let knobs = &tape.run().pool().knobs;
        show(
            chapter.chart,
            &ChartData {
                points: &points[..seen],
                said: &said,
                top: top(chapter),
                now_s,
                end_s: axis_end(until_s),
                theme,
                baseline_mib: baseline_mib(knobs) as f64,
                limit_mib: f64::from(knobs.host_memory_mib),
                workers: knobs.workers,
                p95_limit_s: knobs.alert_p95_s.as_secs_f64(),
                ..ChartData::default()
            },
        );
    }

    /// What was said as lines on the chart, one's own last; none of what is no value of it.
    fn lines(&self, from_s: f64, until_s: f64) -> Vec<Line> {
        let others = self.class.iter().filter(|(place, _)| *place == self.place);
        let others = others.map(|(_, answer)| answer).filter(|_| !self.is_asking());
        let all = others.chain(self.answer());
        let line = |answer: &Answer| match answer {
            Answer::Value(value) => Some(vec![(from_s, *value), (until_s, *value)]),
            Answer::Line(values) => {
                let step_s = (until_s - from_s) / (LINE_POINTS - 1) as f64;
                let at = |(place, value): (usize, &f64)| (from_s + step_s * place as f64, *value);
                Some(values.iter().enumerate().map(at).collect())
            }
            Answer::Option(_) | Answer::Worker(_) => None,
        };
        all.filter_map(line).collect()
    }

    /// The value of the chart where the line begins that is to be drawn.
    pub(super) fn first_value(&self) -> f64 {
        let value = || {
            let chapter = self.chapter()?;
            let (from_s, _) = self.span_s(chapter)?;
            let points = self.lane()?.tape().series().points();
            let before = points.partition_point(|point| point.t_s <= from_s).checked_sub(1)?;
            Some((chapter.chart.headline)(&points[before]))
        };
        (value().unwrap_or(0.0) * 10.0).round() / 10.0
    }

    /// The pointer draws at x and y of a chart of this width and height, in pixels.
    pub(super) fn draw(&mut self, [x, y, width, height]: [f64; 4], theme: Theme) {
        let Some(chapter) = self.chapter() else { return };
        let Some((from_s, until_s)) = self.span_s(chapter) else { return };
        let Some(t_s) = seconds_at(x, width, axis_end(until_s), theme) else { return };
        let share = (t_s - from_s) / (until_s - from_s).max(1.0);
        let place = (share * (LINE_POINTS - 1) as f64).round();
        if place >= 0.0 {
            let value = value_at(y, height, top(chapter), theme);
            self.set_point((place as usize).min(LINE_POINTS - 1), value);
        }
    }
}

/// Where the axis of values ends at least.
fn top(chapter: &Chapter) -> f64 {
    match chapter.question {
        Question::Draw { max } => max,
        Question::Drag { .. } | Question::Pick(_) | Question::Worker => 0.0,
    }
}
