//! Turns the stage into a picture: the queue, the floor, the graveyard, their figures, and the
//! host's memory.

use super::figure;
use super::geometry::{Point, Rect, ease};
use super::layout::{Detail, Layout};
use super::shape::{Align, Picture, text_width};
use super::stage::{MemoryBar, Stage};
use super::theme::Ink;
use super::token::{self, Floating};
use crate::pool::WorkerId;
use crate::watch::units::in_gb;

/// The size of titles, and the room beside them.
const TITLE: f64 = 15.0;
const MARGIN: f64 = 10.0;

/// The words on the picture.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    /// Above the queue, before the number of jobs.
    pub queue: &'static str,
    /// Above the floor, before the number of workers.
    pub floor: &'static str,
    /// After the number of workers that a smaller pool has no slot for.
    pub leaving: &'static str,
    /// Above the graveyard, before the number of zombies.
    pub grave: &'static str,
    /// In the graveyard while it is empty.
    pub nobody: &'static str,
    /// Above the graveyard in the supervisor's view, before the number of suspects.
    pub unknown: &'static str,
    /// After the number of jobs given up.
    pub letters: &'static str,
    /// Before the bar of memory.
    pub memory: &'static str,
    /// At the line on it: twice what a healthy pool holds.
    pub twice: &'static str,
}

/// Paints the stage over a picture; `chosen` is the worker that the viewer has selected.
pub fn paint(stage: &Stage, labels: &Labels, chosen: Option<WorkerId>, picture: &mut Picture) {
    picture.clear();
    let layout = stage.layout();
    parts(layout, picture);
    titles(stage, labels, picture);
    desks(layout, picture);
    jobs(stage, picture);
    if !stage.desk().is_empty() {
        stage.desk().draw(layout.desk, labels.letters, layout.text, picture);
    }
    for actor in stage.actors() {
        let grid = if actor.grave.is_some() { &layout.graves } else { &layout.slots };
        if chosen == Some(actor.id) {
            ring(actor.feet, grid.cell, picture);
        }
        figure::draw(actor, grid.cell, grid.detail(), stage.time(), picture);
    }
    floaters(stage, picture);
    memory(layout, stage.memory(), labels, picture);
}

fn parts(layout: &Layout, picture: &mut Picture) {
    let all = Rect::new(0.0, 0.0, layout.size.x, layout.size.y);
    picture.rect(all, 0.0, Ink::Paper);
    picture.rect(layout.queue, 10.0, Ink::Desk);
    picture.rect(layout.floor, 10.0, Ink::Floor);
    picture.rect(layout.grave, 10.0, Ink::Grave);
    // A fence, so that the graveyard is one without its colour too.
    let (top, step) = (layout.grave.bottom() - 7.0, 14.0);
    for post in 0..(layout.grave.w / step) as u32 {
        let x = layout.grave.x + step * (f64::from(post) + 0.5);
        picture.line(Point::new(x, top), Point::new(x, top + 6.0), 3.0, Ink::Stone);
    }
}

fn titles(stage: &Stage, labels: &Labels, picture: &mut Picture) {
    let (layout, count) = (stage.layout(), stage.headcount());
    let mut title = |part, words, ink| title(layout, part, words, ink, picture);
    title(layout.queue, format!("{} {}", labels.queue, count.waiting), Ink::Text);
    let mut workers = format!("{} {}", labels.floor, count.workers);
    if count.leaving > 0 {
        workers += &format!(" + {} {}", count.leaving, labels.leaving);
    }
    title(layout.floor, workers, Ink::Text);
    if stage.shows_belief() {
        title(layout.grave, format!("{} {}", labels.unknown, count.suspects), Ink::Text);
    } else {
        let ink = if count.zombies > 0 { Ink::Bad } else { Ink::Soft };
        title(layout.grave, format!("{} {}", labels.grave, count.zombies), ink);
    }
    if count.zombies == 0 {
        let size = 14.0 * layout.text;
        picture.text(layout.grave.center(), size, Align::Center, Ink::Soft, labels.nobody);
    }
}

