//! Lists of what there is: knobs and scenarios, made from their tables.

use serde_json::{Value as Json, json};

use crate::knobs::{Bounds, Group, KnobId, Knobs};
use crate::run::{BUILT_IN, built_in};

/// All knobs, for people.
pub fn knobs_text() -> String {
    let (mut text, defaults) = (String::new(), Knobs::default());
    for group in Group::ALL {
        text += &format!("{}\n", group.title());
        for (knob, default) in KnobId::of(group).map(|id| (id.row(), defaults.get(id))) {
            let unit = if knob.unit.is_empty() { String::new() } else { format!(" {}", knob.unit) };
            let value = format!("{default}{unit}");
            text += &format!("  {:<26} {value:<18} {}\n", knob.name, knob.help);
        }
        text.push('\n');
    }
    text
}

/// All knobs, for programs.
pub fn knobs_json() -> Json {
    KnobId::ALL.iter().map(|&knob| knob_json(knob)).collect()
}

fn knob_json(id: KnobId) -> Json {
    let knob = id.row();
    let (kind, min, max, words) = match knob.bounds {
        Bounds::Flag => ("flag", Json::Null, Json::Null, Json::Null),
        Bounds::Whole(min, max) => ("whole", json!(min), json!(max), Json::Null),
        Bounds::Real(min, max) => ("real", json!(min), json!(max), Json::Null),
        Bounds::Words(words) => ("word", Json::Null, Json::Null, json!(words)),
    };
    json!({
        "name": knob.name,
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
pub fn scenarios_text() -> String {
    scenarios().map(|(name, about, _, _)| format!("{name:<22} {about}\n")).collect()
}

/// All scenarios, for programs.
pub fn scenarios_json() -> Json {
    scenarios()
        .map(|(name, about, seed, length)| {
            json!({ "name": name, "about": about, "seed": seed, "length_s": length })
        })
        .collect()
}
