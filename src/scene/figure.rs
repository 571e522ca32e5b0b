//! What a worker looks like: a character with a face where there is room, a small figure where
//! there is less, a cell of a grid in a crowd.

use super::actor::{Actor, Mood};
use super::geometry::{Point, Rect, wave};
use super::layout::Detail;
use super::shape::{Align, Picture, text_width};
use super::theme::Ink;
use super::token;
use crate::watch::units::in_mb;

/// Draws a worker in a place of the width `cell`; `time` is the viewer's, in seconds, for what
/// moves.
pub fn draw(actor: &Actor, cell: f64, detail: Detail, time: f64, picture: &mut Picture) {
    let fade = match actor {
        Actor { dying, .. } if *dying >= 0.0 => (1.0 - dying / DEATH).max(0.0),
        Actor { forgotten: true, .. } => 0.22,
        _ => 1.0,
    };
    picture.fade(fade);
    match detail {
        Detail::Large => large(actor, cell, time, picture),
        Detail::Small => small(actor, cell, picture),
        Detail::Cell => dot(actor, cell, picture),
    }
    picture.fade(1.0);
}

/// How long a worker that is gone fades, in seconds of the viewer's time.
pub const DEATH: f64 = 0.7;

/// The ink of a mood.
pub fn body_ink(mood: Mood) -> Ink {
    match mood {
        Mood::Coming => Ink::Coming,
        Mood::Idle => Ink::Idle,
        Mood::Working => Ink::Working,
        Mood::Straining => Ink::Straining,
        Mood::Frozen => Ink::Frozen,
        Mood::Spinning => Ink::Spinning,
        Mood::Zombie => Ink::Zombie,
    }
}

/// A cell of a grid: a square, a rotated one for a loop, a framed one for a lock, a small one for
/// a worker that starts or leaves.
fn dot(actor: &Actor, cell: f64, picture: &mut Picture) {
    let side = (cell - 1.0).max(1.0);
    let center = actor.feet.moved(0.0, -side / 2.0);
    let square = |side: f64| Rect::new(center.x - side / 2.0, center.y - side / 2.0, side, side);
    let ink = body_ink(actor.mood);
    match actor.mood {
        Mood::Spinning => {
            let r = side * 0.6;
            let corners = [(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)];
            picture.poly(corners.map(|(dx, dy)| center.moved(dx, dy)), ink);
        }
        Mood::Frozen => {
            picture.rect(square(side), 0.0, Ink::Text);
            picture.rect(square(side * 0.5), 0.0, ink);
        }
        Mood::Coming => picture.rect(square(side * 0.6), 0.0, ink),
        _ => picture.rect(square(side), 0.0, ink),
    }
}

/// A small figure: a body, a hat while it is at work, its job, and an outline with eyes if it is
/// stuck.
fn small(actor: &Actor, cell: f64, picture: &mut Picture) {
    let (w, h) = (cell * 0.5, cell * 0.62);
    let body = Rect::new(actor.feet.x - w / 2.0, actor.feet.y - h, w, h);
    picture.rect(body, w * 0.3, body_ink(actor.mood));
    let stuck = matches!(actor.mood, Mood::Frozen | Mood::Spinning | Mood::Zombie);
    if stuck {
        picture.frame(body, w * 0.3, (cell * 0.05).max(1.0), Ink::Text);
    }
    let head = Point::new(actor.feet.x, body.y);
    match actor.mood {
        Mood::Coming => {}
        Mood::Zombie => picture.half_disc(head, w * 0.42, Ink::OldHat),
        _ => picture.half_disc(head, w * 0.42, Ink::Hat),
    }
    if stuck {
        for side in [-1.0, 1.0] {
            let at = head.moved(side * w * 0.24, h * 0.2);
            eye(actor.mood, at, w * 0.13, 0.0, picture);
        }
    }
    if actor.suspect {
        picture.bold(head.moved(w * 0.6, -w * 0.3), cell * 0.32, Align::Center, Ink::Bad, "?");
    }
    if let Some(job) = actor.job {
        token::draw(job.kind, body.center().moved(0.0, h * 0.16), cell * 0.12, picture);
    }
}

