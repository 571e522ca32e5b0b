//! Holds the inks to WCAG 2.2: contrast 4.5 for text on what is behind it (1.4.3), 3 for shapes on
//! their ground (1.4.11), measured on the pictures that are really drawn.

use super::actor::{Actor, Mood};
use super::charts::{CHARTS, ChartData, ChartMark, draw};
use super::figure::{self, body_ink};
use super::geometry::Point;
use super::layout::Detail;
use super::paint::{Labels, paint};
use super::shape::{Align, Item, Picture, Shape, text_width};
use super::stage::{Stage, View};
use super::theme::{Ink, Theme};
use super::timeline::Timeline;
use super::token;
use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, KnobId, Value};
use crate::pool::{JobKind, WorkerId};
use crate::run::{Run, Tape, built_in};
use crate::watch::SeriesPoint;

/// Linear red, green and blue.
type Colour = [f64; 3];

const LABELS: Labels = Labels {
    queue: "Waiting",
    floor: "Workers",
    leaving: "leaving",
    grave: "Zombies",
    nobody: "nobody yet",
    unknown: "Suspects",
    letters: "dead letters",
    memory: "Host memory",
    twice: "2 × normal",
};
/// What fades is not judged, nor what is pale since the supervisor does not know of it.
const OPAQUE: f64 = 0.9;
/// Thinner lines than this are no ground for a text.
const THIN: f64 = 4.0;

fn linear(share: f64) -> f64 {
    if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
}

fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

fn colour(theme: Theme, ink: Ink) -> Colour {
    theme.rgb(ink).map(|part| f64::from(part) / 255.0)
}

fn between(theme: Theme, a: Ink, b: Ink) -> f64 {
    contrast(colour(theme, a), colour(theme, b))
}

/// Whether a shape covers a point and is wide enough to be the ground of a text.
fn covers(item: &Item, picture: &Picture, at: Point) -> bool {
    let near = |distance: f64| item.stroke >= THIN && distance <= item.stroke / 2.0;
    match &item.shape {
        Shape::Rect { rect, .. } => {
            item.stroke == 0.0 && rect.w >= THIN && rect.h >= THIN && rect.holds(at)
        }
        Shape::Disc { center, radius } => {
            let distance = center.distance(at);
            if item.stroke == 0.0 { distance <= *radius } else { near((distance - radius).abs()) }
        }
        Shape::Arc { center, radius, .. } => {
            item.stroke == 0.0 && center.distance(at) <= *radius && at.y <= center.y
        }
        Shape::Line { from, to } => near(from_line(*from, *to, at)),
        Shape::Polygon { corners } => inside(picture.points(corners), at),
        Shape::Polyline { .. } | Shape::Text { .. } => false,
    }
}

fn from_line(from: Point, to: Point, at: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = (dx * dx + dy * dy).max(1e-9);
    let share = (((at.x - from.x) * dx + (at.y - from.y) * dy) / length).clamp(0.0, 1.0);
    from.toward(to, share).distance(at)
}

/// By the even-odd rule.
fn inside(corners: &[Point], at: Point) -> bool {
    let ends = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossed = ends.filter(|(a, b)| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    });
    crossed.count() % 2 == 1
}

/// The colour at a point of the first shapes of a picture.
fn ground(picture: &Picture, count: usize, at: Point, theme: Theme) -> Colour {
    let paper = colour(theme, Ink::Paper);
    picture.items[..count].iter().filter(|item| covers(item, picture, at)).fold(
        paper,
        |below, item| {
            let over = colour(theme, item.ink);
            std::array::from_fn(|n| below[n] + (over[n] - below[n]) * item.alpha)
        },
    )
}

/// Holds every text of a picture against what is behind it: its middle, and near both ends.
fn texts_can_be_read(picture: &Picture, theme: Theme, name: &str, faults: &mut Vec<String>) {
    for (place, item) in picture.items.iter().enumerate() {
        let Shape::Text { at, size, align, words, .. } = &item.shape else { continue };
        let width = text_width(words, *size) * 0.8;
        let left = match align {
            Align::Left => at.x,
            Align::Center => at.x - width / 2.0,
            Align::Right => at.x - width,
        };
        for share in [0.1, 0.5, 0.9] {
            let behind = ground(picture, place, Point::new(left + width * share, at.y), theme);
            let ratio = contrast(colour(theme, item.ink), behind);
            if ratio < 4.5 && item.alpha >= OPAQUE {
                let ink = item.ink;
                faults.push(format!("{name}, {theme:?}: {words} in {ink:?}: {ratio:.2}"));
            }
        }
    }
}

