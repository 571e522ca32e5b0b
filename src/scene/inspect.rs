//! What there is to say of one worker: what it does, where it stands in its code, and why it is
//! stuck.

use crate::kernel::Duration;
use crate::pool::{Job, JobId, JobState, Line, WorkerId};
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

/// One worker, looked at closely.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Its number.
    pub id: u32,
    /// What the pool thinks it is doing.
    pub state: &'static str,
    /// The line of [`CODE`] it stands in.
    pub line: usize,
    /// What a debugger would show.
    pub call: &'static str,
    /// Why it is stuck, or what it does.
    pub story: String,
    /// It hangs.
    pub stuck: bool,
    /// It was replaced.
    pub zombie: bool,
    /// Seconds since it was started, since its last sign of life, and until its life is to end.
    pub age_s: f64,
    /// See `age_s`.
    pub silent_s: f64,
    /// See `age_s`; below zero when it is past.
    pub expires_s: f64,
    /// What it holds, in MiB.
    pub mib: u32,
    /// Jobs that it took.
    pub jobs: u32,
}

impl Inspection {
    /// Looks at a worker; `None` if it is not there any more.
    pub fn of(run: &Run, id: WorkerId) -> Option<Self> {
        let record = run.pool().roster().named(id)?;
        let line = run.worker(id)?.line();
        let now = run.now();
        let stuck = line.is_hung();
        let expires_s = record.expires.as_secs_f64() - now.as_secs_f64();
        Some(Self {
            id: id.0,
            state: if record.replaced { "zombie" } else { record.state.name() },
            line: code_line(line),
            call: call(line, record.runs),
            story: story(run, line, now.saturating_since(record.last_beat), record.replaced),
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
        Line::StartUp => 1,
        Line::Select | Line::HungIdle => 3,
        Line::Work(_) | Line::HungInJob(_) => 5,
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
        Line::Select => "epoll_wait(4, [], 64, -1",
        Line::StartUp | Line::Work(_) | Line::CleanUp => "running",
    }
}

fn story(run: &Run, line: Line, silent: Duration, zombie: bool) -> String {
    let since = |from: Duration| run.clock().at(crate::kernel::Instant::START + from);
    let moved = Duration::micros(run.now().as_micros().saturating_sub(silent.as_micros()));
    match line {
        Line::StartUp => "It is starting up.".to_owned(),
        Line::Select => "It waits for a job.".to_owned(),
        Line::Work(held) => format!("It works on job {} ({}).", held.job.0, held.lease.kind.name()),
        Line::CleanUp => "It cleans up and leaves.".to_owned(),
        Line::HungInJob(held) => {
            let start = since(Duration::micros(held.lease.since.as_micros()));
            let end = if zombie {
                "The pool has replaced it and forgotten it; it keeps its job and its memory."
            } else {
                "Nobody has noticed: the pool still counts it as active."
            };
            format!(
                "Job {} ({}) was given to it at {start} and will never end. {end}",
                held.job.0,
                held.lease.kind.name()
            )
        }
        Line::HungIdle => "You made it hang while it had no job.".to_owned(),
        Line::HungInCleanUp => format!(
            "A report left a lock held. At {} it wanted to leave, and has waited for that lock \
             in its clean-up ever since.",
            since(moved)
        ),
    }
}

/// One job, looked at closely.
#[derive(Clone, Debug, PartialEq)]
pub struct JobInspection {
    /// Its number.
    pub id: u32,
    /// What the pool sees of it.
    pub kind: &'static str,
    /// What is happening to it.
    pub story: String,
    /// How often it was given to a worker.
    pub attempts: u8,
    /// Seconds since it arrived.
    pub age_s: f64,
}

impl JobInspection {
    /// Looks at a job; `None` if it has ended.
    pub fn of(run: &Run, id: JobId) -> Option<Self> {
        let job = run.pool().jobs().iter().find(|job| job.id == id)?;
        Some(Self {
            id: id.0,
            kind: job.kind.name(),
            story: job_story(run, job),
            attempts: job.attempt,
            age_s: run.now().saturating_since(job.submitted).as_secs_f64(),
        })
    }
}

fn job_story(run: &Run, job: &Job) -> String {
    let pool = run.pool();
    match job.state {
        JobState::Queued if pool.parked(job.kind) > 0 => {
            format!("It is parked: the breaker for {} jobs is not closed.", job.kind.name())
        }
        JobState::Queued => format!(
            "It has waited in the line for {:.1} s.",
            run.now().saturating_since(job.queued).as_secs_f64()
        ),
        JobState::Delayed => {
            "It was taken away from a worker, and waits for its next delivery.".to_owned()
        }
        JobState::InFlight => {
            let places = pool.roster().iter();
            let holder = places.filter(|record| {
                let held = record.lease.and_then(|lease| pool.jobs().get(lease.job));
                held.is_some_and(|held| held.id == job.id)
            });
            match holder.map(|record| record.who.id.0).next() {
                Some(worker) => format!("Worker {worker} has it."),
                None => "A worker has it.".to_owned(),
            }
        }
    }
}
