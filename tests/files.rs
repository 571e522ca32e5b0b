//! Scenario files: every way to write the same is read the same, what is not known is refused with
//! its line, and what is written is read again, to the last bit.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::scenario;
use proptest::prelude::*;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Hang, WorkerId};
use zombie_workers::run::{BUILT_IN, Chapter, Command, Scenario, TimedCommand, built_in};

fn read(text: &str) -> Scenario {
    Scenario::from_toml(text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
}

/// Any line of a story: quotes, backslashes and all scripts, but no control characters.
fn line(max: usize) -> impl Strategy<Value = String> {
    let plain = any::<char>().prop_filter("no control", |c| !c.is_control());
    let tricky = prop::sample::select("\"'\\#=ä🧟 {}[]\u{feff}".chars().collect::<Vec<_>>());
    let c = prop_oneof![plain, tricky];
    prop::collection::vec(c, 0..=max).prop_map(|line| line.into_iter().collect())
}

proptest! {
    #[test]
    fn any_scenario_survives_the_file(
        scenario in scenario(),
        (name, about, tell) in (line(60), line(300), line(300)),
        seed in 0..=Scenario::MAX_SEED,
        times in prop::collection::vec(prop_oneof![0.0..2_592_000.0, 0.0..1e-6], 3),
        rate in prop_oneof![0.0..1e6, 0.0..1e-9, Just(-0.0), Just(1e6)],
    ) {
        let mut scenario = Scenario { name, about, seed, length_s: times[0], ..scenario };
        scenario.knobs.arrival_rate = rate;
        scenario.chapters.push(Chapter { at_s: times[1], tell });
        let command = Command::Set { knob: KnobId::arrival_rate, value: Value::Number(rate) };
        scenario.commands.push(TimedCommand { at_s: times[2], command });
        let text = scenario.to_toml();
        let again = read(&text);
        prop_assert_eq!(again.knobs.arrival_rate.to_bits(), rate.to_bits());
        prop_assert_eq!(&again, &scenario);
        prop_assert_eq!(again.to_toml(), text);
    }

    #[test]
    fn any_bytes_are_read_or_refused_with_a_line(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        lines in "([a-z_]{1,8} ?= ?[0-9\"'\\[{}]{0,6}\n?|\\[{1,2}[a-z]{0,9}\\]{0,2}\n){0,12}",
    ) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), lines] {
            if let Err(error) = Scenario::from_toml(&text) {
                let error = error.to_string();
                prop_assert!(error.starts_with("scenario file, line "), "{error}");
                prop_assert!(!error.contains(char::is_control), "{error}");
            }
        }
    }
}

#[test]
fn every_built_in_scenario_survives_its_file() {
    for (name, _) in BUILT_IN {
        let scenario = built_in(name).expect("the scenario is built in");
        assert_eq!(read(&scenario.to_toml()), scenario);
    }
}

#[test]
fn a_file_that_says_little_means_the_defaults() {
    let scenario = read("name = \"mine\"");
    assert_eq!((scenario.length_s, scenario.seed), (300.0, 0));
    assert_eq!(scenario.clock.to_string(), "00:00:00");
    assert_eq!(scenario, Scenario { name: "mine".into(), length_s: 300.0, ..Scenario::default() });
    assert_eq!(scenario, read("\u{feff}name = 'mine'\r\ncommands = []\r\n[knobs]\r\n"));
}

