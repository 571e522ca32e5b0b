//! Hostile input: whatever is said in commands, scenario files and values of knobs, the answer is a
//! `InputError` that names the field, what was given and what is allowed; never a panic, and nothing is
//! changed.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{at, hang, rollout, scenario, start};
use proptest::prelude::*;
use zombie_workers::knobs::{Bounds, InputError, KnobId, Knobs, Value};
use zombie_workers::pool::{JobId, WorkerId};
use zombie_workers::run::{BUILT_IN, Command, Link, Run, Scenario, Tape, TimedCommand, built_in};

/// Any number, and those that break things.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        prop::num::f64::ANY,
        prop::sample::select(vec![
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            -1.0,
            0.5,
            1e300,
            f64::MIN_POSITIVE,
            4_294_967_296.0,
            -4_294_967_297.0,
        ]),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        number().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Flag),
        ".{0,80}".prop_map(Value::Word),
        prop::sample::select(vec!["own", "progress", "exponential", "true", "5", "NaN"])
            .prop_map(|word| Value::Word(word.to_owned())),
    ]
}

fn knob() -> impl Strategy<Value = KnobId> {
    prop::sample::select(KnobId::ALL)
}

/// A number that may be a worker's or a job's.
fn number_of_one() -> impl Strategy<Value = u32> {
    prop_oneof![0..40_u32, any::<u32>()]
}

fn worker() -> impl Strategy<Value = WorkerId> {
    number_of_one().prop_map(WorkerId)
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => (knob(), value()).prop_map(|(knob, value)| Command::Set { knob, value }),
        // Large ones that are allowed would only take time.
        1 => prop_oneof![0..50_u32, 100_001..=u32::MAX].prop_map(|jobs| Command::Burst { jobs }),
        1 => prop::option::of(number_of_one().prop_map(JobId)).prop_map(|job| Command::Poison { job }),
        1 => (worker(), hang()).prop_map(|(worker, how)| Command::Hang { worker, how }),
        1 => worker().prop_map(|worker| Command::Kill { worker }),
        1 => worker().prop_map(|worker| Command::Drain { worker }),
        1 => (rollout(), number()).prop_map(|(how, grace_s)| Command::Deploy { how, grace_s }),
    ]
}

/// Whether an error says what it must, in one line.
fn is_plain(error: &InputError) -> bool {
    let text = error.to_string();
    !error.field.is_empty()
        && !error.allowed.is_empty()
        && !text.contains('\n')
        && error.given.chars().count() <= 61
}

/// Whether a knob's value is within what the table allows.
fn is_allowed(value: &Value, bounds: &Bounds) -> bool {
    match (value, bounds) {
        (Value::Flag(_), Bounds::Flag) => true,
        (Value::Word(word), Bounds::Words(words)) => words.contains(&word.as_str()),
        (Value::Number(number), Bounds::Whole(min, max)) => {
            number.fract() == 0.0 && (*min..=*max).contains(number)
        }
        (Value::Number(number), Bounds::Real(min, max) | Bounds::Share(min, max)) => {
            (*min..=*max).contains(number)
        }
        _ => false,
    }
}

/// The text of a built-in scenario with some lines and characters spoilt.
fn spoilt() -> impl Strategy<Value = String> {
    let values = vec![
        "nan",
        "inf",
        "-inf",
        "-1",
        "1e999",
        "99999999999999999999",
        "\"x\"",
        "[]",
        "[1, 2]",
        "{}",
        "true",
        "1979-05-27",
        "0.1.2",
        "\"\\u0000\"",
        "",
    ];
    let spoil = (any::<prop::sample::Index>(), prop::sample::select(values), 0..5_u8, ".{0,12}");
    (0..BUILT_IN.len(), prop::collection::vec(spoil, 1..5)).prop_map(|(row, spoils)| {
        let mut lines: Vec<String> = BUILT_IN[row].1.lines().map(str::to_owned).collect();
        for (place, value, how, noise) in spoils {
            if lines.is_empty() {
                break;
            }
            let at = place.index(lines.len());
            let line = lines[at].clone();
            match how {
                0 => lines[at] = format!("{} = {value}", line.split('=').next().unwrap_or("x")),
                1 => drop(lines.remove(at)),
                2 => lines.insert(at, noise),
                3 => lines.insert(at, line),
                _ => lines[at] = line.replacen(|c: char| c.is_alphanumeric(), &noise, 1),
            }
        }
        lines.join("\n")
    })
}

