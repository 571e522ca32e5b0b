//! The binary, as a user calls it.

use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

/// Runs it.
pub fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zombie-workers"));
    command.args(args).stdin(Stdio::null()).output().expect("the binary runs")
}

/// What it prints, without a complaint.
pub fn text(args: &[&str]) -> String {
    let output = run(args);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {complaint}");
    assert_eq!(complaint, "", "{args:?}");
    String::from_utf8(output.stdout).expect("the output is text")
}

/// Its report.
pub fn json(args: &[&str]) -> Json {
    let all = [args, &["--format", "json"]].concat();
    serde_json::from_str(&text(&all)).expect("the output is JSON")
}

/// The one line that a refused command line gives.
pub fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    let complaint = String::from_utf8(output.stderr).expect("the complaint is text");
    assert_eq!(complaint.lines().count(), 1, "{args:?}: {complaint}");
    complaint
}
