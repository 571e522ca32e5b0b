//! Where things are: the line of waiting jobs, the floor with a place for each slot, the
//! graveyard, the memory bar; and how much detail there is room for.

use super::geometry::{Point, Rect};

/// How closely workers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A cell of a grid.
    Cell,
    /// A small figure.
    Small,
    /// A character with a face.
    Large,
}

/// A grid of equal places that fills a rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The rectangle.
    pub area: Rect,
    /// Places side by side.
    pub cols: u32,
    /// Width of a place; it is [`Grid::TALL`] times as high.
    pub cell: f64,
    /// How far rows are apart.
    pitch: f64,
    /// How far columns are apart.
    step: f64,
}

/// The places of a picture of this size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Width and height of it all.
    pub size: Point,
    /// Where jobs wait.
    pub queue: Rect,
    /// The supervisor's desk, in a corner of it, while there is anything on it.
    pub desk: Rect,
    /// Where they are done.
    pub floor: Rect,
    /// Where zombies go.
    pub grave: Rect,
    /// The host's memory.
    pub memory: Rect,
    /// The slots' places.
    pub slots: Grid,
    /// The zombies' places.
    pub graves: Grid,
    /// How many slots there are.
    pub slot_count: u32,
    /// Whether it is higher than wide, as on a phone.
    pub upright: bool,
}

/// Height of the words above a part.
pub const TITLE: f64 = 28.0;
const MEMORY: f64 = 40.0;
const GAP: f64 = 8.0;

impl Grid {
    /// A place is so many times as high as wide.
    pub const TALL: f64 = 1.16;
    /// The widest a place gets.
    const WIDEST: f64 = 150.0;

    /// The grid of at least `count` places with the largest places.
    pub fn fit(area: Rect, count: u32) -> Self {
        let count = f64::from(count.max(1));
        let (w, h) = (area.w.max(1.0), area.h.max(1.0));
        let guess = (count * w * Self::TALL / h).sqrt();
        let size = |cols: f64| (w / cols).min(h / (count / cols).ceil() / Self::TALL);
        let tries = [-1.0, 0.0, 1.0, 2.0].map(|more| (guess.floor() + more).clamp(1.0, count));
        let cols = tries
            .into_iter()
            .fold(1.0, |best, cols| if size(cols) > size(best) + 1e-9 { cols } else { best });
        let cell = size(cols).clamp(1.0, Self::WIDEST);
        let rows = (count / cols).ceil();
        let step = (w / cols).min(cell * 1.5);
        let pitch = (h / rows).min(cell * Self::TALL * 1.25);
        Self { area, cols: cols as u32, cell, pitch, step }
    }

    /// Where the feet of whoever has this place are.
    pub fn feet(&self, index: u32) -> Point {
        let (col, row) = (index % self.cols.max(1), index / self.cols.max(1));
        let left = self.area.x + (self.area.w - self.step * f64::from(self.cols)) / 2.0;
        let x = left + self.step * (f64::from(col) + 0.5);
        let y = self.area.y + self.pitch * f64::from(row) + self.pitch * 0.5;
        Point::new(x, y + self.cell * Self::TALL * 0.42)
    }

    /// The detail that a place has room for.
    pub fn detail(&self) -> Detail {
        match self.cell {
            cell if cell >= 40.0 => Detail::Large,
            cell if cell >= 11.0 => Detail::Small,
            _ => Detail::Cell,
        }
    }
}

