//! The lab: an experiment says the same wherever and in whatever parts it runs, and finds what
//! theory and the story say it must.

use std::process::Command;

use zombie_workers::knobs::{Fix, KnobId, Value};
use zombie_workers::lab::{
    Axis, Design, Figure, FixSet, HEADER, LabLink, Plan, Row, Stability, Table, Verdict,
    failing_assumptions, measure,
};
use zombie_workers::run::{Scenario, built_in};

fn scenario(name: &str) -> Scenario {
    built_in(name).expect("it is built in")
}

fn run(plan: &Plan) -> Table {
    let mut table = Table::new(plan.cells());
    for n in 0..plan.runs() {
        let task = plan.task(n).expect("a task fits a link");
        let measures = measure(&task.query).expect("a task is a link");
        table.add(Row { cell: task.cell, seed: task.seed, measures });
    }
    table
}

fn set(fixes: &[Fix]) -> FixSet {
    fixes.iter().copied().collect()
}

/// Two fixes are needed against `zombie`: the breaker, and one that frees the workers that hang
/// already. Other seeds find the same.
#[test]
fn the_smallest_sets_against_the_zombies_are_found_again_with_other_seeds() {
    for first in [7, 1_000] {
        let base = Scenario { seed: first, ..scenario("zombie") };
        let plan = Plan::new(base, Design::Fixes, 3, 900.0).expect("it is allowed");
        let table = run(&plan);
        let verdict = |fixes: FixSet| table.cells()[fixes.index()].verdict();
        assert_eq!(verdict(FixSet::NONE), Verdict::None);
        assert_eq!(verdict(Fix::ALL.into_iter().collect()), Verdict::All);
        for fix in Fix::ALL {
            assert_ne!(verdict(FixSet::of(fix)), Verdict::All, "{} alone", fix.row().name);
        }
        let smallest = table.smallest_sets();
        assert!(smallest.contains(&set(&[Fix::Detection, Fix::Breaker])), "{smallest:?}");
    }
}

/// The share of seeds that survive falls through one half within one step of T*.
#[test]
fn a_sweep_tips_over_where_theory_says() {
    for (workers, arrival_rate, toxic_share) in
        [(40.0, 20.0, 0.01), (30.0, 15.0, 0.012), (40.0, 24.0, 0.01)]
    {
        let mut base = scenario("timeouts-detection");
        for (knob, value) in [
            (KnobId::workers, workers),
            (KnobId::arrival_rate, arrival_rate),
            (KnobId::toxic_share, toxic_share),
        ] {
            base.knobs.set(knob, &Value::Number(value)).expect("it is allowed");
        }
        assert!(failing_assumptions(&base.knobs).is_empty());
        let tipping = Stability::of(&base.knobs).tipping_point_s().expect("there is one");
        let step = tipping / 5.0;
        let values: Vec<String> = (1..=10).map(|n| format!("{:.2}", f64::from(n) * step)).collect();
        let along = Axis::parse("sweep", &format!("timeout_toxic_s={}", values.join(",")), '=')
            .expect("it is allowed");
        let design = Design::Sweep { along: along.clone(), by: None };
        let plan = Plan::new(base, design, 3, 7_200.0).expect("it is allowed");
        let table = run(&plan);
        let survives = |cell: &zombie_workers::lab::Cell| {
            let (ended, survived) = cell.survived();
            2 * survived > ended
        };
        let last = table.cells().iter().rposition(survives).expect("a short timeout survives");
        let first = table.cells().iter().position(|cell| !survives(cell)).expect("a long one dies");
        for edge in [along.values[last], along.values[first]] {
            assert!((edge - tipping).abs() <= step * 1.01, "{edge} s, but T* is {tipping} s");
        }
    }
}