fn large(actor: &Actor, cell: f64, time: f64, picture: &mut Picture) {
    let beat = time + f64::from(actor.id.0) * 0.37;
    let lean = sway(actor, beat) * cell * 0.03;
    let (w, h) = (cell * 0.42, cell * 0.42);
    let feet = actor.feet;
    let body = Rect::new(feet.x - w / 2.0 + lean, feet.y - h, w, h);
    shadow(feet, cell, picture);
    weight(actor, cell, picture);
    legs(actor, cell, beat, picture);
    picture.rect(body, w * 0.28, body_ink(actor.mood));
    picture.frame(body, w * 0.28, 1.5, Ink::Edge);
    arms(actor, body, cell, beat, picture);
    let head = Point::new(feet.x + lean * 1.6, body.y - cell * 0.13);
    face(actor, head, cell * 0.2, beat, picture);
    hands(actor, body, head, cell, picture);
    marks(actor, head, cell, beat, picture);
    if cell >= 46.0 {
        let at = body.center().moved(0.0, cell * 0.02);
        label(&actor.id.0.to_string(), at, cell * 0.13, picture);
    }
    weight_label(actor, cell, picture);
}

/// How far it leans to a side, from −1 to 1.
fn sway(actor: &Actor, beat: f64) -> f64 {
    match actor.mood {
        Mood::Zombie => wave(beat * 0.25) * 1.6,
        Mood::Working => wave(beat * 1.1) * 0.5,
        Mood::Straining => wave(beat * 2.2) * 0.6,
        Mood::Spinning => wave(beat * 3.0),
        Mood::Idle | Mood::Coming => wave(beat * 0.4) * 0.4,
        Mood::Frozen => 0.0,
    }
}

fn shadow(feet: Point, cell: f64, picture: &mut Picture) {
    let area = Rect::new(feet.x - cell * 0.26, feet.y - cell * 0.03, cell * 0.52, cell * 0.07);
    picture.rect_alpha(area, cell * 0.035, Ink::Edge, 0.16);
}

/// The memory that the worker holds: a sack that grows with it.
fn weight(actor: &Actor, cell: f64, picture: &mut Picture) {
    if let Some(size) = sack(actor, cell) {
        let at = actor.feet.moved(cell * 0.27, -size * 0.9);
        picture.disc(at, size, Ink::Weight);
        picture.disc(at.moved(0.0, -size * 1.05), size * 0.32, Ink::Weight);
    }
}

/// The radius of the sack, if the worker holds enough for one.
fn sack(actor: &Actor, cell: f64) -> Option<f64> {
    let size = (cell * 0.1 * (f64::from(actor.mib) / 40.0).sqrt()).min(cell * 0.3);
    (actor.mib >= 60).then_some(size)
}

/// What the sack weighs, on a label at its foot, right of the body.
fn weight_label(actor: &Actor, cell: f64, picture: &mut Picture) {
    if cell >= 70.0 && sack(actor, cell).is_some() {
        let at = actor.feet.moved(cell * 0.29, -cell * 0.06);
        label(&in_mb(u64::from(actor.mib)), at, cell * 0.1, picture);
    }
}

/// Words on a white label, to be read on any figure.
fn label(words: &str, at: Point, size: f64, picture: &mut Picture) {
    let (w, h) = (text_width(words, size) + size * 0.5, size * 1.3);
    picture.rect(Rect::new(at.x - w / 2.0, at.y - h / 2.0, w, h), h * 0.3, Ink::Eye);
    picture.bold(at, size, Align::Center, Ink::Dark, words);
}