/// Writes the title of a part, smaller where it would not fit.
fn title(layout: &Layout, part: Rect, words: String, ink: Ink, picture: &mut Picture) {
    let size = fitted(&words, TITLE * layout.text, part.w - 2.0 * MARGIN);
    let at = Point::new(part.x + MARGIN, part.y + layout.title() * 0.62);
    picture.bold(at, size, Align::Left, ink, words);
}

/// The size of the font that lets a text fit into a width.
fn fitted(words: &str, size: f64, width: f64) -> f64 {
    size * (width / text_width(words, size)).clamp(0.1, 1.0)
}

fn desks(layout: &Layout, picture: &mut Picture) {
    if layout.slots.detail() != Detail::Large {
        return;
    }
    for slot in 0..layout.slot_count {
        let feet = layout.slots.feet(slot);
        let cell = layout.slots.cell;
        let desk = Rect::new(feet.x - cell * 0.36, feet.y - cell * 0.05, cell * 0.72, cell * 0.12);
        picture.rect(desk, cell * 0.06, Ink::Desk);
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
    let text = stage.layout().text;
    for floater in stage.floaters() {
        let share = floater.share();
        let at = floater.from.toward(floater.to, ease(share));
        picture.fade(1.0 - share * share);
        let (words, ink) = match floater.what {
            Floating::Job(_, true) => ("✓", Ink::Good),
            Floating::Job(_, false) => ("✗", Ink::Bad),
            Floating::Letter(_) => ("✉", Ink::Bad),
            Floating::Words(ref words, ink) => (&**words, ink),
        };
        let corner = match floater.what {
            Floating::Job(kind, _) | Floating::Letter(kind) => {
                token::draw(kind, at, 6.0 * text, picture);
                at.moved(11.0 * text, -7.0 * text)
            }
            Floating::Words(..) => {
                // On a plate, to be read over anything.
                let (w, h) = (text_width(words, 13.0 * text) * 1.05, 18.0 * text);
                let plate = Rect::new(at.x - w / 2.0, at.y - h / 2.0, w, h);
                picture.rect_alpha(plate, h * 0.3, Ink::Floor, 0.9);
                at
            }
        };
        picture.bold(corner, 13.0 * text, Align::Center, ink, words);
    }
    picture.fade(1.0);
}

/// The host's memory: what the old dashboard knows of, what zombies hold, and the limit.
fn memory(layout: &Layout, bar: MemoryBar, labels: &Labels, picture: &mut Picture) {
    let (area, text) = (layout.memory, layout.text);
    let used = format!("{} of {}", in_gb(bar.used), in_gb(bar.limit));
    let name = if layout.upright { 0.0 } else { 130.0 * text };
    // The figure stands beside the bar: on it, its ground would change.
    let beside = text_width(&used, 13.0 * text) + 12.0;
    let width = (area.w - name - beside).max(1.0);
    let track = Rect::new(area.x + name, area.y + 14.0 * text, width, area.h - 20.0 * text);
    let middle = track.center().y;
    if name > 0.0 {
        let at = Point::new(area.x + 8.0, middle);
        picture.bold(at, 14.0 * text, Align::Left, Ink::Text, labels.memory);
    }
    let width = |mib: u64| track.w * (mib as f64 / bar.limit.max(1) as f64).min(1.0);
    picture.rect(track, 6.0, Ink::Desk);
    let known = Rect { w: width(bar.registered), ..track };
    let hidden = Rect { x: known.right(), w: (width(bar.used) - known.w).max(0.0), ..track };
    picture.rect(known, 4.0, Ink::Working);
    picture.rect(hidden, 4.0, Ink::Zombie);
    let top = Point::new(track.x + width(bar.baseline * 2), track.y - 4.0);
    picture.line(top, top.moved(0.0, track.h + 8.0), 2.0, Ink::Bad);
    let size = 11.0 * text;
    let room = track.right() - top.x > text_width(labels.twice, size);
    let (align, dx) = if room { (Align::Left, 5.0) } else { (Align::Right, -5.0) };
    picture.text(top.moved(dx, -2.0), size, align, Ink::Bad, labels.twice);
    let at = Point::new(area.right() - 4.0, middle);
    picture.bold(at, 13.0 * text, Align::Right, Ink::Text, used);
}
