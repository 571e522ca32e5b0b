//! Sizes of memory, in MiB, that show as the report's MB. As long as the host does not swap, memory has no effect on what happens, and
//! is a sum: so the sizes can be solved for, last of all.

use zombie_workers::knobs::KnobId;
use zombie_workers::pool::{JobKind, Line};
use zombie_workers::run::Run;
use zombie_workers::watch::units::{MIB, megabytes};

use super::targets::{LOGIN_MEMORY, MEMORY, OLD_MEMORY};

/// What is in memory at one moment.
#[derive(Clone, Copy)]
pub struct Census {
    all: Counts,
    registered: Counts,
}

/// How many there are of what takes memory.
#[derive(Clone, Copy, Default)]
struct Counts {
    workers: u32,
    normal: u32,
    reports: u32,
    toxic: u32,
    cleanups: u32,
}

impl Census {
    /// Counts.
    pub fn of(run: &Run) -> Self {
        let mut census = Self { all: Counts::default(), registered: Counts::default() };
        for record in run.pool().roster().iter() {
            let Some(worker) = run.worker(record.who.id) else { continue };
            census.all.count(worker.line());
            if !record.replaced {
                census.registered.count(worker.line());
            }
        }
        census
    }
}

impl Counts {
    fn count(&mut self, line: Line) {
        self.workers += 1;
        match line {
            Line::Work(held) | Line::WaitForConnection(held) | Line::HungInJob(held) => {
                match held.lease.kind {
                    JobKind::Normal => self.normal += 1,
                    JobKind::Report => self.reports += 1,
                    JobKind::Toxic => self.toxic += 1,
                }
            }
            Line::HungInCleanUp => self.cleanups += 1,
            // A worker that crashed is reaped in the same instant; the night has none.
            Line::StartUp
            | Line::Select
            | Line::CleanUp
            | Line::HungIdle
            | Line::Crashed { .. } => {}
        }
    }

    /// MiB of all that was counted, without the parent process.
    fn mib(self, sizes: [u32; 5]) -> u64 {
        let counts = [self.workers, self.normal, self.reports, self.toxic, self.cleanups];
        counts.into_iter().zip(sizes).map(|(count, size)| u64::from(count) * u64::from(size)).sum()
    }
}

/// The knobs, with the sizes in MiB, that give the report's memory at 03:48, 03:52 and 04:03:15.
/// Of all that do, those with the roundest numbers.
pub fn solve([dashboard, login, pattern]: [Census; 3]) -> Option<[(KnobId, u32); 6]> {
    let mut best: Option<(u32, [u32; 6])> = None;
    for worker in 36..=40 {
        for (normal, report, toxic) in working_sets() {
            let mut sizes = [worker, normal, report, toxic, 0];
            let Some(base) = to_mib(OLD_MEMORY).checked_sub(dashboard.registered.mib(sizes)) else {
                continue;
            };
            let cleanups = u64::from(pattern.all.cleanups);
            let Some(rest) = to_mib(MEMORY).checked_sub(base + pattern.all.mib(sizes)) else {
                continue;
            };
            if !(4..=40).contains(&base)
                || dashboard.registered.cleanups > 0
                || rest % cleanups.max(1) != 0
            {
                continue;
            }
            sizes[4] = (rest / cleanups.max(1)) as u32;
            if LOGIN_MEMORY.contains(&megabytes(base + login.all.mib(sizes))) {
                let found = [base as u32, worker, normal, report, toxic, sizes[4]];
                let roughness = found.iter().map(|&size| roughness(size)).sum();
                if best.is_none_or(|(least, _)| roughness < least) {
                    best = Some((roughness, found));
                }
            }
        }
    }
    let knobs = [
        KnobId::process_base_mib,
        KnobId::worker_base_mib,
        KnobId::normal_mib,
        KnobId::report_mib,
        KnobId::toxic_mib,
        KnobId::cleanup_mib,
    ];
    best.map(|(_, sizes)| std::array::from_fn(|place| (knobs[place], sizes[place])))
}

/// The MiB that show as so many MB.
fn to_mib(mb: u64) -> u64 {
    (mb as f64 * 1e6 / MIB).round() as u64
}

/// Working sets of normal jobs, reports and toxic jobs, in MiB.
fn working_sets() -> impl Iterator<Item = (u32, u32, u32)> {
    (1..=3).flat_map(|normal| {
        (2..=12).flat_map(move |report| (4..=30).map(move |toxic| (normal, report, toxic)))
    })
}

/// How far a number is from one that people say without thinking.
fn roughness(size: u32) -> u32 {
    match size {
        0..=12 => 0,
        _ if size.is_multiple_of(10) => 0,
        _ if size.is_multiple_of(5) => 1,
        _ => 3,
    }
}
