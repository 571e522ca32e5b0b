//! What the reports of `tests/cases.rs` are measured by: each function runs a scenario and gives
//! the figures of its row.

use zombie_workers::kernel::Instant;
use zombie_workers::pool::{
    Event, Gate, JobId, JobKind, Line, Outcome, Revocation, SpawnReason, Truth,
};
use zombie_workers::run::{Command, Run, Scenario};
use zombie_workers::watch::{AlertSample, Severity, exposition};

use super::{at, start};

/// Runs to `seconds`, and keeps what `pick` makes of each event.
fn pick<T>(run: &mut Run, seconds: f64, mut pick: impl FnMut(f64, &Event) -> Option<T>) -> Vec<T> {
    let mut picked = Vec::new();
    run.advance(at(seconds), &mut |now: Instant, event: &Event| {
        picked.extend(pick(now.as_secs_f64(), event));
    });
    picked
}

/// How many events match, up to the scenario's end.
fn count(scenario: &Scenario, matches: impl Fn(&Event) -> bool) -> f64 {
    let mut run = start(scenario);
    pick(&mut run, scenario.length_s, |_, event| matches(event).then_some(())).len() as f64
}

/// When all workers hang; an hour later, whether an alert fires that is critical and what waits, and
/// how many jobs a second are turned away from then on.
pub fn pool_death(scenario: &Scenario) -> Vec<f64> {
    const HOUR: f64 = 3_600.0;
    let mut run = start(scenario);
    let (mut hung, mut hours) = (Vec::new(), 0.0);
    while hung.len() < scenario.knobs.workers as usize {
        hours += 1.0;
        hung.extend(pick(&mut run, hours * HOUR, |now, event| {
            matches!(event, Event::Truth(Truth::Hung { .. })).then_some(now)
        }));
    }
    let died = hung[hung.len() - 1];
    run.advance(at(died + HOUR), &mut ());
    let told =
        |alert: &AlertSample| alert.severity == Severity::Critical && alert.state == "firing";
    let alerted = f64::from(u8::from(run.sample().alerts.iter().any(told)));
    let (queued, rejected) = (run.pool().ledger().queued, run.pool().ledger().rejected);
    run.advance(at(died + 2.0 * HOUR), &mut ());
    let turned_away = run.pool().ledger().rejected - rejected;
    vec![died / HOUR, alerted, queued as f64, turned_away as f64 / HOUR]
}

/// When the first and the last job end.
pub fn burst(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let ends = pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::Finished { .. }).then_some(now)
    });
    vec![ends[0], ends[ends.len() - 1]]
}

/// When the host runs out of memory, each time.
pub fn time_to_out_of_memory(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::OutOfMemory { .. }).then_some(now)
    })
}

/// When the host runs out of memory first, and the hours from one time to the next.
pub fn restarts(scenario: &Scenario) -> Vec<f64> {
    let times = time_to_out_of_memory(scenario);
    let (first, last) = (times[0], times[times.len() - 1]);
    vec![first, (last - first) / 3_600.0 / (times.len() - 1) as f64]
}

/// Planned recycles, and the most memory ever used.
pub fn recycles(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let recycles = pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::Spawned { reason: SpawnReason::Recycled, .. }).then_some(now)
    });
    let peak = run.pool().host().peak_mib(&run.pool().knobs);
    vec![recycles.len() as f64, peak as f64]
}

/// The time from the first worker that is recycled to the last, and when the first is.
pub fn first_recycles(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let ends = pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::Reaped { .. }).then_some(now)
    });
    let (first, last) = (ends[0], ends[scenario.knobs.workers as usize - 1]);
    vec![last - first, first]
}

/// Calls in flight when the breaker opens, when that is, and how many calls it keeps back a second
/// after the last burst.
pub fn breaker_in_flight(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let mut in_flight = 0_u32;
    let opened = pick(&mut run, 9.5, |now, event| match event {
        Event::Started { .. } => {
            in_flight += 1;
            None
        }
        Event::Breaker { gate: Gate::Shut, .. } => Some((now, f64::from(in_flight))),
        _ => None,
    });
    run.advance(at(11.0), &mut ());
    let (opened_at, in_flight) = opened[0];
    vec![in_flight, opened_at, run.sample().parked as f64]
}

/// Workers that were killed, deliveries of the job that the last of them held, and dead letters.
pub fn kill_loop(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let mut culprit = None;
    let mut starts: Vec<JobId> = Vec::new();
    run.advance(at(scenario.length_s), &mut |_: Instant, event: &Event| match *event {
        Event::Started { job, .. } => starts.push(job),
        Event::Revoked { job, .. } => culprit = Some(job),
        _ => {}
    });
    let deliveries = starts.iter().filter(|job| Some(**job) == culprit).count();
    let sample = run.sample();
    vec![sample.kills as f64, deliveries as f64, sample.ledger.dead_lettered as f64]
}

/// When a job that lost its worker is given out again, and how long after the loss that is.
pub fn lost_job(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let starts = pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::Started { .. }).then_some(now)
    });
    vec![starts[1], starts[1] - scenario.commands[0].at_s]
}

/// Jobs that a deploy takes from their workers, with the scenario's grace and with half an hour.
pub fn deploy(scenario: &Scenario) -> Vec<f64> {
    let lost = |scenario: &Scenario| {
        count(scenario, |event| {
            matches!(event, Event::Revoked { why: Revocation::WorkerKilled, .. })
        })
    };
    let mut patient = scenario.clone();
    for timed in &mut patient.commands {
        if let Command::Deploy { grace_s, .. } = &mut timed.command {
            *grace_s = 1_800.0;
        }
    }
    vec![lost(scenario), lost(&patient)]
}

