//! What each of the five fixes is doing, in a line: how often it acted, and where it errs.

use super::desk::{Desk, GateSign};
use crate::knobs::Fix;
use crate::pool::{Gate, JobKind, KillReason, SpawnReason};
use crate::run::Run;

/// A line for each fix, in the order of [`Fix::ALL`]; empty for a fix that is off.
pub fn notes(run: &Run) -> [String; Fix::ALL.len()] {
    let knobs = &run.pool().knobs;
    Fix::ALL.map(|fix| if fix.is_on(knobs) { note(fix, run) } else { String::new() })
}

fn note(fix: Fix, run: &Run) -> String {
    match fix {
        Fix::Timeouts => timeouts(run),
        Fix::Health => health(run),
        Fix::Limits => limits(run),
        Fix::Detection => detection(run),
        Fix::Breaker => breakers(run),
    }
}

fn timeouts(run: &Run) -> String {
    let watch = &run.world().instruments;
    let mut words = format!(
        "{} timed out, {} dead letters",
        watch.counters().timeouts,
        run.pool().ledger().dead_lettered
    );
    if let Some(job) = run.pool().dead_letters().last() {
        let (id, kind) = (job.id.0, job.kind.name());
        let tries = if job.attempt == 1 { "try" } else { "tries" };
        words += &format!(" (last: job {id}, {kind}, after {} {tries})", job.attempt);
    }
    let wrong = watch.truth().false_timeouts;
    if wrong > 0 {
        words += &format!("; {wrong} good jobs timed out");
    }
    words
}

fn health(run: &Run) -> String {
    let truth = run.world().instruments.truth();
    format!(
        "{} suspected ({} wrongly) · {} hung, undetected",
        truth.suspects, truth.wrongly_suspected, truth.missed
    )
}

fn limits(run: &Run) -> String {
    let counters = run.world().instruments.counters();
    format!(
        "{} recycled, {} killed over a memory limit",
        counters.spawns[SpawnReason::Recycled as usize],
        counters.killed(KillReason::Memory)
    )
}

fn detection(run: &Run) -> String {
    let watch = &run.world().instruments;
    let mut words = format!(
        "{} killed, {} left when asked, {} spared at the last moment",
        watch.counters().killed(KillReason::Silent),
        watch.counters().spawns[SpawnReason::Suspect as usize],
        watch.counters().kills_averted
    );
    let wrong = watch.truth().false_kills;
    if wrong > 0 {
        words += &format!("; {wrong} healthy workers by mistake");
    }
    words
}

fn breakers(run: &Run) -> String {
    let gates = Desk::of(run).gates.unwrap_or_default();
    let shut: Vec<String> = JobKind::ALL
        .into_iter()
        .zip(gates)
        .filter(|(_, sign)| sign.gate != Gate::Open)
        .map(|(kind, sign)| breaker(kind, &sign))
        .collect();
    if shut.is_empty() {
        return "All closed".to_owned();
    }
    match run.pool().parked_good() {
        0 => shut.join("; "),
        good => format!("{}; {good} good jobs wait with the bad ones", shut.join("; ")),
    }
}

fn breaker(kind: JobKind, sign: &GateSign) -> String {
    let GateSign { due_s, parked, .. } = sign;
    match sign.gate {
        Gate::Open => String::new(),
        Gate::Permits(_) => {
            format!("{}: half-open, trying one · {parked} jobs waiting", kind.name())
        }
        Gate::Shut => {
            format!("{}: open, next try in {due_s:.0} s · {parked} jobs waiting", kind.name())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Duration, Instant};
    use crate::run::built_in;

    #[test]
    fn each_fix_that_is_on_tells_what_it_does_and_the_others_are_silent() {
        let mut scenario = built_in("zombie").expect("the scenario is built in");
        let mut told = Vec::new();
        for fix in Fix::ALL {
            fix.switch(&mut scenario.knobs, true);
            let mut run = Run::new(&scenario).expect("the scenario is allowed");
            run.advance(Instant::START + Duration::secs(300), &mut ());
            let lines = notes(&run);
            told.push(lines.iter().filter(|line| !line.is_empty()).count());
            if told.len() == 1 {
                assert!(!lines[0].starts_with("0 timed out"), "{lines:?}");
            }
        }
        assert_eq!(told, [1, 2, 3, 4, 5]);
    }
}
