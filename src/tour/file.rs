//! The file of chapters: paragraphs of lines such as `title: All is well`, with an empty line
//! between two chapters. Lines that begin with `#` are for who reads the file.

use super::chapter::{self, Chapter, Question, Show};
use super::key::{Key, KeyRun};
use super::moment::Moment;
use crate::knobs::InputError;

/// The most chapters of a night.
pub(super) const MAX_CHAPTERS: usize = 40;

/// The fields of a chapter.
const FIELDS: [&str; 13] = [
    "title", "words", "asked", "ask", "key", "chart", "at", "from", "until", "before", "after",
    "told", "why",
];

/// A line of the file: its number, the name of its field, and what it says.
type Line<'a> = (usize, &'a str, &'a str);

impl Chapter {
    /// Reads a file of chapters.
    ///
    /// # Errors
    /// If a line is not understood, or a field is missing; the error names the line.
    pub fn read(text: &str) -> Result<Vec<Self>, InputError> {
        let mut chapters: Vec<Self> = Vec::new();
        let mut lines: Vec<Line<'_>> = Vec::new();
        for (number, line) in text.lines().chain([""]).enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                let field = line.split_once(": ").ok_or_else(|| {
                    InputError::new(at_line(number), line, "allowed: a field, a colon and a space")
                })?;
                lines.push((number, field.0, field.1.trim()));
            } else if line.is_empty() && !lines.is_empty() {
                chapters.push(Paragraph(std::mem::take(&mut lines)).chapter()?);
            }
        }
        let allowed = format!("allowed: 1 to {MAX_CHAPTERS}");
        match chapters.len() {
            1..=MAX_CHAPTERS => Ok(chapters),
            count => Err(InputError::new("chapters", count, allowed)),
        }
    }
}

fn at_line(number: usize) -> String {
    format!("chapters, line {}", number + 1)
}

/// The lines of one chapter, from which fields are taken.
struct Paragraph<'a>(Vec<Line<'a>>);

impl<'a> Paragraph<'a> {
    fn chapter(mut self) -> Result<Chapter, InputError> {
        let begin = self.0.first().map_or(0, |line| line.0);
        let is_known = |line: &&Line<'_>| FIELDS.contains(&line.1);
        if let Some((number, name, _)) = self.0.iter().find(|line| !is_known(line)) {
            return Err(InputError::unknown(&at_line(*number), name, FIELDS));
        }
        let title = self.text("title")?;
        let question = self.read("ask", Question::parse)?;
        let at = self.read("at", Moment::parse)?;
        let from = self.maybe("from", Moment::parse)?.unwrap_or_else(|| at.clone());
        let key = self.maybe("key", Key::parse)?;
        check(&question, key.as_ref()).map_err(|allowed| {
            InputError::new(at_line(begin), &title, format!("its `key` does not fit: {allowed}"))
        })?;
        let mut words = Vec::new();
        while let Some((_, text)) = self.take("words") {
            words.push(text.to_owned());
        }
        let chapter = Chapter {
            title,
            words,
            asked: self.text("asked")?,
            question,
            key,
            chart: self.read("chart", chapter::chart)?,
            at,
            from,
            until: self.read("until", Moment::parse)?,
            before: self.read("before", Show::parse)?,
            after: self.read("after", Show::parse)?,
            told: self.text("told")?,
            why: self.text("why")?,
        };
        match self.0.first() {
            Some((number, name, _)) => {
                Err(InputError::new(at_line(*number), name, "it is there twice"))
            }
            None => Ok(chapter),
        }
    }

    /// Takes the next line of a field out.
    fn take(&mut self, name: &str) -> Option<(usize, &'a str)> {
        let place = self.0.iter().position(|(_, known, _)| *known == name)?;
        let (number, _, text) = self.0.remove(place);
        Some((number, text))
    }

    fn maybe<T>(
        &mut self,
        name: &str,
        read: fn(&str, &str) -> Result<T, InputError>,
    ) -> Result<Option<T>, InputError> {
        let line = self.take(name);
        line.map(|(number, text)| read(&format!("{}, `{name}`", at_line(number)), text)).transpose()
    }

    fn read<T>(
        &mut self,
        name: &str,
        read: fn(&str, &str) -> Result<T, InputError>,
    ) -> Result<T, InputError> {
        let near = self.0.first().map_or(0, |line| line.0);
        let found = self.maybe(name, read)?;
        found.ok_or_else(|| InputError::new(at_line(near), name, "missing in this chapter"))
    }

    fn text(&mut self, name: &str) -> Result<String, InputError> {
        self.read(name, |_, text| Ok(text.to_owned()))
    }
}

/// Whether a key fits its question; if not, what would.
fn check(question: &Question, key: Option<&Key>) -> Result<(), &'static str> {
    match (question, key.map(|key| key.run)) {
        (Question::Drag { .. }, Some(KeyRun::Own | KeyRun::Other(_))) => Ok(()),
        (Question::Drag { .. }, _) => Err("a value to drag needs a figure, not of options"),
        (Question::Pick(_), Some(KeyRun::Options)) => Ok(()),
        (Question::Pick(_), _) => Err("a choice needs a figure `with option`"),
        (Question::Draw { .. } | Question::Worker, None) => Ok(()),
        (Question::Draw { .. } | Question::Worker, Some(_)) => Err("it has none"),
    }
}
