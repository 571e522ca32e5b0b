//! Prometheus' own checker, where it is installed (Debian's package `prometheus`).

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Runs `promtool` with a text on its standard input. `None` if it is not installed.
pub fn promtool(args: &[&str], input: &str) -> Option<Output> {
    let mut command = Command::new("promtool");
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(_) => {
            eprintln!("promtool is not installed: its checks are left out");
            return None;
        }
    };
    let mut stdin = child.stdin.take().expect("it is piped");
    // It need not read all of it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    Some(child.wait_with_output().expect("it ends"))
}

/// Asserts that it found nothing to complain about.
pub fn assert_content(output: &Output) {
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, complaint) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success() && complaint.is_empty(), "{out}{complaint}");
}

/// A new folder for files of a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("zombie-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}
