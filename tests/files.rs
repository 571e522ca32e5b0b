//! Scenario files: every way to write the same is read the same, what is not known is refused with
//! its line, and what is written is read again, to the last bit.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::{Hang, WorkerId};
use zombie_workers::run::{BUILT_IN, Chapter, Command, Scenario, TimedCommand, built_in};

fn read(text: &str) -> Scenario {
    Scenario::from_toml(text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
}

proptest! {
    #[test]
    fn any_text_and_any_number_survive_the_file(
        name in any::<String>(),
        about in "[\\PC\"\\\\\\x00-\\x1f\\x7f-\\xa0]{0,40}",
        seed in 0..=Scenario::MAX_SEED,
        times in prop::collection::vec(prop_oneof![0.0..2_592_000.0, 0.0..1e-6], 3),
        rate in prop_oneof![0.0..1e6, 0.0..1e-9, Just(-0.0), Just(1e6)],
        tell in any::<String>(),
    ) {
        let mut scenario = Scenario { name, about, seed, length_s: times[0], ..Scenario::default() };
        scenario.knobs.set(KnobId::arrival_rate, &Value::Number(rate)).expect("the value is allowed");
        scenario.chapters.push(Chapter { at_s: times[1], tell });
        let (knob, value) = (KnobId::arrival_rate, Value::Number(rate));
        let command = Command::Set { knob, value };
        scenario.commands.push(TimedCommand { at_s: times[2], command });
        let again = read(&scenario.to_toml());
        prop_assert_eq!(again.knobs.arrival_rate.to_bits(), rate.to_bits());
        prop_assert_eq!(again, scenario);
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
         [[chapters]]\nat_s = 1\ntell = \"two\\nlines\"\n",
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
         chapters = [{ tell = '''two\nlines''', at_s = 1e0 }]\n",
        "name = \"mine\"\nknobs = { workers = 4, toxic_share = 0.5, toxic_label = \"hidden\" }\n\
         [[commands]]\nat_s = 2\n[commands.set]\nknob = \"workers\"\nvalue = 10\n\
         [[chapters]]\ntell = \"\"\"two\nlines\"\"\"\nat_s = 0b1\n\
         [[commands]]\nhang.worker = 0o7\nat_s = 3\n",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_allowed_is_refused_with_its_line() {
    for (line, text, parts) in [
        (1, "", &["`name`", "missing"][..]),
        (1, "name = 5", &["`name`", "`5`", "a text in quotes"]),
        (2, "name = 'x'\nseed = -1", &["`seed`", "`-1`", "0 to 9007199254740991"]),
        (2, "name = 'x'\nseed = 1.5", &["`seed`", "`1.5`", "a whole number"]),
        (2, "name = 'x'\nclock = '24:00'", &["clock", "24:00", "HH:MM"]),
        (2, "name = 'x'\nlength_s = -1", &["`length_s`", "`-1`", "0 to 2592000 s"]),
        (2, "name = 'x'\nlength_s = 'long'", &["`length_s`", "long", "a number"]),
        (2, "name = 'x'\nlenght_s = 5", &["`lenght_s`", "did you mean `length_s`?"]),
        (2, "name = 'x'\nwhatever = 5", &["`whatever`", "known: name, about, seed, clock"]),
        (2, "name = 'x'\nname = 'y'", &["duplicate key: `name`"]),
        (2, "name = 'x'\nknobs = 5", &["`knobs`", "a table"]),
        (3, "name = 'x'\n[knobs]\nworkers.x = 5", &["`workers`", "a number or a word"]),
        (2, "name = 'x'\n[commands]\nat_s = 5", &["`commands`", "[[commands]]"]),
        (2, "name = 'x'\n[[commands]]\nburst = { jobs = 5 }", &["`at_s` is missing"]),
        (2, "name = 'x'\n[[commands]]\nat_s = 5", &["0 commands", "set, burst, poison, hang"]),
        (
            2,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = { worker = 1 }\ndrain = { worker = 1 }",
            &["2 commands", "one of set, burst"],
        ),
        (4, "name = 'x'\n[[commands]]\nat_s = 5\nkil = { worker = 1 }", &["`kil`", "`kill`?"]),
        (4, "name = 'x'\n[[commands]]\nat_s = 5\nkill = {}", &["`kill`", "`worker` is missing"]),
        (4, "name = 'x'\n[[commands]]\nat_s = 5\nkill = 5", &["`kill`", "a table"]),
        (3, "name = 'x'\n[[commands]]\nat_s = nan\nkill = { worker = 1 }", &["`at_s`", "NaN"]),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nkill = { worker = 4294967296 }",
            &["`worker`", "`4294967296`", "0 to 4294967295"],
        ),
        (
            6,
            "name = 'x'\n[[commands]]\nat_s = 5\n[commands.burst]\njobs = 5\njob = 5",
            &["`job`", "`jobs`?"],
        ),
        (4, "name = 'x'\n[[commands]]\nat_s = 5\nburst = { jobs = 0 }", &["`jobs`", "1 to 100000"]),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nhang = { worker = 1, how = 'slowly' }",
            &["`how`", "`slowly`", "parked, spinning"],
        ),
        (
            4,
            "name = 'x'\n[[commands]]\nat_s = 5\nset = { knob = 'wrkers', value = 5 }",
            &["`wrkers`", "`workers`?"],
        ),
        (4, "name = 'x'\n[[chapters]]\nat_s = 5\ntold = ''", &["`told`", "`tell`?"]),
        (3, "name = 'x'\n[[chapters]]\nat_s = -5\ntell = ''", &["chapter `at_s`", "`-5`"]),
        (2, "name = 'x'\nseed = 1979-05-27", &["number"]),
        (2, "name = 'x'\n\"a\\nb\" = 5", &["a b"]),
    ] {
        let error = Scenario::from_toml(text).expect_err(text).to_string();
        let said = parts.iter().all(|part| error.contains(part));
        let line = format!("scenario file, line {line}: ");
        assert!(said && error.starts_with(&line), "{error}\nfor {text}");
        assert!(!error.contains('\n'), "{error}");
    }
}
