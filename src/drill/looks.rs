//! What the tools print, read off the run. A column that nothing is simulated for (user, terminal,
//! virtual size) is left out; the others are as wide as `ps -o pid,etimes,pcpu,rss,stat,args` has
//! them.

use std::fmt::Write;

use super::line::Look;
use crate::pool::{Line, Record, WorkerId};
use crate::run::Run;
use crate::watch::units::{grouped, in_mb, percent};

/// The text of a look at `run`, which stands at the moment of the look.
pub(super) fn text(run: &Run, look: Look) -> String {
    match look {
        Look::Dash => dash(run),
        Look::Ps => ps(run),
        Look::Htop => htop(run),
        Look::Strace(id) => strace(run, id),
        Look::Jobs { stuck } => jobs(run, stuck),
    }
}

fn dash(run: &Run) -> String {
    let old = run.sample().old;
    let success = old.success_rate.map_or("-".to_owned(), percent);
    format!(
        "Active Workers: {}\nQueue Depth: {}\nMemory: {}\nSuccess Rate: {success}",
        old.active,
        grouped(old.queue),
        in_mb(old.memory_mib),
    )
}

fn ps(run: &Run) -> String {
    let mut text = "    PID ELAPSED %CPU    RSS STAT COMMAND".to_owned();
    let now = run.now();
    for record in run.pool().roster().iter() {
        let age = now.saturating_since(run.pool().roster().born(record.who.task.index));
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n{:>7} {:>7} {:>4.1} {:>6} {:<4} pool: worker",
            record.who.id,
            age.as_micros() / 1_000_000,
            run.pool().ps_percent(record, now),
            u64::from(record.mib) * 1_024,
            if record.runs { "R" } else { "S" },
        );
    }
    text
}

fn htop(run: &Run) -> String {
    let sample = run.sample();
    let gib = |mib: u64| mib as f64 / 1_024.0;
    format!(
        "  CPU[{}% of {} cores]\n  Mem[{:.2}G/{:.1}G]\n  Tasks: {}; {} running",
        sample.cpu_percent,
        sample.cores,
        gib(sample.memory_mib),
        gib(sample.host_memory_mib),
        sample.processes,
        run.pool().host().runnable(),
    )
}

fn strace(run: &Run, id: WorkerId) -> String {
    let Some((worker, record)) = run.worker(id).zip(run.pool().roster().named(id)) else {
        return format!("strace: attach: ptrace(PTRACE_SEIZE, {id}): No such process");
    };
    let call = match worker.line() {
        line if line.is_hung() && record.runs => "",
        Line::HungInJob(_) | Line::HungInCleanUp | Line::HungIdle => {
            "\nfutex(0x7f3d8c0008c8, FUTEX_WAIT_PRIVATE, 0, NULL"
        }
        Line::WaitForConnection(_) => "\nfutex(0x7f3d8c000a40, FUTEX_WAIT_PRIVATE, 0, NULL",
        Line::Select => "\nepoll_wait(4, [], 64, -1",
        Line::Crashed { .. } => "\n+++ killed by SIGSEGV (core dumped) +++",
        Line::StartUp | Line::Work(_) | Line::CleanUp => "",
    };
    format!("strace: Process {id} attached{call}")
}

fn jobs(run: &Run, stuck: bool) -> String {
    let mut text = "    PID    JOB KIND    ATTEMPT  RUNS_S".to_owned();
    let allowed = run.pool().knobs.hung_after_s;
    let held = |record: &Record| {
        let lease = record.lease?;
        let job = run.pool().jobs().get(lease.job)?;
        Some((record.who.id, job.id, lease, run.now().saturating_since(lease.since)))
    };
    let rows = run.pool().roster().iter().filter_map(held);
    for (worker, job, lease, age) in rows.filter(|row| !stuck || row.3 > allowed) {
        let kind = match lease.kind.name() {
            // What the pool calls it tells what it is: the shell may not.
            "toxic" => "payload",
            name => name,
        };
        let age = age.as_micros() / 1_000_000;
        let _ = write!(text, "\n{worker:>7} {job:>6} {kind:<7} {:>7} {age:>7}", lease.attempt);
    }
    text
}
