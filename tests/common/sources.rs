//! The source files, as modules: which file uses which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// Where it is, from the folder `src`.
    pub path: String,
    /// The path of its module: `["pool", "queue"]`.
    module: Vec<String>,
    /// Its code, without comments and without its own tests.
    pub code: String,
}

/// All files below `src` but the two roots.
pub fn sources() -> Vec<Source> {
    let files = rust_files(Path::new("src")).into_iter();
    files.filter_map(|path| Source::read(&path)).collect()
}

/// The Rust files of a folder, and of those in it.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
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

/// The code of a text, without comments and without its own tests, which stand at its end.
pub fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The names in a code, one after the other.
pub fn names(code: &str) -> impl Iterator<Item = &str> {
    let names = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    names.filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

impl Source {
    fn read(path: &Path) -> Option<Self> {
        let below = path.strip_prefix("src").expect("it is a source file");
        let mut module: Vec<String> =
            below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let file = module.pop()?;
        match file.strip_suffix(".rs")? {
            "lib" | "main" | "tests" => return None,
            "mod" => {}
            name => module.push(name.to_owned()),
        }
        let text = fs::read_to_string(path).expect("a source file can be read");
        let path = below.to_string_lossy().into_owned();
        Some(Self { path, module, code: code(&text) })
    }

    /// The paths that its `use` declarations name, from the root, each with whether it is a door:
    /// `pub use` of what lies below.
    fn uses(&self) -> Vec<(Vec<String>, bool)> {
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices("use ") {
            let before = self.code[..at].lines().next_back().unwrap_or_default().trim_end();
            let starts = self.code[..at].ends_with([' ', '\n', ')']) || at == 0;
            let Some(end) = self.code[at..].find(';').filter(|_| starts) else { continue };
            let mut paths = Vec::new();
            expand(&self.code[at + 4..at + end], &[], &mut paths);
            let door = before.ends_with("pub") || before.ends_with(')');
            found.extend(paths.into_iter().filter_map(|path| Some((self.absolute(&path)?, door))));
        }
        for (at, _) in self.code.match_indices("crate::") {
            let path = self.code[at..].split(|c: char| !c.is_alphanumeric() && !"_:".contains(c));
            let path = path.clone().next().unwrap_or_default();
            if path.ends_with(':') {
                continue;
            }
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            found.extend(self.absolute(&path).map(|path| (path, false)));
        }
        found
    }

    /// A path from the root of the crate; nothing, if it is one of a library.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.module[..], rest].concat()),
            "super" => {
                let parent = self.module.len().checked_sub(ups)?;
                Some([&self.module[..parent], &path[ups..]].concat())
            }
            // What a folder's `mod.rs` calls its own.
            _ => Some([&self.module[..], path].concat()),
        }
    }
}

/// The paths that a tree of `use` stands for.
fn expand(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let tree = tree.split(" as ").next().unwrap_or_default().trim();
        let parts = tree.split("::").map(|part| part.trim().to_owned());
        let path: Vec<String> = before.iter().cloned().chain(parts).collect();
        return found.push(path);
    };
    let head = head.trim().trim_end_matches("::").split("::");
    let head = head.filter(|part| !part.is_empty()).map(|part| part.trim().to_owned());
    let before: Vec<String> = before.iter().cloned().chain(head).collect();
    let inner = &rest[..rest.rfind('}').unwrap_or(rest.len())];
    let (mut depth, mut begin) = (0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[begin..at].trim().is_empty() {
                    expand(&inner[begin..at], &before, found);
                }
                begin = at + 1;
            }
            _ => {}
        }
    }
}

/// The names in a part of the code that ends with a semicolon, if it declares no module and uses none.
fn own_names(part: &str) -> impl Iterator<Item = &str> {
    let declares = part.lines().any(|line| {
        let line = line.trim_start();
        let line = line.split_once("pub").map_or(line, |(_, rest)| rest);
        let line = line.trim_start_matches(|c| c != ' ' && c != 'u' && c != 'm').trim_start();
        line.starts_with("use ") || line.starts_with("mod ")
    });
    names(part).filter(move |_| !declares)
}

/// Which file uses which. A name that a folder's `mod.rs` only hands on leads to the file that has
/// it.
pub fn graph(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let files: BTreeMap<&[String], &Source> =
        sources.iter().map(|source| (&source.module[..], source)).collect();
    let mut doors: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for source in sources {
        for (path, _) in source.uses().into_iter().filter(|(_, door)| *door) {
            if let Some(name) = path.last() {
                let shown = [&source.module[..], std::slice::from_ref(name)].concat();
                doors.insert(shown, path);
            }
        }
    }
    let find = |path: &[String]| {
        let mut path = path.to_vec();
        // Through one door after the other.
        for _ in 0..4 {
            let through = (1..=path.len()).find_map(|end| {
                let to = doors.get(&path[..end]).filter(|to| to[..] != path[..end])?;
                Some([&to[..], &path[end..]].concat())
            });
            match through {
                Some(next) => path = next,
                None => break,
            }
        }
        (1..=path.len()).rev().find_map(|end| files.get(&path[..end]).copied())
    };
    let mut graph = BTreeMap::new();
    for source in sources {
        // What is handed on counts as used if the file says it in its own code as well.
        let body: BTreeSet<&str> = source.code.split_inclusive(';').flat_map(own_names).collect();
        let is_used = |path: &[String]| path.last().is_some_and(|name| body.contains(&**name));
        let used = source.uses().into_iter().filter(|(path, door)| !door || is_used(path));
        let used: BTreeSet<&str> = used
            .filter_map(|(path, _)| find(&path))
            .map(|used| &*used.path)
            .filter(|used| *used != source.path)
            .collect();
        graph.insert(&*source.path, used);
    }
    graph
}

/// Groups of files each of which uses, perhaps through others, all of its group.
pub fn circles<'s>(graph: &BTreeMap<&'s str, BTreeSet<&'s str>>) -> BTreeSet<Vec<&'s str>> {
    let reach = |from: &'s str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            next.extend(graph[file].iter().filter(|used| seen.insert(**used)));
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|file| (*file, reach(file))).collect();
    let mut found = BTreeSet::new();
    for (file, all) in &reached {
        let group: Vec<&str> =
            all.iter().copied().filter(|other| reached[other].contains(file)).collect();
        if group.len() > 1 {
            found.insert(group);
        }
    }
    found
}
