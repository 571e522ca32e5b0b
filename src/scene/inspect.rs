//! What there is to say of one worker: what it does, where it stands in its code, and why it is
//! stuck.

use crate::kernel::{Duration, Instant};
use crate::pool::{Held, Job, JobId, JobState, Line, Record, WorkerId};
use crate::run::Run;

/// The worker's loop as the page shows it. [`Inspection::line`] is a line of it.
pub const CODE: &[&str] = &[
    "fn worker(jobs, lifetime) {",
    "    start_up();",
    "    loop {",
    "        select! {",
    "            job = jobs.next() => {",
    "                process(job);      // no timeout",
    "            }",
    "            _ = lifetime => break,",
    "        }",
    "    }",
    "    clean_up();                    // waits for every lock",
    "}",
];

/// What there is to say of one worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Its number.
    pub id: u32,
    /// Its state in the pool's records, or `zombie`.
    pub state: &'static str,
    /// The line of [`CODE`] that it executes, from 0.
    pub line: usize,
    /// What `strace` would show.
    pub call: &'static str,
    /// Why it is stuck, or what it does, in a sentence or two.
    pub story: String,
    /// Whether it hangs.
    pub stuck: bool,
    /// Whether it was replaced.
    pub zombie: bool,
    /// Seconds since it was started.
    pub age_s: f64,
    /// Seconds since its last sign of life.
    pub silent_s: f64,
    /// Seconds until its lifetime ends; below zero when it is past.
    pub expires_s: f64,
    /// The memory that it holds, in MiB.
    pub mib: u32,
    /// Jobs that it has taken.
    pub jobs: u32,
}

impl Inspection {
    /// Describes a worker; `None` if it is gone.
    pub fn of(run: &Run, id: WorkerId) -> Option<Self> {
        let record = run.pool().roster().named(id)?;
        let line = run.worker(id)?.line();
        let now = run.now();
        let stuck = line.is_hung();
        let expires_s =
            run.pool().roster().expires(record.who.task.index).as_secs_f64() - now.as_secs_f64();
        Some(Self {
            id: id.0,
            state: if record.replaced { "zombie" } else { record.state.name() },
            line: code_line(line),
            call: call(line, record.runs),
            story: story(run, line, record) + &in_hand(run, record),
            stuck,
            zombie: record.replaced,
            age_s: now
                .saturating_since(run.pool().roster().born(record.who.task.index))
                .as_secs_f64(),
            silent_s: now.saturating_since(record.last_beat).as_secs_f64(),
            expires_s,
            mib: record.mib,
            jobs: record.jobs,
        })
    }
}

fn code_line(line: Line) -> usize {
    match line {
        Line::StartUp | Line::Crashed { in_job: false } => 1,
        Line::Select | Line::HungIdle => 3,
        Line::Work(_)
        | Line::WaitForConnection(_)
        | Line::HungInJob(_)
        | Line::Crashed { in_job: true } => 5,
        Line::CleanUp | Line::HungInCleanUp => 10,
    }
}

fn call(line: Line, runs: bool) -> &'static str {
    match line {
        Line::HungInJob(_) | Line::HungIdle if runs => {
            "spinning in user space: 100 % of a core, no system call"
        }
        Line::HungInJob(_) | Line::HungInCleanUp | Line::HungIdle => {
            "futex(0x7f3d8c0008c8, FUTEX_WAIT_PRIVATE, 0, NULL"
        }
        Line::Crashed { .. } => "+++ killed by SIGSEGV (core dumped) +++",
        Line::Select => "epoll_wait(4, [], 64, -1",
        Line::WaitForConnection(_) => "futex(0x7f3d8c000a40, FUTEX_WAIT_PRIVATE, 0, NULL",
        Line::StartUp | Line::Work(_) | Line::CleanUp => "running",
    }
}

/// What to say of the jobs that a worker has fetched and not begun.
fn in_hand(run: &Run, record: &Record) -> String {
    match run.pool().waiting_in(record.who.task.index) {
        0 => String::new(),
        1 => " One more job waits in its hand.".to_owned(),
        jobs => format!(" {jobs} more jobs wait in its hand."),
    }
}