fn cases() -> ProptestConfig {
    let text = std::env::var("HOSTILE").ok();
    ProptestConfig::with_cases(text.and_then(|text| text.parse().ok()).unwrap_or(512))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_knob_takes_what_its_table_allows_and_refuses_all_else(id in knob(), value in value()) {
        let mut knobs = Knobs::default();
        let knob = id.row();
        match knobs.set(id, &value) {
            Ok(()) => {
                prop_assert!(is_allowed(&value, &knob.bounds), "{id:?} = {value:?}");
                // Times are kept in whole microseconds.
                let near = |kept: f64, given: f64| (kept - given).abs() <= 1e-6;
                match (knobs.get(id), &value) {
                    (Value::Number(kept), Value::Number(given)) => {
                        prop_assert!(near(kept, *given), "{kept} {given}");
                    }
                    (kept, given) => prop_assert_eq!(&kept, given),
                }
            }
            Err(error) => {
                prop_assert!(is_plain(&error), "{error:?}");
                prop_assert_eq!(&knobs, &Knobs::default());
                prop_assert!(!is_allowed(&value, &knob.bounds), "{id:?} = {value:?}");
                prop_assert!(error.field.contains(knob.name), "{error}");
                prop_assert_eq!(error.allowed, format!("allowed: {}", knob.allowed()));
            }
        }
    }

    #[test]
    fn a_name_is_a_knob_s_or_is_refused(name in "[a-z_]{0,24}|.{0,40}") {
        match KnobId::find(&name) {
            Ok(knob) => prop_assert_eq!(knob.name(), name),
            Err(error) => prop_assert!(is_plain(&error), "{error:?}"),
        }
    }

    #[test]
    fn a_value_in_text_is_refused_or_reads_as_it_is_written(knob in knob(), text in ".{0,60}") {
        let mut knobs = Knobs::default();
        match knobs.set_text(knob, &text) {
            Ok(()) => prop_assert!(is_allowed(&knobs.get(knob), &knob.row().bounds)),
            Err(error) => {
                prop_assert!(is_plain(&error), "{error:?}");
                prop_assert_eq!(knobs, Knobs::default());
            }
        }
    }

    #[test]
    fn a_command_that_is_refused_changes_nothing(
        scenario in scenario(),
        moment in 0.0..60.0,
        commands in prop::collection::vec(command(), 1..8),
    ) {
        let mut run = start(&scenario);
        run.advance(at(moment), &mut ());
        for command in commands {
            let before = run.clone();
            if let Err(error) = run.apply(&command, &mut ()) {
                prop_assert!(is_plain(&error), "{error:?}");
                prop_assert!(run == before, "{command:?} was refused: {error}");
            }
            prop_assert_eq!(run.pool().audit(), Vec::<String>::new(), "{:?}", command);
        }
    }

    #[test]
    fn a_scenario_in_code_is_checked_like_a_file(at_s in number(), command in command()) {
        let mut scenario = built_in("normal").expect("the scenario is built in");
        scenario.commands.push(TimedCommand { at_s, command: command.clone() });
        let fine = command.check().is_ok() && (0.0..=2_592_000.0).contains(&at_s);
        match Run::new(&scenario) {
            Ok(_) => prop_assert!(fine, "{at_s}, {command:?}"),
            Err(error) => prop_assert!(!fine && is_plain(&error), "{error:?}"),
        }
    }

    #[test]
    fn a_spoilt_scenario_file_is_refused_in_one_line_or_runs(text in spoilt()) {
        match Scenario::from_toml(&text) {
            Err(error) => prop_assert!(is_plain(&error), "{error:?}"),
            Ok(scenario) => {
                let mut run = Run::new(&scenario).expect("it was checked");
                run.advance(at(0.2), &mut ());
                prop_assert_eq!(run.pool().audit(), Vec::<String>::new());
            }
        }
    }

    #[test]
    fn no_text_makes_the_scenario_reader_panic(text in "(.|\n){0,400}") {
        if let Err(error) = Scenario::from_toml(&text) {
            prop_assert!(is_plain(&error), "{error:?}");
        }
    }
}

