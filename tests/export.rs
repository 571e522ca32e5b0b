//! Our alert rules and their PromQL say the same: Prometheus itself judges whole runs by them.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::cli::text;
use common::promtool::{folder, promtool};
use zombie_workers::watch::RULES;

/// What `promtool test rules` says of a run, with rules that may have been changed before.
fn judged(name: &str, run: &[&str], change: fn(String) -> String) -> Option<(bool, String)> {
    promtool(&["--version"], "")?;
    let folder = folder(&format!("rules-{name}"));
    let scenario = run[0];
    let rules = change(text(&["export", "rules", scenario]));
    let test = text(&[&["export", "promtool-test"], run].concat());
    assert!(test.matches("exp_labels").count() >= 20 || scenario == "normal", "{run:?}");
    std::fs::write(folder.join("rules.yml"), rules).expect("a file can be written");
    std::fs::write(folder.join("test.yml"), test).expect("a file can be written");
    let file = folder.join("test.yml");
    let output = promtool(&["test", "rules", file.to_str().expect("a plain path")], "")?;
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn prometheus_fires_what_fires_here_and_nothing_else() {
    for (name, run) in [
        ("zombie", &["zombie", "--for", "15m"][..]),
        ("normal", &["normal", "--for", "15m", "--seed", "4"]),
        ("no-fixes", &["no-fixes", "--for", "20m"]),
        ("breaker", &["three-fixes", "--for", "15m", "--seed", "3"]),
        ("dead", &["timeouts-only", "--set", "toxic_mib=9", "--for", "15m"]),
        (
            "storm",
            &[
                "normal",
                "--fixes",
                "detection",
                "--set",
                "startup_s=60",
                "--set",
                "startup_timeout_s=10",
                "--for",
                "15m",
            ],
        ),
        ("incident", &["incident", "--for", "70m"]),
    ] {
        let Some((agrees, why)) = judged(name, run, |rules| rules) else { return };
        assert!(agrees, "{run:?}: {why}");
    }
}

#[test]
fn a_rule_that_says_something_else_is_found() {
    let wrong = |rules: String| rules.replace("zombie_workers) > 0", "zombie_workers) > 5");
    let Some((agrees, why)) = judged("wrong", &["zombie", "--for", "10m"], wrong) else { return };
    assert!(!agrees && why.contains("ZombieWorkers"), "{why}");
}

#[test]
fn the_file_of_rules_has_them_all_and_is_allowed() {
    let rules = text(&["export", "rules", "normal", "--set", "workers=20"]);
    for rule in RULES {
        assert!(rules.contains(&format!("- alert: {}\n", rule.name)), "{rules}");
    }
    // The limits are those of the knobs.
    assert!(rules.contains("[1m])) > 20"), "{rules}");
    let folder = folder("rules-file");
    let file = folder.join("rules.yml");
    std::fs::write(&file, &rules).expect("a file can be written");
    if let Some(output) = promtool(&["check", "rules", file.to_str().expect("a plain path")], "") {
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains(&format!("{} rules found", RULES.len())),
            "{said}"
        );
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}