impl Layout {
    /// The layout for a picture of this size, with so many slots and zombies.
    pub fn new(size: Point, slots: u32, zombies: u32, desk: bool) -> Self {
        let upright = size.x < size.y * 1.15;
        let room = Rect::new(0.0, 0.0, size.x, (size.y - MEMORY - GAP).max(1.0)).inset(GAP / 2.0);
        let (queue, floor, grave) = if upright { stack(room) } else { row(room) };
        let desk = if desk { corner(queue, upright) } else { Rect::default() };
        let memory = Rect::new(room.x, size.y - MEMORY - GAP / 2.0, room.w, MEMORY);
        // Room for some more than there are, in steps, so that nobody moves at every arrival.
        let graves = roomy(zombies + 1);
        Self {
            size,
            queue,
            desk,
            floor,
            grave,
            memory,
            slots: Grid::fit(floor.inset(4.0).below(TITLE), slots),
            graves: Grid::fit(grave.inset(4.0).below(TITLE), graves),
            slot_count: slots,
            upright,
        }
    }

    /// Where the line of jobs stands: the queue's part without its title and the desk.
    fn line(&self) -> Rect {
        let mut line = self.queue.below(TITLE);
        if self.upright {
            line.w = (line.w - self.desk.w).max(0.0);
        } else {
            line.h = (line.h - self.desk.h).max(0.0);
        }
        line
    }

    /// Where dead letters go.
    pub fn letter_box(&self) -> Point {
        super::desk::letter_box(self.desk)
    }

    /// The number of the waiting job at a point, of `count`.
    pub fn waiting_at(&self, point: Point, count: usize) -> Option<usize> {
        (0..count)
            .map_while(|index| Some((index, self.waiting(index, count)?)))
            .find_map(|(index, (at, size))| (at.distance(point) <= size * 1.5).then_some(index))
    }

    /// Where workers come in.
    pub fn door(&self) -> Point {
        Point::new(self.floor.x + self.floor.w * 0.5, self.floor.y - self.slots.cell * 0.2)
    }

    /// Where jobs come in.
    pub fn gate(&self) -> Point {
        if self.upright {
            Point::new(self.queue.x - 20.0, self.queue.bottom() - 16.0)
        } else {
            Point::new(self.queue.x - 20.0, self.queue.bottom() - 30.0)
        }
    }

    /// Where done jobs go.
    pub fn exit(&self) -> Point {
        Point::new(self.floor.right() - 46.0, self.floor.y + TITLE * 0.6)
    }

    /// The place of the `index`th waiting job of `count`, and how large it is; `None` if there is
    /// no room for it. The line begins at the floor and winds back.
    pub fn waiting(&self, index: usize, count: usize) -> Option<(Point, f64)> {
        let area = self.line().inset(6.0);
        let step = [30.0, 24.0, 19.0, 15.0, 12.0, 9.5, 7.5, 6.0]
            .into_iter()
            .find(|step| capacity(area, *step) >= count)
            .unwrap_or(6.0);
        if index >= capacity(area, step) {
            return None;
        }
        let (across, along) = if self.upright { (area.h, area.w) } else { (area.w, area.h) };
        let lanes = (across / step).floor().max(1.0) as usize;
        let length = (along / step).floor().max(1.0) as usize;
        // It winds: forth on even lanes, back on odd ones.
        let (lane, mut place) = (index / length, index % length);
        if lane % 2 == 1 {
            place = length - 1 - place;
        }
        let lane = (lane.min(lanes) as f64 + 0.5) * step;
        let place = (place as f64 + 0.5) * step;
        let at = if self.upright {
            Point::new(area.right() - place, area.bottom() - lane)
        } else {
            Point::new(area.right() - lane, area.y + place)
        };
        Some((at, step * 0.36))
    }
}

/// Side by side: the line, the floor, the graveyard.
fn row(room: Rect) -> (Rect, Rect, Rect) {
    let queue = (room.w * 0.16).clamp(96.0, 260.0);
    let grave = room.w * 0.29;
    let floor = room.w - queue - grave - 2.0 * GAP;
    (
        Rect::new(room.x, room.y, queue, room.h),
        Rect::new(room.x + queue + GAP, room.y, floor, room.h),
        Rect::new(room.right() - grave, room.y, grave, room.h),
    )
}

