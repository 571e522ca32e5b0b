//! Memory that stays: what workers keep of their jobs, and what they leak by time; each over at
//! least twenty seeds, with and without.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::at;
use common::lesson::{Lesson, mean};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::{Command, Run};

const SEEDS: u64 = 24;

/// What the workers hold that are between two jobs, in MiB.
fn idle(run: &Run) -> Vec<u32> {
    let all = run.pool().roster().iter();
    all.filter(|record| record.lease.is_none()).map(|record| record.mib).collect()
}

#[test]
fn a_heavy_report_costs_its_worker_the_memory_for_life_and_recycling_heals_it() {
    let lesson = Lesson::of("kept-memory");
    let kept = lesson.clone().tell(SEEDS, 900.0);
    for told in &kept {
        // 40 MiB and 90 % of 200 MiB: it stays, and the next report grows into it.
        let idle = idle(&told.run);
        assert!(idle.iter().all(|&mib| mib == 40 + 180), "{}: {idle:?}", told.command);
        assert_eq!(told.run.pool().roster().kept_mib(), 1_800, "{}", told.command);
        assert!(told.run.sample().peak_memory_mib <= 12 + 10 * 240, "{}", told.command);
    }
    let memory = |run: &Run| run.sample().memory_mib as f64;
    let healed = lesson.clone().with("fix_limits", true).tell(SEEDS, 900.0);
    let (stays, comes_back) = (mean(&kept, memory), mean(&healed, memory));
    assert!(comes_back < 0.5 * stays, "{comes_back} and {stays} MiB");
    for told in lesson.with("retain_share", 0).tell(SEEDS, 900.0) {
        let idle = idle(&told.run);
        assert!(idle.iter().all(|&mib| mib == 40), "{}: {idle:?}", told.command);
    }
}

#[test]
fn a_leak_by_time_goes_on_whatever_a_worker_does() {
    let lesson = Lesson::of("kept-memory").with("arrival_rate", 0);
    for (rate, seconds, leaked) in [("1024", 100.0, 98..=100), ("0.5", 4_200.0, 2..=2)] {
        for told in lesson.clone().with("leak_kib_per_s", rate).tell(SEEDS, seconds) {
            let idle = idle(&told.run);
            assert!(idle.iter().all(|mib| leaked.contains(&(mib - 40))), "{rate}: {idle:?}");
        }
    }
}

#[test]
fn a_leak_begins_and_ends_when_its_knob_is_turned() {
    let mut run = Lesson::of("kept-memory").with("arrival_rate", 0).start(1);
    let turn = |run: &mut Run, seconds: f64, rate: f64| {
        run.advance(at(seconds), &mut ());
        let value = Value::Number(rate);
        let command = Command::Set { knob: KnobId::leak_kib_per_s, value };
        run.apply(&command, &mut ()).expect("the value is allowed");
        idle(run)
    };
    assert!(turn(&mut run, 10.5, 1_024.0).iter().all(|&mib| mib == 40));
    // Turned in the middle of a second, it does not lose that second.
    assert!(turn(&mut run, 20.6, 2_048.0).iter().all(|&mib| mib == 50));
    assert!(turn(&mut run, 25.6, 0.0).iter().all(|&mib| mib == 60));
    assert!(turn(&mut run, 99.0, 0.0).iter().all(|&mib| mib == 60));
    assert_eq!(run.pool().audit(), Vec::<String>::new());
}
