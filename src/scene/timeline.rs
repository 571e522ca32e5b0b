//! The timeline: the whole run as a strip that tells its health, with marks for what happened, the
//! abandoned futures, and the viewer's time.

use std::mem::{Discriminant, discriminant};

use super::geometry::{Point, Rect};
use super::shape::{Align, Picture};
use super::theme::Ink;
use crate::kernel::{Duration, Instant};
use crate::run::{Mark, MarkKind, Tape};
use crate::watch::Health;

/// Room at both ends, so that the first and the last moment can be hit.
const MARGIN: f64 = 10.0;
/// Height of the row of marks.
const MARKS: f64 = 15.0;
/// Marks nearer than this to the pointer are named, in pixels.
const NEAR: f64 = 6.0;
/// About the width of a letter of the words beside the pointer, in pixels.
const LETTER: f64 = 6.6;
/// Height of the row of clock times below the strip.
const TIMES: f64 = 13.0;
/// The steps from one time on the clock to the next, in seconds.
const STEPS_S: [f64; 9] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0];
/// Times on the clock are at least so far apart, in pixels.
const APART: f64 = 76.0;
/// Signs of one kind that are nearer than this are one sign, in pixels.
const GROUP: f64 = 8.0;
/// Abandoned futures that are drawn, at most.
const MAX_GHOSTS: usize = 3;

/// The timeline of one tape, as wide as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    width: f64,
    /// Seconds of the run that it spans.
    length_s: f64,
}

impl Timeline {
    /// The timeline of a tape: as long as its scenario, and longer if it was played longer. `width`
    /// is in pixels.
    pub fn of(tape: &Tape, width: f64) -> Self {
        let played = tape.end().as_secs_f64();
        let planned = tape.scenario().length_s;
        // In steps, so that the bar does not shrink at every moment.
        let longer = libm::ceil((played + 1.0) / 300.0) * 300.0;
        Self { width, length_s: if played < planned { planned } else { longer } }
    }

    /// Seconds of the run that it spans.
    pub fn length_s(&self) -> f64 {
        self.length_s
    }

    /// The instant at `x` pixels from the left.
    pub fn instant_at(&self, x: f64) -> Instant {
        let share = (x - MARGIN) / (self.width - 2.0 * MARGIN).max(1.0);
        Instant::START + Duration::secs_f64(share.clamp(0.0, 1.0) * self.length_s)
    }

    /// Pixels from the left to a time.
    pub fn x_of(&self, t_s: f64) -> f64 {
        MARGIN + (self.width - 2.0 * MARGIN) * (t_s / self.length_s.max(1.0)).min(1.0)
    }

