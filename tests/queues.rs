//! Without hangs and fixes the pool is a queue, and queueing theory says what it must do.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::run::theory::{Mg1, Mmc, SteadyState};
use zombie_workers::run::{Run, built_in};
use zombie_workers::watch::Summary;

const SEEDS: u64 = 10;
const JOBS: f64 = 200_000.0;

fn vectors() -> Vec<Json> {
    let text = std::fs::read_to_string("tests/vectors/queues.json").expect("vectors can be read");
    let file: Json = serde_json::from_str(&text).expect("vectors are JSON");
    file["cases"].as_array().expect("there are cases").clone()
}

fn close(what: &str, got: f64, wanted: f64, tolerance: f64) {
    let off = (got / wanted - 1.0).abs();
    assert!(off <= tolerance, "{what}: got {got}, theory says {wanted}, {:.2} % off", off * 100.0);
}

/// M/M/c cases of the file, with what theory here says of them.
fn mmc_cases() -> Vec<(Json, SteadyState)> {
    vectors()
        .into_iter()
        .filter_map(|case| {
            let servers = case["queue"].as_str()?.strip_prefix("M/M/")?.parse().ok()?;
            let (arrivals_per_s, mu) = (case["lambda"].as_f64()?, case["mu"].as_f64()?);
            let queue = Mmc { arrivals_per_s, service_mean_s: 1.0 / mu, servers }.steady_state()?;
            Some((case, queue))
        })
        .collect()
}

#[test]
fn theory_gives_the_values_of_the_books() {
    let cases = mmc_cases();
    assert_eq!(cases.len(), 4);
    for (case, queue) in cases {
        let figures = [
            ("C", queue.waiting),
            ("Wq", queue.mean_wait_s),
            ("W", queue.mean_system_s),
            ("Lq", queue.in_queue),
            ("L", queue.in_system),
        ];
        let known =
            figures.iter().filter_map(|(name, got)| Some((name, got, case[name].as_f64()?)));
        let checked = known.map(|(name, got, wanted)| close(name, *got, wanted, 3e-6)).count();
        assert!(checked >= 2, "{case}");
    }
}

fn mg1(arrivals_per_s: f64, service_mean_s: f64, service_cv2: f64) -> Option<SteadyState> {
    Mg1 { arrivals_per_s, service_mean_s, service_cv2 }.steady_state()
}

#[test]
fn pollaczek_and_khinchine_agree_with_the_file() {
    let case = vectors().into_iter().find(|case| case["queue"] == "M/G/1").expect("there is one");
    let (rho, service) = (case["rho"].as_f64().unwrap(), case["service_mean"].as_f64().unwrap());
    let list = |name: &str| case[name].as_array().unwrap().clone();
    for (cs2, wanted) in list("cs2").iter().zip(list("Wq")) {
        let queue = mg1(rho / service, service, cs2.as_f64().unwrap()).expect("it is stable");
        close("Wq", queue.mean_wait_s, wanted.as_f64().unwrap(), 1e-12);
    }
}

#[test]
fn an_overloaded_queue_has_no_steady_state() {
    let full = Mmc { arrivals_per_s: 10.0, service_mean_s: 1.0, servers: 10 };
    assert_eq!(full.steady_state(), None);
    assert_eq!(mg1(1.0, 1.0, 1.0), None);
}

/// Means over the seeds, the first tenth of the jobs dropped; Little's law is checked in each run.
fn measure(settings: &[(KnobId, Value)]) -> Means {
    let mut mean = Means::default();
    for seed in 0..SEEDS {
        let one = Means::from(measure_one(seed, settings));
        close("L = λW", one.in_system, one.arrival_rate * one.system, 0.01);
        mean.arrival_rate += one.arrival_rate / SEEDS as f64;
        mean.wait += one.wait / SEEDS as f64;
        mean.system += one.system / SEEDS as f64;
        mean.in_queue += one.in_queue / SEEDS as f64;
        mean.in_system += one.in_system / SEEDS as f64;
        mean.utilization += one.utilization / SEEDS as f64;
    }
    mean
}

