//! The supervisor's desk, beside the line of jobs: the gates of the circuit breakers, and the
//! dead letters.

use super::geometry::{Point, Rect};
use super::shape::{Align, Picture};
use super::theme::Ink;
use super::token;
use crate::guard::BreakerConfig;
use crate::pool::{Gate, JobKind};
use crate::run::Run;

/// What the supervisor's desk shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Desk {
    /// The gate of each kind; `None` while there are no breakers.
    pub gates: Option<[GateSign; JobKind::COUNT]>,
    /// Jobs given up so far.
    pub letters: u64,
}

/// How one gate stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GateSign {
    /// Whether jobs may pass.
    pub gate: Gate,
    /// Seconds until the breaker's clock acts; 0 while it is closed.
    pub due_s: f64,
    /// Jobs that wait behind it.
    pub parked: usize,
}

impl Desk {
    /// The desk as it is now.
    pub fn of(run: &Run) -> Self {
        let pool = run.pool();
        let sign = |kind: JobKind| {
            let config = BreakerConfig::of(kind, &pool.knobs);
            let due = run.world().guards.breaker(kind).due(&config).unwrap_or(run.now());
            GateSign {
                gate: pool.queue().gate(kind),
                due_s: due.saturating_since(run.now()).as_secs_f64(),
                parked: pool.parked(kind),
            }
        };
        Self {
            gates: pool.knobs.fix_breaker.then(|| JobKind::ALL.map(sign)),
            letters: pool.ledger().dead_lettered,
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.gates.is_none() && self.letters == 0
    }

    /// Draws the desk in its place, with text so many times larger than on the page.
    pub(super) fn draw(&self, area: Rect, words: &str, text: f64, picture: &mut Picture) {
        picture.rect_alpha(area, 8.0, Ink::Line, 0.3);
        let gates = self.gates.as_slice().iter().flatten();
        for (kind, sign) in JobKind::ALL.into_iter().zip(gates) {
            let column = area.w / JobKind::COUNT as f64;
            let x = area.x + column * (kind.index() as f64 + 0.5);
            gate(kind, sign, Point::new(x, area.y + 16.0 * text), text, picture);
        }
        if self.letters > 0 {
            let at = letter_box(area, text);
            envelope(at.moved(8.0, 0.0), picture);
            let words = format!("{} {words}", self.letters);
            picture.bold(at.moved(22.0, 0.5), 12.0 * text, Align::Left, Ink::Text, words);
        }
    }
}

/// Where dead letters go.
pub(super) fn letter_box(area: Rect, text: f64) -> Point {
    Point::new(area.x + 8.0, area.bottom() - 12.0 * text)
}

fn gate(kind: JobKind, sign: &GateSign, at: Point, text: f64, picture: &mut Picture) {
    let (mark, ink) = match sign.gate {
        Gate::Open => ("✓".to_owned(), Ink::Good),
        Gate::Permits(_) => ("try".to_owned(), Ink::Text),
        Gate::Shut => (format!("{:.0} s", sign.due_s), Ink::Bad),
    };
    picture.fade(if sign.gate == Gate::Open { 0.55 } else { 1.0 });
    token::draw(kind, at, 7.0 * text, picture);
    picture.fade(1.0);
    if sign.gate == Gate::Shut {
        // A barrier across: no job of this kind goes through.
        picture.line(at.moved(-12.0, 8.0), at.moved(12.0, -8.0), 5.0, Ink::Floor);
        picture.line(at.moved(-12.0, 8.0), at.moved(12.0, -8.0), 3.0, Ink::Bad);
    }
    picture.bold(at.moved(0.0, 18.0 * text), 11.0 * text, Align::Center, ink, mark);
}

fn envelope(at: Point, picture: &mut Picture) {
    let paper = Rect::new(at.x - 8.0, at.y - 6.0, 16.0, 12.0);
    picture.rect(paper, 2.0, Ink::Floor);
    picture.frame(paper, 2.0, 1.5, Ink::Soft);
    picture.line(at.moved(-7.0, -5.0), at.moved(0.0, 1.5), 1.5, Ink::Soft);
    picture.line(at.moved(7.0, -5.0), at.moved(0.0, 1.5), 1.5, Ink::Soft);
}
