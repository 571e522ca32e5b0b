//! The result of one run: a line of text, the same wherever it ran.

use std::fmt;

use crate::knobs::InputError;

/// What came out of one run of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cell of the plan, counted from 0.
    pub cell: u32,
    /// The seed of the run.
    pub seed: u64,
    /// What was measured; `None` of a run that cost more than its budget: a hole.
    pub measures: Option<Measures>,
}

/// What is measured of a run, up to the horizon of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Whether the pool still served its customers at the horizon.
    pub survived: bool,
    /// Seconds after which it did so no longer; `None` if it survived (censored at the horizon).
    pub died_at_s: Option<f64>,
    /// Minutes that all customers lost by waiting: see [`Customers`](crate::run::Customers).
    pub late_customer_minutes: f64,
    /// 95 % of the customers took no longer than this many seconds, ended or not; `None` if no
    /// customer came.
    pub p95_s: Option<f64>,
    /// Customers served for each that arrived.
    pub goodput: Option<f64>,
    /// The most memory that the pool held, in MiB.
    pub peak_mib: u64,
    /// Zombies at the horizon.
    pub zombies: u32,
    /// Worker-seconds spent hung, or as a zombie.
    pub wasted_s: f64,
    /// The hash over all events.
    pub trace_hash: u64,
}

/// The names of the columns.
pub const HEADER: &str = "cell,seed,survived,died_at_s,late_customer_minutes,p95_s,goodput,\
                          peak_mib,zombies,wasted_s,trace_hash";

impl Measures {
    /// The same with three decimals, as a line of text keeps them: so that it makes no difference
    /// whether a row was written and read on its way.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            died_at_s: self.died_at_s.map(round),
            late_customer_minutes: round(self.late_customer_minutes),
            p95_s: self.p95_s.map(round),
            goodput: self.goodput.map(round),
            wasted_s: round(self.wasted_s),
            ..self
        }
    }
}

/// To three decimals, and never to the negative zero.
fn round(value: f64) -> f64 {
    libm::round(value * 1_000.0) / 1_000.0 + 0.0
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},", self.cell, self.seed)?;
        let Some(measures) = &self.measures else { return f.write_str(",,,,,,,,") };
        let maybe =
            |value: Option<f64>| value.map(|value| round(value).to_string()).unwrap_or_default();
        write!(
            f,
            "{},{},{},{},{},{},{},{},{:016x}",
            measures.survived,
            maybe(measures.died_at_s),
            round(measures.late_customer_minutes),
            maybe(measures.p95_s),
            maybe(measures.goodput),
            measures.peak_mib,
            measures.zombies,
            round(measures.wasted_s),
            measures.trace_hash
        )
    }
}

impl Row {
    /// Reads a line that a row was written as.
    ///
    /// # Errors
    /// If a column is missing or is not what it must be; the error names it.
    pub fn parse(line: &str) -> Result<Self, InputError> {
        let mut cells = HEADER
            .split(',')
            .zip(line.trim_end().split(',').map(Some).chain(std::iter::repeat(None)));
        let mut next = || -> Result<Column<'_>, InputError> {
            // The header has as many names as are asked for below.
            let (name, text) = cells.next().unwrap_or(("row", None));
            let text = text.ok_or_else(|| {
                InputError::new("row", line, format!("column `{name}` is missing"))
            })?;
            Ok(Column { name, text })
        };
        let (cell, seed) = (next()?.number()?, next()?.number()?);
        let columns =
            [next()?, next()?, next()?, next()?, next()?, next()?, next()?, next()?, next()?];
        let [survived, died, late, p95, goodput, peak, zombies, wasted, hash] = columns;
        if survived.text.is_empty() {
            return Ok(Self { cell, seed, measures: None });
        }
        let measures = Measures {
            survived: survived.number()?,
            died_at_s: died.maybe()?,
            late_customer_minutes: late.number()?,
            p95_s: p95.maybe()?,
            goodput: goodput.maybe()?,
            peak_mib: peak.number()?,
            zombies: zombies.number()?,
            wasted_s: wasted.number()?,
            trace_hash: u64::from_str_radix(hash.text, 16).map_err(|_| hash.error())?,
        };
        Ok(Self { cell, seed, measures: Some(measures) })
    }
}

/// One column of a line that is read.
struct Column<'a> {
    name: &'static str,
    text: &'a str,
}

impl Column<'_> {
    fn error(&self) -> InputError {
        InputError::new(
            format!("row, column `{}`", self.name),
            self.text,
            "it is not what a run of the lab writes",
        )
    }

    fn number<T: std::str::FromStr>(&self) -> Result<T, InputError> {
        self.text.parse().map_err(|_| self.error())
    }

    fn maybe(&self) -> Result<Option<f64>, InputError> {
        if self.text.is_empty() { Ok(None) } else { self.number().map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written_holes_included() {
        let measures = Measures {
            survived: false,
            died_at_s: Some(540.0),
            late_customer_minutes: 12.125,
            p95_s: None,
            goodput: Some(0.5),
            peak_mib: 8_743,
            zombies: 37,
            wasted_s: 1.5,
            trace_hash: 0xfeed,
        };
        let row = Row { cell: 3, seed: 7, measures: Some(measures) };
        assert_eq!(row.to_string(), "3,7,false,540,12.125,,0.5,8743,37,1.5,000000000000feed");
        assert_eq!(row.to_string().split(',').count(), HEADER.split(',').count());
        for row in [row, Row { cell: 0, seed: 1, measures: None }] {
            assert_eq!(Row::parse(&row.to_string()), Ok(row));
        }
    }

    #[test]
    fn a_line_that_is_no_row_is_refused_by_column() {
        let error = Row::parse("3,7,maybe,,1,,,1,1,1,ff").expect_err("it is no row").to_string();
        assert!(error.contains("`survived`") && error.contains("maybe"), "{error}");
        let error = Row::parse("3,7,true").expect_err("it is no row").to_string();
        assert!(error.contains("`died_at_s`"), "{error}");
    }
}