    /// The mark nearest to `x` pixels from the left, if one is near.
    pub fn mark_at<'a>(&self, x: f64, marks: &'a [Mark]) -> Option<&'a Mark> {
        let distance = |mark: &&Mark| (self.x_of(mark.at.as_secs_f64()) - x).abs();
        marks
            .iter()
            .filter(|mark| distance(mark) <= NEAR)
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Paints the timeline, `height` pixels high; `hover` is where the viewer points, in pixels.
    pub fn paint(&self, tape: &Tape, height: f64, hover: Option<f64>, picture: &mut Picture) {
        picture.clear();
        let all = Rect::new(0.0, 0.0, self.width, height);
        picture.rect(all, 0.0, Ink::Floor);
        let strip = Rect::new(MARGIN, MARKS, self.width - 2.0 * MARGIN, height - MARKS - TIMES);
        picture.rect(strip, 3.0, Ink::Desk);
        self.health(tape, strip, picture);
        self.ghosts(tape, strip, picture);
        for mark in self.signs(tape.marks()) {
            let at = Point::new(self.x_of(mark.at.as_secs_f64()), MARKS * 0.5);
            sign(mark.what, at, strip, picture);
        }
        self.times(tape, height, strip, picture);
        for chapter in &tape.scenario().chapters {
            let foot = Point::new(self.x_of(chapter.at_s), strip.bottom());
            picture.line(foot.moved(0.0, -strip.h), foot, 1.0, Ink::Soft);
        }
        self.cursor(tape.now().as_secs_f64(), height, picture);
        if let Some(x) = hover {
            picture.line(Point::new(x, 1.0), Point::new(x, height - 1.0), 1.0, Ink::Soft);
            self.name(&self.words_at(x, tape), x, height, picture);
        }
    }

    /// The time at `x` pixels from the left, and what happened there.
    pub fn words_at(&self, x: f64, tape: &Tape) -> String {
        let clock = tape.run().clock();
        let near = |t_s: f64| (self.x_of(t_s) - x).abs() <= NEAR;
        let chapter = tape.scenario().chapters.iter().find(|chapter| near(chapter.at_s));
        if let Some(mark) = self.mark_at(x, tape.marks()) {
            return format!("{}  {}", clock.at(mark.at), mark.label);
        }
        match chapter {
            Some(chapter) => format!("{}  {}", clock.at(chapter.at()), chapter.tell),
            None => clock.at(self.instant_at(x)),
        }
    }

    /// The marks that get a sign: of those of one kind that are near each other, the first.
    fn signs<'a>(&self, marks: &'a [Mark]) -> Vec<&'a Mark> {
        let mut last: Vec<(Discriminant<MarkKind>, f64)> = Vec::new();
        let mut starts_a_group = |mark: &&Mark| {
            let (kind, x) = (discriminant(&mark.what), self.x_of(mark.at.as_secs_f64()));
            match last.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, before)) if x - *before < GROUP => false,
                Some((_, before)) => {
                    *before = x;
                    true
                }
                None => {
                    last.push((kind, x));
                    true
                }
            }
        };
        marks.iter().filter(|mark| starts_a_group(mark)).collect()
    }

    /// How far two times on the clock are apart, in seconds.
    fn step_s(&self) -> f64 {
        let fits = |step: &f64| self.x_of(*step) - self.x_of(0.0) >= APART;
        STEPS_S.into_iter().find(fits).unwrap_or(self.length_s)
    }

    /// The time on the scenario's clock, in even steps.
    fn times(&self, tape: &Tape, height: f64, strip: Rect, picture: &mut Picture) {
        let (step, clock) = (self.step_s().max(1.0), tape.run().clock());
        let long = if step < 60.0 { 8 } else { 5 };
        let ticks = (self.length_s / step) as u32;
        for t_s in (0..=ticks).map(|tick| f64::from(tick) * step) {
            let foot = Point::new(self.x_of(t_s), strip.bottom());
            picture.line(foot, foot.moved(0.0, 4.0), 1.0, Ink::Soft);
            let words: String =
                clock.at(Instant::START + Duration::secs_f64(t_s)).chars().take(long).collect();
            let at = Point::new(foot.x + 3.0, height - TIMES * 0.42);
            if at.x + words.len() as f64 * LETTER < self.width {
                picture.text(at, 10.5, Align::Left, Ink::Soft, &words);
            }
        }
    }

    /// Words beside the pointer, on the side where there is room.
    fn name(&self, words: &str, x: f64, height: f64, picture: &mut Picture) {
        let wide = words.chars().count() as f64 * LETTER + 12.0;
        let left = if x + wide + 8.0 < self.width { x + 6.0 } else { (x - wide - 6.0).max(0.0) };
        let area = Rect::new(left, height / 2.0 - 10.0, wide, 20.0);
        picture.rect(area, 5.0, Ink::Text);
        let at = Point::new(left + 6.0, height / 2.0 + 0.5);
        picture.text(at, 12.0, Align::Left, Ink::Floor, words);
    }

    /// The pool's health: taller where it was worse, so that it is told without colour too.
    fn health(&self, tape: &Tape, strip: Rect, picture: &mut Picture) {
        let mut runs: Vec<(f64, f64, Health)> = Vec::new();
        for (t_s, health) in tape.health() {
            match runs.last_mut() {
                Some((_, end, last)) if *last == health => *end = t_s,
                Some((_, end, _)) => {
                    let begin = *end;
                    runs.push((begin, t_s, health));
                }
                None => runs.push((0.0, t_s, health)),
            }
        }
        for (begin, end, health) in runs {
            let (share, ink) = match health {
                Health::Well => (0.3, Ink::Good),
                Health::Strained => (0.55, Ink::Straining),
                Health::Sick => (0.8, Ink::Bad),
                Health::Dead => (1.0, Ink::Text),
            };
            let (from, to) = (self.x_of(begin), self.x_of(end));
            let high = strip.h * share;
            let area = Rect::new(from, strip.bottom() - high, (to - from).max(0.5), high);
            picture.rect(area, 0.0, ink);
        }
    }

    /// The abandoned futures: thin lines under the strip, from the fork on.
    fn ghosts(&self, tape: &Tape, strip: Rect, picture: &mut Picture) {
        for (row, ghost) in tape.ghosts().iter().rev().take(MAX_GHOSTS).enumerate() {
            let y = strip.bottom() + 2.0 + row as f64 * 2.5;
            let from = Point::new(self.x_of(ghost.forked_at().as_secs_f64()), y);
            let to = Point::new(self.x_of(ghost.end().as_secs_f64()), y);
            picture.line(from, to, 1.5, Ink::Soft);
        }
    }

    fn cursor(&self, now_s: f64, height: f64, picture: &mut Picture) {
        let x = self.x_of(now_s);
        picture.line(Point::new(x, 4.0), Point::new(x, height - 3.0), 5.0, Ink::Floor);
        picture.line(Point::new(x, 4.0), Point::new(x, height - 3.0), 2.5, Ink::Focus);
        picture.disc(Point::new(x, height - 8.0), 6.0, Ink::Focus);
        picture.disc(Point::new(x, height - 8.0), 3.0, Ink::Floor);
    }
}

