//! Fewer points than there are readings, and not one peak less.

/// Keeps at most four points of each column: the first, the least, the most and the last, in the
/// order of time (M4: Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time
/// Series Data Aggregation", VLDB 2014). A line through them covers the same pixels as one through
/// all.
pub(super) fn thinned(
    all: impl Iterator<Item = (f64, f64)>,
    span_s: f64,
    columns: u32,
) -> Vec<(f64, f64)> {
    let width = span_s / f64::from(columns.max(1));
    let mut kept = Vec::new();
    let mut column: Option<(u64, Column)> = None;
    for point in all {
        let place = (point.0 / width) as u64;
        match &mut column {
            Some((at, column)) if *at == place => column.take(point),
            _ => {
                if let Some((_, full)) = column.replace((place, Column::new(point))) {
                    full.give(&mut kept);
                }
            }
        }
    }
    if let Some((_, last)) = column {
        last.give(&mut kept);
    }
    kept
}

struct Column {
    first: (f64, f64),
    min: (f64, f64),
    max: (f64, f64),
    last: (f64, f64),
}

impl Column {
    fn new(point: (f64, f64)) -> Self {
        Self { first: point, min: point, max: point, last: point }
    }

    fn take(&mut self, point: (f64, f64)) {
        if point.1 < self.min.1 {
            self.min = point;
        }
        if point.1 > self.max.1 {
            self.max = point;
        }
        self.last = point;
    }

    fn give(self, kept: &mut Vec<(f64, f64)>) {
        // What is first and last is known; only the two between may have to change places.
        let mut four = [self.first, self.min, self.max, self.last];
        if self.max.0 < self.min.0 {
            four.swap(1, 2);
        }
        for point in four {
            if kept.last() != Some(&point) {
                kept.push(point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_survive_and_each_column_keeps_at_most_four_points() {
        for peak in (0..10_000).step_by(37) {
            let value = |n: i32| match n - peak {
                0 => 900.0,
                1 => -5.0,
                _ => f64::from(n % 7),
            };
            let all = (0..10_000).map(|n| (f64::from(n), value(n)));
            let kept = thinned(all, 10_000.0, 100);
            assert!(kept.len() <= 400, "{} points", kept.len());
            for wanted in [(f64::from(peak), 900.0), (f64::from(peak + 1), -5.0)] {
                assert!(kept.contains(&wanted) || wanted.0 > 9_999.0, "{wanted:?} is lost");
            }
            assert!(kept.is_sorted_by(|a, b| a.0 < b.0), "time goes on");
            assert_eq!(kept.first().map(|point| point.0), Some(0.0));
            assert_eq!(kept.last().map(|point| point.0), Some(9_999.0));
        }
    }

    #[test]
    fn what_is_few_is_kept_whole() {
        let few = [(0.0, 1.0), (3.0, 4.0), (9.0, 2.0)];
        assert_eq!(thinned(few.into_iter(), 10.0, 300), few);
        assert_eq!(thinned(std::iter::empty(), 10.0, 300), []);
    }
}
