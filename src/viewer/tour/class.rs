//! The answers of a class, from the links that it sends.

use super::Night;
use crate::tour::{Answer, TourLink};

/// The most answers of others that are kept.
const MAX_OTHERS: usize = 90;

impl Night {
    /// Takes the answers out of all links of a text; what is no link, or no answer to a question of
    /// this night, is passed over.
    pub(super) fn take_class(&mut self, text: &str) {
        let links = text.split_whitespace().filter(|word| TourLink::is_in(word));
        for said in links.filter_map(|link| TourLink::read(link).ok()).flat_map(|link| link.said) {
            let Some(chapter) = self.chapters.get(said.chapter - 1) else { continue };
            if self.class.len() < MAX_OTHERS
                && let Ok(answer) = Answer::parse("say", &chapter.question, &said.answer)
            {
                self.class.push((said.chapter - 1, answer));
            }
        }
    }

    /// How many others have answered this chapter, and how many of them with `answer`.
    pub fn class(&self, answer: Option<&Answer>) -> (usize, usize) {
        let here = self.class.iter().filter(|(place, _)| *place == self.place);
        let same = here.clone().filter(|(_, other)| Some(other) == answer);
        (here.count(), same.count())
    }
}
