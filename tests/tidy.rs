//! Keeps the promises of ARCHITECTURE.md: who may use whom, and what the core may not touch.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sources::{circles, code, graph, names, rust_files, sources};

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
    ("drill", &["kernel", "knobs", "pool", "watch", "run"]),
    ("tour", &["kernel", "knobs", "pool", "guard", "watch", "run", "scene", "lab"]),
    ("terminal", &["kernel", "knobs", "pool", "watch", "run", "lab", "drill"]),
    ("viewer", &["kernel", "knobs", "pool", "watch", "run", "scene", "lab", "tour"]),
    ("app", &["kernel", "knobs", "pool", "watch", "run", "scene", "lab", "tour", "viewer"]),
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

/// A circle that stays has a line of ARCHITECTURE.md: `- circle: a.rs, b.rs: why it stays`.
#[test]
fn no_files_use_each_other_in_a_circle_unless_it_is_explained() {
    let sources = sources();
    let graph = graph(&sources);
    let uses = |file: &str, used: &str| graph[file].contains(used);
    // The test sees something: through a folder's door, and into a file beside.
    assert!(uses("run/scenario.rs", "knobs/table.rs") && uses("knobs/table.rs", "knobs/value.rs"));
    let found: BTreeSet<String> = circles(&graph).iter().map(|group| group.join(", ")).collect();
    let text = fs::read_to_string("ARCHITECTURE.md").expect("there is an ARCHITECTURE.md");
    let explained = text.lines().filter_map(|line| line.strip_prefix("- circle: "));
    let explained = explained.filter_map(|line| Some(line.split_once(": ")?.0));
    let known: BTreeSet<&str> = explained.collect();
    let new: Vec<&String> = found.iter().filter(|circle| !known.contains(&***circle)).collect();
    assert!(new.is_empty(), "these files use one another: {new:#?}");
    let gone: Vec<&&str> = known.iter().filter(|circle| !found.contains(**circle)).collect();
    assert!(gone.is_empty(), "these circles are open, take their lines out: {gone:#?}");
}

#[test]
fn nothing_public_is_there_for_tests_alone() {
    let sources = sources();
    let mut others = rust_files(Path::new("benches"));
    others.extend(rust_files(Path::new("examples")));
    others.extend(["src/lib.rs", "src/main.rs"].map(Into::into));
    let others = others.iter().map(|path| fs::read_to_string(path).expect("a file can be read"));
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for code in
        sources.iter().map(|source| source.code.clone()).chain(others.map(|text| code(&text)))
    {
        // Handing a name on is no use of it, unless it gets another name on the way.
        let handed_on = |part: &&str| part.contains("pub use ") && !part.contains(" as ");
        let parts = code.split_inclusive(';').filter(|part| !handed_on(part));
        parts.flat_map(names).for_each(|name| *said.entry(name.to_owned()).or_default() += 1);
    }
    let mut found = BTreeSet::new();
    for source in &sources {
        for line in source.code.lines() {
            let Some(item) = line.trim_start().strip_prefix("pub ") else { continue };
            let mut words = names(item).skip_while(|word| *word == "const");
            if let (Some("fn" | "struct" | "enum" | "trait" | "type"), Some(name)) =
                (words.next(), words.next())
                && said.get(name) == Some(&1)
            {
                found.insert(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "only tests use {found:#?}");
}

/// Trunk refuses to start where a path that it shall watch, or not, is missing: none may be one that
/// only a build makes.
#[test]
fn what_trunk_watches_is_there_in_a_new_clone() {
    let text = fs::read_to_string("Trunk.toml").expect("there is a Trunk.toml");
    let settings: toml::Table = text.parse().expect("it is TOML");
    let made = fs::read_to_string(".gitignore").expect("there is a .gitignore");
    let watch = settings["watch"].as_table().expect("it says what to watch");
    for path in watch.values().flat_map(|paths| paths.as_array().expect("a list of paths")) {
        let path = path.as_str().expect("a path");
        assert!(Path::new(path).exists(), "Trunk.toml names {path}, which is not there");
        let is_made = made.lines().any(|line| line.trim_matches('/') == path);
        assert!(!is_made, "Trunk.toml names {path}, which a new clone does not have");
    }
}
