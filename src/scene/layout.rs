//! Where things are: the queue, the floor with a place for each slot, the graveyard, the memory
//! bar; and how much detail there is room for.

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

/// A grid of equal places in a rectangle.
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
    /// Whether the first row is the lowest.
    upward: bool,
}

/// What there has to be room for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Contents {
    /// Slots of the pool: each has a desk.
    pub slots: u32,
    /// Places on the floor: the slots, and those of workers that a smaller pool has no slot for
    /// and that have not left yet.
    pub places: u32,
    /// Graves.
    pub graves: u32,
    /// Whether there is anything on the supervisor's desk.
    pub desk: bool,
}

/// The places of a picture of this size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Width and height of the picture.
    pub size: Point,
    /// Where jobs wait.
    pub queue: Rect,
    /// The supervisor's desk, in a corner of the queue, while there is anything on it.
    pub desk: Rect,
    /// Where workers work.
    pub floor: Rect,
    /// Where zombies stand.
    pub grave: Rect,
    /// The host's memory.
    pub memory: Rect,
    /// The workers' places.
    pub slots: Grid,
    /// The zombies' places.
    pub graves: Grid,
    /// How many slots there are.
    pub slot_count: u32,
    /// Whether it is higher than wide, as on a phone.
    pub upright: bool,
    /// How much larger text is than on the page: see [`Theme::text_scale`].
    ///
    /// [`Theme::text_scale`]: super::Theme::text_scale
    pub text: f64,
}

/// Height of the title of a part, in text of the usual size.
const TITLE: f64 = 28.0;
const MEMORY: f64 = 40.0;
const GAP: f64 = 8.0;
/// The shares of the room that the graveyard may have, the usual one first.
const GRAVE_SHARES: [f64; 5] = [0.29, 0.34, 0.39, 0.44, 0.49];
/// It takes more room until a zombie is so wide, or so large beside a worker.
const ZOMBIE_WIDE: f64 = 64.0;
const ZOMBIE_SHARE: f64 = 0.6;

impl Grid {
    /// A place is so many times as high as wide.
    pub const TALL: f64 = 1.16;
    /// The widest a place gets.
    const WIDEST: f64 = 260.0;

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
        Self { area, cols: cols as u32, cell, pitch, step, upward: false }
    }

    /// The same grid, filled from the lowest row up.
    fn upward(self) -> Self {
        Self { upward: true, ..self }
    }

    /// Where the feet of a figure in this place are.
    pub fn feet(&self, index: u32) -> Point {
        let (col, row) = (index % self.cols.max(1), index / self.cols.max(1));
        let left = self.area.x + (self.area.w - self.step * f64::from(self.cols)) / 2.0;
        let x = left + self.step * (f64::from(col) + 0.5);
        let down = self.pitch * (f64::from(row) + 0.5);
        let y = if self.upward { self.area.bottom() - down } else { self.area.y + down };
        Point::new(x, y + self.cell * Self::TALL * 0.42)
    }

    /// The detail that a place has room for.
    pub fn detail(&self) -> Detail {
        match self.cell {
            cell if cell >= 28.0 => Detail::Large,
            cell if cell >= 11.0 => Detail::Small,
            _ => Detail::Cell,
        }
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self::new(Point::new(800.0, 400.0), Contents::default(), 1.0)
    }
}

impl Layout {
    /// The layout for a picture of this size, with text so many times larger than on the page.
    pub fn new(size: Point, contents: Contents, text: f64) -> Self {
        let upright = size.x < size.y * 1.15;
        let bar = MEMORY * text;
        let room = Rect::new(0.0, 0.0, size.x, (size.y - bar - GAP).max(1.0)).inset(GAP / 2.0);
        let inside = |part: Rect| part.inset(4.0).below(TITLE * text);
        let split = |share: f64| {
            let parts = if upright { stack(room, share) } else { row(room, share) };
            let slots = Grid::fit(inside(parts.1), contents.places);
            // Room for some more than there are, in steps, so that few arrivals move the others.
            (parts, slots, Grid::fit(inside(parts.2), roomy(contents.graves + 1)).upward())
        };
        let roomy = |(_, slots, graves): &(_, Grid, Grid)| {
            graves.cell >= ZOMBIE_WIDE.min(slots.cell * ZOMBIE_SHARE)
        };
        let [.., most] = GRAVE_SHARES;
        let ((queue, floor, grave), slots, graves) =
            GRAVE_SHARES.into_iter().map(split).find(roomy).unwrap_or_else(|| split(most));
        let desk = if contents.desk { corner(queue, upright, text) } else { Rect::default() };
        let memory = Rect::new(room.x, size.y - bar - GAP / 2.0, room.w, bar);
        let slot_count = contents.slots;
        Self { size, queue, desk, floor, grave, memory, slots, graves, slot_count, upright, text }
    }

    /// Height of the title of a part.
    pub fn title(&self) -> f64 {
        TITLE * self.text
    }

