//! The link of an experiment: that of its base, and the words of the lab.
//!
//! | word | what it says |
//! | --- | --- |
//! | `lab` | `fixes`, or an axis: `timeout_toxic_s:2..120x24` |
//! | `by` | a second axis |
//! | `seeds` | how many seeds; without it, 20 |
//! | `until` | the horizon in seconds; without it, 900 |
//! | `figure` | what the map shows; without it, `survived` |
//! | `guess` | the fixes that the user thought would suffice, with commas between them |

use super::axis::Axis;
use super::figure::Figure;
use super::fix_set::FixSet;
use super::plan::{Design, Plan};
use crate::kernel::Duration;
use crate::knobs::{Fix, InputError};
use crate::run::{Link, View};

/// Seeds of an experiment that names no number.
pub const SEEDS: u32 = 20;
/// The horizon of an experiment that names none, in seconds.
pub const UNTIL_S: f64 = 900.0;
/// The words of a link that are the lab's.
const WORDS: [&str; 6] = ["lab", "by", "seeds", "until", "figure", "guess"];

/// What the link of an experiment says.
#[derive(Clone, Debug, PartialEq)]
pub struct LabLink {
    /// The experiment: its scenario, design, seeds and horizon.
    pub plan: Plan,
    /// What its map shows.
    pub figure: Figure,
    /// The fixes that the user thought would suffice, before the run.
    pub guess: Option<FixSet>,
    /// How the page is to look.
    pub view: View,
}

impl Default for LabLink {
    /// All combinations of the fixes, on the scenario of a link that names none.
    fn default() -> Self {
        let base = Link::default().scenario;
        let until = Duration::secs_f64(UNTIL_S);
        let plan = Plan { base, design: Design::Fixes, seeds: SEEDS, until };
        Self { plan, figure: Figure::default(), guess: None, view: View::default() }
    }
}

impl LabLink {
    /// Whether a query has anything to do with the lab.
    pub fn is_in(query: &str) -> bool {
        pairs(query).any(|(word, _)| word == "lab")
    }

    /// Reads the query of a link, with or without its question mark.
    ///
    /// # Errors
    /// If a word is not understood or not allowed; the error names it.
    pub fn read(query: &str) -> Result<Self, InputError> {
        let mut rest = form_urlencoded::Serializer::new(String::new());
        let mut words = Words::default();
        for (word, text) in pairs(query) {
            if !WORDS.contains(&word.as_str()) {
                rest.append_pair(&word, &text);
            } else if words.0.iter().any(|(known, _)| *known == word) {
                return Err(wrong(&word, &text, "it is there twice"));
            } else {
                words.0.push((word, text));
            }
        }
        let Link { scenario: base, view, .. } = Link::read(&rest.finish())?;
        let design = match words.of("lab") {
            None | Some("fixes") => Design::Fixes,
            Some(axis) => Design::Sweep {
                along: Axis::parse("link, `lab`", axis, ':')?,
                by: words.of("by").map(|axis| Axis::parse("link, `by`", axis, ':')).transpose()?,
            },
        };
        let seeds = words.number("seeds")?.unwrap_or(f64::from(SEEDS)) as u32;
        let until_s = words.number("until")?.unwrap_or(UNTIL_S);
        let figure =
            words.of("figure").map(|name| Figure::named("link, `figure`", name)).transpose()?;
        let guess =
            words.of("guess").map(|names| read_fixes("link, `guess`", names)).transpose()?;
        Ok(Self {
            plan: Plan::new(base, design, seeds, until_s)?,
            figure: figure.unwrap_or_default(),
            guess,
            view,
        })
    }

    /// The query of the link, without a question mark.
    ///
    /// # Errors
    /// If the base is too large for a link.
    pub fn write(&self) -> Result<String, InputError> {
        let plan = &self.plan;
        let link = Link { view: self.view.clone(), ..Link::new(plan.base.clone()) };
        let mut words = form_urlencoded::Serializer::new(link.write()?);
        match &plan.design {
            Design::Fixes => {
                words.append_pair("lab", "fixes");
            }
            Design::Sweep { along, by } => {
                words.append_pair("lab", &along.to_string());
                if let Some(by) = by {
                    words.append_pair("by", &by.to_string());
                }
            }
        }
        words.append_pair("seeds", &plan.seeds.to_string());
        words.append_pair("until", &plan.until.as_secs_f64().to_string());
        words.append_pair("figure", self.figure.name());
        if let Some(guess) = self.guess {
            words.append_pair("guess", &guess.to_string());
        }
        // What may stand in a query as it is, stays readable.
        Ok(words.finish().replace("%3A", ":").replace("%2C", ","))
    }
}

/// Reads a list of fixes: `none`, `all`, or names with commas between them.
///
/// # Errors
/// If a name is no fix.
pub fn read_fixes(field: &str, names: &str) -> Result<FixSet, InputError> {
    match names {
        "none" | "" => Ok(FixSet::NONE),
        "all" => Ok(Fix::ALL.into_iter().collect()),
        names => names.split(',').map(|name| named(field, name.trim())).collect(),
    }
}

fn named(field: &str, name: &str) -> Result<Fix, InputError> {
    let found = Fix::ALL.into_iter().find(|fix| fix.row().name == name);
    found.ok_or_else(|| {
        InputError::unknown(field, name, Fix::ALL.into_iter().map(|fix| fix.row().name))
    })
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let query = query.split_once('?').map_or(query, |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned()
}

fn wrong(word: &str, text: &str, allowed: &str) -> InputError {
    InputError::new(format!("link, `{word}`"), text, allowed)
}

/// The lab's words of a link, each once.
#[derive(Default)]
struct Words(Vec<(String, String)>);

impl Words {
    fn of(&self, word: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == word).map(|(_, text)| text.as_str())
    }

    fn number(&self, word: &str) -> Result<Option<f64>, InputError> {
        let read = |text: &str| text.parse().map_err(|_| wrong(word, text, "allowed: a number"));
        self.of(word).map(read).transpose()
    }
}
