//! A run that goes on asks the allocator for nothing.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::run::{Run, built_in};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Until every list has been as long as it ever is, in seconds.
const WARM_UP_S: u64 = 1_500;

/// Scenario `load`: hangs, kills, restarts, dead letters and all instruments among its events.
#[test]
fn a_run_that_goes_on_allocates_nothing() {
    let scenario = built_in("load").expect("the scenario is built in");
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    run.advance(Instant::START + Duration::secs(WARM_UP_S), &mut ());
    let (region, before) = (Region::new(ALLOCATOR), run.fired());
    run.advance(Instant::START + Duration::secs(WARM_UP_S + 200), &mut ());
    let asked = region.change();
    assert!(run.fired() - before > 500_000, "{} events are few", run.fired() - before);
    assert_eq!((asked.allocations, asked.reallocations), (0, 0), "{asked:?}");
}
