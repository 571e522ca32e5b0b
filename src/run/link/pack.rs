//! The short form of a link's knobs and commands: bytes, in base64url.
//!
//! It stands for words that could have been written out, and is turned back into them before
//! anything else is done with a link; so versions and faults are the same for both. Knobs are named
//! by a hash of their name, so that a new row in their table breaks no old link.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::super::command::{Command, TimedCommand};
use super::item::{write_command, write_item};
use super::migrate::{OLD_NAMES, Params};
use super::view::input_error;
use crate::guard::Rollout;
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, TABLE, Value};
use crate::pool::{Hang, JobId, WorkerId};

/// One side of a link: changed knobs, and commands unless they are those of the other side.
pub(super) struct Side {
    pub knobs: Vec<(KnobId, Value)>,
    pub given: Option<Vec<TimedCommand>>,
}

/// The form of the bytes.
const FORM: u8 = 1;

/// Packs A, and B if there is one.
pub(super) fn pack(sides: &[Side]) -> String {
    let mut bytes = vec![FORM];
    for side in sides {
        put_number(side.knobs.len() as u64, &mut bytes);
        for (knob, value) in &side.knobs {
            bytes.extend(hash(knob.name()).to_le_bytes());
            put_value(value, &mut bytes);
        }
        // One more than there are; none for those of the other side.
        put_number(side.given.as_ref().map_or(0, |given| given.len() as u64 + 1), &mut bytes);
        let mut last = Instant::START;
        for timed in side.given.iter().flatten() {
            put_number(timed.at().saturating_since(last).as_micros(), &mut bytes);
            last = timed.at();
            put_command(&timed.command, &mut bytes);
        }
    }
    Base64UrlUnpadded::encode_string(&bytes)
}

/// Turns what was packed back into words.
pub(super) fn unpack(text: &str) -> Result<Params, InputError> {
    let broken = || input_error("p", text, "it is broken: was the link copied as a whole?");
    let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| broken())?;
    let mut rest = Rest(&bytes);
    if rest.byte() != Some(FORM) {
        return Err(input_error("p", text, "it is of a form that this version does not know"));
    }
    let mut words = Params::new();
    for prefix in ["", "b."] {
        if rest.0.is_empty() {
            break;
        }
        rest.side(prefix, &mut words).ok_or_else(broken)?;
    }
    if rest.0.is_empty() { Ok(words) } else { Err(broken()) }
}

/// A short name of a knob: FNV-1a, folded to 16 bits. Never change it.
pub(super) fn hash(name: &str) -> u16 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = name.bytes().fold(0x811c_9dc5, step);
    (hash >> 16 ^ hash & 0xffff) as u16
}

fn name_of(wanted: u16) -> Option<&'static str> {
    let known = TABLE.iter().map(|row| row.name).chain(OLD_NAMES.iter().copied());
    known.into_iter().find(|name| hash(name) == wanted)
}

/// Powers of ten that are exact.
const TENS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// The largest whole number whose decimal form is shorter than the number itself.
const MAX_WHOLE: f64 = (1_u64 << 48) as f64;

const FALSE: u8 = 0;
const TRUE: u8 = 1;
const WORD: u8 = 2;
const EXACT: u8 = 3;
/// Plus the number of decimals.
const DECIMAL: u8 = 16;

fn put_number(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_value(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Flag(flag) => bytes.push(if *flag { TRUE } else { FALSE }),
        Value::Word(word) => {
            let word = &word.as_bytes()[..word.len().min(255)];
            bytes.extend([WORD, word.len() as u8]);
            bytes.extend(word);
        }
        Value::Number(number) => put_decimal(*number, bytes),
    }
}

/// A number of a few decimals is kept as a whole number and their count.
fn put_decimal(number: f64, bytes: &mut Vec<u8>) {
    for (decimals, tens) in TENS.iter().enumerate() {
        let whole = libm::round(number * tens);
        if (0.0..MAX_WHOLE).contains(&whole) && whole / tens == number {
            bytes.push(DECIMAL + decimals as u8);
            return put_number(whole as u64, bytes);
        }
    }
    bytes.push(EXACT);
    bytes.extend(number.to_le_bytes());
}

