//! Readings to take away, as CSV and JSON: the same columns for whoever asks.

use super::{Sample, Series, SeriesPoint};

/// A column of CSV, with the figure it shows.
type Column<T> = (&'static str, fn(&T) -> String);

/// A reading that can be a row.
pub trait Row: Sized + 'static {
    /// Its columns.
    const COLUMNS: &'static [Column<Self>];
}

impl Row for Sample {
    const COLUMNS: &'static [Column<Self>] = &[
        ("t_s", |s| s.t_s.to_string()),
        ("clock", |s| s.clock.clone()),
        ("submitted", |s| s.submitted.to_string()),
        ("delayed", |s| s.delayed.to_string()),
        ("queued", |s| s.queued.to_string()),
        ("in_flight", |s| s.in_flight.to_string()),
        ("succeeded", |s| s.succeeded.to_string()),
        ("failed", |s| s.failed.to_string()),
        ("dead_lettered", |s| s.dead_lettered.to_string()),
        ("rejected", |s| s.rejected.to_string()),
        ("workers", |s| s.workers.to_string()),
        ("alive", |s| s.alive.to_string()),
        ("active", |s| s.active.to_string()),
        ("hung", |s| s.hung.to_string()),
        ("zombies", |s| s.zombies.to_string()),
        ("hung_jobs", |s| s.hung_jobs.to_string()),
        ("restarts", |s| s.restarts.to_string()),
        ("memory_mib", |s| s.memory_mib.to_string()),
        ("baseline_mib", |s| s.baseline_mib.to_string()),
        ("cpu_percent", |s| s.cpu_percent.to_string()),
        ("queue_depth", |s| s.queue_depth.to_string()),
        ("p50_s", |s| figure(s.p50_s, 3)),
        ("p95_s", |s| figure(s.p95_s, 3)),
        ("success_rate", |s| figure(s.success_rate, 4)),
        ("old_active", |s| s.old.active.to_string()),
        ("old_queue", |s| s.old.queue.to_string()),
        ("old_memory_mib", |s| s.old.memory_mib.to_string()),
        ("old_success_rate", |s| figure(s.old.success_rate, 4)),
        ("stage", |s| format!("\"{}\"", s.stage)),
    ];
}

impl Row for SeriesPoint {
    const COLUMNS: &'static [Column<Self>] = &[
        ("t_s", |p| p.t_s.to_string()),
        ("memory_mib", |p| p.memory_mib.to_string()),
        ("old_memory_mib", |p| p.registered_mib.to_string()),
        ("queue_depth", |p| p.queue_depth.to_string()),
        ("workers", |p| p.workers.to_string()),
        ("active", |p| p.active.to_string()),
        ("hung", |p| p.hung.to_string()),
        ("zombies", |p| p.zombies.to_string()),
        ("hung_jobs", |p| p.hung_jobs.to_string()),
        ("p50_s", |p| figure(p.p50_s, 3)),
        ("p95_s", |p| figure(p.p95_s, 3)),
        ("success_rate", |p| figure(p.success_rate, 4)),
        ("old_success_rate", |p| figure(p.old_success_rate, 4)),
        ("restarts", |p| p.restarts.to_string()),
        ("idle_mib", |p| p.idle_mib.to_string()),
        ("hung_mib", |p| p.hung_mib.to_string()),
        ("suspects", |p| p.suspects.to_string()),
        ("survivors_p95_s", |p| figure(p.survivors_p95_s, 3)),
        ("restarts_a_minute", |p| p.restarts_a_minute.to_string()),
        ("out_of_memory", |p| p.out_of_memory.to_string()),
    ];
}

/// A figure to so many decimals; nothing where there is no value.
fn figure(value: Option<f64>, decimals: usize) -> String {
    value.map(|value| format!("{value:.decimals$}")).unwrap_or_default()
}

/// The first line of the CSV, with its end of line.
pub fn csv_header<T: Row>() -> String {
    let names: Vec<&str> = T::COLUMNS.iter().map(|(name, _)| *name).collect();
    names.join(",") + "\n"
}

/// One line of the CSV, with its end of line.
pub fn csv_row<T: Row>(reading: &T) -> String {
    let figures: Vec<String> = T::COLUMNS.iter().map(|(_, show)| show(reading)).collect();
    figures.join(",") + "\n"
}

/// One reading as a JSON object of its columns.
pub fn json_row<T: Row>(reading: &T) -> String {
    let figure = |(name, show): &Column<T>| format!("\"{name}\": {}", json_figure(show(reading)));
    let figures: Vec<String> = T::COLUMNS.iter().map(figure).collect();
    format!("{{{}}}", figures.join(", "))
}

/// A figure of a column as JSON: numbers and flags are written as in CSV, no value as `null`, and
/// words, none of which has anything to escape, in quotes.
fn json_figure(text: String) -> String {
    if text.is_empty() {
        return "null".to_owned();
    }
    let plain =
        text.starts_with('"') || text.parse::<f64>().is_ok() || text.parse::<bool>().is_ok();
    if plain { text } else { format!("\"{text}\"") }
}

impl Series {
    /// All points as CSV.
    pub fn csv(&self) -> String {
        let rows = self.points().iter().map(csv_row);
        csv_header::<SeriesPoint>() + &rows.collect::<String>()
    }

    /// All points as JSON: a list of objects.
    pub fn json(&self) -> String {
        let rows: Vec<String> = self.points().iter().map(json_row).collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_has_a_row_for_each_point_and_a_column_for_each_figure() {
        let mut series = Series::default();
        for second in 0..3 {
            series.push(SeriesPoint {
                t_s: f64::from(second),
                zombies: 7,
                ..SeriesPoint::default()
            });
        }
        let csv = series.csv();
        let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.len() == SeriesPoint::COLUMNS.len()), "{csv}");
        let zombies = rows[0].iter().position(|name| *name == "zombies").expect("a column");
        assert_eq!((rows[3][0], rows[3][zombies]), ("2", "7"));
        let points: serde_json::Value = serde_json::from_str(&series.json()).expect("JSON");
        let figures = points[2].as_object().expect("an object");
        assert_eq!((figures.len(), &figures["zombies"]), (SeriesPoint::COLUMNS.len(), &7.into()));
    }
}
