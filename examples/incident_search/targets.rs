//! The report's numbers, and whether a run shows them.

use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::pool::Record;
use zombie_workers::run::{Run, Scenario};
use zombie_workers::watch::units::megabytes;
use zombie_workers::watch::{AlertState, Milestone, Sample};

/// Memory of the old dashboard at 03:48, in MB.
pub const OLD_MEMORY: u64 = 412;
/// Memory at 03:52: all that `8.7 GB` may be, in MB.
pub const LOGIN_MEMORY: std::ops::Range<u64> = 8_650..8_750;
/// Memory at 04:03:15, in MB.
pub const MEMORY: u64 = 8_743;
/// Restarts by 04:03:15. None comes after 03:52: no worker grows old any more.
const RESTARTS: u64 = 127;
/// The report says 847 %, which no `top` can on eight cores: all of them are in use.
const BUSY_PERCENT: u32 = 800;
const PROCESSES: u32 = 47;
const ZOMBIES: u32 = 37;
const ACTIVE: u32 = 3;
const HUNG_JOBS: u32 = 14;
const QUEUE: u64 = 87;

/// Before the first page.
pub fn no_page_yet(run: &Run) -> bool {
    page(run) == AlertState::Inactive
}

/// 03:48, the old dashboard: everything looks normal. But customers wait for 30 seconds, and
/// the first page came at 03:47.
pub fn looks_normal(run: &Run) -> bool {
    let Sample { old, p95_s, .. } = run.sample();
    let minute = run.now().as_secs_f64() - 60.0;
    let paged_at_47 = match page(run) {
        AlertState::Firing { since } => since.as_secs_f64() >= minute,
        _ => false,
    };
    (old.active, old.queue) == (10, 23)
        && old.success_rate.is_some_and(|rate| format!("{:.1}", rate * 100.0) == "94.2")
        && p95_s > Some(30.0)
        && paged_at_47
}

/// The last of the workers that were to live for a minute has been replaced.
pub fn the_churn_is_over(run: &Run) -> bool {
    let holds_job = |record: &&Record| record.replaced && record.lease.is_some();
    let zombies_with_jobs = run.pool().roster().iter().filter(holds_job).count() as u32;
    let sample = run.sample();
    (sample.processes, sample.zombies, sample.restarts) == (PROCESSES, ZOMBIES, RESTARTS)
        // The rest of the hung jobs will be those of the workers that do not work at 04:03:15.
        && zombies_with_jobs == HUNG_JOBS - (PROCESSES - ZOMBIES - ACTIVE)
}

/// 03:52, logged in: 47 processes, and the processors are all in use. The worst is still to come.
pub fn what_the_hell(run: &Run) -> bool {
    the_churn_is_over(run)
        && run.pool().host().cpu_percent() == BUSY_PERCENT
        && run.world().instruments.milestones().at(Milestone::DeathSpiral).is_none()
}

/// 04:01:55: so few workers are left, and so few jobs wait, that 04:03:15 may fit.
pub fn the_pattern_may_emerge(run: &Run) -> bool {
    let sample = run.sample();
    (ACTIVE..=ACTIVE + 1).contains(&sample.active) && sample.queue_depth <= QUEUE
}

/// 04:03:15, the pattern emerges; without the memory.
pub fn the_pattern(run: &Run) -> bool {
    let sample = run.sample();
    (sample.queue_depth, sample.active, sample.zombies) == (QUEUE, ACTIVE, ZOMBIES)
        && (sample.hung_jobs, sample.restarts) == (HUNG_JOBS, RESTARTS)
        && matches!(page(run), AlertState::Firing { .. })
}

/// All of it, from the start, as the scenario file says it; and 04:45, recovered.
pub fn whole_night(scenario: &Scenario) -> bool {
    let Ok(mut run) = Run::new(scenario) else { return false };
    let mut see = |clock: &str| {
        let at = scenario.clock.find(clock).unwrap_or(Instant::START);
        run.advance(at, &mut ());
        run.clone()
    };
    let [dashboard, login, pattern, end] = ["03:48", "03:52", "04:03:15", "04:45"].map(&mut see);
    looks_normal(&dashboard)
        && megabytes(dashboard.sample().old.memory_mib) == OLD_MEMORY
        && what_the_hell(&login)
        && LOGIN_MEMORY.contains(&megabytes(login.sample().memory_mib))
        && the_pattern(&pattern)
        && megabytes(pattern.sample().memory_mib) == MEMORY
        && recovered(&end)
}

fn recovered(run: &Run) -> bool {
    let sample = run.sample();
    let firing = run.world().instruments.alerts().firing();
    let story = run.world().instruments.milestones().story();
    let recovered = story.last().map(|&(_, at)| at);
    (sample.zombies, sample.hung_jobs, sample.queue_depth, firing) == (0, 0, 0, 0)
        && story.iter().map(|&(step, _)| step).eq(Milestone::ALL)
        && recovered.is_some_and(|at| run.now().saturating_since(at) < Duration::secs(60))
        && sample.memory_mib.abs_diff(sample.baseline_mib) * 10 <= sample.baseline_mib
}

/// Where the page that wakes everyone stands.
fn page(run: &Run) -> AlertState {
    let mut alerts = run.world().instruments.alerts().iter();
    alerts.find(|(rule, _)| rule.name == "JobsDelayed").map_or_else(Default::default, |(_, s)| s)
}
