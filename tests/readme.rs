//! What the README claims, and that docs/knobs.md is the program's own table.
//!
//! After a change of the table: `BLESS=1 cargo test --test readme`.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use zombie_workers::knobs::TABLE;

const KNOBS: &str = "docs/knobs.md";

#[test]
fn the_page_of_knobs_is_what_the_program_prints() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
        .args(["knobs", "--format", "markdown"])
        .output()
        .expect("the binary runs");
    let wanted = String::from_utf8(output.stdout).expect("it is text");
    if std::env::var_os("BLESS").is_some() {
        fs::write(KNOBS, &wanted).expect("the page can be written");
    }
    let found = fs::read_to_string(KNOBS).expect("there is a page of knobs");
    assert_eq!(found, wanted, "{KNOBS} is out of date");
    let rows = TABLE.iter().filter(|knob| found.contains(&format!("| `{}` |", knob.name)));
    assert_eq!(rows.count(), TABLE.len());
    let readme = fs::read_to_string("README.md").expect("there is a README");
    assert!(readme.contains(&format!("]({KNOBS})")), "the README links {KNOBS}");
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
