//! Reads links. Everything in them is a stranger's: nothing is believed that was not checked.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::item::read_list;
use super::migrate::{Params, migrate};
use super::pack::unpack;
use super::view::{self, WORDS, flag, input_error, number};
use super::{DEFAULT_SCENARIO, Link, MAX_LENGTH, Other};
use crate::kernel::{Duration, Instant};
use crate::knobs::{InputError, KnobId, Knobs, TABLE};
use crate::run::check::MAX_SECONDS;
use crate::run::{Scenario, WallClock, built_in};

/// Words that others add to any link, and that say nothing here.
const TRACKING: [&str; 4] = ["utm_", "fbclid", "gclid", "ref"];

pub(super) fn read(text: &str) -> Result<Link, InputError> {
    if text.len() > MAX_LENGTH {
        let given = format!("{} bytes", text.len());
        return Err(InputError::new("link", given, format!("allowed: at most {MAX_LENGTH}")));
    }
    let mut words = words(query(text));
    words.retain(|(word, _)| !TRACKING.iter().any(|strange| word.starts_with(strange)));
    let version = match take(&mut words, "v")? {
        Some(text) => number("v", &text, "allowed: the version of the link, a whole number")?,
        None => 1,
    };
    if let Some(packed) = take(&mut words, "p")? {
        words.extend(unpack(&packed)?);
    }
    parse(migrate(version, words)?)
}

/// The query of an address. What has no question mark is a query already.
fn query(text: &str) -> &str {
    let text = text.trim();
    let text = text.split_once('#').map_or(text, |(before, _)| before);
    match text.split_once('?') {
        Some((_, query)) => query,
        None if text.contains("://") => "",
        None => text,
    }
}

fn words(query: &str) -> Params {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Takes a word out.
fn take(words: &mut Params, word: &str) -> Result<Option<String>, InputError> {
    let Some(place) = words.iter().position(|(known, _)| known == word) else { return Ok(None) };
    let (_, text) = words.remove(place);
    if words.iter().any(|(known, _)| known == word) {
        return Err(input_error(word, &text, "it is there more than once"));
    }
    Ok(Some(text))
}

fn parse(mut words: Params) -> Result<Link, InputError> {
    let mut link = Link::new(scenario(&mut words)?);
    if let Some(text) = take(&mut words, "seed")? {
        let allowed = format!("allowed: a whole number, 0 to {}", Scenario::MAX_SEED);
        let seed = text.parse().ok().filter(|seed| *seed <= Scenario::MAX_SEED);
        link.scenario.seed = seed.ok_or_else(|| input_error("seed", &text, allowed))?;
    }
    if let Some(list) = take(&mut words, "do")? {
        link.given = read_list("do", &list)?;
    }
    if let Some(moment) = take(&mut words, "t")? {
        link.at = Some(instant(&moment, link.scenario.clock)?);
    }
    for word in WORDS {
        if let Some(text) = take(&mut words, word)? {
            link.view.read(word, &text)?;
        }
    }
    let beside = take(&mut words, "b")?.map_or(Ok(false), |text| flag("b", &text))?;
    let (others, own): (Params, Params) =
        words.into_iter().partition(|(word, _)| word.starts_with("b."));
    turn(&mut link.scenario.knobs, own, "")?;
    if beside || !others.is_empty() {
        link.other = Some(other(&link, others)?);
    }
    link.check()?;
    Ok(link)
}

fn scenario(words: &mut Params) -> Result<Scenario, InputError> {
    let (name, file) = (take(words, "scenario")?, take(words, "toml")?);
    match (name, file) {
        (Some(name), Some(_)) => {
            Err(input_error("scenario", &name, "`toml` is there as well: one of them"))
        }
        (Some(name), None) => built_in(&name),
        (None, None) => built_in(DEFAULT_SCENARIO),
        (None, Some(file)) => {
            let broken =
                || input_error("toml", &file, "it is broken: was the link copied as a whole?");
            let bytes = Base64UrlUnpadded::decode_vec(&file).map_err(|_| broken())?;
            let text = String::from_utf8(bytes).map_err(|_| broken())?;
            Scenario::from_toml(&text)
        }
    }
}

fn other(link: &Link, mut words: Params) -> Result<Other, InputError> {
    let given = match take(&mut words, "b.do")? {
        Some(list) => read_list("b.do", &list)?,
        None => link.given.clone(),
    };
    let mut knobs = link.scenario.knobs;
    turn(&mut knobs, words, "b.")?;
    Ok(Other { knobs, given })
}

/// Turns the knobs that are left in the list. What is no knob is a word that nobody knows.
fn turn(knobs: &mut Knobs, words: Params, prefix: &str) -> Result<(), InputError> {
    let mut seen: Vec<String> = Vec::new();
    for (word, text) in words {
        let name = word.strip_prefix(prefix).unwrap_or(&word);
        let Ok(knob) = KnobId::find(name) else {
            let known = TABLE.iter().map(|row| row.name);
            let others =
                ["scenario", "seed", "do", "toml", "t", "v", "b"].into_iter().chain(view::WORDS);
            return Err(InputError::unknown("link", &word, known.chain(others)));
        };
        if seen.contains(&word) {
            return Err(input_error(&word, &text, "it is there more than once"));
        }
        knobs.set_text(knob, &text)?;
        seen.push(word);
    }
    Ok(())
}

fn instant(text: &str, clock: WallClock) -> Result<Instant, InputError> {
    if text.contains(':') {
        return clock
            .find(text)
            .map_err(|refused| InputError { field: "link, `t`".to_owned(), ..refused });
    }
    let allowed = "allowed: seconds, 0 to 2592000, or the clock, such as 04:03:15";
    let seconds: f64 = number("t", text, allowed)?;
    if !(0.0..=MAX_SECONDS).contains(&seconds) {
        return Err(input_error("t", text, allowed));
    }
    Ok(Instant::START + Duration::secs_f64(seconds))
}