fn legs(actor: &Actor, cell: f64, beat: f64, picture: &mut Picture) {
    let stride = if actor.walks() { wave(beat * 2.0) * cell * 0.07 } else { 0.0 };
    for (side, step) in [(-1.0, stride), (1.0, -stride)] {
        let hip = actor.feet.moved(side * cell * 0.1, -cell * 0.06);
        picture.line(hip, actor.feet.moved(side * cell * 0.1 + step, 0.0), cell * 0.07, Ink::Edge);
    }
}

fn arms(actor: &Actor, body: Rect, cell: f64, beat: f64, picture: &mut Picture) {
    let ink = body_ink(actor.mood);
    let pen = cell * 0.07;
    let shoulder = body.y + body.h * 0.3;
    for side in [-1.0, 1.0] {
        let from = Point::new(body.center().x + side * body.w * 0.46, shoulder);
        let to = match actor.mood {
            // Stretched out in front, as zombies do.
            Mood::Zombie => from.moved(cell * 0.2, -cell * 0.04 + side * cell * 0.03),
            Mood::Working | Mood::Straining => from.moved(
                side * cell * 0.1,
                -cell * 0.08 + wave(beat * 1.6 + side * 0.25) * cell * 0.05,
            ),
            Mood::Spinning => from.moved(
                wave(beat * 2.5 + side * 0.25) * cell * 0.14,
                wave(beat * 2.5) * cell * 0.14,
            ),
            Mood::Frozen => from.moved(side * cell * 0.1, -cell * 0.1),
            Mood::Idle | Mood::Coming => from.moved(side * cell * 0.05, cell * 0.13),
        };
        picture.line(from, to, pen, ink);
    }
}

fn face(actor: &Actor, head: Point, r: f64, beat: f64, picture: &mut Picture) {
    let skin = match actor.mood {
        Mood::Zombie => Ink::Zombie,
        Mood::Frozen => Ink::Frozen,
        _ => Ink::Skin,
    };
    picture.disc(head, r, skin);
    picture.ring(head, r, 1.5, Ink::Edge);
    let hat = if actor.mood == Mood::Zombie { Ink::OldHat } else { Ink::Hat };
    picture.half_disc(head.moved(0.0, -r * 0.28), r * 0.98, hat);
    picture.line(head.moved(-r * 1.2, -r * 0.3), head.moved(r * 1.2, -r * 0.3), r * 0.2, hat);
    for side in [-1.0, 1.0] {
        eye(actor.mood, head.moved(side * r * 0.4, r * 0.12), r * 0.24, beat, picture);
    }
    mouth(actor.mood, head.moved(0.0, r * 0.6), r, picture);
}

fn eye(mood: Mood, at: Point, r: f64, beat: f64, picture: &mut Picture) {
    match mood {
        Mood::Zombie => {
            for (dx, dy) in [(r, r), (r, -r)] {
                picture.line(at.moved(-dx, -dy), at.moved(dx, dy), r * 0.5, Ink::Dark);
            }
        }
        Mood::Spinning => {
            picture.disc(at, r * 1.15, Ink::Eye);
            let turn = beat * 2.0 * std::f64::consts::TAU;
            picture.disc(
                at.moved(libm::cos(turn) * r * 0.55, libm::sin(turn) * r * 0.55),
                r * 0.5,
                Ink::Dark,
            );
        }
        Mood::Frozen => {
            picture.disc(at, r * 1.2, Ink::Eye);
            picture.disc(at, r * 0.42, Ink::Dark);
        }
        Mood::Idle if beat % 4.0 < 0.15 => {
            picture.line(at.moved(-r, 0.0), at.moved(r, 0.0), r * 0.5, Ink::Dark);
        }
        _ => picture.disc(at, r * 0.72, Ink::Dark),
    }
}

