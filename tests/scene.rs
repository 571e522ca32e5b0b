//! The stage: what it shows is what is so, wherever the viewer has come from, and it can be read at
//! any size.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, JobId, JobKind, Outcome};
use zombie_workers::run::{Command, Run, Scenario, Tape, TimedCommand, built_in};
use zombie_workers::scene::{Labels, Picture, Point, Rect, Shape, Stage, Theme, View, paint};
use zombie_workers::watch::units::in_mb;

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
const DESKTOP: View =
    View { size: Point::new(980.0, 423.0), motion: true, belief: false, theme: Theme::Light };

fn scenario(changes: &[(KnobId, f64)]) -> Scenario {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    for &(knob, value) in changes {
        scenario.knobs.set(knob, &Value::Number(value)).expect("the value is allowed");
    }
    scenario
}

fn at(seconds: u64) -> Instant {
    Instant::START + Duration::secs(seconds)
}

fn run(scenario: &Scenario, seconds: u64) -> Run {
    let mut run = Run::new(scenario).expect("the scenario is allowed");
    run.advance(at(seconds), &mut ());
    run
}

/// A stage that has come to rest, and its picture.
fn staged(run: &Run, view: View) -> (Stage, Picture) {
    let mut stage = Stage::default();
    stage.follow(run, 0.0, view);
    let mut picture = Picture::default();
    paint(&stage, &LABELS, None, &mut picture);
    (stage, picture)
}

fn texts(picture: &Picture) -> impl Iterator<Item = (&str, Point, f64)> {
    picture.items.iter().filter_map(|item| match &item.shape {
        Shape::Text { words, at, size, .. } => Some((&**words, *at, *size)),
        _ => None,
    })
}

#[test]
fn however_the_viewer_travels_the_graveyard_is_that_of_the_moment() {
    let mut tape = Tape::new(scenario(&[])).expect("the scenario is allowed");
    let mut stage = Stage::default();
    tape.play(at(300), &mut ());
    for _ in 0..6 {
        for seconds in [240, 180, 120, 60, 0, 60, 120, 180, 240, 300] {
            tape.seek(at(seconds));
            stage.jump();
            stage.follow(tape.run(), 0.016, DESKTOP);
            let zombies = tape.run().pool().roster().zombies() as usize;
            assert_eq!(stage.headcount().zombies, zombies);
            let (fresh, _) = staged(tape.run(), DESKTOP);
            assert_eq!(stage.layout(), fresh.layout(), "at {seconds} s");
            assert!(stage.actors().eq(fresh.actors()), "each in its place, and none who leaves");
        }
    }
    assert!(stage.headcount().zombies > 25);
}

#[test]
fn zombies_stay_in_their_graves_when_others_are_reaped() {
    let mut night = scenario(&[(KnobId::scan_interval_s, 5.0)]);
    night.commands.push(TimedCommand {
        at_s: 200.0,
        command: Command::Set { knob: KnobId::fix_detection, value: Value::Flag(true) },
    });
    let mut run = run(&night, 200);
    let mut stage = Stage::default();
    stage.follow(&run, 1.0, DESKTOP);
    let graves = |stage: &Stage| -> Vec<_> {
        stage.actors().filter(|a| a.dying < 0.0).filter_map(|a| Some((a.id, a.grave?))).collect()
    };
    let before = graves(&stage);
    for tenth in 1..=300 {
        run.advance(at(200) + Duration::millis(100 * tenth), &mut ());
        stage.follow(&run, 0.1, DESKTOP);
        let now = graves(&stage);
        let kept = |(id, grave): &(_, _)| before.iter().all(|old| old.0 != *id || old.1 == *grave);
        assert!(now.iter().all(kept), "{before:?} became {now:?}");
        assert_eq!(now.len(), stage.headcount().zombies);
    }
    assert!(graves(&stage).len() < before.len(), "some were reaped");
}

#[test]
fn what_a_worker_holds_is_written_whole_with_its_unit() {
    let run = run(&scenario(&[]), 60);
    let (stage, picture) = staged(&run, DESKTOP);
    assert!(stage.layout().slots.cell > 70.0);
    let heavy = stage.actors().filter(|actor| actor.mib >= 100 && actor.grave.is_none());
    let mut seen = 0;
    for actor in heavy {
        seen += 1;
        let words = in_mb(u64::from(actor.mib));
        let item = picture.items.iter().position(
            |item| matches!(&item.shape, Shape::Text { words: text, .. } if *text == words),
        );
        let item = item.expect("its weight is written");
        let Shape::Text { at, size, .. } = picture.items[item].shape.clone() else { continue };
        let half = words.len() as f64 * size * 0.3;
        let covers = |rect: &Rect| rect.holds(at.moved(-half, 0.0)) || rect.holds(at);
        let over = picture.items[item + 1..]
            .iter()
            .find(|item| matches!(&item.shape, Shape::Rect { rect, .. } if covers(rect)));
        assert_eq!(over, None, "nothing is drawn over {words}");
    }
    assert!(seen > 0, "some hang, and hold a lot");
}

#[test]
fn workers_without_a_slot_stand_on_the_floor_until_they_leave() {
    let mut crowd = scenario(&[(KnobId::workers, 60.0), (KnobId::arrival_rate, 40.0)]);
    crowd.commands.push(TimedCommand {
        at_s: 60.0,
        command: Command::Set { knob: KnobId::workers, value: Value::Number(5.0) },
    });
    let mut run = run(&crowd, 59);
    let mut stage = Stage::default();
    let mut most = 0;
    for tenth in 0..100 {
        run.advance(at(59) + Duration::millis(100 * tenth), &mut ());
        stage.follow(&run, 0.1, DESKTOP);
        let (layout, count) = (stage.layout(), stage.headcount());
        for actor in stage.actors().filter(|actor| actor.dying < 0.0) {
            let part = if actor.grave.is_some() { layout.grave } else { layout.floor };
            assert!(part.holds(actor.goal), "worker {} stands outside", actor.id.0);
        }
        assert!(count.workers <= layout.slot_count as usize);
        most = most.max(count.leaving);
    }
    assert!(most > 5, "some have to finish their jobs first: {most}");
    assert_eq!(stage.layout().slot_count, 5);
}

