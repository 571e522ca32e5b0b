//! One run of an experiment as a line of text, and the line of text that answers it: all that
//! passes between the page and its workers.

use std::fmt;

use super::measure::{Measurement, measure};
use super::row::Row;
use crate::knobs::InputError;

/// One run of an experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The cell that it is of.
    pub cell: u32,
    /// The seed of the task's run.
    pub seed: u64,
    /// The query of the link to its end, which is all there is to know to run it.
    pub query: String,
}

impl Task {
    /// Runs it to its end.
    ///
    /// # Errors
    /// If its link is not understood.
    pub fn run(&self) -> Result<Row, InputError> {
        Ok(Row { cell: self.cell, seed: self.seed, measures: measure(&self.query)? })
    }

    /// Begins it, to be run in slices.
    ///
    /// # Errors
    /// If its link is not understood.
    pub fn begin(&self) -> Result<Measurement, InputError> {
        Measurement::begin(&self.query)
    }

    /// Reads a task as it was written.
    ///
    /// # Errors
    /// If the text is no task.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let mut parts = text.splitn(3, ' ');
        let mut next = || parts.next().ok_or_else(|| wrong(text));
        let cell = next()?.parse().map_err(|_| wrong(text))?;
        let seed = next()?.parse().map_err(|_| wrong(text))?;
        Ok(Self { cell, seed, query: next()?.to_owned() })
    }
}

fn wrong(text: &str) -> InputError {
    InputError::new("task of the lab", text, "allowed: a cell, a seed and a link")
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.cell, self.seed, self.query)
    }
}

/// What a worker answers to a line of text: the line of a row, or `error` and why.
pub fn answer(text: &str) -> String {
    match Task::parse(text).and_then(|task| task.run()) {
        Ok(row) => row.to_string(),
        Err(error) => format!("error {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_read_as_it_was_written_and_answered_by_a_row() {
        let query = "scenario=zombie&seed=8&t=60".to_owned();
        let task = Task { cell: 3, seed: 8, query };
        assert_eq!(Task::parse(&task.to_string()), Ok(task.clone()));
        let row = task.run().expect("its link is understood");
        assert_eq!(Row::parse(&answer(&task.to_string())), Ok(row));
    }

    #[test]
    fn what_is_no_task_is_answered_by_an_error() {
        assert!(answer("3 8").starts_with("error task of the lab"));
        assert!(answer("3 8 scenario=zomby&t=60").contains("zombie"));
    }
}