fn story(run: &Run, line: Line, record: &Record) -> String {
    let since = |from: Duration| run.clock().at(Instant::START + from);
    let moved = Duration::micros(record.last_beat.as_micros());
    match line {
        Line::StartUp => "Starting up.".to_owned(),
        Line::Select => "Waiting for a job.".to_owned(),
        Line::Work(held) if record.lease.is_none() => {
            let (job, kind) = (held.job.0, held.lease.kind.name());
            format!("Working on job {job} ({kind}), though it was taken away from this worker.")
        }
        Line::Work(held) => {
            let job = run.pool().jobs().get(held.lease.job).filter(|job| job.id == held.job);
            let client = job.map_or("", client_story);
            format!("Working on job {} ({}).{client}", held.job.0, held.lease.kind.name())
        }
        Line::WaitForConnection(held) => format!(
            "In job {} ({}), which waits for a connection since {}.",
            held.job.0,
            held.lease.kind.name(),
            run.clock().at(waits_since(run, held)),
        ),
        Line::CleanUp => "Cleaning up before it exits.".to_owned(),
        Line::HungInJob(held) => {
            let start = since(Duration::micros(held.lease.since.as_micros()));
            let end = if record.replaced {
                "The pool replaced this worker and forgot it. It holds its job and memory."
            } else {
                "The pool still counts this worker as active."
            };
            format!(
                "Stuck on job {} ({}) since {start}; it will never finish. {end}",
                held.job.0,
                held.lease.kind.name()
            )
        }
        Line::Crashed { in_job: true } => "Crashed in its job; about to be reaped.".to_owned(),
        Line::Crashed { in_job: false } => {
            "Crashed at the end of its start-up; about to be reaped.".to_owned()
        }
        Line::HungIdle => "You hung it while idle.".to_owned(),
        Line::HungInCleanUp => format!(
            "Stuck in its clean-up since {}: a report never released the lock that it waits for.",
            since(moved)
        ),
    }
}

/// Since when the worker that has this in hand waits for a connection.
fn waits_since(run: &Run, held: Held) -> Instant {
    let pool = run.pool();
    let mut holders = pool.roster().iter().filter(|record| record.lease == Some(held.lease));
    let since = holders.find_map(|record| pool.connections().waits_since(record.who));
    since.unwrap_or(held.lease.since)
}

/// What there is to say of one job.
#[derive(Clone, Debug, PartialEq)]
pub struct JobInspection {
    /// Its number.
    pub id: u32,
    /// What the pool sees of it.
    pub kind: &'static str,
    /// What happens to it, in a sentence.
    pub story: String,
    /// How often it was delivered to a worker.
    pub attempts: u8,
    /// Seconds since it arrived.
    pub age_s: f64,
}

impl JobInspection {
    /// Describes a job; `None` if it has ended.
    pub fn of(run: &Run, id: JobId) -> Option<Self> {
        let job = run.pool().jobs().iter().find(|job| job.id == id)?;
        Some(Self {
            id: id.0,
            kind: job.kind.name(),
            story: job_story(run, job) + client_story(job),
            attempts: job.attempt,
            age_s: run.now().saturating_since(job.submitted).as_secs_f64(),
        })
    }
}

fn client_story(job: &Job) -> &'static str {
    if job.abandoned { " Its client has left: the work is for nobody." } else { "" }
}

fn job_story(run: &Run, job: &Job) -> String {
    let pool = run.pool();
    match job.state {
        JobState::Queued if pool.parked(job.kind) > 0 => {
            format!("Parked: the breaker for {} jobs is not closed.", job.kind.name())
        }
        JobState::Queued => format!(
            "Waiting in the queue for {:.1} s.",
            run.now().saturating_since(job.queued).as_secs_f64()
        ),
        JobState::Prefetched => {
            "Fetched by a worker, and waits in its hand behind the job that it runs.".to_owned()
        }
        JobState::Delayed => "Taken from its worker; waiting for its next delivery.".to_owned(),
        JobState::InFlight => {
            let places = pool.roster().iter();
            let holder = places.filter(|record| {
                let held = record.lease.and_then(|lease| pool.jobs().get(lease.job));
                held.is_some_and(|held| held.id == job.id)
            });
            match holder.map(|record| record.who.id.0).next() {
                Some(worker) => format!("Worker {worker} is on it."),
                None => "A worker is on it.".to_owned(),
            }
        }
    }
}