/// The means of a run in which jobs ended, or those of several.
#[derive(Default)]
struct Means {
    arrival_rate: f64,
    wait: f64,
    system: f64,
    in_queue: f64,
    in_system: f64,
    utilization: f64,
}

impl From<Summary> for Means {
    fn from(summary: Summary) -> Self {
        Self {
            arrival_rate: summary.arrival_rate,
            wait: summary.mean_wait_s.expect("jobs were given to workers"),
            system: summary.mean_system_s.expect("jobs ended"),
            in_queue: summary.mean_in_queue,
            in_system: summary.mean_in_system,
            utilization: summary.utilization,
        }
    }
}

fn measure_one(seed: u64, settings: &[(KnobId, Value)]) -> Summary {
    let mut scenario = built_in("queue").expect("the scenario is built in");
    scenario.seed = seed;
    for (knob, value) in settings.iter().chain([&(KnobId::job_limit, Value::Number(JOBS))]) {
        scenario.knobs.set(*knob, value).expect("the value is allowed");
    }
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    let mut warm = false;
    while !run.is_done() {
        let next = run.now() + Duration::secs(1);
        run.advance(next, &mut ());
        if !warm && run.pool().ledger().submitted as f64 >= JOBS / 10.0 {
            run.end_warm_up();
            warm = true;
        }
        assert!(
            run.now() < Instant::START + Duration::secs(10_000_000),
            "the run comes to its end"
        );
    }
    run.summary()
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

fn agrees(measured: &Means, theory: &SteadyState) {
    close("Wq", measured.wait, theory.mean_wait_s, 0.05);
    close("W", measured.system, theory.mean_system_s, 0.05);
    close("Lq", measured.in_queue, theory.in_queue, 0.05);
    close("L", measured.in_system, theory.in_system, 0.05);
    close("utilization", measured.utilization, theory.utilization, 0.05);
}

#[test]
fn the_pool_is_an_mmc_queue() {
    for (case, theory) in mmc_cases() {
        let (lambda, mu) = (case["lambda"].as_f64().unwrap(), case["mu"].as_f64().unwrap());
        let servers = case["queue"].as_str().unwrap().trim_start_matches("M/M/");
        let measured = measure(&[
            (KnobId::workers, number(servers.parse().unwrap())),
            (KnobId::arrival_rate, number(lambda)),
            (KnobId::service_mean_s, number(1.0 / mu)),
        ]);
        agrees(&measured, &theory);
    }
}

#[test]
fn the_pool_is_an_mg1_queue() {
    let words = [("constant", 0.0, 0.0), ("exponential", 1.0, 1.0), ("lognormal", 2.0, 4.0)];
    for (word, cv, cs2) in words {
        let measured = measure(&[
            (KnobId::workers, number(1.0)),
            (KnobId::arrival_rate, number(0.8)),
            (KnobId::service_distribution, Value::Word(word.to_owned())),
            (KnobId::service_cv, number(cv)),
        ]);
        agrees(&measured, &mg1(0.8, 1.0, cs2).expect("it is stable"));
    }
}

#[test]
fn jobs_that_are_turned_away_at_the_door_are_in_no_mean() {
    // M/M/c/K (Gross and Harris, section 2.5): ten servers, room for five more, twice the load.
    let (servers, places, lambda) = (10, 15, 20.0);
    let mut weights = vec![1.0];
    for n in 1..=places {
        weights.push(weights[n - 1] * lambda / n.min(servers) as f64);
    }
    let total: f64 = weights.iter().sum();
    let share = |n: usize| weights[n] / total;
    let entered = lambda * (1.0 - share(places));
    let queued: f64 = (servers..=places).map(|n| (n - servers) as f64 * share(n)).sum();
    let measured =
        measure(&[(KnobId::arrival_rate, number(lambda)), (KnobId::queue_capacity, number(5.0))]);
    close("λ of those that entered", measured.arrival_rate, entered, 0.02);
    close("Wq", measured.wait, queued / entered, 0.05);
    close("W", measured.system, queued / entered + 1.0, 0.05);
}