fn report(mut faults: Vec<String>) {
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A run with all fixes or none, of so many workers, `seconds` in.
fn run(workers: f64, fixes: bool, seconds: u64) -> Run {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    for (knob, value) in [(KnobId::workers, workers), (KnobId::arrival_rate, workers * 0.8)] {
        scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    for fix in Fix::ALL {
        fix.switch(&mut scenario.knobs, fixes);
    }
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    run.advance(Instant::START + Duration::secs(seconds), &mut ());
    run
}

#[test]
fn every_text_on_the_stage_can_be_read() {
    let mut faults = Vec::new();
    let sizes = [Point::new(358.0, 520.0), Point::new(980.0, 423.0), Point::new(1_900.0, 600.0)];
    for (workers, fixes, seconds) in [
        (10.0, false, 20),
        (10.0, false, 90),
        (10.0, false, 330),
        (10.0, true, 150),
        (40.0, false, 200),
        (1_000.0, true, 30),
    ] {
        let mut run = run(workers, fixes, seconds);
        for theme in Theme::ALL {
            for (size, belief) in sizes.into_iter().flat_map(|size| [(size, false), (size, true)]) {
                let mut stage = Stage::default();
                let view = View { size, motion: true, belief, theme };
                stage.follow(&run, 0.0, view);
                let later = run.now() + Duration::millis(40);
                run.advance(later, &mut |now, event: &_| stage.saw(now, event));
                stage.follow(&run, 0.0, view);
                let mut picture = Picture::default();
                paint(&stage, &LABELS, Some(WorkerId(7)), &mut picture);
                let name = format!("{workers} workers at {seconds} s, {size:?}");
                texts_can_be_read(&picture, theme, &name, &mut faults);
            }
        }
    }
    report(faults);
}

#[test]
fn every_text_on_charts_and_on_the_timeline_can_be_read() {
    let mut faults = Vec::new();
    let scenario = built_in("zombie").expect("the scenario is built in");
    let mut tape = Tape::new(scenario).expect("the scenario is allowed");
    tape.play(Instant::START + Duration::secs(600), &mut ());
    let points: Vec<SeriesPoint> = tape.series().points().to_vec();
    let marks = [(30.0, Ink::Bad), (200.0, Ink::Text), (400.0, Ink::Good)];
    let marks = marks.map(|(t_s, ink)| ChartMark { t_s, ink, label: "a command".to_owned() });
    for theme in Theme::ALL {
        for chart in CHARTS {
            let mut picture = Picture::default();
            picture.clear();
            let data = ChartData {
                points: &points,
                other: Some(&points[..200]),
                marks: &marks,
                now_s: 500.0,
                end_s: 600.0,
                theme,
                baseline_mib: 700.0,
                limit_mib: 16_384.0,
                workers: 10,
                p95_limit_s: 5.0,
                ..ChartData::default()
            };
            draw(&mut picture, (480, 190), chart, &data, 1.0);
            texts_can_be_read(&picture, theme, chart.id, &mut faults);
        }
        for x in [20.0, 333.0, 870.0] {
            let mut picture = Picture::default();
            Timeline::of(&tape, 900.0).paint(&tape, 44.0, Some(x), &mut picture);
            texts_can_be_read(&picture, theme, "timeline", &mut faults);
        }
    }
    report(faults);
}

#[test]
fn jobs_stand_out_from_every_ground() {
    let mut faults = Vec::new();
    for theme in Theme::ALL {
        for kind in JobKind::ALL {
            for ground in [Ink::Desk, Ink::Floor, Ink::Grave] {
                let mut picture = Picture::default();
                picture.clear();
                token::draw(kind, Point::default(), 6.0, &mut picture);
                let ratio = between(theme, picture.items[0].ink, ground);
                if ratio < 3.0 {
                    faults.push(format!("{theme:?}: {kind:?} on {ground:?}: {ratio:.2}"));
                }
            }
        }
    }
    report(faults);
}

const MOODS: [Mood; 7] = [
    Mood::Coming,
    Mood::Idle,
    Mood::Working,
    Mood::Straining,
    Mood::Frozen,
    Mood::Spinning,
    Mood::Zombie,
];

/// A worker without a job, drawn alone.
fn portrait(mood: Mood, cell: f64, detail: Detail) -> Picture {
    let mut picture = Picture::default();
    picture.clear();
    let actor = Actor { mood, ..Actor::enter(WorkerId(1), Point::default()) };
    figure::draw(&actor, cell, detail, 0.0, &mut picture);
    picture
}

#[test]
fn a_worker_stands_out_from_its_ground_by_its_body_or_by_its_outline() {
    let mut faults = Vec::new();
    for theme in Theme::ALL {
        for mood in MOODS {
            let ground = if mood == Mood::Zombie { Ink::Grave } else { Ink::Floor };
            for (cell, detail) in
                [(6.0, Detail::Cell), (20.0, Detail::Small), (90.0, Detail::Large)]
            {
                let picture = portrait(mood, cell, detail);
                let body = |item: &&Item| {
                    matches!(item.shape, Shape::Rect { .. } | Shape::Polygon { .. })
                        && item.alpha == 1.0
                        && [body_ink(mood), Ink::Edge, Ink::Text].contains(&item.ink)
                };
                let drawn = picture.items.iter().filter(body);
                let best = drawn.map(|item| between(theme, item.ink, ground)).fold(0.0, f64::max);
                if best < 3.0 {
                    faults.push(format!("{theme:?}: {mood:?} as {detail:?}: {best:.2}"));
                }
            }
        }
    }
    report(faults);
}

#[test]
fn in_a_crowd_hung_workers_have_other_shapes_than_those_that_work() {
    let outline = |mood, cell, detail| {
        let picture = portrait(mood, cell, detail);
        let shapes = picture.items.into_iter().map(|item| (item.shape, item.stroke > 0.0));
        (shapes.collect::<Vec<_>>(), picture.points)
    };
    for (cell, detail) in [(6.0, Detail::Cell), (20.0, Detail::Small)] {
        let shapes = [Mood::Working, Mood::Frozen, Mood::Spinning, Mood::Coming]
            .map(|mood| outline(mood, cell, detail));
        for (n, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..n].contains(shape), "{detail:?}: {shape:?}");
        }
    }
}

