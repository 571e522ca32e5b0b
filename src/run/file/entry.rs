//! An entry of `commands`: a time, and exactly one command.

use serde::de::{Deserialize, Deserializer, Error};

use crate::guard::Rollout;
use crate::knobs::{InputError, KnobId, Value};
use crate::pool::{Hang, JobId, WorkerId};
use crate::run::check;
use crate::run::command::{Command, TimedCommand};

/// As it stands in the file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table with `at_s` and a command")]
struct Entry {
    #[serde(deserialize_with = "check::read_time")]
    at_s: f64,
    set: Option<Set>,
    burst: Option<Burst>,
    poison: Option<Poison>,
    hang: Option<HangUp>,
    kill: Option<One>,
    drain: Option<One>,
    deploy: Option<Deploy>,
}

/// A knob and a value that it takes.
#[derive(serde::Deserialize)]
#[serde(try_from = "Setting")]
struct Set {
    knob: KnobId,
    value: Value,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { knob = \"workers\", value = 20 }")]
struct Setting {
    knob: KnobId,
    value: Value,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { jobs = 40 }")]
struct Burst {
    #[serde(deserialize_with = "check::read_whole::<1, { Command::MAX_JOBS as u64 }, _>")]
    jobs: u64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { job = 12 }, or {} for the next job")]
struct Poison {
    #[serde(default, deserialize_with = "job")]
    job: Option<JobId>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { worker = 3, how = \"spinning\" }")]
struct HangUp {
    #[serde(deserialize_with = "check::read_id")]
    worker: u32,
    #[serde(default)]
    how: Hang,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { worker = 3 }")]
struct One {
    #[serde(deserialize_with = "check::read_id")]
    worker: u32,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { how = \"rolling\", grace_s = 30 }")]
struct Deploy {
    #[serde(default)]
    how: Rollout,
    #[serde(default = "default_grace", deserialize_with = "read_grace")]
    grace_s: f64,
}

fn default_grace() -> f64 {
    Command::DEFAULT_GRACE
}

fn read_grace<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let grace_s = f64::deserialize(from)?;
    let command = Command::Deploy { how: Rollout::default(), grace_s };
    command.check().map(|()| grace_s).map_err(D::Error::custom)
}

fn job<'de, D: Deserializer<'de>>(from: D) -> Result<Option<JobId>, D::Error> {
    check::read_id(from).map(|job| Some(JobId(job)))
}

impl TryFrom<Setting> for Set {
    type Error = InputError;

    fn try_from(Setting { knob, value }: Setting) -> Result<Self, InputError> {
        knob.row().check(&value)?;
        Ok(Self { knob, value })
    }
}

impl<'de> Deserialize<'de> for TimedCommand {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Entry { at_s, set, burst, poison, hang, kill, drain, deploy } =
            Entry::deserialize(from)?;
        let given = [
            set.map(|Set { knob, value }| Command::Set { knob, value }),
            burst.map(|Burst { jobs }| Command::Burst { jobs: jobs as u32 }),
            poison.map(|Poison { job }| Command::Poison { job }),
            hang.map(|HangUp { worker, how }| Command::Hang { worker: WorkerId(worker), how }),
            kill.map(|One { worker }| Command::Kill { worker: WorkerId(worker) }),
            drain.map(|One { worker }| Command::Drain { worker: WorkerId(worker) }),
            deploy.map(|Deploy { how, grace_s }| Command::Deploy { how, grace_s }),
        ];
        let mut given: Vec<Command> = given.into_iter().flatten().collect();
        match (given.pop(), given.len()) {
            (Some(command), 0) => Ok(Self { at_s, command }),
            (last, others) => {
                let count = format!("{} commands", others + usize::from(last.is_some()));
                let allowed = "allowed: one of set, burst, poison, hang, kill, drain, deploy";
                Err(D::Error::custom(InputError::new("entry of `commands`", count, allowed)))
            }
        }
    }
}
