//! Keeps the promises of ARCHITECTURE.md: who may use whom, and what the core may not touch.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers it may use. To add a layer, add a line.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("knobs", &["kernel"]),
    ("pool", &["kernel", "knobs"]),
    ("guard", &["kernel", "knobs", "pool"]),
    ("watch", &["kernel", "knobs", "pool"]),
    ("run", &["kernel", "knobs", "pool", "guard", "watch"]),
    ("scene", &["kernel", "knobs", "pool", "guard", "watch", "run"]),
    ("lab", &["kernel", "knobs", "pool", "watch", "run"]),
    ("terminal", &["kernel", "knobs", "pool", "watch", "run", "lab"]),
    ("viewer", &["kernel", "knobs", "pool", "watch", "run", "scene", "lab"]),
    ("app", &["kernel", "knobs", "pool", "watch", "run", "scene", "lab", "viewer"]),
];

/// The layers that see a screen, a clock or a file.
const EDGES: &[&str] = &["terminal", "app"];

/// What no layer of the core may say: real time, unordered maps, floats that differ in wasm, I/O.
const BANNED: &[&str] = &[
    "std::time",
    "HashMap",
    "HashSet",
    ".ln()",
    ".exp()",
    ".powf(",
    ".sin()",
    ".cos()",
    ".tan()",
    ".powi(",
    ".exp2()",
    ".log2()",
    ".log10()",
    "println!",
    "std::fs",
    "std::env",
    "std::thread",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo",
    "yew",
];

/// Libraries of the page, and the layers that may use them: only `app` has a canvas.
const LIBRARIES: &[(&str, &[&str])] = &[("web_sys", &["app"]), ("yew", &["app"])];

const LINES_MAX: usize = 400;
const COLUMNS_MAX: usize = 100;

#[test]
fn the_source_is_tidy() {
    let mut faults = Vec::new();
    for (layer, allowed) in MAY_USE {
        for path in rust_files(&Path::new("src").join(layer)) {
            let text = fs::read_to_string(&path).expect("a source file can be read");
            let mut error = |line: usize, what: &str| {
                faults.push(format!("{}:{}: {what}", path.display(), line + 1));
            };
            if !text.starts_with("//! ") {
                error(0, "says nothing about what the file is for");
            }
            if text.lines().count() > LINES_MAX {
                error(LINES_MAX, "is too long");
            }
            for (number, line) in text.lines().enumerate() {
                if line.chars().count() > COLUMNS_MAX {
                    error(number, "is too wide");
                }
                let code = line.split("//").next().unwrap_or_default();
                let banned = if EDGES.contains(layer) { &[][..] } else { BANNED };
                for word in banned.iter().filter(|word| code.contains(*word)) {
                    error(number, &format!("uses {word}"));
                }
                for (library, layers) in LIBRARIES {
                    if uses(code, library) && !layers.contains(layer) {
                        error(number, &format!("{layer} may not use {library}"));
                    }
                }
                if let Some(used) = code.split("crate::").nth(1).map(leading_name)
                    && used != *layer
                    && !allowed.contains(&used)
                {
                    error(number, &format!("{layer} may not use {used}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn guards_are_not_shown_the_truth() {
    for path in rust_files(Path::new("src/guard")) {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let knows = ["Truth", "true_", ".hung", ".tainted", "Fate", "Line::Hung"];
            let known = knows.iter().find(|word| code.contains(*word));
            assert!(known.is_none(), "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

#[test]
fn every_layer_is_named_in_the_list() {
    let listed: Vec<&str> = MAY_USE.iter().map(|(layer, _)| *layer).collect();
    for entry in fs::read_dir("src").expect("there is a src folder") {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        assert!(!path.is_dir() || listed.contains(&&*name), "src/{name} is in no list of arrows");
    }
}

/// Whether a path of the code begins with this name.
fn uses(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        starts && code[at + library.len()..].starts_with("::")
    })
}

fn leading_name(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a layer is a folder") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
