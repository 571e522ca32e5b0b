//! Writes a scenario file as users would: each command in one line, whole numbers without a point.

use toml_writer::ToTomlValue;

use crate::knobs::{Knobs, Value};
use crate::run::{Chapter, Command, Scenario, TimedCommand};

/// The text of the file.
pub(super) fn write(scenario: &Scenario) -> String {
    let Scenario { name, about, seed, clock, length_s, knobs, commands, chapters } = scenario;
    let mut file = format!(
        "name = {}\nabout = {}\nseed = {seed}\nclock = {}\nlength_s = {}\n",
        text(name),
        text(about),
        text(&clock.to_string()),
        number(*length_s),
    );
    let changed = knobs.changed_from(&Knobs::default());
    if !changed.is_empty() {
        file += "\n[knobs]\n";
    }
    for (knob, setting) in &changed {
        file += &format!("{} = {}\n", knob.name(), value(setting));
    }
    for TimedCommand { at_s, command: given } in commands {
        file += &format!("\n[[commands]]\nat_s = {}\n{}\n", number(*at_s), command(given));
    }
    for Chapter { at_s, tell } in chapters {
        file += &format!("\n[[chapters]]\nat_s = {}\ntell = {}\n", number(*at_s), text(tell));
    }
    file
}

fn command(command: &Command) -> String {
    match command {
        Command::Set { knob, value: to } => {
            format!("set = {{ knob = {}, value = {} }}", text(knob.name()), value(to))
        }
        Command::Burst { jobs } => format!("burst = {{ jobs = {jobs} }}"),
        Command::Poison { job: Some(job) } => format!("poison = {{ job = {job} }}"),
        Command::Poison { job: None } => "poison = {}".to_owned(),
        Command::Hang { worker, how } => {
            format!("hang = {{ worker = {worker}, how = {} }}", text(how.name()))
        }
        Command::Kill { worker } => format!("kill = {{ worker = {worker} }}"),
        Command::Drain { worker } => format!("drain = {{ worker = {worker} }}"),
        Command::Deploy { how, grace_s } => {
            format!("deploy = {{ how = {}, grace_s = {} }}", text(how.name()), number(*grace_s))
        }
    }
}

fn text(text: &str) -> String {
    text.to_toml_value()
}

fn value(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(value) => number(*value),
        Value::Word(word) => text(word),
    }
}

/// Whole numbers as such; but a whole number has no sign without a value.
fn number(number: f64) -> String {
    const EXACT: f64 = (1_u64 << 53) as f64;
    let negative_zero = number == 0.0 && number.is_sign_negative();
    if number == libm::trunc(number) && number.abs() < EXACT && !negative_zero {
        (number as i64).to_string()
    } else {
        number.to_toml_value()
    }
}
