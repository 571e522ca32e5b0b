//! The scenario file, as people would write it: the clock beside the seconds, short numbers.

use zombie_workers::kernel::Instant;
use zombie_workers::knobs::{Knobs, Value};
use zombie_workers::run::{Command, Scenario};

/// The text of the file; [`Scenario::from_toml`] reads it.
pub fn print(scenario: &Scenario) -> String {
    let Scenario { name, about, seed, clock, length_s, .. } = scenario;
    let mut text = format!(
        "# Found by `cargo run --release --example incident_search`, which tells how.\n\
         name = {name:?}\nabout = {about:?}\nseed = {seed}\nclock = \"{clock}\"\n\
         length_s = {length_s}\n\n[knobs]\n"
    );
    let mut changed = scenario.knobs.changed_from(&Knobs::default());
    changed.sort_by_key(|(knob, _)| knob.name());
    for (knob, value) in changed {
        text += &format!("{} = {}\n", knob.name(), shown(&value));
    }
    let head = |list: &str, at: Instant, at_s: f64| {
        format!("\n[[{list}]] # {}\nat_s = {at_s}\n", clock.at(at))
    };
    for timed in &scenario.commands {
        text += &head("commands", timed.at(), timed.at_s);
        text += &match &timed.command {
            Command::Set { knob, value } => {
                format!("set = {{ knob = {:?}, value = {} }}\n", knob.name(), shown(value))
            }
            Command::Burst { jobs } => format!("burst = {{ jobs = {jobs} }}\n"),
            other => unreachable!("no dial gives {other:?}"),
        };
    }
    for chapter in &scenario.chapters {
        text += &head("chapters", chapter.at(), chapter.at_s);
        text += &format!("tell = {:?}\n", chapter.tell);
    }
    text
}

fn shown(value: &Value) -> String {
    match value {
        Value::Word(word) => format!("{word:?}"),
        other => other.to_string(),
    }
}
