//! Some of the processes on the machine, as `ps` lists them: which of them is a zombie?

use crate::pool::Record;
use crate::run::Run;

/// The most zombies of the list, and the most workers that own a place.
const ZOMBIES: usize = 3;
const OWNERS: usize = 5;

/// A process as `ps` shows it, and the truth that it does not show.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// The number of its worker.
    pub worker: u32,
    /// Seconds since it was started.
    pub age_s: f64,
    /// Whether it wants a core: `R`, else `S`.
    pub runs: bool,
    /// The memory that it holds, in MiB.
    pub mib: u32,
    /// Whether it was replaced, and is still there.
    pub zombie: bool,
}

impl Process {
    /// Some of the processes of a run, oldest worker first: the oldest zombies, and the youngest of
    /// those that own a place.
    pub fn some_of(run: &Run) -> Vec<Self> {
        let roster = run.pool().roster();
        let mut all: Vec<&Record> = roster.iter().collect();
        all.sort_by_key(|record| record.who.id);
        let zombies = all.iter().filter(|record| record.replaced).take(ZOMBIES);
        let owners = all.iter().rev().filter(|record| !record.replaced).take(OWNERS);
        let mut some: Vec<Self> =
            zombies.chain(owners).map(|record| Self::of(run, record)).collect();
        some.sort_by_key(|process| process.worker);
        some
    }

    fn of(run: &Run, record: &Record) -> Self {
        let born = run.pool().roster().born(record.who.task.index);
        Self {
            worker: record.who.id.0,
            age_s: run.now().saturating_since(born).as_secs_f64(),
            runs: record.runs,
            mib: record.mib,
            zombie: record.replaced,
        }
    }
}
