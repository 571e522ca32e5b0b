//! The cores of the host are shared in equal parts, exactly: all of them are used, and no more, at
//! any number of workers and whatever is said about heartbeats.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::Lesson;
use rayon::prelude::*;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Event, Hang, WorkerId};
use zombie_workers::run::{Command, Run};

const BEATS: [&str; 4] = ["0.1", "5", "60", "3600"];

/// A pool whose workers are there from the beginning, and to which no job comes by itself; each
/// takes a second.
fn still(workers: u32, cores: u32) -> Lesson {
    let lesson = Lesson::of("queue").with("workers", workers).with("cores", cores);
    let lesson = lesson.with("arrival_rate", 0).with("startup_s", 0);
    lesson.with("service_distribution", "constant").with("service_mean_s", 1)
}

fn give(run: &mut Run, command: Command) {
    run.apply(&command, &mut ()).expect("the command is allowed");
}

fn turn(run: &mut Run, knob: &str, value: &str) {
    let knob = KnobId::find(knob).expect("there is such a knob");
    let value = Value::from_text(value);
    give(run, Command::Set { knob, value });
}

/// When jobs end from here to `seconds`.
fn ends(run: &mut Run, seconds: f64) -> Vec<Instant> {
    let mut ends = Vec::new();
    run.advance(at(seconds), &mut |now: Instant, event: &Event| {
        if let Event::Finished { .. } = event {
            ends.push(now);
        }
    });
    ends
}

#[test]
fn sixteen_jobs_of_a_second_at_once_on_two_cores_all_end_after_eight() {
    for beats in BEATS {
        let mut run = still(16, 2).with("beat_interval_s", beats).start(1);
        run.advance(at(1.0), &mut ());
        give(&mut run, Command::Burst { jobs: 16 });
        assert_eq!(ends(&mut run, 20.0), vec![at(9.0); 16], "beats each {beats} s");
    }
}

#[test]
fn another_job_slows_the_first_down_at_once_and_more_cores_make_both_faster_at_once() {
    let mut run = still(3, 1).with("service_mean_s", 2).start(1);
    run.advance(at(1.0), &mut ());
    give(&mut run, Command::Burst { jobs: 1 });
    run.advance(at(2.0), &mut ());
    give(&mut run, Command::Burst { jobs: 1 });
    assert_eq!(ends(&mut run, 20.0), [at(4.0), at(5.0)]);
    give(&mut run, Command::Burst { jobs: 3 });
    run.advance(at(23.0), &mut ());
    turn(&mut run, "cores", "3");
    assert_eq!(ends(&mut run, 40.0), [at(24.0); 3], "a third of the work a second, then all");
}

#[test]
fn a_spinning_worker_takes_its_share_and_a_parked_one_none() {
    for (how, end) in [(Hang::Spinning, 3.0), (Hang::Parked, 2.0)] {
        let mut run = still(2, 1).start(1);
        run.advance(at(1.0), &mut ());
        give(&mut run, Command::Hang { worker: WorkerId(0), how });
        give(&mut run, Command::Burst { jobs: 1 });
        assert_eq!(ends(&mut run, 20.0), [at(end)], "{how:?}");
    }
}

#[test]
fn swap_divides_the_share() {
    // Half of what lies beyond the threshold is used: (1 + 9) / 2 times as slow.
    let lesson = still(2, 1).with("host_memory_mib", 1_000).with("swap_threshold", 0.8);
    let lesson = lesson.with("process_base_mib", 820).with("worker_base_mib", 40);
    let mut run = lesson.with("normal_mib", 0).with("swap_slowdown", 9).start(1);
    run.advance(at(1.0), &mut ());
    give(&mut run, Command::Burst { jobs: 2 });
    run.advance(at(1.0), &mut ());
    assert!((run.pool().host().speed() - 0.1).abs() < 1e-12);
    assert_eq!(run.pool().host().cpu_percent(), 20, "the core waits for pages most of the time");
    assert_eq!(ends(&mut run, 20.0), [at(11.0); 2]);
}

