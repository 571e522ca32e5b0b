//! A line of the shell: what is asked for, what it costs, and the filters behind it.

use super::pipe::Filter;
use crate::knobs::{Fix, Group, InputError, KnobId, Value, nearest};
use crate::pool::WorkerId;
use crate::run::Command;

/// What a line asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Request {
    /// To see something.
    Look(Look),
    /// To do something to the pool; it takes effect when its price is paid.
    Act(Vec<Command>),
    /// To let time pass, in seconds.
    Wait(u64),
    /// To be told what there is.
    Help,
}

/// What can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look {
    /// The old dashboard.
    Dash,
    /// Every process of the pool.
    Ps,
    /// The host.
    Htop,
    /// The system calls of a process.
    Strace(WorkerId),
    /// Jobs in progress, or those of them past the knob `hung_after_s`.
    Jobs {
        /// Whether only the latter are asked for.
        stuck: bool,
    },
}

/// The longest that one line may wait, in seconds.
const MAX_WAIT: u64 = 3_600;

/// The forms of all commands.
pub(super) const FORMS: [&str; 12] = [
    "dash",
    "ps aux",
    "htop",
    "strace -p PID",
    "jobs [--stuck]",
    "kill PID",
    "kill -9 PID",
    "scale N",
    "set KNOB VALUE",
    "deploy FIX… | all",
    "wait SECONDS",
    "help",
];

/// Reads a line: the request and its filters.
///
/// # Errors
/// If there is no such command or filter, or a value is not allowed.
pub(super) fn read(line: &str) -> Result<(Request, Vec<Filter>), InputError> {
    let mut parts = line.split('|');
    let request = request(parts.next().unwrap_or_default().trim())?;
    Ok((request, parts.map(Filter::read).collect::<Result<_, _>>()?))
}

fn request(text: &str) -> Result<Request, InputError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let look = |look| Ok(Request::Look(look));
    match words[..] {
        ["dash"] => look(Look::Dash),
        ["ps", "aux"] | ["ps"] => look(Look::Ps),
        ["htop"] => look(Look::Htop),
        ["strace", "-p", pid] => look(Look::Strace(worker(pid)?)),
        ["jobs"] => look(Look::Jobs { stuck: false }),
        ["jobs", "--stuck"] => look(Look::Jobs { stuck: true }),
        ["kill", "-9", pid] => act([Command::Kill { worker: worker(pid)? }]),
        ["kill", pid] => act([Command::Drain { worker: worker(pid)? }]),
        ["scale", count] => act([set("workers", count)?]),
        ["set", knob, value] => act([set(knob, value)?]),
        ["deploy", "all"] => act(Fix::ALL.map(switch_on)),
        ["deploy", ref fixes @ ..] if !fixes.is_empty() => {
            act(fixes.iter().map(|name| fix(name)).collect::<Result<Vec<_>, _>>()?)
        }
        ["wait", time] => match time.parse() {
            Ok(time @ 1..=MAX_WAIT) => Ok(Request::Wait(time)),
            _ => {
                let allowed = format!("allowed: a whole number, 1 to {MAX_WAIT} s");
                Err(InputError::new("wait", time, allowed))
            }
        },
        ["help"] => Ok(Request::Help),
        _ => Err(InputError::unknown("command", text, FORMS)),
    }
}

fn act(commands: impl IntoIterator<Item = Command>) -> Result<Request, InputError> {
    let commands: Vec<Command> = commands.into_iter().collect();
    commands.iter().try_for_each(Command::check)?;
    Ok(Request::Act(commands))
}

fn worker(pid: &str) -> Result<WorkerId, InputError> {
    let known = pid.parse().map(WorkerId);
    known.map_err(|_| InputError::new("PID", pid, "allowed: a number that `ps aux` shows"))
}

fn set(name: &str, value: &str) -> Result<Command, InputError> {
    let known = |knob: &KnobId| knob.name() == name && is_operators(*knob);
    let Some(&knob) = KnobId::ALL.iter().find(|knob| known(knob)) else {
        let names = KnobId::ALL.iter().filter(|knob| is_operators(**knob)).map(|knob| knob.name());
        let hint = nearest(name, names).map(|name| format!("did you mean `{name}`?"));
        let hint = hint.unwrap_or_else(|| "it is none that an operator can turn".to_owned());
        return Err(InputError::new("knob", name, hint));
    };
    Ok(Command::Set { knob, value: Value::from_text(value) })
}

/// Whether an operator can turn a knob: the settings of the pool and of its fixes. What the world
/// sends and what the code does are not theirs, and a fix comes by a deploy.
fn is_operators(knob: KnobId) -> bool {
    match knob.row().group {
        Group::Timeouts => Fix::of(knob).is_none() && knob != KnobId::timeout_toxic_s,
        Group::Health | Group::Limits | Group::Detection | Group::Breaker => {
            Fix::of(knob).is_none()
        }
        Group::Pool => ["workers", "max_lifetime_s", "drain_grace_s", "graceful_timeout_s"]
            .contains(&knob.name()),
        Group::Load | Group::Jobs | Group::Memory | Group::Host | Group::Watch => false,
    }
}

fn fix(name: &str) -> Result<Command, InputError> {
    let names = Fix::ALL.map(|fix| fix.row().name);
    let fix = Fix::ALL.into_iter().find(|fix| fix.row().name == name);
    let fix = fix.ok_or_else(|| InputError::unknown("fix", name, names))?;
    Ok(switch_on(fix))
}

fn switch_on(fix: Fix) -> Command {
    Command::Set { knob: fix.knob(), value: Value::Flag(true) }
}

impl Request {
    /// What it costs, in virtual seconds.
    pub(super) fn price_s(&self) -> u64 {
        match self {
            Self::Look(Look::Dash) => 5,
            Self::Look(Look::Ps | Look::Jobs { .. }) => 10,
            Self::Look(Look::Htop | Look::Strace(_)) => 15,
            Self::Act(commands) => match commands[..] {
                [Command::Kill { .. } | Command::Drain { .. }] => 5,
                [Command::Set { knob, .. }] if Fix::of(knob).is_none() => 60,
                _ if commands.len() == Fix::ALL.len() => 300,
                _ => 240,
            },
            Self::Wait(time) => *time,
            Self::Help => 0,
        }
    }
}