#[test]
fn every_way_of_toml_to_say_the_same_is_read_the_same() {
    let expected = read(
        "name = \"mine\"\n[knobs]\nworkers = 4\ntoxic_share = 0.5\ntoxic_label = \"hidden\"\n\
         [[commands]]\nat_s = 2\nset = { knob = \"workers\", value = 10 }\n\
         [[commands]]\nat_s = 3.0\nhang = { worker = 7, how = \"parked\" }\n\
         [[chapters]]\nat_s = 1\ntell = \"two \\\"lines\\\"\"\n",
    );
    assert_eq!(
        expected.commands[1].command,
        Command::Hang { worker: WorkerId(7), how: Hang::Parked }
    );
    for text in [
        "\"name\" = 'mine' # whose\nknobs.workers = 0x4\nknobs . toxic_share = 5e-1\n\
         knobs.'toxic_label' = \"\"\"\n\\u0068idden\"\"\"\n\
         commands = [{ at_s = 2, set = { knob = \"workers\", value = 1_0.0 } },\n\
         { at_s = +3, hang.worker = 7 }, # the last\n]\n\
         chapters = [{ tell = '''\ntwo \"lines\"''', at_s = 1e0 }]\n",
        "name = \"mine\"\nknobs = { workers = 4, toxic_share = 0.5, toxic_label = \"hidden\" }\n\
         [[commands]]\nat_s = 2\n[commands.set]\nknob = \"workers\"\nvalue = 10\n\
         [[chapters]]\ntell = \"\"\"two \\\n   \"lines\\\"\"\"\"\nat_s = 0b1\n\
         [[commands]]\nhang.worker = 0o7\nat_s = 3\n",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_allowed_is_refused_with_its_line() {
    for (line, text, parts) in [
        (1, "", &["missing field `name`"][..]),
        (1, "name = 5", &["name = 5", "expected a string"]),
        (2, "name = 'x'\nseed = -1", &["seed = -1", "`-1`", "0 to 9007199254740991"]),
        (2, "name = 'x'\nseed = 1.5", &["seed = 1.5", "`1.5`", "a whole number"]),
        (2, "name = 'x'\nclock = '24:00'", &["clock", "24:00", "HH:MM"]),
        (2, "name = 'x'\nlength_s = -1", &["length_s = -1", "`-1`", "0 to 2592000 s"]),
        (2, "name = 'x'\nlength_s = 'long'", &["length_s = 'long'", "\"long\"", "a number"]),
        (2, "name = 'x'\nlenght_s = 5", &["`lenght_s`", "`length_s`"]),
        (
            2,
            "name = 'x'\nwhatever = 5",
            &["`whatever`", "expected one of `name`, `about`, `seed`, `clock`"],
        ),
        (2, "name = 'x'\nname = 'y'", &["name = 'y'", "duplicate key"]),
        (2, "name = 'x'\nknobs = 5", &["knobs = 5", "a table of knobs"]),
        (3, "name = 'x'\n[knobs]\nworkers.x = 5", &["workers.x", "a number or a word"]),
        (
            2,
            "name = 'x'\n[commands]\nat_s = 5",
            &["[commands]", "a list of tables", "[[commands]]"],
        ),
        (2, "name = 'x'\n[[commands]]\nburst = { jobs = 5 }", &["missing field `at_s`"]),
        (2, "name = 'x'\n[[commands]]\nat_s = 5", &["0 commands", "set, burst, poison, hang"]),
        (
            2,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = { worker = 1 }\ndrain = { worker = 1 }",
            &["2 commands", "one of set, burst"],
        ),
        (4, "name = 'x'\n[[commands]]\nat_s = 5\nkil = { worker = 1 }", &["`kil`", "`kill`"]),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = {}",
            &["kill = {}", "missing field `worker`"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = 5",
            &["kill = 5", "a table such as { worker = 3 }"],
        ),
        (
            3,
            "name = 'x'\n[[commands]]\nat_s = nan\nkill = { worker = 1 }",
            &["at_s = nan", "`nan`", "0 to 2592000 s"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = { worker = 4294967296 }",
            &["worker = 4294967296", "`4294967296`", "0 to 4294967295"],
        ),
        (
            6,
            "name = 'x'\n[[commands]]\nat_s = 5\n[commands.burst]\njobs = 5\njob = 5",
            &["`job`", "`jobs`"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nburst = { jobs = 0 }",
            &["jobs = 0", "`0`", "1 to 100000"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nhang = { worker = 1, how = 'slowly' }",
            &["how = 'slowly'", "`slowly`", "`parked` or `spinning`"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nset = { knob = 'wrkers', value = 5 }",
            &["`wrkers`", "`workers`?"],
        ),
        (4, "name = 'x'\n[[chapters]]\nat_s = 5\ntold = ''", &["`told`", "`tell`"]),
        (
            3,
            "name = 'x'\n[[chapters]]\nat_s = -5\ntell = ''",
            &["at_s = -5", "`-5`", "0 to 2592000 s"],
        ),
        (2, "name = 'x'\nseed = 1979-05-27", &["number"]),
        (2, "name = 'x'\n\"a\\nb\" = 5", &["a b"]),
        (1, "name = '\u{1b}[31mred'", &[]),
        (1, "name = \"\\u001B[31mred\"", &["at most 60 characters", "control"]),
        (1, &format!("name = '{}'", "x".repeat(61)), &["at most 60 characters"]),
        (2, "name = 'x'\nabout = \"a\\nb\"", &["at most 300 characters", "control"]),
        (3, "name = 'x'\n[[chapters]]\ntell = \"\\r\"\nat_s = 5", &["at most 300 characters"]),
    ] {
        let error = Scenario::from_toml(text).expect_err(text).to_string();
        let said = parts.iter().all(|part| error.contains(part));
        let line = format!("scenario file, line {line}: ");
        assert!(said && error.starts_with(&line), "{error}\nfor {text}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_file_is_refused_whatever_its_size() {
    // The first key that is unknown ends it, however many follow.
    let keys: String = (0..100_000).map(|n| format!("k{n}=1\n")).collect();
    assert!(keys.len() < 1 << 20);
    let error = Scenario::from_toml(&keys).expect_err("there are no such keys").to_string();
    assert!(error.starts_with("scenario file, line ") && error.contains("`k"), "{error}");
    let error = Scenario::from_toml(&"#".repeat((1 << 20) + 1)).expect_err("it is too large");
    assert_eq!(error.to_string(), "scenario file: got `1048577 bytes`; allowed: at most 1048576");
    // Nor does nesting exhaust the stack.
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a.a=", "}]")] {
        let nested = format!("name = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
        let error = Scenario::from_toml(&nested).expect_err("it is nested too deep").to_string();
        assert!(error.starts_with("scenario file, line 1: "), "{error}");
    }
    let dotted = format!("{}a = 1", "a.".repeat(100_000));
    assert!(Scenario::from_toml(&dotted).is_err());
}