#[test]
fn overload_is_worked_off_at_the_rate_of_the_cores_at_any_number_of_workers() {
    let cases: Vec<(u32, u32)> = [1_500, 5_000, 10_000]
        .into_iter()
        .flat_map(|workers| [(workers, 8), (workers, 1)])
        .collect();
    cases.into_par_iter().for_each(|(workers, cores)| {
        let lesson = still(workers, cores).with("arrival_rate", 100).with("beat_interval_s", 3_600);
        let lesson = lesson.with("queue_capacity", 10).with("host_memory_mib", 100_000_000);
        let mut run = lesson.start(1);
        let share = f64::from(workers) / f64::from(cores);
        // Each job takes `share` seconds; all workers are busy from the first minutes on.
        run.advance(at(2.0 * share + 200.0), &mut ());
        let count = ends(&mut run, 5.0 * share + 200.0).len() as f64;
        let rate = count / (3.0 * share);
        let off = (rate / f64::from(cores) - 1.0).abs();
        assert!(off < 0.01, "{workers} workers, {cores} cores: {rate} jobs a second");
    });
}

/// One core for all, M/M/1 with processor sharing: mean time from arrival to end, and the hash of
/// when every job ended.
fn sojourn(beats: &str, seed: u64, jobs: u32) -> (f64, u64) {
    let lesson = still(80, 1).with("service_distribution", "exponential");
    let lesson = lesson.with("arrival_rate", 0.8).with("queue_capacity", 1_000);
    let lesson = lesson.with("job_limit", jobs).with("beat_interval_s", beats);
    let mut run = lesson.start(seed);
    let (mut sum, mut count, mut hash) = (0.0, 0_u32, 0_u64);
    run.advance(at(2.0 * f64::from(jobs)), &mut |now: Instant, event: &Event| {
        if let Event::Finished { total, .. } = event {
            count += 1;
            if count > jobs / 10 {
                sum += total.as_secs_f64();
            }
            hash = hash.rotate_left(5).wrapping_add(now.as_micros());
        }
    });
    assert_eq!(count, jobs);
    (sum / f64::from(jobs - jobs / 10), hash)
}

#[test]
fn mean_time_in_an_mm1_queue_with_processor_sharing_is_that_of_theory() {
    const SEEDS: u64 = 10;
    let one = |seed| sojourn("3600", seed, 200_000).0;
    let mean = (0..SEEDS).into_par_iter().map(one).sum::<f64>() / SEEDS as f64;
    let theory = 1.0 / (1.0 - 0.8);
    println!("W = {mean}, theory {theory}");
    assert!((mean / theory - 1.0).abs() < 0.05, "W = {mean}, theory {theory}");
}

#[test]
fn the_interval_of_heartbeats_changes_no_jobs_end() {
    let all = BEATS.map(|beats| sojourn(beats, 1, 5_000));
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
}

#[test]
fn processor_time_of_all_workers_is_that_of_the_cores() {
    let mut run = still(20, 2).with("arrival_rate", 10).with("queue_capacity", 10).start(3);
    run.advance(at(100.0), &mut ());
    let sum = |run: &Run| run.pool().ps_percent_sum(run.now()) / 100.0 * run.now().as_secs_f64();
    let before = sum(&run);
    for (knob, value, cores) in [("workers", "20", 2.0), ("cores", "3", 3.0), ("cores", "1", 1.0)] {
        let (from, used) = (run.now(), sum(&run));
        turn(&mut run, knob, value);
        run.advance(from + Duration::secs(100), &mut ());
        let off = (sum(&run) - used) / 100.0 - cores;
        assert!(off.abs() < 1e-5, "{knob} = {value}: {off} cores");
        assert_eq!(f64::from(run.pool().host().cpu_percent()), 100.0 * cores, "as top has it");
    }
    assert!(before > 190.0, "two cores for nearly 100 s: {before}");
}

#[test]
fn what_ps_shows_can_be_more_than_there_are_cores_and_what_top_shows_cannot() {
    let mut run = still(2, 2).start(1);
    let spin = |run: &mut Run, id| {
        let command = Command::Hang { worker: WorkerId(id), how: Hang::Spinning };
        give(run, command);
    };
    run.advance(at(0.001), &mut ());
    [0, 1].into_iter().for_each(|id| spin(&mut run, id));
    run.advance(at(1_000.0), &mut ());
    assert!((run.pool().ps_percent_sum(run.now()) - 200.0).abs() < 0.01);
    turn(&mut run, "workers", "4");
    run.advance(at(1_000.001), &mut ());
    [2, 3].into_iter().for_each(|id| spin(&mut run, id));
    run.advance(at(1_010.0), &mut ());
    let ps = run.pool().ps_percent_sum(run.now());
    // Two had a core for 1,000 s and half of one for 10 s; two had half of one for 10 s.
    let wanted = 200.0 * 1_005.0 / 1_010.0 + 100.0;
    assert!((ps - wanted).abs() < 0.02, "{ps}, wanted {wanted}");
    assert_eq!(run.pool().host().cpu_percent(), 200);
}