#[test]
fn rows_differ_by_seed_and_repeat_by_seed() {
    let plan = Plan::new(scenario("zombie"), Design::Fixes, 3, 120.0).expect("it is allowed");
    let hash = |n: u64| {
        let task = plan.task(n).expect("a task fits a link");
        let measures = measure(&task.query).expect("a task is a link").expect("it is no hole");
        (task.seed, measures.trace_hash)
    };
    let cells = u64::from(plan.cells());
    let seeds = [hash(0), hash(cells), hash(2 * cells)];
    assert_eq!(seeds, [hash(0), hash(cells), hash(2 * cells)]);
    assert!(seeds[0].1 != seeds[1].1 && seeds[1].1 != seeds[2].1, "{seeds:?}");
    assert_eq!(seeds.map(|(seed, _)| seed), [7, 8, 9]);
}

/// A run of the lab is the run that its link shows: same hash as playing it.
#[test]
fn a_task_is_a_link_to_the_run_that_it_measures() {
    let plan = Plan::new(scenario("zombie"), Design::Fixes, 1, 300.0).expect("it is allowed");
    let task = plan.task(u64::from(plan.cells()) - 1).expect("a task fits a link");
    let link = zombie_workers::run::Link::read(&task.query).expect("it is a link");
    let mut tape = link.tape().expect("it is allowed");
    tape.seek(link.at.expect("it shows a moment"));
    let measures = measure(&task.query).expect("it is a link").expect("it is no hole");
    assert_eq!(measures.trace_hash, tape.run().trace_hash());
}

fn lab(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
        .arg("lab")
        .args(arguments)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("it prints text")
}

#[test]
fn parts_put_together_are_the_same_bytes_as_the_whole() {
    let common = ["zombie", "--seeds", "2", "--for", "120", "--format", "csv"];
    let whole = lab(&common);
    let parts: String =
        (1..=5).map(|k| lab(&[&common[..], &["--shard", &format!("{k}/5")]].concat())).collect();
    assert_eq!(parts, whole);
    assert_eq!(whole.lines().count(), 1 + 64);
    assert!(whole.starts_with(HEADER));
}

#[test]
fn the_map_of_rows_is_the_map_of_the_runs() {
    let file = std::env::temp_dir().join(format!("lab-rows-{}.csv", std::process::id()));
    let common = ["zombie", "--seeds", "2", "--for", "120"];
    std::fs::write(&file, lab(&[&common[..], &["--format", "csv"]].concat()))
        .expect("it is written");
    let rows = file.to_str().expect("its name is text");
    for figure in Figure::ALL {
        let figure = ["--figure", figure.name()];
        let of_rows = lab(&[&common[..], &figure, &["--rows", rows]].concat());
        assert_eq!(of_rows, lab(&[&common[..], &figure].concat()));
    }
    std::fs::remove_file(&file).expect("it is there");
}

#[test]
fn the_link_of_an_experiment_survives_the_round_trip() {
    for text in [
        "scenario=zombie&lab=fixes&seeds=20&until=900&figure=survived",
        "scenario=zombie&lab=fixes&seeds=3&until=120&figure=late&guess=timeouts,detection",
        "scenario=timeouts-detection&seed=9&lab=timeout_toxic_s:2..120x24&by=toxic_share:0.001..0.05x16",
    ] {
        let link = LabLink::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let again = link.write().expect("it fits a link");
        assert_eq!(LabLink::read(&again), Ok(link), "{again}");
    }
}

#[test]
fn a_wrong_experiment_is_refused_by_name() {
    for (text, part) in [
        ("lab=fixes&seeds=0", "seeds"),
        ("lab=fixes&seeds=many", "`seeds`"),
        ("lab=fixes&until=1", "horizon"),
        ("lab=fixes&figure=joy", "survived"),
        ("lab=fixes&guess=timeout", "timeouts"),
        ("lab=fixes&lab=fixes", "twice"),
        ("lab=toxic_share", "KNOB:FROM..TOxCOUNT"),
        ("lab=fixes&scenario=zomby", "zombie"),
    ] {
        let error = LabLink::read(text).expect_err(text).to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}
