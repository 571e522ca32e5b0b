//! The map of an experiment as a picture: to be saved, and to be seen where there is no table.

use crate::knobs::{Fix, KnobId};
use crate::lab::{
    COLUMNS, Cell, Design, Estimate, Figure, FixSet, LabLink, ROWS, Stability, Table, Verdict,
};
use crate::scene::{Align, Ink, Picture, Point, Rect};

/// The size of the picture, in pixels.
pub const MAP_SIZE: (u32, u32) = (1_120, 560);
/// Room for the title above, and for the names of rows and columns.
const HEAD: f64 = 64.0;
const SIDE: f64 = 150.0;
/// The size of the words on the map, in pixels.
const WORDS: f64 = 15.0;

/// The map of what the runs have shown so far.
pub fn map_picture(link: &LabLink, table: &Table) -> Picture {
    let mut picture = Picture::default();
    picture.clear();
    let (width, height) = (f64::from(MAP_SIZE.0), f64::from(MAP_SIZE.1));
    picture.rect(Rect::new(0.0, 0.0, width, height), 0.0, Ink::Floor);
    let title = format!(
        "{}: {}, {} seeds, {} s",
        link.plan.base.name,
        link.figure.heading(),
        link.plan.seeds,
        link.plan.until.as_secs_f64()
    );
    picture.bold(Point::new(12.0, 20.0), WORDS + 2.0, Align::Left, Ink::Text, title);
    match &link.plan.design {
        Design::Fixes => board(&mut picture, link.figure, table),
        Design::Sweep { by: None, .. } => line(&mut picture, link, table),
        Design::Sweep { by: Some(_), .. } => grid(&mut picture, link, table),
    }
    picture
}

/// What a verdict is painted in.
fn ink(verdict: Verdict) -> Ink {
    match verdict {
        Verdict::All => Ink::Good,
        Verdict::Some => Ink::Report,
        Verdict::None => Ink::Bad,
        Verdict::Unknown => Ink::Line,
    }
}

/// The cell of a map with `rows` × `columns` cells.
fn place(row: usize, column: usize, rows: usize, columns: usize) -> Rect {
    let (width, height) =
        (f64::from(MAP_SIZE.0) - SIDE - 12.0, f64::from(MAP_SIZE.1) - HEAD - 40.0);
    let (w, h) = (width / columns as f64, height / rows as f64);
    Rect::new(SIDE + column as f64 * w, HEAD + row as f64 * h, w, h)
}

fn board(picture: &mut Picture, figure: Figure, table: &Table) {
    let smallest = table.smallest_sets();
    for row in 0..ROWS {
        let at = place(row, 0, ROWS, COLUMNS);
        name(picture, Point::new(SIDE - 8.0, at.center().y), Align::Right, &FixSet::at(row, 0));
        for column in 0..COLUMNS {
            let set = FixSet::at(row, column);
            let rect = place(row, column, ROWS, COLUMNS).inset(3.0);
            if let Some(cell) = table.cells().get(set.index()) {
                paint_cell(picture, rect, cell, figure);
            }
            dots(picture, rect, set);
            if smallest.contains(&set) {
                picture.frame(rect, 6.0, 4.0, Ink::Text);
            }
        }
    }
    for column in 0..COLUMNS {
        let at = place(0, column, ROWS, COLUMNS);
        name(
            picture,
            Point::new(at.center().x, HEAD - 10.0),
            Align::Center,
            &FixSet::at(0, column),
        );
    }
    let foot = Point::new(12.0, f64::from(MAP_SIZE.1) - 18.0);
    let words = "Framed: the smallest sets with which every seed survived. Dots: timeouts, health, \
                 limits, detection, breaker.";
    picture.text(foot, WORDS - 2.0, Align::Left, Ink::Soft, words);
}

fn name(picture: &mut Picture, at: Point, align: Align, set: &FixSet) {
    picture.text(at, WORDS - 3.0, align, Ink::Soft, set.to_string().replace(',', " + "));
}

fn paint_cell(picture: &mut Picture, rect: Rect, cell: &Cell, figure: Figure) {
    let verdict = cell.verdict();
    picture.rect_alpha(rect, 6.0, ink(verdict), 0.18);
    picture.frame(rect, 6.0, 1.0, ink(verdict));
    let Some(Estimate { mean, interval, .. }) = cell.estimate(figure) else { return };
    let center = rect.center();
    let value = format!("{} {}", verdict.sign(), figure.show(mean));
    picture.bold(center.moved(0.0, -8.0), WORDS + 3.0, Align::Center, Ink::Text, value);
    if let Some(range) = interval {
        let range = format!("{}…{}", figure.show(range.low), figure.show(range.high));
        picture.text(center.moved(0.0, 12.0), WORDS - 3.0, Align::Center, Ink::Text, range);
    }
}

/// Five dots, filled for the fixes that are on.
fn dots(picture: &mut Picture, rect: Rect, set: FixSet) {
    for (place, fix) in Fix::ALL.into_iter().enumerate() {
        let at = Point::new(rect.center().x + (place as f64 - 2.0) * 11.0, rect.bottom() - 11.0);
        if set.has(fix) {
            picture.disc(at, 4.0, Ink::Text);
        } else {
            picture.ring(at, 3.5, 1.0, Ink::Soft);
        }
    }
}

