//! Readings to take away, as CSV and JSON: the same columns in both.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::units::{rounded, to_four_decimals};
use super::{OldDashboard, Sample, Series, SeriesPoint};

/// The figures of a sample that make a row.
#[derive(Debug, Serialize)]
pub struct SampleRow<'s> {
    t_s: f64,
    clock: &'s str,
    submitted: u64,
    delayed: u64,
    queued: u64,
    in_flight: u64,
    succeeded: u64,
    failed: u64,
    dead_lettered: u64,
    rejected: u64,
    workers: u32,
    alive: u32,
    active: u32,
    hung: u32,
    zombies: u32,
    hung_jobs: u32,
    restarts: u64,
    memory_mib: u64,
    baseline_mib: u64,
    cpu_percent: u32,
    ps_percent: u32,
    queue_depth: u64,
    #[serde(serialize_with = "rounded")]
    p50_s: Option<f64>,
    #[serde(serialize_with = "rounded")]
    p95_s: Option<f64>,
    #[serde(serialize_with = "rounded")]
    success_rate: Option<f64>,
    old_active: u32,
    old_queue: u64,
    old_memory_mib: u64,
    #[serde(serialize_with = "rounded")]
    old_success_rate: Option<f64>,
    stage: &'s str,
}

impl Sample {
    /// The figures that make a row of CSV.
    pub fn row(&self) -> SampleRow<'_> {
        let OldDashboard { active, queue, memory_mib, success_rate } = self.old;
        SampleRow {
            t_s: self.t_s,
            clock: &self.clock,
            submitted: self.ledger.submitted,
            delayed: self.ledger.delayed,
            queued: self.ledger.queued,
            in_flight: self.ledger.in_flight,
            succeeded: self.ledger.succeeded,
            failed: self.ledger.failed,
            dead_lettered: self.ledger.dead_lettered,
            rejected: self.ledger.rejected,
            workers: self.workers,
            alive: self.alive,
            active: self.active,
            hung: self.hung,
            zombies: self.zombies,
            hung_jobs: self.hung_jobs,
            restarts: self.restarts,
            memory_mib: self.memory_mib,
            baseline_mib: self.baseline_mib,
            cpu_percent: self.cpu_percent,
            ps_percent: self.ps_percent,
            queue_depth: self.queue_depth,
            p50_s: self.p50_s,
            p95_s: self.p95_s,
            success_rate: self.success_rate,
            old_active: active,
            old_queue: queue,
            old_memory_mib: memory_mib,
            old_success_rate: success_rate,
            stage: &self.stage,
        }
    }
}

impl Series {
    /// All points as CSV.
    pub fn csv(&self) -> String {
        let mut csv = csv::Writer::from_writer(Vec::new());
        // Numbers and flags, written into memory: nothing in them can be refused.
        let _ = csv.write_record(SeriesPoint::default().cells().map(|(name, _)| name));
        for point in self.points() {
            let _ = csv.write_record(point.cells().map(|(_, text)| text));
        }
        let bytes = csv.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// All points as JSON: a list of objects.
    pub fn json(&self) -> String {
        to_json(&self.points())
    }
}

impl SeriesPoint {
    /// The names and values of its figures, as they stand in a row of CSV. (Through serde, each
    /// library would bring its own tables for printing numbers to the page: 20 KB.)
    fn cells(&self) -> [(&'static str, String); 20] {
        let whole = |figure: u64| figure.to_string();
        let few = |figure: u32| figure.to_string();
        let share = |figure: Option<f64>| {
            figure.map_or_else(String::new, |figure| to_four_decimals(figure).to_string())
        };
        [
            ("t_s", self.t_s.to_string()),
            ("memory_mib", whole(self.memory_mib)),
            ("old_memory_mib", whole(self.registered_mib)),
            ("idle_mib", whole(self.idle_mib)),
            ("hung_mib", whole(self.hung_mib)),
            ("queue_depth", whole(self.queue_depth)),
            ("workers", few(self.workers)),
            ("active", few(self.active)),
            ("hung", few(self.hung)),
            ("suspects", few(self.suspects)),
            ("zombies", few(self.zombies)),
            ("hung_jobs", few(self.hung_jobs)),
            ("p50_s", share(self.p50_s)),
            ("p95_s", share(self.p95_s)),
            ("survivors_p95_s", share(self.survivors_p95_s)),
            ("success_rate", share(self.success_rate)),
            ("old_success_rate", share(self.old_success_rate)),
            ("restarts", whole(self.restarts)),
            ("out_of_memory", self.out_of_memory.to_string()),
            ("restarts_a_minute", few(self.restarts_a_minute)),
        ]
    }
}

/// Figures as JSON that users can read as well.
pub fn to_json(figures: &impl Serialize) -> String {
    let mut json = Vec::new();
    // Plain structures with text keys: always writable.
    let _ = figures.serialize(&mut Serializer::with_formatter(&mut json, Readable));
    String::from_utf8(json).unwrap_or_default() + "\n"
}

/// JSON with each key in a line of its own, and numbers as the standard library prints them.
struct Readable;

impl Formatter for Readable {
    fn write_f64<W: ?Sized + Write>(&mut self, to: &mut W, number: f64) -> io::Result<()> {
        write!(to, "{number}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        to.write_all(if first { b"\n  " } else { b",\n  " })
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
                p95_s: (second == 2).then_some(1.0 / 3.0),
                ..SeriesPoint::default()
            });
        }
        let csv = series.csv();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let names = reader.headers().expect("it has headers").clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("CSV")).collect();
        let column = |name| names.iter().position(|known| known == name).expect("a column");
        assert_eq!(rows.len(), 3);
        for (name, last) in [("t_s", "2"), ("zombies", "7"), ("p95_s", "0.3333"), ("p50_s", "")] {
            assert_eq!(&rows[2][column(name)], last, "{name}");
        }
        let points: serde_json::Value = serde_json::from_str(&series.json()).expect("JSON");
        let figures = points[2].as_object().expect("an object");
        let mut figured: Vec<&str> = figures.keys().map(String::as_str).collect();
        let mut named: Vec<&str> = names.iter().collect();
        figured.sort_unstable();
        named.sort_unstable();
        assert_eq!(figured, named, "the same figures in both");
        assert_eq!((&figures["zombies"], &figures["p50_s"]), (&7.into(), &().into()));
    }
}
