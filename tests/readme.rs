//! The README's table of knobs is the program's own.
//!
//! After a change of the table: `BLESS=1 cargo test --test readme`.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write;
use std::fs;

use zombie_workers::knobs::{Bounds, Group, KnobId, Knobs, TABLE};

const BEGIN: &str = "<!-- knobs -->\n";
const END: &str = "<!-- end of knobs -->";

fn table() -> String {
    let mut text =
        String::from("| knob | default | allowed | what it does |\n| --- | --- | --- | --- |\n");
    for group in Group::ALL {
        writeln!(text, "| **{}** | | | |", group.title()).expect("a string can be written to");
        for id in KnobId::of(group) {
            let knob = id.row();
            let allowed = match knob.bounds {
                Bounds::Flag => "true, false".to_owned(),
                Bounds::Whole(min, max) | Bounds::Real(min, max) => {
                    format!("{min} to {max} {}", knob.unit).trim_end().to_owned()
                }
                Bounds::Words(words) => words.join(", "),
            };
            let (name, default, help) = (knob.name, Knobs::default().get(id), knob.help);
            writeln!(text, "| `{name}` | {default} | {allowed} | {help} |").expect("as above");
        }
    }
    text
}

#[test]
fn the_table_of_knobs_is_up_to_date() {
    let readme = fs::read_to_string("README.md").expect("there is a README");
    let (before, rest) = readme.split_once(BEGIN).expect("the table has a beginning");
    let (found, after) = rest.split_once(END).expect("the table has an end");
    let wanted = table();
    if std::env::var_os("BLESS").is_some() {
        let text = format!("{before}{BEGIN}{wanted}{END}{after}");
        fs::write("README.md", text).expect("the README can be written");
    } else {
        assert_eq!(found, wanted, "the README's table of knobs is out of date");
    }
    assert!(TABLE.len() > 60, "there is something to tell");
}

#[test]
fn every_command_of_the_readme_runs() {
    let readme = fs::read_to_string("README.md").expect("there is a README");
    let commands = readme.lines().filter_map(|line| line.strip_prefix("cargo run --release -- "));
    let mut tried = 0;
    for line in commands {
        let line = line.split('#').next().unwrap_or_default();
        if line.contains("my-night") {
            continue;
        }
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
            .args(line.split_whitespace().map(|word| word.trim_matches('\'')))
            .output()
            .expect("the binary runs");
        assert!(output.status.success(), "{line}");
        tried += 1;
    }
    assert!(tried >= 5, "there are commands to try");
}

#[test]
fn the_scenario_of_the_readme_is_a_scenario() {
    let readme = fs::read_to_string("README.md").expect("there is a README");
    let (_, rest) = readme.split_once("```toml\n").expect("there is a scenario");
    let (toml, _) = rest.split_once("```").expect("it has an end");
    let scenario = zombie_workers::run::Scenario::from_toml(toml).expect("it is allowed");
    assert_eq!((scenario.name.as_str(), scenario.commands.len()), ("my-night", 1));
}