/// A sweep of one knob: the figure over the knob, with theory laid over it.
fn line(picture: &mut Picture, link: &LabLink, table: &Table) {
    let Design::Sweep { along, .. } = &link.plan.design else { return };
    let frame = place(0, 0, 1, 1);
    picture.frame(frame, 0.0, 1.0, Ink::Line);
    let estimates: Vec<Option<Estimate>> =
        table.cells().iter().map(|cell| cell.estimate(link.figure)).collect();
    let top = |estimate: &Estimate| estimate.interval.map_or(estimate.mean, |range| range.high);
    let highest = estimates.iter().flatten().map(top).fold(1e-9, f64::max);
    let (first, last) = (along.values[0], along.values[along.values.len() - 1]);
    let x =
        |value: f64| frame.x + 10.0 + (frame.w - 20.0) * (value - first) / (last - first).max(1e-9);
    let y = |value: f64| frame.bottom() - 10.0 - (frame.h - 20.0) * value / highest;
    tipping(picture, link, frame, (first, last), x);
    let points = along.values.iter().zip(&estimates).filter_map(|(&value, estimate)| {
        estimate.map(|estimate| Point::new(x(value), y(estimate.mean)))
    });
    picture.polyline(points, 2.5, None, (Ink::Accent, 1.0));
    for ((&value, estimate), cell) in along.values.iter().zip(&estimates).zip(table.cells()) {
        let Some(estimate) = estimate else { continue };
        if let Some(range) = estimate.interval {
            let bar = (Point::new(x(value), y(range.low)), Point::new(x(value), y(range.high)));
            picture.line(bar.0, bar.1, 1.0, Ink::Soft);
        }
        picture.disc(Point::new(x(value), y(estimate.mean)), 5.0, ink(cell.verdict()));
    }
    for value in [first, last] {
        let at = Point::new(x(value), frame.bottom() + 14.0);
        picture.text(at, WORDS - 2.0, Align::Center, Ink::Soft, value.to_string());
    }
    let name = along.knob.name();
    picture.text(
        Point::new(frame.center().x, frame.bottom() + 14.0),
        WORDS - 2.0,
        Align::Center,
        Ink::Text,
        name,
    );
    picture.text(
        Point::new(SIDE - 8.0, y(highest)),
        WORDS - 2.0,
        Align::Right,
        Ink::Soft,
        link.figure.show(highest),
    );
    picture.text(Point::new(SIDE - 8.0, y(0.0)), WORDS - 2.0, Align::Right, Ink::Soft, "0");
}

/// Where theory says that a sweep over the timeout tips over.
fn tipping(
    picture: &mut Picture,
    link: &LabLink,
    frame: Rect,
    (first, last): (f64, f64),
    x: impl Fn(f64) -> f64,
) {
    let Design::Sweep { along, .. } = &link.plan.design else { return };
    let Ok(scenario) = link.plan.scenario(0) else { return };
    let at = Stability::of(&scenario.knobs).tipping_point_s();
    let Some(at) =
        at.filter(|at| along.knob == KnobId::timeout_toxic_s && (first..=last).contains(at))
    else {
        return;
    };
    let ends = [Point::new(x(at), frame.y), Point::new(x(at), frame.bottom())];
    picture.polyline(ends, 2.0, Some([6.0, 4.0]), (Ink::Other, 1.0));
    let words = format!("theory: T* = {at:.1} s");
    picture.text(
        Point::new(x(at) + 6.0, frame.y + 14.0),
        WORDS - 2.0,
        Align::Left,
        Ink::Other,
        words,
    );
}

/// A sweep of two knobs: a cell for each pair of values.
fn grid(picture: &mut Picture, link: &LabLink, table: &Table) {
    let Design::Sweep { along, by: Some(by) } = &link.plan.design else { return };
    let (rows, columns) = (by.values.len(), along.values.len());
    for (n, cell) in table.cells().iter().enumerate() {
        let rect = place(n / columns, n % columns, rows, columns).inset(1.0);
        picture.rect_alpha(rect, 2.0, ink(cell.verdict()), 0.35);
        let sign = cell.verdict().sign();
        picture.text(rect.center(), (rect.h * 0.6).min(WORDS), Align::Center, Ink::Text, sign);
    }
    for (row, value) in by.values.iter().enumerate() {
        let at = Point::new(SIDE - 8.0, place(row, 0, rows, columns).center().y);
        picture.text(
            at,
            WORDS - 4.0,
            Align::Right,
            Ink::Soft,
            format!("{} {value}", by.knob.name()),
        );
    }
    for column in [0, columns - 1] {
        let at =
            Point::new(place(0, column, rows, columns).center().x, f64::from(MAP_SIZE.1) - 26.0);
        picture.text(at, WORDS - 3.0, Align::Center, Ink::Soft, along.values[column].to_string());
    }
    let at = Point::new(f64::from(MAP_SIZE.0) / 2.0, f64::from(MAP_SIZE.1) - 26.0);
    picture.text(at, WORDS - 2.0, Align::Center, Ink::Text, along.knob.name());
}
