//! Points, rectangles and ways between them. The unit is a CSS pixel.

/// A place on the picture; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Pixels from the left edge of the picture.
    pub x: f64,
    /// Pixels from the top edge of the picture.
    pub y: f64,
}

/// A rectangle whose sides are parallel to the picture's, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge, in pixels from the left of the picture.
    pub x: f64,
    /// The top edge, in pixels from the top of the picture.
    pub y: f64,
    /// The width, in pixels.
    pub w: f64,
    /// The height, in pixels.
    pub h: f64,
}

impl Point {
    /// The point at these coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point `share` of the way to `other`.
    pub fn toward(self, other: Self, share: f64) -> Self {
        Self::new(mix(self.x, other.x, share), mix(self.y, other.y, share))
    }

    /// The distance to `other`.
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// The point that lies `dx` pixels to the right of this one and `dy` below it.
    pub const fn moved(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }
}

impl Rect {
    /// The rectangle with this corner and size.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// The point in the middle.
    pub const fn center(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// The right edge, in pixels from the left of the picture.
    pub const fn right(self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge, in pixels from the top of the picture.
    pub const fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Smaller by so much on every side, but never negative.
    pub fn inset(self, by: f64) -> Self {
        Self::new(
            self.x + by,
            self.y + by,
            (self.w - 2.0 * by).max(0.0),
            (self.h - 2.0 * by).max(0.0),
        )
    }

    /// Without a strip at the top.
    pub fn below(self, strip: f64) -> Self {
        Self::new(self.x, self.y + strip, self.w, (self.h - strip).max(0.0))
    }

    /// Whether a point is in it.
    pub fn holds(self, at: Point) -> bool {
        at.x >= self.x && at.x <= self.right() && at.y >= self.y && at.y <= self.bottom()
    }
}

/// The number `share` of the way from `a` to `b`.
pub fn mix(a: f64, b: f64, share: f64) -> f64 {
    a + (b - a) * share
}

/// Slow at both ends.
pub fn ease(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// A wave from −1 to 1 that comes back once every unit of `turns`.
pub fn wave(turns: f64) -> f64 {
    libm::sin(turns * std::f64::consts::TAU)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easing_starts_at_rest_and_ends_at_rest() {
        assert_eq!(
            (ease(-1.0), ease(0.0), ease(0.5), ease(1.0), ease(9.0)),
            (0.0, 0.0, 0.5, 1.0, 1.0)
        );
        assert!(ease(0.1) < 0.1 && ease(0.9) > 0.9);
    }
}