/// One above the other.
fn stack(room: Rect) -> (Rect, Rect, Rect) {
    let queue = (room.h * 0.18).clamp(60.0, 120.0);
    let grave = room.h * 0.3;
    let floor = room.h - queue - grave - 2.0 * GAP;
    (
        Rect::new(room.x, room.y, room.w, queue),
        Rect::new(room.x, room.y + queue + GAP, room.w, floor),
        Rect::new(room.x, room.bottom() - grave, room.w, grave),
    )
}

/// The next of 8, 12, 16, 24, 32, 48 …
fn roomy(count: u32) -> u32 {
    let power = count.next_power_of_two().max(8);
    if power > 8 && count <= power / 4 * 3 { power / 4 * 3 } else { power }
}

/// The corner of the queue's part that the desk takes.
fn corner(queue: Rect, upright: bool) -> Rect {
    if upright {
        let width = 148.0_f64.min(queue.w / 2.0);
        Rect::new(queue.right() - width, queue.y, width, queue.h)
    } else {
        let height = 74.0_f64.min(queue.h / 2.0);
        Rect::new(queue.x, queue.bottom() - height, queue.w, height)
    }
    .inset(4.0)
}

fn capacity(area: Rect, step: f64) -> usize {
    ((area.w / step).floor().max(1.0) * (area.h / step).floor().max(1.0)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [Point; 4] = [
        Point::new(358.0, 460.0),
        Point::new(760.0, 420.0),
        Point::new(1100.0, 430.0),
        Point::new(1500.0, 560.0),
    ];

    #[test]
    fn every_place_lies_within_its_part_at_any_size() {
        for size in SIZES {
            for count in [1, 3, 10, 40, 200, 1_000, 10_000] {
                let layout = Layout::new(size, count, count, false);
                for index in 0..count {
                    let feet = layout.slots.feet(index);
                    assert!(layout.floor.holds(feet), "{size:?} {count} {index}: {feet:?}");
                    assert!(layout.grave.holds(layout.graves.feet(index)));
                }
            }
        }
    }

    #[test]
    fn the_graveyard_grows_in_steps_and_has_always_room_for_one_more() {
        assert_eq!([1, 8, 9, 13, 17, 33, 38, 49].map(roomy), [8, 8, 12, 16, 24, 48, 48, 64]);
        assert!((1..20_000).all(|zombies| roomy(zombies + 1) > zombies));
    }

    #[test]
    fn ten_are_characters_and_a_thousand_are_figures_and_ten_thousand_are_a_grid() {
        let detail = |count| Layout::new(Point::new(1100.0, 430.0), count, 0, true).slots.detail();
        assert_eq!([10, 40].map(detail), [Detail::Large; 2]);
        assert_eq!([200, 1_000].map(detail), [Detail::Small; 2]);
        assert_eq!(detail(10_000), Detail::Cell);
        let phone = Layout::new(SIZES[0], 10, 0, true);
        assert_eq!(phone.slots.detail(), Detail::Large);
    }

    #[test]
    fn the_line_winds_without_jumps_and_without_two_jobs_in_one_place() {
        for size in SIZES {
            let layout = Layout::new(size, 10, 0, true);
            for count in [5, 60, 400, 1_000] {
                let places: Vec<_> =
                    (0..count).map_while(|index| layout.waiting(index, count)).collect();
                assert!(places.len() >= count.min(120), "{size:?}: {} of {count}", places.len());
                for pair in places.windows(2) {
                    let gap = pair[0].0.distance(pair[1].0);
                    assert!(gap > 2.0 * pair[0].1 && gap < 4.0 * pair[0].1, "{gap}");
                }
                let inside = |at| layout.queue.holds(at) && !layout.desk.holds(at);
                assert!(places.iter().all(|(at, _)| inside(*at)));
                let middle = layout.waiting(count / 3, count).map(|(at, _)| at);
                let found = middle.and_then(|at| layout.waiting_at(at, count));
                assert_eq!(found, middle.map(|_| count / 3), "it is found where it is");
            }
        }
    }
}
