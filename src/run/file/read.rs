//! Reads a scenario file. Whatever it says that a scenario does not have is refused.

use super::item::{Item, error};
use super::toml;
use crate::knobs::{InputError, KnobId, Knobs};
use crate::pool::{Hang, JobId, WorkerId};
use crate::run::command::check_time;
use crate::run::{Chapter, Command, Scenario, TimedCommand, WallClock};

const KEYS: [&str; 8] =
    ["name", "about", "seed", "clock", "length_s", "knobs", "commands", "chapters"];
const TIMED: [&str; 7] = ["at_s", "set", "burst", "poison", "hang", "kill", "drain"];
/// How long a run is when the file does not say, in seconds.
const LENGTH: f64 = 300.0;

/// The scenario of a file, checked.
pub(in crate::run) fn read(text: &str) -> Result<Scenario, InputError> {
    let root = toml::parse(text).map_err(|broken| error(text, broken.at, &broken.say(text)))?;
    scenario(&Item::root(text, &root))
}

fn scenario(item: &Item) -> Result<Scenario, InputError> {
    item.only(&KEYS)?;
    let name = item.need("name")?.text()?.to_owned();
    let mut read = Scenario { name, length_s: LENGTH, ..Scenario::default() };
    if let Some(about) = item.find("about") {
        about.text()?.clone_into(&mut read.about);
    }
    if let Some(seed) = item.find("seed") {
        read.seed = seed.whole(Scenario::MAX_SEED)?;
    }
    if let Some(shown) = item.find("clock") {
        let clock = WallClock::try_from(shown.text()?.to_owned());
        read.clock = clock.map_err(|what| shown.refuse(&what))?;
    }
    if let Some(length) = item.find("length_s") {
        read.length_s = time(&length, "`length_s`")?;
    }
    if let Some(knobs) = item.find("knobs") {
        read.knobs = turned(&knobs)?;
    }
    if let Some(list) = item.find("commands") {
        for item in list.list()? {
            read.commands.push(timed(&item)?);
        }
    }
    if let Some(list) = item.find("chapters") {
        for item in list.list()? {
            read.chapters.push(chapter(&item)?);
        }
    }
    read.check()?;
    Ok(read)
}

fn time(item: &Item, field: &str) -> Result<f64, InputError> {
    let seconds = item.number()?;
    check_time(field, seconds).map_err(|what| item.refuse(&what))?;
    Ok(seconds)
}

fn turned(item: &Item) -> Result<Knobs, InputError> {
    let mut knobs = Knobs::default();
    for entry in item.entries()? {
        let value = entry.value()?;
        let turned = KnobId::find(entry.name).and_then(|knob| knobs.set(knob, &value));
        turned.map_err(|what| entry.refuse(&what))?;
    }
    Ok(knobs)
}

fn chapter(item: &Item) -> Result<Chapter, InputError> {
    item.only(&["at_s", "tell"])?;
    let at_s = time(&item.need("at_s")?, "chapter `at_s`")?;
    Ok(Chapter { at_s, tell: item.need("tell")?.text()?.to_owned() })
}

fn timed(item: &Item) -> Result<TimedCommand, InputError> {
    item.only(&TIMED)?;
    let at_s = time(&item.need("at_s")?, "command `at_s`")?;
    let mut given = item.entries()?;
    given.retain(|one| one.name != "at_s");
    let [given] = &given[..] else {
        let count = format!("{} commands", given.len());
        let allowed = format!("allowed: one of {}", TIMED[1..].join(", "));
        return Err(item.refuse(&InputError::new("entry of `commands`", count, allowed)));
    };
    let command = command(given)?;
    command.check().map_err(|what| given.refuse(&what))?;
    Ok(TimedCommand { at_s, command })
}

fn command(item: &Item) -> Result<Command, InputError> {
    let number = |key: &str| item.need(key)?.whole(u32::MAX.into()).map(|number| number as u32);
    let alone = |key: &str| item.only(&[key]).and_then(|()| number(key));
    let worker = |key: &str| alone(key).map(WorkerId);
    Ok(match item.name {
        "set" => {
            item.only(&["knob", "value"])?;
            let name = item.need("knob")?.text()?;
            let knob = KnobId::find(name).map_err(|what| item.refuse(&what))?;
            Command::Set { knob, value: item.need("value")?.value()? }
        }
        "burst" => Command::Burst { jobs: alone("jobs")? },
        "poison" => {
            item.only(&["job"])?;
            let job = item.find("job").map(|_| number("job").map(JobId));
            Command::Poison { job: job.transpose()? }
        }
        "hang" => {
            item.only(&["worker", "how"])?;
            let how = item.find("how").map(|how| hang(&how));
            Command::Hang {
                worker: WorkerId(number("worker")?),
                how: how.transpose()?.unwrap_or_default(),
            }
        }
        "kill" => Command::Kill { worker: worker("worker")? },
        _ => Command::Drain { worker: worker("worker")? },
    })
}

fn hang(item: &Item) -> Result<Hang, InputError> {
    let given = item.text()?;
    let known = Hang::ALL.into_iter().find(|known| known.name() == given);
    known.ok_or_else(|| {
        let allowed = format!("allowed: {}", Hang::ALL.map(Hang::name).join(", "));
        item.refuse(&InputError::new("`how`", given, allowed))
    })
}
