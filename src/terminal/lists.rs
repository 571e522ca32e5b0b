//! Lists of what there is: knobs and scenarios, made from their tables.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use super::args::Format;
use crate::knobs::{Bounds, Group, InputError, KnobId, Knobs};
use crate::run::{BUILT_IN, built_in};
use crate::watch::to_json;

/// The list that was asked for in the place of a scenario, if it is one.
///
/// # Errors
/// If there is no such list in this format.
pub fn list(what: &str, format: Format) -> Result<Option<String>, InputError> {
    let text = match (what, format) {
        ("knobs", Format::Text) => knobs_text(),
        ("knobs", Format::Json) => to_json(&knobs_json()),
        ("knobs", Format::Markdown) => knobs_markdown(),
        ("scenarios", Format::Text) => scenarios_text(),
        ("scenarios", Format::Json) => to_json(&scenarios_json()),
        ("knobs" | "scenarios", _) => {
            let given = format!("{format:?}").to_lowercase();
            let allowed = "allowed: text or json, and markdown for `knobs`";
            return Err(InputError::new(format!("--format of `{what}`"), given, allowed));
        }
        _ => return Ok(None),
    };
    Ok(Some(text))
}

/// All knobs, for people.
fn knobs_text() -> String {
    let (mut text, defaults) = (String::new(), Knobs::default());
    for group in Group::ALL {
        text += &format!("{}\n", group.title());
        for (knob, default) in KnobId::of(group).map(|id| (id.row(), defaults.get(id))) {
            let value = knob.text_with_unit(&default);
            text += &format!("  {:<26} {value:<18} {}\n", knob.name, knob.help);
        }
        text.push('\n');
    }
    text
}

/// All knobs, as the table of docs/knobs.md.
fn knobs_markdown() -> String {
    let mut text = "# Knobs\n\n\
        Everything that can be set, by `--set NAME=VALUE`, in links, in scenario files and on the \
        page.\nTimes are in seconds, memory in MiB; shares are written from 0 to 1, or in per cent \
        (`0.05`, `5 %`).\nThis file is what `zombie-workers knobs --format markdown` prints.\n"
        .to_owned();
    let defaults = Knobs::default();
    for group in Group::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n## {}\n", group.title());
        text += "| knob | on the page | default | allowed | what it does |\n";
        text += "| --- | --- | --- | --- | --- |\n";
        for (knob, default) in KnobId::of(group).map(|id| (id.row(), defaults.get(id))) {
            let (value, allowed) = (knob.text(&default), knob.allowed());
            let _ = writeln!(
                text,
                "| `{}` | {} | {value} | {allowed} | {} |",
                knob.name, knob.title, knob.help
            );
        }
    }
    text
}

/// All knobs, for programs.
fn knobs_json() -> Json {
    KnobId::ALL.iter().map(|&knob| knob_json(knob)).collect()
}

fn knob_json(id: KnobId) -> Json {
    let knob = id.row();
    let (kind, min, max, words) = match knob.bounds {
        Bounds::Flag => ("flag", Json::Null, Json::Null, Json::Null),
        Bounds::Whole(min, max) => ("whole", json!(min), json!(max), Json::Null),
        Bounds::Real(min, max) => ("real", json!(min), json!(max), Json::Null),
        Bounds::Share(min, max) => ("share", json!(min), json!(max), Json::Null),
        Bounds::Words(words) => ("word", Json::Null, Json::Null, json!(words)),
    };
    json!({
        "name": knob.name,
        "title": knob.title,
        "group": knob.group.title(),
        "unit": knob.unit,
        "kind": kind,
        "default": Knobs::default().get(id),
        "min": min,
        "max": max,
        "words": words,
        "help": knob.help,
    })
}

/// All scenarios: name and what one sees.
fn scenarios() -> impl Iterator<Item = (String, String, u64, f64)> {
    BUILT_IN.iter().filter_map(|(name, _)| {
        let scenario = built_in(name).ok()?;
        Some((scenario.name, scenario.about, scenario.seed, scenario.length_s))
    })
}

/// All scenarios, for people.
fn scenarios_text() -> String {
    scenarios().map(|(name, about, _, _)| format!("{name:<22} {about}\n")).collect()
}

/// All scenarios, for programs.
fn scenarios_json() -> Json {
    scenarios()
        .map(|(name, about, seed, length)| {
            json!({ "name": name, "about": about, "seed": seed, "length_s": length })
        })
        .collect()
}
