//! The timers against the plainest thing that could be right: a sorted list.

use std::collections::BTreeMap;

use super::*;
use crate::kernel::{Rng, Stream};

const TASK: TaskId = TaskId { index: 0, generation: 0 };

/// Arms, cancels and pops at random, and compares every step with a sorted map.
fn agrees_with_a_sorted_list(seed: u64, population: usize, farthest: u32) {
    let mut rng = Rng::new(seed, Stream::Jobs);
    let mut timers = Timers::sized_for(population, 22);
    let mut model: BTreeMap<(u64, u8, u64), AlarmId> = BTreeMap::new();
    let mut now = 0;
    for n in 0..4_000_u64 {
        match rng.up_to_inclusive(9) {
            0..=4 => {
                let max = farthest >> rng.up_to_inclusive(24);
                let at = now + u64::from(rng.up_to_inclusive(max));
                let phase = rng.up_to_inclusive(3) as u8;
                let id = timers.arm(at, Phase(phase), TASK, n);
                model.insert((at, phase, n), id);
            }
            5..=6 => {
                let nth = rng.up_to_inclusive(model.len().max(1) as u32 - 1) as usize;
                if let Some((&key, &id)) = model.iter().nth(nth) {
                    model.remove(&key);
                    timers.cancel(id);
                    timers.cancel(id);
                }
            }
            _ => {
                let until = now + u64::from(rng.up_to_inclusive(farthest));
                let expected = model.first_key_value().map(|(&key, _)| key);
                match expected.filter(|key| key.0 <= until) {
                    Some(key) => {
                        let shown = timers.peek(until);
                        assert_eq!(shown, Some((key.0, Phase(key.1))));
                        let (at, due) = timers.pop(until).expect("seen");
                        assert_eq!((at, due), (key.0, Due::Alarm(TASK, key.2)));
                        model.remove(&key);
                        now = key.0;
                    }
                    None => {
                        assert_eq!(timers.peek(until), None);
                        now = until;
                    }
                }
            }
        }
        assert_eq!(timers.nodes.armed(), model.len(), "seed {seed}, step {n}");
    }
}

#[test]
fn alarms_go_off_in_the_order_of_instant_phase_and_arming() {
    for seed in 0..60 {
        agrees_with_a_sorted_list(seed, 10, 40_000_000);
        agrees_with_a_sorted_list(seed, 5_000, 4_000_000_000);
        agrees_with_a_sorted_list(seed, 1, 1_000);
    }
}

#[test]
fn an_alarm_years_away_goes_off_in_time() {
    let mut timers = Timers::sized_for(1, 22);
    let years = 5 * 365 * 24 * 3_600 * 1_000_000;
    timers.arm(years, Phase(0), TASK, 7);
    assert_eq!(timers.peek(years - 1), None);
    assert_eq!(timers.peek(years), Some((years, Phase(0))));
}