    /// Where the line of jobs stands: the queue's part without its title and the desk.
    fn line(&self) -> Rect {
        let mut line = self.queue.below(self.title());
        if self.upright {
            line.w = (line.w - self.desk.w).max(0.0);
        } else {
            line.h = (line.h - self.desk.h).max(0.0);
        }
        line
    }

    /// Where dead letters go.
    pub fn letter_box(&self) -> Point {
        super::desk::letter_box(self.desk, self.text)
    }

    /// The number of the waiting job at a point, of `count`.
    pub fn waiting_at(&self, point: Point, count: usize) -> Option<usize> {
        (0..count)
            .map_while(|index| Some((index, self.waiting(index, count)?)))
            .find_map(|(index, (at, size))| (at.distance(point) <= size * 1.5).then_some(index))
    }

    /// The door that workers come in by.
    pub fn door(&self) -> Point {
        Point::new(self.floor.x + self.floor.w * 0.5, self.floor.y - self.slots.cell * 0.2)
    }

    /// The gate that jobs come in by.
    pub fn gate(&self) -> Point {
        if self.upright {
            Point::new(self.queue.x - 20.0, self.queue.bottom() - 16.0)
        } else {
            Point::new(self.queue.x - 20.0, self.queue.bottom() - 30.0)
        }
    }

    /// Where done jobs go to.
    pub fn exit(&self) -> Point {
        Point::new(self.floor.right() - 46.0, self.floor.y + self.title() * 0.6)
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
fn row(room: Rect, share: f64) -> (Rect, Rect, Rect) {
    let queue = (room.w * 0.16).clamp(96.0, 260.0);
    let grave = room.w * share;
    let floor = room.w - queue - grave - 2.0 * GAP;
    (
        Rect::new(room.x, room.y, queue, room.h),
        Rect::new(room.x + queue + GAP, room.y, floor, room.h),
        Rect::new(room.right() - grave, room.y, grave, room.h),
    )
}

/// One above the other.
fn stack(room: Rect, share: f64) -> (Rect, Rect, Rect) {
    let queue = (room.h * 0.18).clamp(60.0, 120.0);
    let grave = room.h * share;
    let floor = room.h - queue - grave - 2.0 * GAP;
    (
        Rect::new(room.x, room.y, room.w, queue),
        Rect::new(room.x, room.y + queue + GAP, room.w, floor),
        Rect::new(room.x, room.bottom() - grave, room.w, grave),
    )
}

/// Rounds up, in steps of about an eighth.
fn roomy(count: u32) -> u32 {
    let step = (count.saturating_sub(1) / 8).max(1).next_power_of_two();
    count.max(8).div_ceil(step) * step
}

/// The corner of the queue's part that the desk takes.
fn corner(queue: Rect, upright: bool, text: f64) -> Rect {
    if upright {
        let width = (148.0 * text).min(queue.w / 2.0);
        Rect::new(queue.right() - width, queue.y, width, queue.h)
    } else {
        let height = (74.0 * text).min(queue.h / 2.0);
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

    fn layout(size: Point, slots: u32, graves: u32) -> Layout {
        let contents = Contents { slots, places: slots, graves, desk: false };
        Layout::new(size, contents, 1.0)
    }

    #[test]
    fn every_place_lies_within_its_part_at_any_size() {
        for size in SIZES {
            for count in [1, 3, 10, 40, 200, 1_000, 10_000] {
                let layout = layout(size, count, count);
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
        assert_eq!([1, 8, 9, 13, 19, 33, 38, 201].map(roomy), [8, 8, 9, 13, 20, 36, 40, 224]);
        assert!((1..20_000).all(|zombies| roomy(zombies + 1) > zombies));
    }

    #[test]
    fn ten_are_characters_and_a_thousand_are_figures_and_ten_thousand_are_a_grid() {
        let detail = |count| layout(Point::new(1100.0, 430.0), count, 0).slots.detail();
        assert_eq!([10, 40, 200].map(detail), [Detail::Large; 3]);
        assert_eq!([400, 1_000].map(detail), [Detail::Small; 2]);
        assert_eq!(detail(10_000), Detail::Cell);
        assert_eq!(layout(SIZES[0], 10, 0).slots.detail(), Detail::Large, "on a phone, too");
    }

    #[test]
    fn the_graveyard_grows_so_that_zombies_keep_their_faces() {
        for size in SIZES {
            for zombies in [10, 37] {
                let layout = layout(size, 10, zombies);
                assert_eq!(layout.graves.detail(), Detail::Large, "{zombies} in {size:?}");
                assert_eq!(layout.slots.detail(), Detail::Large, "{size:?}");
            }
            assert!(layout(size, 10, 200).graves.detail() >= Detail::Small, "{size:?}");
        }
        let few = layout(SIZES[2], 10, 3);
        assert!(layout(SIZES[2], 10, 60).grave.w > 1.2 * few.grave.w);
        assert!(few.graves.feet(0).y > few.grave.center().y, "they begin at the fence");
    }

    #[test]
    fn the_line_winds_without_jumps_and_without_two_jobs_in_one_place() {
        for size in SIZES {
            let contents = Contents { slots: 10, places: 10, graves: 0, desk: true };
            let layout = Layout::new(size, contents, 1.0);
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