#[test]
fn lines_and_areas_of_charts_stand_out_from_their_ground() {
    let mut faults = Vec::new();
    for theme in Theme::ALL {
        for chart in CHARTS {
            let series = chart.series.iter().map(|series| series.ink);
            for ink in series.chain([Ink::Other, Ink::Focus]) {
                let ratio = between(theme, ink, Ink::Floor);
                if ratio < 3.0 {
                    faults.push(format!("{theme:?}: {ink:?} in {}: {ratio:.2}", chart.id));
                }
            }
        }
        for (shape, ground) in [
            (Ink::Stone, Ink::Grave),
            (Ink::Working, Ink::Desk),
            (Ink::Zombie, Ink::Desk),
            (Ink::Good, Ink::Desk),
            (Ink::Straining, Ink::Desk),
            (Ink::Bad, Ink::Desk),
            (Ink::Weight, Ink::Floor),
            (Ink::Weight, Ink::Grave),
        ] {
            let ratio = between(theme, shape, ground);
            if ratio < 3.0 {
                faults.push(format!("{theme:?}: {shape:?} on {ground:?}: {ratio:.2}"));
            }
        }
    }
    report(faults);
}

#[test]
fn words_of_the_page_can_be_read_and_better_still_on_a_projector() {
    let mut faults = Vec::new();
    for theme in Theme::ALL {
        for (word, ground) in [
            (Ink::Text, Ink::Paper),
            (Ink::Text, Ink::Floor),
            (Ink::Text, Ink::Desk),
            (Ink::Text, Ink::Grave),
            (Ink::Text, Ink::Alarm),
            (Ink::Soft, Ink::Paper),
            (Ink::Soft, Ink::Floor),
            (Ink::Soft, Ink::Desk),
            (Ink::Soft, Ink::Grave),
            (Ink::Good, Ink::Paper),
            (Ink::Good, Ink::Floor),
            (Ink::Bad, Ink::Paper),
            (Ink::Bad, Ink::Floor),
            (Ink::Bad, Ink::Alarm),
            (Ink::Floor, Ink::Accent),
            (Ink::TerminalText, Ink::Terminal),
        ] {
            let ratio = between(theme, word, ground);
            let plain = matches!(word, Ink::Text | Ink::Soft);
            let min = if theme == Theme::Projector && plain { 7.0 } else { 4.5 };
            if ratio < min {
                faults.push(format!("{theme:?}: {word:?} on {ground:?}: {ratio:.2}"));
            }
        }
    }
    report(faults);
}