fn mouth(mood: Mood, at: Point, r: f64, picture: &mut Picture) {
    let pen = r * 0.14;
    match mood {
        Mood::Idle | Mood::Working | Mood::Coming => {
            picture.arc(at.moved(0.0, -r * 0.28), r * 0.34, [0.32, 0.68], pen, Ink::Dark);
        }
        Mood::Straining => {
            picture.line(at.moved(-r * 0.3, 0.0), at.moved(r * 0.3, 0.0), pen, Ink::Dark)
        }
        Mood::Frozen | Mood::Spinning => picture.disc(at, r * 0.2, Ink::Dark),
        Mood::Zombie => {
            picture.arc(at.moved(0.0, r * 0.22), r * 0.34, [-0.2, 0.2], pen, Ink::Dark);
        }
    }
}

/// The job above its head, with a ring that shrinks with the work left; below it, how many more it
/// has fetched.
fn hands(actor: &Actor, body: Rect, head: Point, cell: f64, picture: &mut Picture) {
    let Some(job) = actor.job else { return };
    let r = cell * 0.1;
    let at = Point::new(body.center().x - cell * 0.33, head.y - cell * 0.02);
    if let Some(time) = job.time {
        // What is left of its time: a pie that drains.
        let slice = |n: u32| {
            let turn = time * f64::from(n) / 16.0 * std::f64::consts::TAU;
            at.moved(libm::sin(turn) * r * 1.6, -libm::cos(turn) * r * 1.6)
        };
        picture.poly(std::iter::once(at).chain((0..=16).map(slice)), Ink::Line);
    }
    if job.stuck {
        picture.ring(at, r * 1.65, cell * 0.03, Ink::Bad);
    } else {
        picture.ring(at, r * 1.65, cell * 0.03, Ink::Line);
        picture.arc(at, r * 1.65, [0.0, job.left], cell * 0.035, Ink::Good);
    }
    token::draw(job.kind, at, r, picture);
    if actor.in_hand > 0 {
        let below = at.moved(-r * 0.9, r * 2.7);
        let more = format!("+{}", actor.in_hand);
        picture.bold(below, cell * 0.13, Align::Center, Ink::Text, more);
    }
}

/// Sweat, ice, letters: what tells a mood without colour.
fn marks(actor: &Actor, head: Point, cell: f64, beat: f64, picture: &mut Picture) {
    match actor.mood {
        Mood::Straining => {
            let fall = (beat * 0.9) % 1.0;
            let at = head.moved(cell * 0.22, -cell * 0.06 + fall * cell * 0.14);
            picture.disc(at, cell * 0.03, Ink::Ice);
        }
        Mood::Frozen => {
            for (n, drop) in [0.1, 0.16, 0.08].into_iter().enumerate() {
                let x = head.x + (n as f64 - 1.0) * cell * 0.13;
                let y = head.y + cell * 0.2;
                let tip = Point::new(x, y + cell * drop);
                picture.poly(
                    [Point::new(x - cell * 0.03, y), Point::new(x + cell * 0.03, y), tip],
                    Ink::Ice,
                );
            }
            picture.bold(
                head.moved(cell * 0.24, -cell * 0.16),
                cell * 0.17,
                Align::Center,
                Ink::Ice,
                "❄",
            );
        }
        Mood::Spinning => {
            picture.bold(
                head.moved(cell * 0.25, -cell * 0.16),
                cell * 0.17,
                Align::Center,
                Ink::Bad,
                "↻",
            );
        }
        Mood::Zombie => {
            let at = head.moved(cell * 0.25, -cell * 0.14 + wave(beat * 0.2) * cell * 0.02);
            picture.bold(at, cell * 0.15, Align::Center, Ink::Soft, "Z");
        }
        _ => {}
    }
    if actor.suspect {
        let at = head.moved(0.0, -cell * 0.33);
        picture.disc(at, cell * 0.085, Ink::Bad);
        picture.bold(at.moved(0.0, cell * 0.005), cell * 0.13, Align::Center, Ink::Floor, "?");
    }
}
