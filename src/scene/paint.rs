//! Turns the stage into a picture: the line, the floor, the graveyard, the memory, and everybody
//! on them.

use super::figure;
use super::geometry::{Point, Rect, ease};
use super::layout::{Detail, Layout, TITLE};
use super::shape::{Align, Picture};
use super::stage::{MemoryBar, Stage};
use super::theme::Ink;
use super::token::{self, Floating};
use crate::pool::WorkerId;

/// The words on the picture.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    /// Above the line of jobs.
    pub queue: &'static str,
    /// Above the floor.
    pub floor: &'static str,
    /// Above the graveyard.
    pub grave: &'static str,
    /// In the graveyard while it is empty.
    pub nobody: &'static str,
    /// Above the graveyard, in the supervisor's eyes: it knows of suspects only.
    pub unknown: &'static str,
    /// After the number of jobs given up.
    pub letters: &'static str,
    /// Before the bar of memory.
    pub memory: &'static str,
}

/// Paints the stage. `chosen` is the worker that the viewer has picked.
pub fn paint(stage: &Stage, labels: &Labels, chosen: Option<WorkerId>, picture: &mut Picture) {
    picture.clear();
    let layout = stage.layout();
    let zombies = stage.actors().filter(|actor| actor.grave.is_some()).count();
    parts(layout, picture);
    title(layout.queue, labels.queue, stage.waiting().len(), Ink::Text, picture);
    let works = stage.actors().filter(|actor| actor.grave.is_none() && actor.dying < 0.0).count();
    title(layout.floor, labels.floor, works, Ink::Text, picture);
    if stage.shows_belief() {
        let suspects = stage.actors().filter(|actor| actor.suspect).count();
        title(layout.grave, labels.unknown, suspects, Ink::Text, picture);
    } else {
        let alarm = if zombies > 0 { Ink::Bad } else { Ink::Soft };
        title(layout.grave, labels.grave, zombies, alarm, picture);
    }
    if zombies == 0 {
        let middle = layout.grave.center();
        picture.text(middle, 14.0, Align::Center, Ink::Soft, labels.nobody);
    }
    desks(layout, picture);
    jobs(stage, picture);
    if !stage.desk().is_empty() {
        stage.desk().draw(layout.desk, labels.letters, picture);
    }
    for actor in stage.actors() {
        let grid = if actor.grave.is_some() { &layout.graves } else { &layout.slots };
        if chosen == Some(actor.id) {
            ring(actor.feet, grid.cell, picture);
        }
        figure::draw(actor, grid.cell, grid.detail(), stage.time(), picture);
    }
    floaters(stage, picture);
    memory(layout, stage.memory(), labels.memory, picture);
}

fn parts(layout: &Layout, picture: &mut Picture) {
    let all = Rect::new(0.0, 0.0, layout.size.x, layout.size.y);
    picture.block(all, 0.0, Ink::Paper);
    picture.block(layout.queue, 10.0, Ink::Desk);
    picture.block(layout.floor, 10.0, Ink::Floor);
    picture.block(layout.grave, 10.0, Ink::Grave);
    // A fence, so that the graveyard is one without its colour too.
    let (top, step) = (layout.grave.bottom() - 7.0, 14.0);
    for post in 0..(layout.grave.w / step) as u32 {
        let x = layout.grave.x + step * (f64::from(post) + 0.5);
        picture.line(Point::new(x, top), Point::new(x, top + 6.0), 3.0, Ink::Stone);
    }
}

fn title(part: Rect, words: &str, count: usize, ink: Ink, picture: &mut Picture) {
    let at = Point::new(part.x + 12.0, part.y + TITLE * 0.62);
    picture.bold(at, 15.0, Align::Left, ink, format!("{words}  {count}"));
}

fn desks(layout: &Layout, picture: &mut Picture) {
    if layout.slots.detail() != Detail::Large {
        return;
    }
    for slot in 0..layout.slot_count {
        let feet = layout.slots.feet(slot);
        let cell = layout.slots.cell;
        let desk = Rect::new(feet.x - cell * 0.36, feet.y - cell * 0.05, cell * 0.72, cell * 0.12);
        picture.block(desk, cell * 0.06, Ink::Desk);
    }
}

fn jobs(stage: &Stage, picture: &mut Picture) {
    let count = stage.waiting().len();
    for (index, waiting) in stage.waiting().iter().enumerate() {
        let Some((at, size)) = stage.layout().waiting(index, count) else { break };
        picture.fade(if waiting.parked { 0.4 } else { 1.0 });
        token::draw(waiting.kind, at, size, picture);
    }
    picture.fade(1.0);
}

fn ring(feet: Point, cell: f64, picture: &mut Picture) {
    let area = Rect::new(feet.x - cell * 0.5, feet.y - cell * 0.98, cell, cell * 1.06);
    picture.frame(area, cell * 0.1, 2.5, Ink::Focus);
}

fn floaters(stage: &Stage, picture: &mut Picture) {
    for floater in stage.floaters() {
        let share = floater.share();
        let at = floater.from.toward(floater.to, ease(share));
        picture.fade(1.0 - share * share);
        match floater.what {
            Floating::Job(kind, good) => {
                token::draw(kind, at, 6.0, picture);
                let (mark, ink) = if good { ("✓", Ink::Good) } else { ("✗", Ink::Bad) };
                picture.bold(at.moved(11.0, -7.0), 13.0, Align::Center, ink, mark);
            }
            Floating::Words(ref words, ink) => {
                picture.bold(at, 13.0, Align::Center, ink, words.clone());
            }
            Floating::Letter(kind) => {
                token::draw(kind, at, 6.0, picture);
                picture.bold(at.moved(11.0, -7.0), 13.0, Align::Center, Ink::Bad, "✉");
            }
        }
    }
    picture.fade(1.0);
}

/// The host's memory: what the old dashboard knows of, what zombies hold, and the limit.
fn memory(layout: &Layout, bar: MemoryBar, words: &str, picture: &mut Picture) {
    let label = if layout.upright { 0.0 } else { 130.0 };
    let area = layout.memory;
    let track = Rect::new(area.x + label, area.y + 12.0, area.w - label, area.h - 20.0);
    let whole = bar.limit.max(1) as f64;
    let width = |mib: u64| track.w * (mib as f64 / whole).min(1.0);
    if label > 0.0 {
        let at = Point::new(area.x + 8.0, track.center().y);
        picture.bold(at, 14.0, Align::Left, Ink::Text, words);
    }
    picture.block(track, 6.0, Ink::Desk);
    let known = Rect { w: width(bar.registered), ..track };
    let hidden = Rect { x: known.right(), w: width(bar.used) - known.w, ..track };
    picture.block(known, 4.0, Ink::Working);
    picture.block(hidden, 4.0, Ink::Zombie);
    let twice = track.x + width(bar.baseline * 2);
    picture.line(
        Point::new(twice, track.y - 4.0),
        Point::new(twice, track.bottom() + 4.0),
        2.0,
        Ink::Bad,
    );
    let used = format!("{:.1} of {:.0} GB", bar.used as f64 / 1_024.0, whole / 1_024.0);
    let at = Point::new(track.right() - 8.0, track.center().y);
    picture.bold(at, 13.0, Align::Right, Ink::Text, used);
}