#[test]
fn a_refused_file_names_the_line_what_it_says_and_what_is_allowed() {
    for (line, allowed) in [
        ("workers = nan", "1 to 1000000"),
        ("workers = 2.5", "a whole number"),
        ("workers = [1]", "a number or a word"),
        ("workers = \"many\"", "a whole number"),
        ("beat_source = \"heart\"", "progress, side_thread"),
        ("wrkers = 5", "did you mean `workers`?"),
        ("workers = inf", "1 to 1000000"),
    ] {
        let text = format!("name = \"x\"\n\n[knobs]\n{line}\n");
        let error = Scenario::from_toml(&text).expect_err("it is refused");
        let said = error.to_string();
        let field = line.split(' ').next().unwrap_or_default();
        assert!(said.contains(field) && said.contains("line ") && said.contains(allowed), "{said}");
    }
}

/// What the command line says about these arguments; nothing, if it takes them.
fn refused(args: &[&str]) -> Option<String> {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_zombie-workers"));
    let output = program.args(args).output().expect("the binary runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(text)
}

#[test]
fn the_largest_seed_is_the_same_in_code_files_links_and_arguments() {
    let allowed = "0 to 9007199254740991";
    for (seed, fits) in [(Scenario::MAX_SEED, true), (Scenario::MAX_SEED + 1, false)] {
        let normal = built_in("normal").expect("the scenario is built in");
        let flag = seed.to_string();
        let told = [
            Run::new(&Scenario { seed, ..normal }).err().map(|error| error.to_string()),
            Scenario::from_toml(&format!("name = 'x'\nseed = {seed}"))
                .err()
                .map(|error| error.to_string()),
            Link::read(&format!("seed={seed}")).err().map(|error| error.to_string()),
            refused(&["normal", "--for", "1", "--fast", "--seed", &flag]),
        ];
        for told in told {
            assert_eq!(told.is_none(), fits, "{told:?}");
            assert!(told.is_none_or(|told| told.contains(allowed) && told.contains(&flag)));
        }
    }
}

#[test]
fn no_way_in_asks_for_more_jobs_at_once_than_are_allowed() {
    let burst = |at_s| TimedCommand { at_s, command: Command::Burst { jobs: Command::MAX_JOBS } };
    let normal = built_in("normal").expect("the scenario is built in");
    for (count, fits) in [(5, true), (6, false)] {
        let given: Vec<TimedCommand> = (0..count).map(f64::from).map(burst).collect();
        let own = Scenario { commands: given.clone(), ..normal.clone() };
        let file = "name = 'x'\n".to_owned()
            + &"[[commands]]\nat_s = 0\nburst = { jobs = 100000 }\n".repeat(count as usize);
        let list = "burst=100000;0:".repeat(count as usize - 1);
        let (half, rest) = given.split_at(3);
        let halves = Scenario { commands: half.to_vec(), ..normal.clone() };
        let mut by_hand = Tape::new(halves.clone()).expect("three are allowed");
        let told = [
            Run::new(&own).err(),
            Scenario::from_toml(&file).err(),
            Link::read(&format!("do=0:{list}burst=100000")).err(),
            Link::read(&format!("b.do=0:{list}burst=100000")).err(),
            Tape::with(halves, rest.to_vec()).err(),
            rest.iter().find_map(|timed| by_hand.apply(timed.command.clone(), &mut ()).err()),
        ];
        for (way, told) in told.iter().enumerate() {
            assert_eq!(told.is_none(), fits, "{way}: {told:?}");
            let told = told.as_ref().map_or_else(String::new, InputError::to_string);
            assert!(fits || told.contains("at most 500000 in all bursts"), "{way}: {told}");
        }
    }
}