/// Workers that are started in the place of one that was killed, and the mean wait before the
/// first, second, … sixth of a slot.
pub fn crash_loop(scenario: &Scenario) -> Vec<f64> {
    let slots = scenario.knobs.workers as usize;
    let (mut reaped, mut waits) = (vec![0.0; slots], vec![Vec::new(); slots]);
    let mut run = start(scenario);
    run.advance(at(scenario.length_s), &mut |now: Instant, event: &Event| match *event {
        Event::Reaped { slot, .. } => reaped[slot as usize] = now.as_secs_f64(),
        Event::Spawned { slot, reason: SpawnReason::Killed, .. } => {
            waits[slot as usize].push(now.as_secs_f64() - reaped[slot as usize]);
        }
        _ => {}
    });
    let restarts = waits.iter().map(Vec::len).sum::<usize>() as f64;
    let mean = |nth: usize| waits.iter().map(|slot| slot[nth]).sum::<f64>() / slots as f64;
    [restarts].into_iter().chain((0..6).map(mean)).collect()
}

/// When a job that is given out again while it runs ends, how many workers run it just before, how
/// many deliveries were in vain, and the worker time that came to something and to nothing.
pub fn rescued(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    let ends =
        pick(&mut run, 780.0, |now, event| matches!(event, Event::Finished { .. }).then_some(now));
    assert!(ends.is_empty(), "it ends too soon: {ends:?}");
    let works = |run: &Run, id| run.worker(id).is_some_and(|w| matches!(w.line(), Line::Work(_)));
    let at_once = run.pool().roster().iter().filter(|record| works(&run, record.who.id)).count();
    let ends = pick(&mut run, scenario.length_s, |now, event| {
        matches!(event, Event::Finished { outcome: Outcome::Succeeded, .. }).then_some(now)
    });
    let spent = |labels| figure(&run, &format!("worker_seconds_total{labels}"));
    let useful = spent("{spent=\"useful\"}");
    let doomed = spent("{spent=\"doomed\"}");
    vec![ends[0], at_once as f64, figure(&run, "duplicate_executions_total"), useful, doomed]
}

/// Jobs that wait in the worker that fetched them; how many of them were given out again just before
/// and just after the hour; and the jobs that end in a day.
pub fn fetched(scenario: &Scenario) -> Vec<f64> {
    let mut run = start(scenario);
    run.advance(at(2.0), &mut ());
    let waiting = figure(&run, "jobs_prefetched");
    let mut taken_back = |second| {
        run.advance(at(second), &mut ());
        figure(&run, "jobs_taken_back_total")
    };
    let (before, after) = (taken_back(3_600.0), taken_back(3_602.0));
    run.advance(at(scenario.length_s), &mut ());
    vec![waiting, before, after, run.pool().ledger().ended() as f64]
}

/// The figure of a metric.
pub fn figure(run: &Run, name: &str) -> f64 {
    let text = exposition(&run.world().instruments, run.pool(), run.now());
    let value = |line: &str| line.strip_prefix(&format!("zombie_pool_{name} "))?.parse().ok();
    text.lines().find_map(value).expect("there is such a metric")
}

/// Workers that were killed though they were only slow; the jobs done, as a share of those done
/// where beats come in time; and the workers killed there.
pub fn slow_beats(scenario: &Scenario) -> Vec<f64> {
    let run = |beats_need_cpu| {
        let mut scenario = scenario.clone();
        scenario.knobs.heartbeat_needs_cpu = beats_need_cpu;
        let mut run = start(&scenario);
        run.advance(at(scenario.length_s), &mut ());
        (run.sample().false_kills as f64, run.pool().ledger().succeeded as f64)
    };
    let ((killed, done), (killed_there, done_there)) = (run(true), run(false));
    vec![killed, done / done_there, killed_there]
}

/// Long requests that arrived; of their attempts that could have ended, the share that cost the
/// worker; those that ended; and workers killed that had none.
pub fn long_requests(scenario: &Scenario) -> Vec<f64> {
    let (mut arrived, mut started, mut lost, mut ended, mut idle) = (0.0, 0.0, 0.0, 0.0, 0.0);
    // A worker is found silent at the first scan after its liveness timeout.
    let last = scenario.length_s - scenario.knobs.liveness_timeout_s.as_secs_f64() - 1.0;
    let mut run = start(scenario);
    let mut observe = |now: Instant, event: &Event| match *event {
        Event::Submitted { kind: JobKind::Report, .. } => arrived += 1.0,
        Event::Started { kind: JobKind::Report, .. } if now < at(last) => started += 1.0,
        Event::Finished { kind: JobKind::Report, .. } => ended += 1.0,
        Event::Killed { .. } => idle += 1.0,
        Event::Revoked { kind: JobKind::Report, why: Revocation::WorkerKilled, .. } => {
            idle -= 1.0;
            lost += 1.0;
        }
        _ => {}
    };
    run.advance(at(scenario.length_s), &mut observe);
    vec![arrived, lost / started, ended, idle]
}

/// Jobs that end with 10, 50 and 51 connections, and workers that wait for one at the end with 50.
pub fn nested_connections(scenario: &Scenario) -> Vec<f64> {
    let run = |connections| {
        let mut scenario = scenario.clone();
        scenario.knobs.connections = connections;
        let mut run = start(&scenario);
        run.advance(at(scenario.length_s), &mut ());
        run
    };
    let ended = |connections| run(connections).pool().ledger().ended() as f64;
    let waiting = run(scenario.knobs.connections).pool().connections().waiting();
    vec![ended(10), ended(50), ended(51), waiting as f64]
}
