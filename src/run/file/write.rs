//! Writes a scenario file.

use crate::knobs::{Knobs, Value};
use crate::run::{Chapter, Command, Scenario, TimedCommand};

/// The text of the file.
pub(in crate::run) fn write(scenario: &Scenario) -> String {
    let Scenario { name, about, seed, clock, length_s, knobs, commands, chapters } = scenario;
    let mut file = format!(
        "name = {}\nabout = {}\nseed = {seed}\nclock = \"{clock}\"\nlength_s = {}\n",
        quoted(name),
        quoted(about),
        number(*length_s)
    );
    let changed = knobs.changed_from(&Knobs::default());
    if !changed.is_empty() {
        file += "\n[knobs]\n";
    }
    for (knob, value) in &changed {
        file += &format!("{} = {}\n", knob.name(), shown(value));
    }
    for TimedCommand { at_s, command } in commands {
        let at_s = number(*at_s);
        file += &format!("\n[[commands]]\nat_s = {at_s}\n{}\n", said(command));
    }
    for Chapter { at_s, tell } in chapters {
        let at_s = number(*at_s);
        file += &format!("\n[[chapters]]\nat_s = {at_s}\ntell = {}\n", quoted(tell));
    }
    file
}

fn said(command: &Command) -> String {
    match command {
        Command::Set { knob, value } => {
            format!("set = {{ knob = {}, value = {} }}", quoted(knob.name()), shown(value))
        }
        Command::Burst { jobs } => format!("burst = {{ jobs = {jobs} }}"),
        Command::Poison { job: None } => "poison = {}".to_owned(),
        Command::Poison { job: Some(job) } => format!("poison = {{ job = {job} }}"),
        Command::Hang { worker, how } => {
            format!("hang = {{ worker = {worker}, how = \"{}\" }}", how.name())
        }
        Command::Kill { worker } => format!("kill = {{ worker = {worker} }}"),
        Command::Drain { worker } => format!("drain = {{ worker = {worker} }}"),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(figure) => number(*figure),
        Value::Word(word) => quoted(word),
    }
}

/// The shortest form that reads as the same number.
fn number(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    let exact = format!("{number:?}");
    match exact.strip_suffix(".0") {
        // A whole number has no sign without a value.
        Some(whole) if whole != "-0" => whole.to_owned(),
        _ => exact,
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
