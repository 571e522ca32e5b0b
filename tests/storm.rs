//! Storm, then calm: random knobs, fixes and commands, with every promise of the pool checked as it
//! goes; then nothing hangs any more and all fixes are on, and the pool must heal in bounded time.
//!
//! `STORMS=5000 cargo test --test storm` for more of them. A failure prints its seed, and
//! `STORM=<seed> cargo test --test storm` repeats that one alone.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{at, start, storm};
use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{Fix, KnobId, Knobs, Value};
use zombie_workers::pool::{Event, Gate, JobKind, WorkerId};
use zombie_workers::run::{Command, Run};

/// How long it storms, in virtual seconds.
const STORM: f64 = 180.0;
/// The pool must have healed after so long a calm, in virtual seconds: room for the longest that a
/// breaker stays open (600 s) a few times over, and for what waits behind it …
const CALM: f64 = 7_200.0;
/// … and this much more for each job that waits when the calm begins, shared by ten workers: each
/// of its three deliveries may take a report's whole timeout of 120 s.
const BACKLOG: f64 = 3.0 * 120.0 / 10.0;
/// More steps than this at one instant will not come to an end.
const MAX_STEPS: u32 = 500_000;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Looks on, and checks what only events can tell.
#[derive(Default)]
struct Onlooker {
    next: u32,
    started: u64,
    over: u64,
    faults: Vec<String>,
}

impl Onlooker {
    fn see(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Spawned { worker, .. } => {
                if worker.id != WorkerId(self.next) {
                    self.faults.push(format!("{now:?}: {worker:?} is not number {}", self.next));
                }
                self.next += 1;
            }
            Event::Started { .. } | Event::Reclaimed { .. } => self.started += 1,
            Event::Finished { .. } | Event::Revoked { .. } => self.over += 1,
            _ => {}
        }
    }
}

/// Runs until `until`, checking the books after every event and recounting them now and then.
fn check(run: &mut Run, until: Instant, onlooker: &mut Onlooker) -> Result<(), String> {
    let (mut steps, mut here, mut since) = (0_u32, run.now(), 0);
    while run.step(until, &mut |now, event: &Event| onlooker.see(now, event)) {
        steps = steps.wrapping_add(1);
        if run.now() != here {
            (here, since) = (run.now(), steps);
        }
        if steps.wrapping_sub(since) > MAX_STEPS {
            return Err(format!("{here:?} does not come to an end"));
        }
        let ledger = run.pool().ledger();
        if !ledger.balances() {
            return Err(format!("{here:?}: {ledger:?}"));
        }
        // Every attempt ends once: those not over are in flight.
        if onlooker.started - onlooker.over != ledger.in_flight {
            return Err(format!("{here:?}: {} attempts, {ledger:?}", onlooker.started));
        }
        if steps.is_multiple_of(256) {
            audit(run)?;
        }
    }
    audit(run)
}

fn audit(run: &Run) -> Result<(), String> {
    let faults = run.pool().audit();
    if faults.is_empty() { Ok(()) } else { Err(format!("{:?}: {faults:?}", run.now())) }
}

/// All knobs as they were made, no more hangs, all fixes on, and a load that can be carried.
fn calm(run: &mut Run) {
    let mut quiet = Knobs::default();
    for (knob, value) in [
        (KnobId::arrival_rate, Value::Number(4.0)),
        (KnobId::toxic_share, Value::Number(0.0)),
        (KnobId::taint_share, Value::Number(0.0)),
        (KnobId::host_memory_mib, Value::Number(1e8)),
        // Nothing may look like an ill worker or a bad job that is none.
        (KnobId::fail_share, Value::Number(0.0)),
        (KnobId::crash_share, Value::Number(0.0)),
        (KnobId::start_fail_share, Value::Number(0.0)),
        (KnobId::report_share, Value::Number(0.0)),
        (KnobId::cores, Value::Number(1e5)),
    ] {
        quiet.set(knob, &value).expect("the value is allowed");
    }
    Fix::ALL.into_iter().for_each(|fix| fix.switch(&mut quiet, true));
    for &knob in KnobId::ALL {
        let command = Command::Set { knob, value: quiet.get(knob) };
        run.apply(&command, &mut ()).expect("the command is allowed");
    }
}

/// What is still wrong with a pool; empty when it is well.
fn ills(run: &Run) -> Vec<String> {
    let (sample, pool) = (run.sample(), run.pool());
    let shut = JobKind::ALL.iter().filter(|&&kind| pool.queue().gate(kind) != Gate::Open);
    let firing = sample.alerts.iter().filter(|alert| alert.state == "firing");
    let mut ills: Vec<String> = firing.map(|alert| format!("{} fires", alert.name)).collect();
    ills.extend(shut.map(|kind| format!("the breaker of {} is not closed", kind.name())));
    for (what, count) in [
        ("zombies", u64::from(sample.zombies)),
        ("hung workers", u64::from(sample.hung)),
        ("jobs in the queue", sample.ledger.queued),
        ("empty slots", u64::from(sample.workers - sample.old.active)),
    ] {
        if count > 0 {
            ills.push(format!("{count} {what}"));
        }
    }
    ills
}

/// A storm and the calm after it: how long it took to heal, or what went wrong. None if the host
/// ran out of memory: there is nothing to heal then.
fn weather(seed: u64) -> Result<Option<f64>, String> {
    let scenario = storm(seed);
    let mut run = start(&scenario);
    let mut onlooker = Onlooker::default();
    check(&mut run, at(STORM), &mut onlooker)?;
    if run.pool().host().dead {
        return Ok(None);
    }
    calm(&mut run);
    let ledger = run.pool().ledger();
    let bound = CALM + BACKLOG * (ledger.queued + ledger.delayed) as f64;
    let mut healed = None;
    // It must be well, and stay so: a healthy queue is empty now and then.
    for step in 1..=(bound / 10.0) as u32 {
        let passed = f64::from(step) * 10.0;
        run.advance(at(STORM + passed), &mut |now, event: &Event| onlooker.see(now, event));
        if ills(&run).is_empty() {
            healed = Some(passed);
            break;
        }
    }
    audit(&run)?;
    match (healed, onlooker.faults.first()) {
        (_, Some(error)) => Err(error.clone()),
        (None, _) => Err(format!("not healed after {bound} s: {:?}", ills(&run))),
        (healed, None) => Ok(healed),
    }
}

fn say(seed: u64, error: &str) -> String {
    format!("seed {seed}: {error}\nSTORM={seed} cargo test --test storm")
}

#[test]
fn a_pool_keeps_its_promises_in_any_storm_and_heals_after_it() {
    let one = number("STORM", u64::MAX);
    let seeds = if one == u64::MAX { 0..number("STORMS", 200) } else { one..one + 1 };
    let ends: Vec<(u64, Result<Option<f64>, String>)> =
        seeds.into_par_iter().map(|seed| (seed, weather(seed))).collect();
    let faults: Vec<String> = ends
        .iter()
        .filter_map(|(seed, end)| end.as_ref().err().map(|error| say(*seed, error)))
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), ends.len(), faults.join("\n"));
    let mut healed: Vec<f64> = ends.iter().filter_map(|(_, end)| end.clone().ok()?).collect();
    healed.sort_by(f64::total_cmp);
    println!(
        "{} of {} healed, half of them in {:?} s, the last in {:?} s",
        healed.len(),
        ends.len(),
        healed.get(healed.len() / 2),
        healed.last()
    );
    assert!(healed.len() * 2 > ends.len() || one != u64::MAX, "most pools live to see the calm");
}