/// The sign of a mark: each kind has its shape.
fn sign(what: MarkKind, at: Point, strip: Rect, picture: &mut Picture) {
    match what {
        MarkKind::Command => {
            let corners = [at.moved(-5.0, -5.0), at.moved(5.0, -5.0), at.moved(0.0, 5.0)];
            picture.poly(corners, Ink::Working);
            let foot = Point::new(at.x, strip.bottom());
            picture.line(at.moved(0.0, 5.0), foot, 1.0, Ink::Working);
        }
        MarkKind::Fired(_) => picture.disc(at, 4.0, Ink::Bad),
        MarkKind::Resolved(_) => picture.ring(at, 3.5, 1.5, Ink::Good),
        MarkKind::Milestone(_) => {
            picture.line(at.moved(0.0, -6.0), at.moved(0.0, 7.0), 1.5, Ink::Text);
            let flag = [at.moved(0.0, -6.0), at.moved(7.0, -3.0), at.moved(0.0, 0.0)];
            picture.poly(flag, Ink::Text);
        }
        MarkKind::Kill(_) => {
            picture.line(at.moved(-3.0, -3.0), at.moved(3.0, 3.0), 1.5, Ink::Soft);
            picture.line(at.moved(-3.0, 3.0), at.moved(3.0, -3.0), 1.5, Ink::Soft);
        }
        MarkKind::BreakerOpened(_) => {
            let corners =
                [at.moved(-4.5, 0.0), at.moved(0.0, -4.5), at.moved(4.5, 0.0), at.moved(0.0, 4.5)];
            picture.poly(corners, Ink::Toxic);
        }
        MarkKind::OutOfMemory => picture.bold(at, 14.0, Align::Center, Ink::Bad, "☠"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::built_in;

    fn tape(seconds: u64) -> Tape {
        let scenario = built_in("zombie").expect("the scenario is built in");
        let mut tape = Tape::new(scenario).expect("the scenario is allowed");
        tape.play(Instant::START + Duration::secs(seconds), &mut ());
        tape
    }

    #[test]
    fn a_place_on_the_timeline_is_the_moment_it_shows() {
        let timeline = Timeline::of(&tape(120), 900.0);
        for t_s in [0.0, 30.0, 333.3, timeline.length_s()] {
            let found = timeline.instant_at(timeline.x_of(t_s)).as_secs_f64();
            assert!((found - t_s).abs() < 0.01, "{t_s}: {found}");
        }
        assert_eq!(timeline.instant_at(-50.0), Instant::START);
        assert!(timeline.instant_at(1e9).as_secs_f64() <= timeline.length_s());
    }

    #[test]
    fn the_timeline_grows_when_the_run_is_longer_than_planned() {
        assert_eq!(Timeline::of(&tape(10), 900.0).length_s(), 900.0);
        let longer = Timeline::of(&tape(950), 900.0).length_s();
        assert!(longer > 950.0 && longer <= 1_500.0, "{longer}");
    }

    #[test]
    fn a_mark_is_found_where_it_stands() {
        let tape = tape(200);
        let timeline = Timeline::of(&tape, 900.0);
        assert!(!tape.marks().is_empty());
        for mark in tape.marks() {
            let x = timeline.x_of(mark.at.as_secs_f64());
            let found = timeline.mark_at(x + 1.0, tape.marks()).map(|other| other.at);
            let near = found.map(|at| (timeline.x_of(at.as_secs_f64()) - x).abs() < 2.1);
            assert_eq!(near, Some(true), "{mark:?}");
        }
    }

    #[test]
    fn signs_of_one_kind_stand_apart_and_the_clock_is_told_in_even_steps() {
        let tape = tape(600);
        for width in [340.0, 900.0, 1_800.0] {
            let timeline = Timeline::of(&tape, width);
            let signs = timeline.signs(tape.marks());
            assert!(!signs.is_empty() && signs.len() < tape.marks().len(), "{width}");
            for (n, sign) in signs.iter().enumerate() {
                for other in &signs[n + 1..] {
                    let gap = timeline.x_of(other.at.as_secs_f64())
                        - timeline.x_of(sign.at.as_secs_f64());
                    let alike = discriminant(&other.what) == discriminant(&sign.what);
                    assert!(!alike || gap.abs() >= GROUP, "{width}: {sign:?} {other:?}");
                }
            }
            let mut picture = Picture::default();
            timeline.paint(&tape, 54.0, Some(100.0), &mut picture);
            let steps = (timeline.length_s() / timeline.step_s()) as usize;
            let svg = picture.svg((900, 54), crate::scene::Theme::Light, "timeline");
            assert!(svg.contains("03:40") && steps >= 2, "{width}: {steps}");
        }
    }
}