fn put_command(command: &Command, bytes: &mut Vec<u8>) {
    let (tag, number) = match command {
        Command::Set { knob, value } => {
            bytes.push(0);
            bytes.extend(hash(knob.name()).to_le_bytes());
            return put_value(value, bytes);
        }
        Command::Burst { jobs } => (1, *jobs),
        Command::Kill { worker } => (2, worker.0),
        Command::Drain { worker } => (3, worker.0),
        Command::Deploy { how, grace_s } => {
            bytes.push(match how {
                Rollout::Rolling => 8,
                Rollout::AtOnce => 9,
            });
            return put_value(&Value::Number(*grace_s), bytes);
        }
        Command::Poison { job: None } => return bytes.push(4),
        Command::Poison { job: Some(job) } => (5, job.0),
        Command::Hang { worker, how: Hang::Parked } => (6, worker.0),
        Command::Hang { worker, how: Hang::Spinning } => (7, worker.0),
    };
    bytes.push(tag);
    put_number(u64::from(number), bytes);
}

/// Bytes that were not yet read. Whatever they are, reading ends: each step takes at least one.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn name(&mut self) -> Option<&'static str> {
        name_of(u16::from_le_bytes(self.bytes()?))
    }

    fn value(&mut self) -> Option<Value> {
        match self.byte()? {
            FALSE => Some(Value::Flag(false)),
            TRUE => Some(Value::Flag(true)),
            WORD => {
                let len = usize::from(self.byte()?);
                let (word, rest) = self.0.split_at_checked(len)?;
                self.0 = rest;
                String::from_utf8(word.to_vec()).ok().map(Value::Word)
            }
            EXACT => Some(Value::Number(f64::from_le_bytes(self.bytes()?))),
            tag => {
                let tens = TENS.get(usize::from(tag.checked_sub(DECIMAL)?))?;
                Some(Value::Number(self.number()? as f64 / tens))
            }
        }
    }

    fn worker(&mut self) -> Option<WorkerId> {
        self.small().map(WorkerId)
    }

    /// A command in words: its knob may be one that only older versions have.
    fn command(&mut self) -> Option<String> {
        let command = match self.byte()? {
            0 => return Some(format!("{}={}", self.name()?, self.value()?)),
            1 => Command::Burst { jobs: self.small()? },
            2 => Command::Kill { worker: self.worker()? },
            3 => Command::Drain { worker: self.worker()? },
            4 => Command::Poison { job: None },
            5 => Command::Poison { job: Some(JobId(self.small()?)) },
            6 => Command::Hang { worker: self.worker()?, how: Hang::Parked },
            7 => Command::Hang { worker: self.worker()?, how: Hang::Spinning },
            8 => Command::Deploy { how: Rollout::Rolling, grace_s: self.value()?.number()? },
            9 => Command::Deploy { how: Rollout::AtOnce, grace_s: self.value()?.number()? },
            _ => return None,
        };
        Some(write_command(&command))
    }

    fn side(&mut self, prefix: &str, words: &mut Params) -> Option<()> {
        for _ in 0..self.number()? {
            let name = self.name()?;
            words.push((format!("{prefix}{name}"), self.value()?.to_string()));
        }
        let Some(count) = self.number()?.checked_sub(1) else { return Some(()) };
        let mut list = Vec::new();
        let mut at = Instant::START;
        for _ in 0..count {
            at += Duration::micros(self.number()?);
            list.push(write_item(at, &self.command()?));
        }
        words.push((format!("{prefix}do"), list.join(";")));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_knobs_have_the_same_short_name() {
        let names = TABLE.iter().map(|row| row.name).chain(OLD_NAMES.iter().copied());
        let hashes: BTreeSet<u16> = names.clone().map(hash).collect();
        assert_eq!(hashes.len(), names.count());
        // Written down once: another number here would break every packed link.
        assert_eq!(hash("toxic_share"), KNOWN);
    }

    const KNOWN: u16 = 24_817;

    #[test]
    fn numbers_come_back_as_they_were() {
        for number in [0.0, 1.0, 0.05, 0.1 + 0.2, 1e6, 86_400.0, 1e-9, 2.5e-7, 1e300, 0.333_333] {
            let mut bytes = Vec::new();
            put_decimal(number, &mut bytes);
            assert_eq!(Rest(&bytes).value(), Some(Value::Number(number)), "{bytes:?}");
        }
    }
}