#[test]
fn all_that_wait_are_counted() {
    let changes = [(KnobId::queue_capacity, 100_000.0), (KnobId::arrival_rate, 60.0)];
    let run = run(&scenario(&changes), 200);
    let (stage, picture) = staged(&run, DESKTOP);
    let waiting = run.pool().queue().len();
    assert!(waiting > 5_000 && stage.headcount().waiting == waiting);
    let title = format!("Waiting {waiting}");
    assert!(texts(&picture).any(|(words, ..)| words == title));
}

#[test]
fn titles_fit_into_their_parts_at_any_size() {
    let run =
        run(&scenario(&[(KnobId::queue_capacity, 100_000.0), (KnobId::arrival_rate, 30.0)]), 300);
    for theme in Theme::ALL {
        for (w, h) in [(320.0, 520.0), (600.0, 400.0), (760.0, 400.0), (1900.0, 700.0)] {
            let view = View { size: Point::new(w, h), theme, ..DESKTOP };
            let (stage, picture) = staged(&run, view);
            let layout = stage.layout();
            for (start, part) in
                [("Waiting", layout.queue), ("Workers", layout.floor), ("Zombies", layout.grave)]
            {
                let title = texts(&picture).find(|(words, ..)| words.starts_with(start));
                let (words, at, size) = title.expect("each part has a title");
                let end = at.x + words.len() as f64 * size * 0.6;
                assert!(part.holds(at) && end <= part.right(), "{words} in {part:?}");
                assert!(size >= 9.0, "{words} is {size} high, {w} × {h}, {theme:?}");
            }
        }
    }
}

#[test]
fn all_text_is_larger_on_a_projector() {
    let run = run(&scenario(&[]), 120);
    let size_of = |theme, start: &str| {
        let (_, picture) = staged(&run, View { theme, size: Point::new(1400.0, 560.0), ..DESKTOP });
        let found = texts(&picture).find(|(words, ..)| words.contains(start));
        found.map(|(_, _, size)| size).expect("it is written")
    };
    for words in ["Waiting", "Workers", "Zombies", "Host memory", " GB"] {
        let ratio = size_of(Theme::Projector, words) / size_of(Theme::Light, words);
        assert!(ratio > 1.3, "{words}: {ratio}");
    }
}

#[test]
fn without_motion_nothing_moves_between_two_frames() {
    let still = View { motion: false, ..DESKTOP };
    let mut run = run(&scenario(&[]), 20);
    let mut stage = Stage::default();
    stage.follow(&run, 0.0, still);
    let mut floated = 0;
    for tenth in 0..400 {
        let now = at(20) + Duration::millis(100 * tenth);
        run.advance(now, &mut |now, event: &Event| stage.saw(now, event));
        if let Some(worker) = run.pool().roster().slots()[0] {
            let event = Event::Finished {
                doomed: false,
                worker,
                job: JobId(0),
                kind: JobKind::Normal,
                outcome: Outcome::Succeeded,
                ran: Duration::ZERO,
                total: Duration::ZERO,
            };
            stage.saw(now, &event);
        }
        stage.follow(&run, 0.1, still);
        floated += stage.floaters().len();
        assert!(stage.floaters().iter().all(|floater| floater.from == floater.to));
        assert!(stage.actors().all(|actor| actor.feet == actor.goal && actor.dying < 0.0));
        assert_eq!(stage.time(), 0.0);
    }
    assert!(floated > 100, "what happened is still told");
}

#[test]
fn what_happens_again_and_again_is_said_once_in_a_place() {
    let mut run = run(&scenario(&[(KnobId::arrival_rate, 60.0)]), 60);
    let mut stage = Stage::default();
    stage.follow(&run, 0.0, DESKTOP);
    let mut said = 0;
    for frame in 1..=300 {
        let now = at(60) + Duration::millis(16 * frame);
        run.advance(now, &mut |now, event: &Event| stage.saw(now, event));
        stage.follow(&run, 0.016, DESKTOP);
        let mut picture = Picture::default();
        paint(&stage, &LABELS, None, &mut picture);
        said = said.max(texts(&picture).filter(|(words, ..)| *words == "queue full").count());
    }
    assert!((1..=2).contains(&said), "{said} at once");
}

#[test]
fn the_figure_of_memory_stands_beside_its_bar_however_full_it_is() {
    let run = run(&scenario(&[(KnobId::host_memory_mib, 7_600.0)]), 320);
    for (w, h) in [(320.0, 520.0), (980.0, 423.0)] {
        let (stage, picture) = staged(&run, View { size: Point::new(w, h), ..DESKTOP });
        let bar = stage.memory();
        assert!(bar.used * 10 > bar.limit * 8, "{bar:?}");
        let figure = texts(&picture).find(|(words, ..)| words.ends_with(" GB"));
        let (words, at, size) = figure.expect("the figure is written");
        let left = at.x - words.len() as f64 * size * 0.6;
        for item in &picture.items {
            let Shape::Rect { rect, .. } = item.shape else { continue };
            let whole = rect.w >= w && rect.h >= h;
            assert!(whole || !rect.holds(Point::new(left, at.y)), "{words} lies on {rect:?}");
        }
    }
}
