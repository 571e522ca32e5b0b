//! Writes links.

use base64ct::{Base64UrlUnpadded, Encoding};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::item::write_list;
use super::migrate::{Params, VERSION};
use super::pack::{Side, pack};
use super::view::WORDS;
use super::{Link, MAX_LENGTH};
use crate::knobs::InputError;
use crate::run::{Scenario, built_in};

/// A link that would be longer than this carries its knobs and commands packed.
const READABLE: usize = 600;
/// The largest scenario file that is put in a link, in bytes.
const MAX_FILE: usize = 1_000;

/// What must be escaped in a query so that it can be read by anybody and stands in any text.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn write(link: &Link) -> Result<String, InputError> {
    link.check()?;
    let (mut head, base) = head(&link.scenario)?;
    if let Some(at) = link.at {
        head.push(("t".to_owned(), at.as_secs_f64().to_string()));
    }
    if link.other.is_some() {
        head.push(("b".to_owned(), "1".to_owned()));
    }
    for word in WORDS {
        head.extend(link.view.write(word).map(|text| (word.to_owned(), text)));
    }
    let sides = sides(link, &base);
    let readable = query(head.iter().cloned().chain(words(&sides)));
    if readable.len() <= READABLE {
        return Ok(readable);
    }
    let packed = ("p".to_owned(), pack(&sides));
    let text = query(head.into_iter().chain([packed]));
    if text.len() > MAX_LENGTH {
        let allowed = format!("allowed: {MAX_LENGTH} characters; share the scenario file instead");
        return Err(InputError::new("link", format!("{} characters", text.len()), allowed));
    }
    Ok(text)
}

/// The words that say which scenario it is, and the scenario that a reader begins with.
fn head(scenario: &Scenario) -> Result<(Params, Scenario), InputError> {
    let mut words = Params::new();
    if VERSION > 1 {
        words.push(("v".to_owned(), VERSION.to_string()));
    }
    if let Ok(known) = built_in(&scenario.name) {
        let as_turned = Scenario { seed: scenario.seed, knobs: scenario.knobs, ..known.clone() };
        if as_turned == *scenario {
            words.push(("scenario".to_owned(), scenario.name.clone()));
            words.push(("seed".to_owned(), scenario.seed.to_string()));
            return Ok((words, known));
        }
    }
    let file = scenario.to_toml();
    if file.len() > MAX_FILE {
        let given = format!("{}, {} bytes", scenario.name, file.len());
        let allowed = format!(
            "a link takes a scenario of one's own up to {MAX_FILE} bytes; share its file instead"
        );
        return Err(InputError::new("scenario", given, allowed));
    }
    words.push(("toml".to_owned(), Base64UrlUnpadded::encode_string(file.as_bytes())));
    Ok((words, scenario.clone()))
}

/// What is changed on each side: on A from the scenario, on B from A.
fn sides(link: &Link, base: &Scenario) -> Vec<Side> {
    let knobs = &link.scenario.knobs;
    let given = Some(link.given.clone()).filter(|given| !given.is_empty());
    let mut sides = vec![Side { knobs: knobs.changed_from(&base.knobs), given }];
    if let Some(other) = &link.other {
        let given = Some(other.given.clone()).filter(|given| *given != link.given);
        sides.push(Side { knobs: other.knobs.changed_from(knobs), given });
    }
    sides
}

fn words(sides: &[Side]) -> impl Iterator<Item = (String, String)> {
    sides.iter().zip(["", "b."]).flat_map(|(side, prefix)| {
        let knobs = side.knobs.iter();
        let knobs =
            knobs.map(move |(knob, value)| (format!("{prefix}{}", knob.name()), value.to_string()));
        let given = side.given.iter();
        knobs.chain(given.map(move |given| (format!("{prefix}do"), write_list(given))))
    })
}

fn query(words: impl Iterator<Item = (String, String)>) -> String {
    let escaped =
        |(word, text): (String, String)| format!("{word}={}", utf8_percent_encode(&text, ESCAPED));
    words.map(escaped).collect::<Vec<_>>().join("&")
}
