//! How a link wants its run to be shown.

use crate::knobs::InputError;

/// How a run is shown. Words that say nothing are left out of the link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// `worker=12`: the worker that is looked into.
    pub worker: Option<u32>,
    /// `speed=4`: virtual seconds for each real one, 0.1 to 100.
    pub speed: Option<f64>,
    /// `paused=1`: time stands still until somebody plays.
    pub paused: bool,
    /// `embed=1`: as a part of another page.
    pub embed: bool,
    /// `hide=charts,pager`: parts of the page that are left out, of [`HIDEABLE`], in that order.
    pub hide: Vec<&'static str>,
    /// `theme=projector`: one of [`THEMES`].
    pub theme: Option<&'static str>,
    /// `view=lab`: the room, one of [`ROOMS`].
    pub room: Option<&'static str>,
}

/// Parts of the page that can be left out.
pub const HIDEABLE: &[&str] =
    &["knobs", "charts", "dashboards", "pager", "story", "transport", "inspector"];
/// Themes that can be asked for.
pub const THEMES: &[&str] = &["light", "dark", "projector"];

/// Rooms that can be asked for.
pub const ROOMS: &[&str] = &["pool", "night", "lab"];

/// The words of a view, in the order in which they are written.
pub(super) const WORDS: [&str; 7] = ["worker", "speed", "paused", "embed", "hide", "theme", "view"];

impl View {
    /// Takes one word of a link in. False if it is not about the view.
    pub(super) fn read(&mut self, word: &str, text: &str) -> Result<bool, InputError> {
        match word {
            "worker" => self.worker = Some(number(word, text, "allowed: a worker's number")?),
            "speed" => {
                let speed: f64 = number(word, text, "allowed: a number, 0.1 to 100")?;
                if !(0.1..=100.0).contains(&speed) {
                    return Err(input_error(word, text, "allowed: a number, 0.1 to 100"));
                }
                self.speed = Some(speed);
            }
            "paused" => self.paused = flag(word, text)?,
            "embed" => self.embed = flag(word, text)?,
            "hide" => {
                let parts: Vec<&str> = text.split(',').filter(|part| !part.is_empty()).collect();
                for part in &parts {
                    one_of(word, part, HIDEABLE)?;
                }
                self.hide = HIDEABLE.iter().copied().filter(|part| parts.contains(part)).collect();
            }
            "theme" => self.theme = Some(one_of(word, text, THEMES)?),
            "view" => self.room = Some(one_of(word, text, ROOMS)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What it says about one of [`WORDS`], if anything.
    pub(super) fn write(&self, word: &str) -> Option<String> {
        let yes = |flag: bool| flag.then(|| "1".to_owned());
        match word {
            "worker" => self.worker.map(|worker| worker.to_string()),
            "speed" => self.speed.map(|speed| speed.to_string()),
            "paused" => yes(self.paused),
            "embed" => yes(self.embed),
            "hide" => Some(self.hide.join(",")).filter(|parts| !parts.is_empty()),
            "theme" => self.theme.map(str::to_owned),
            "view" => self.room.map(str::to_owned),
            _ => None,
        }
    }
}

/// A fault in a word of a link.
pub(super) fn input_error(word: &str, text: &str, allowed: impl Into<String>) -> InputError {
    InputError::new(format!("link, `{word}`"), text, allowed)
}

pub(super) fn flag(word: &str, text: &str) -> Result<bool, InputError> {
    match text {
        "1" | "true" | "on" | "" => Ok(true),
        "0" | "false" | "off" => Ok(false),
        _ => Err(input_error(word, text, "allowed: 1 or 0")),
    }
}

pub(super) fn number<T: std::str::FromStr>(
    word: &str,
    text: &str,
    allowed: &str,
) -> Result<T, InputError> {
    text.parse().map_err(|_| input_error(word, text, allowed))
}

fn one_of(
    word: &str,
    text: &str,
    known: &'static [&'static str],
) -> Result<&'static str, InputError> {
    let found = known.iter().copied().find(|known| *known == text);
    found
        .ok_or_else(|| InputError::unknown(&format!("link, `{word}`"), text, known.iter().copied()))
}
