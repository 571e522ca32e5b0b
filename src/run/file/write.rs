//! Writes a scenario file as users would: each command in one line, whole numbers without a point.

use serde::Serialize;
use toml::Value as Toml;

use crate::knobs::Knobs;
use crate::run::{Chapter, Scenario, TimedCommand};

/// The text of the file.
pub(super) fn write(scenario: &Scenario) -> String {
    let Scenario { name, about, seed, clock, length_s, knobs, commands, chapters } = scenario;
    let mut file = line("name", name)
        + &line("about", about)
        + &line("seed", seed)
        + &line("clock", clock.to_string())
        + &line("length_s", length_s);
    let changed = knobs.changed_from(&Knobs::default());
    if !changed.is_empty() {
        file += "\n[knobs]\n";
    }
    file.extend(changed.iter().map(|(knob, value)| line(knob.name(), value)));
    for TimedCommand { at_s, command } in commands {
        file += &format!("\n[[commands]]\n{}", line("at_s", at_s));
        // The name of a command is that of its variant.
        if let Ok(Toml::Table(said)) = Toml::try_from(command) {
            file.extend(said.into_iter().map(|(name, what)| line(&name, what)));
        }
    }
    for Chapter { at_s, tell } in chapters {
        file += &format!("\n[[chapters]]\n{}{}", line("at_s", at_s), line("tell", tell));
    }
    file
}

/// A line of the file.
fn line(name: &str, value: impl Serialize) -> String {
    // Texts, numbers, flags, and tables of them: always writable.
    Toml::try_from(value).map(|value| format!("{name} = {}\n", plain(value))).unwrap_or_default()
}

/// The same, with whole numbers as such. A whole number has no sign without a value.
fn plain(value: Toml) -> Toml {
    const EXACT: f64 = (1_u64 << 53) as f64;
    match value {
        Toml::Float(number) if number == libm::trunc(number) && number.abs() < EXACT => {
            let negative_zero = number == 0.0 && number.is_sign_negative();
            if negative_zero { Toml::Float(number) } else { Toml::Integer(number as i64) }
        }
        Toml::Table(table) => {
            Toml::Table(table.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
        other => other,
    }
}
