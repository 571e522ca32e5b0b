//! The link of a night: its scenario, a chapter, and what was said.
//!
//! | word | what it says |
//! | --- | --- |
//! | `view` | `night` |
//! | `ch` | the chapter, from 1; without it, 1 |
//! | `say` | what was said, chapter by chapter: `1:5;3:11;5:0.4_1_3_6_8_8.7` |
//!
//! Whether what was said is an answer at all is known once the chapters are there:
//! [`Answer::parse`](super::Answer::parse).

use super::file::MAX_CHAPTERS;
use crate::knobs::InputError;
use crate::run::{Link, Scenario, View, built_in, recorded};

/// The name of the night in links: `view=night`.
const ROOM: &str = "night";
/// The scenario of a night that names none.
const DEFAULT_SCENARIO: &str = "incident";
/// The most answers that one link carries.
const MAX_SAID: usize = 100;
/// The longest answer, in characters.
const MAX_ANSWER: usize = 60;
/// Words of other links that a night has no use for.
const FOREIGN: [&str; 2] = ["t", "b"];

/// What somebody said in a chapter, as it stands in the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The chapter, from 1.
    pub chapter: usize,
    /// The answer in text: letters, digits, dots and underscores.
    pub answer: String,
}

/// What the link of a night says.
#[derive(Clone, Debug, PartialEq)]
pub struct TourLink {
    /// The scenario of the run.
    pub scenario: Scenario,
    /// The chapter that is open, from 1.
    pub chapter: usize,
    /// What was said; of one chapter there may be several answers, those of a class.
    pub said: Vec<Said>,
    /// How the page is to look.
    pub view: View,
}

impl Default for TourLink {
    fn default() -> Self {
        // The built-in scenarios are read in tests; an empty one would still be a scenario.
        let scenario = built_in(DEFAULT_SCENARIO).unwrap_or_default();
        Self { scenario, chapter: 1, said: Vec::new(), view: View::default() }
    }
}

impl TourLink {
    /// Whether a query leads into the night.
    pub fn is_in(query: &str) -> bool {
        pairs(query).any(|(word, text)| word == "view" && text == ROOM)
    }

    /// Reads the query of a link, with or without its question mark.
    ///
    /// # Errors
    /// If a word is not understood or not allowed; the error names it.
    pub fn read(query: &str) -> Result<Self, InputError> {
        let mut rest = form_urlencoded::Serializer::new(String::new());
        let (mut chapter, mut said, mut named) = (None, None, false);
        for (word, text) in pairs(query) {
            let own = match word.as_str() {
                "ch" => &mut chapter,
                "say" => &mut said,
                word if FOREIGN.contains(&word) => {
                    return Err(wrong(word, &text, "a night has chapters: use `ch`"));
                }
                word => {
                    named |= ["scenario", "toml"].contains(&word);
                    rest.append_pair(word, &text);
                    continue;
                }
            };
            if own.replace(text.clone()).is_some() {
                return Err(wrong(&word, &text, "it is there more than once"));
            }
        }
        if !named {
            rest.append_pair("scenario", DEFAULT_SCENARIO);
        }
        let Link { scenario, given, view, .. } = Link::read(&rest.finish())?;
        Ok(Self {
            scenario: recorded(&scenario, &given),
            chapter: chapter.map_or(Ok(1), |text| read_chapter("ch", &text))?,
            said: said.map_or(Ok(Vec::new()), |text| read_said(&text))?,
            view,
        })
    }

    /// The query of the link, without a question mark.
    ///
    /// # Errors
    /// If the scenario is too large for a link.
    pub fn write(&self) -> Result<String, InputError> {
        let view = View { room: Some(ROOM), ..self.view.clone() };
        let base = Link { view, ..Link::new(self.scenario.clone()) }.write()?;
        let said: Vec<String> =
            self.said.iter().map(|said| format!("{}:{}", said.chapter, said.answer)).collect();
        let said = if said.is_empty() { String::new() } else { format!("&say={}", said.join(";")) };
        Ok(format!("{base}&ch={}{said}", self.chapter))
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let query = query.split_once('?').map_or(query, |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned()
}

fn wrong(word: &str, text: &str, allowed: impl Into<String>) -> InputError {
    InputError::new(format!("link, `{word}`"), text, allowed)
}

fn read_chapter(word: &str, text: &str) -> Result<usize, InputError> {
    let chapter = text.parse().ok().filter(|chapter| (1..=MAX_CHAPTERS).contains(chapter));
    chapter.ok_or_else(|| wrong(word, text, format!("allowed: a chapter, 1 to {MAX_CHAPTERS}")))
}

fn read_said(text: &str) -> Result<Vec<Said>, InputError> {
    let parts: Vec<&str> = text.split(';').filter(|part| !part.is_empty()).collect();
    if parts.len() > MAX_SAID {
        let given = format!("{} answers", parts.len());
        return Err(wrong("say", &given, format!("allowed: at most {MAX_SAID}")));
    }
    let read = |part: &&str| {
        let allowed = "allowed: a chapter, a colon and an answer, such as 3:11";
        let (chapter, answer) = part.split_once(':').ok_or_else(|| wrong("say", part, allowed))?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
        if !(1..=MAX_ANSWER).contains(&answer.len()) || !answer.chars().all(is_plain) {
            return Err(wrong("say", part, allowed));
        }
        Ok(Said { chapter: read_chapter("say", chapter)?, answer: answer.to_owned() })
    };
    parts.iter().map(read).collect()
}
