//! Reads what stands in a scenario file.

use toml::Spanned;
use toml::de::DeTable;

use super::table::{Fault, Item, Read, Table};
use crate::guard::Rollout;
use crate::knobs::{InputError, KnobId, Knobs};
use crate::pool::{Hang, JobId, WorkerId};
use crate::run::check::{MAX_LINE, MAX_NAME};
use crate::run::{Chapter, Command, Scenario, TimedCommand, WallClock};

const FIELDS: &[&str] =
    &["name", "about", "seed", "clock", "length_s", "knobs", "commands", "chapters"];

/// Reads the whole file.
pub(super) fn scenario(file: &Spanned<DeTable<'_>>) -> Read<Scenario> {
    let file = Table::new(0, file.get_ref(), FIELDS)?;
    Ok(Scenario {
        name: file.need("name")?.line(MAX_NAME)?,
        about: file.get("about").map_or(Ok(String::new()), |about| about.line(MAX_LINE))?,
        seed: file.get("seed").map_or(Ok(0), |seed| seed.whole(0, Scenario::MAX_SEED))?,
        clock: file.get("clock").map_or(Ok(WallClock::default()), clock)?,
        length_s: file.get("length_s").map_or(Ok(Scenario::DEFAULT_LENGTH), Item::time)?,
        knobs: file.get("knobs").map_or(Ok(Knobs::default()), knobs)?,
        commands: list(file.get("commands"), command)?,
        chapters: list(file.get("chapters"), chapter)?,
    })
}

fn list<'a, T>(item: Option<Item<'a>>, read: fn(Item<'a>) -> Read<T>) -> Read<Vec<T>> {
    item.map_or(Ok(Vec::new()), |item| item.list()?.map(read).collect())
}

fn clock(item: Item<'_>) -> Read<WallClock> {
    WallClock::try_from(item.text()?.to_owned()).map_err(|error| item.fault(error))
}

/// A table of knobs and values; what it does not name has its default.
fn knobs(item: Item<'_>) -> Read<Knobs> {
    let mut knobs = Knobs::default();
    for (name, value) in item.all("a table of knobs and values")? {
        let at_name = |error: InputError| Fault::from((name.span().start, error));
        let knob = KnobId::find(name.get_ref()).map_err(at_name)?;
        let value = Item::new(value);
        knobs.set(knob, &value.value()?).map_err(|error| value.fault(error))?;
    }
    Ok(knobs)
}

fn chapter(item: Item<'_>) -> Read<Chapter> {
    let chapter = item.table(&["at_s", "tell"], "a table with `at_s` and `tell`")?;
    Ok(Chapter { at_s: chapter.need("at_s")?.time()?, tell: chapter.need("tell")?.line(MAX_LINE)? })
}

/// How what stands behind the name of a command is read.
type ReadCommand = fn(Item<'_>) -> Read<Command>;

/// The commands of a file.
const COMMANDS: [(&str, ReadCommand); 7] = [
    ("set", set),
    ("burst", burst),
    ("poison", poison),
    ("hang", hang),
    ("kill", |item| Ok(Command::Kill { worker: one_worker(item)? })),
    ("drain", |item| Ok(Command::Drain { worker: one_worker(item)? })),
    ("deploy", deploy),
];

/// An entry of `commands`: a time, and exactly one command.
fn command(item: Item<'_>) -> Read<TimedCommand> {
    let names = COMMANDS.map(|(name, _)| name);
    let known = [&["at_s"], &names[..]].concat();
    let entry = item.table(&known, "a table with `at_s` and a command")?;
    let at_s = entry.need("at_s")?.time()?;
    let given = COMMANDS.iter().filter_map(|(name, read)| Some((entry.get(name)?, read)));
    let given: Vec<_> = given.collect();
    let [(said, read)] = given[..] else {
        let allowed = format!("allowed: one of {}", names.join(", "));
        let count = format!("{} commands", given.len());
        let error = InputError::new("entry of `commands`", count, allowed);
        return Err(entry.fault(error.to_string()));
    };
    Ok(TimedCommand { at_s, command: read(said)? })
}

fn set(item: Item<'_>) -> Read<Command> {
    let set =
        item.table(&["knob", "value"], "a table such as { knob = \"workers\", value = 20 }")?;
    let name = set.need("knob")?;
    let knob = KnobId::find(name.text()?).map_err(|error| name.fault(error))?;
    let value = set.need("value")?.value()?;
    knob.row().check(&value).map_err(|error| item.fault(error))?;
    Ok(Command::Set { knob, value })
}

fn burst(item: Item<'_>) -> Read<Command> {
    let burst = item.table(&["jobs"], "a table such as { jobs = 40 }")?;
    let jobs = burst.need("jobs")?.whole(1, u64::from(Command::MAX_JOBS))?;
    Ok(Command::Burst { jobs: jobs as u32 })
}

fn poison(item: Item<'_>) -> Read<Command> {
    let poison = item.table(&["job"], "a table such as { job = 12 }, or {} for the next job")?;
    Ok(Command::Poison { job: poison.get("job").map(id).transpose()?.map(JobId) })
}

fn hang(item: Item<'_>) -> Read<Command> {
    let expected = "a table such as { worker = 3, how = \"spinning\" }";
    let hang = item.table(&["worker", "how"], expected)?;
    let worker = WorkerId(id(hang.need("worker")?)?);
    let ways = Hang::ALL.map(|how| (how.name(), how));
    let how = hang.get("how").map_or(Ok(Hang::default()), |how| how.word(ways))?;
    Ok(Command::Hang { worker, how })
}

fn one_worker(item: Item<'_>) -> Read<WorkerId> {
    let one = item.table(&["worker"], "a table such as { worker = 3 }")?;
    Ok(WorkerId(id(one.need("worker")?)?))
}

fn deploy(item: Item<'_>) -> Read<Command> {
    let expected = "a table such as { how = \"rolling\", grace_s = 30 }";
    let deploy = item.table(&["how", "grace_s"], expected)?;
    let ways = Rollout::ALL.map(|how| (how.name(), how));
    let how = deploy.get("how").map_or(Ok(Rollout::default()), |how| how.word(ways))?;
    let grace = |grace: Item<'_>| grace.number(0.0, Command::MAX_GRACE);
    let grace_s = deploy.get("grace_s").map_or(Ok(Command::DEFAULT_GRACE), grace)?;
    Ok(Command::Deploy { how, grace_s })
}

/// The number of a worker or a job.
fn id(item: Item<'_>) -> Read<u32> {
    item.whole(0, u64::from(u32::MAX)).map(|id| id as u32)
}
