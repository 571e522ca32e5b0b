//! What comes after an answer: the run goes on to where the chapter ends, and what is so is read.

use super::answer::Answer;
use super::chapter::{Chapter, Question};
use super::key::KeyRun;
use super::other::Other;
use super::processes::Process;
use super::reckoning::Reckoning;
use super::told::Truth;
use super::walk::Walk;
use crate::kernel::Instant;
use crate::knobs::InputError;
use crate::run::Tape;

/// A chapter that was answered, on the way to its truth.
#[derive(Clone, Debug)]
pub struct Reveal {
    tape: Tape,
    way: Way,
    at: Instant,
    from: Instant,
    processes: Vec<Process>,
    reckoning: Option<Reckoning>,
}

/// How far the tape is to go.
#[derive(Clone, Debug)]
enum Way {
    /// To a moment that may not be known yet.
    Walk(Walk),
    /// To this instant.
    To(Instant),
}

/// A chapter that was answered, and what is so.
#[derive(Clone, Debug)]
pub struct Revealed {
    /// The run that is shown: the one at hand, or the one of the answer. It stands at its end.
    pub tape: Tape,
    /// When the question was asked.
    pub at: Instant,
    /// Where it begins to play.
    pub from: Instant,
    /// What is so.
    pub truth: Truth,
}

impl Reveal {
    /// Begins it. `asked` stands where the chapter asks.
    ///
    /// # Errors
    /// If a scenario of another run is not allowed.
    pub fn new(chapter: &Chapter, asked: Tape, said: &Answer) -> Result<Self, InputError> {
        let at = asked.now();
        let from = chapter.from.at(&asked).unwrap_or(at).min(at);
        let processes = Process::some_of(asked.run());
        let shown = shown(chapter, said);
        let until = chapter.until.at(&asked).unwrap_or(at).max(at);
        let reckoning = match (&chapter.question, chapter.key) {
            (Question::Pick(options), Some(key)) => {
                Some(Reckoning::new(&asked.recorded(), options, key, at, until)?)
            }
            _ => None,
        };
        let (tape, way) = match shown {
            None => (asked, Way::Walk(Walk::through(chapter))),
            Some(other) => (Tape::new(other.scenario(&asked.recorded(), at))?, Way::To(until)),
        };
        Ok(Self { tape, way, at, from, processes, reckoning })
    }

    /// Goes on, for at least a step and then as long as `in_time` says. True when it is done.
    pub fn advance(&mut self, in_time: impl Fn() -> bool) -> bool {
        let arrived = match &mut self.way {
            Way::Walk(walk) => walk.advance(&mut self.tape, &in_time),
            Way::To(until) => self.tape.play_while(*until, &mut (), &in_time),
        };
        arrived && self.reckoning.as_mut().is_none_or(|reckoning| reckoning.advance(&in_time))
    }

    /// What is so, after [`Reveal::advance`] has said that it is done.
    pub fn finish(self, chapter: &Chapter) -> Revealed {
        let Self { tape, at, from, processes, reckoning, .. } = self;
        let values = reckoning.map_or_else(Vec::new, |reckoning| reckoning.values());
        let read = Truth::read(chapter, &tape, from, &processes);
        let truth = read.unwrap_or_else(|| Truth::reckoned(values));
        Revealed { tape, at, from, truth }
    }
}

/// The other run that is shown, if it is one.
fn shown(chapter: &Chapter, said: &Answer) -> Option<Other> {
    match (chapter.key.map(|key| key.run), said) {
        (Some(KeyRun::Other(other)), _) => Some(other),
        (Some(KeyRun::Options), Answer::Option(other)) => Some(*other),
        _ => None,
    }
}
