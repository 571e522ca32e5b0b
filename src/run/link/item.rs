//! Commands as people write them in a link: `30:toxic_share=0.03;60.5:kill=12`.

use super::super::command::{Command, TimedCommand, in_order};
use super::view::input_error;
use crate::guard::Rollout;
use crate::kernel::Instant;
use crate::knobs::{InputError, KnobId, TABLE};
use crate::pool::{Hang, JobId, WorkerId};

/// The words of commands that are not knobs.
pub(super) const VERBS: [&str; 6] = ["burst", "poison", "hang", "kill", "drain", "deploy"];

/// The list as text.
pub(super) fn write_list(list: &[TimedCommand]) -> String {
    let items = list.iter().map(|timed| write_item(timed.at(), &write_command(&timed.command)));
    items.collect::<Vec<_>>().join(";")
}

/// A command of a list that was written already.
pub(super) fn write_item(at: Instant, command: &str) -> String {
    format!("{}:{command}", at.as_secs_f64())
}

/// Reads a list; it comes out in the order of time.
pub(super) fn read_list(word: &str, text: &str) -> Result<Vec<TimedCommand>, InputError> {
    let items = text.split(';').filter(|item| !item.is_empty());
    let mut list = items.map(|item| read(word, item)).collect::<Result<Vec<_>, _>>()?;
    in_order(&mut list);
    Ok(list)
}

/// A command without its time.
pub(super) fn write_command(command: &Command) -> String {
    match command {
        Command::Set { knob, value } => format!("{}={value}", knob.name()),
        Command::Burst { jobs } => format!("burst={jobs}"),
        Command::Poison { job: None } => "poison".to_owned(),
        Command::Poison { job: Some(job) } => format!("poison={job}"),
        Command::Hang { worker, how: Hang::Parked } => format!("hang={worker}"),
        Command::Hang { worker, how } => format!("hang={worker},{}", how.name()),
        Command::Kill { worker } => format!("kill={worker}"),
        Command::Drain { worker } => format!("drain={worker}"),
        Command::Deploy { how, grace_s } if *grace_s == Command::DEFAULT_GRACE => {
            format!("deploy={}", how.name())
        }
        Command::Deploy { how, grace_s } => format!("deploy={},{grace_s}", how.name()),
    }
}

fn read(word: &str, item: &str) -> Result<TimedCommand, InputError> {
    let wrong = |allowed: &str| input_error(word, item, allowed);
    let form = "allowed: SECONDS:WHAT=VALUE, such as 30:toxic_share=0.03 or 60:kill=12";
    let (at, what) = item.split_once(':').ok_or_else(|| wrong(form))?;
    let at_s: f64 = at.parse().map_err(|_| wrong(form))?;
    let (verb, value) = match what.split_once('=') {
        Some((verb, value)) => (verb, Some(value)),
        None => (what, None),
    };
    let number = |value: Option<&str>| -> Result<u32, InputError> {
        let value = value.and_then(|value| value.parse().ok());
        value.ok_or_else(|| wrong("allowed: a whole number after the `=`"))
    };
    let worker = |value| number(value).map(WorkerId);
    let command = match verb {
        "burst" => Command::Burst { jobs: number(value)? },
        "poison" if value.is_none() => Command::Poison { job: None },
        "poison" => Command::Poison { job: Some(JobId(number(value)?)) },
        "hang" => {
            let (named, how) = value.unwrap_or_default().split_once(',').unzip();
            let worker = worker(named.or(value))?;
            let known =
                Hang::ALL.into_iter().find(|known| how.is_none_or(|how| how == known.name()));
            let how = known.ok_or_else(|| wrong("allowed: hang=WORKER or hang=WORKER,spinning"))?;
            Command::Hang { worker, how }
        }
        "kill" => Command::Kill { worker: worker(value)? },
        "drain" => Command::Drain { worker: worker(value)? },
        "deploy" => deploy(value.unwrap_or_default()).ok_or_else(|| {
            wrong("allowed: deploy=rolling, deploy=at_once, or deploy=HOW,SECONDS")
        })?,
        name => {
            let Ok(knob) = KnobId::find(name) else {
                let known = TABLE.iter().map(|row| row.name).chain(VERBS);
                return Err(InputError::unknown(&format!("link, `{word}`"), name, known));
            };
            let value = knob.row().read_text(value.ok_or_else(|| wrong(form))?);
            Command::Set { knob, value }
        }
    };
    let timed = TimedCommand { at_s, command };
    timed.check()?;
    Ok(TimedCommand::new(timed.at(), timed.command))
}

/// How, and perhaps the seconds of grace.
fn deploy(value: &str) -> Option<Command> {
    let (named, grace) = value.split_once(',').unzip();
    let named = named.unwrap_or(value);
    let how = Rollout::ALL.into_iter().find(|how| how.name() == named)?;
    let grace_s = grace.map_or(Some(Command::DEFAULT_GRACE), |grace| grace.parse().ok())?;
    Some(Command::Deploy { how, grace_s })
}
