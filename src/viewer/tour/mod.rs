//! The night on the page: a chapter at a time, which asks, then plays, then tells.

mod chart;
mod class;
mod play;
mod telling;

use super::lane::Lane;
use crate::knobs::InputError;
use crate::run::{Link, Scenario, View as Look};
use crate::scene::Theme;
use crate::tour::{
    Answer, Chapter, LINE_POINTS, Other, Process, Question, Reveal, Said, Show, TourLink, Truth,
    Walk, sentence,
};
use telling::Telling;

/// Something that happens in the night.
#[derive(Clone, Debug, PartialEq)]
pub enum TourMsg {
    /// The file of chapters is there, or why it is not.
    Fetched(Result<String, String>),
    /// To the next chapter.
    Forward,
    /// To the chapter before.
    Back,
    /// An answer that may still be changed.
    Say(Answer),
    /// A value of the line that is drawn, by its place.
    SetPoint(usize, f64),
    /// The pointer draws: x and y on the chart, and its width and height, in pixels.
    Draw([f64; 4]),
    /// The answer stands: let it run.
    Commit,
    /// Page down of a presenter: commits what was said, else goes forward.
    Advance,
    /// The run of the chapter plays again.
    Replay,
    /// The links of a class, in any text: their answers are laid over one another.
    Class(String),
    /// To the pool, as it stands at the end of the night.
    Sandbox,
}

/// The night.
#[derive(Clone, Debug, Default)]
pub struct Night {
    link: TourLink,
    chapters: Vec<Chapter>,
    place: usize,
    said: Vec<Option<Answer>>,
    /// Answers of others, with the place of their chapter.
    class: Vec<(usize, Answer)>,
    draft: Option<Answer>,
    phase: Phase,
    fetched: bool,
    error: Option<String>,
}

/// Where the chapter is.
#[derive(Clone, Debug, Default)]
enum Phase {
    /// There is no chapter yet.
    #[default]
    Waiting,
    /// The run is on its way to the question.
    Walking(Box<Lane>, Walk),
    /// The question is asked; the run stands, and has not been further.
    Asking(Box<Lane>),
    /// It was answered; what is so is being found out.
    Revealing(Box<Reveal>, Vec<Process>),
    /// The run plays, and then the sentence is told.
    Telling(Box<Telling>),
}

impl Night {
    /// The night that a link leads to; its chapters are still to be fetched.
    pub(super) fn open(link: TourLink) -> Self {
        Self { link, ..Self::default() }
    }

    /// Whether its chapters must be fetched; told once.
    pub(super) fn wants_chapters(&mut self) -> bool {
        !std::mem::replace(&mut self.fetched, true)
    }

    /// Takes a message in that does not leave the night. The theme says where on a chart things
    /// are.
    ///
    /// # Errors
    /// If what the link says was said is no answer.
    pub(super) fn update(&mut self, msg: TourMsg, theme: Theme) -> Result<(), InputError> {
        match msg {
            TourMsg::Fetched(Ok(text)) => return self.load(&text),
            TourMsg::Fetched(Err(why)) => self.error = Some(why),
            TourMsg::Forward => self.go(self.place + 1),
            TourMsg::Back => self.go(self.place.saturating_sub(1)),
            TourMsg::Say(answer) if self.is_asking() => self.draft = Some(answer),
            TourMsg::SetPoint(place, value) => self.set_point(place, value),
            TourMsg::Draw(at) => self.draw(at, theme),
            TourMsg::Advance if self.draft.is_none() => self.go(self.place + 1),
            TourMsg::Commit | TourMsg::Advance => self.commit(),
            TourMsg::Replay => self.replay(),
            TourMsg::Class(text) => self.take_class(&text),
            TourMsg::Say(_) | TourMsg::Sandbox => {}
        }
        Ok(())
    }

    fn load(&mut self, text: &str) -> Result<(), InputError> {
        match Chapter::read(text) {
            Ok(chapters) => self.chapters = chapters,
            Err(error) => {
                self.error = Some(error.to_string());
                return Ok(());
            }
        }
        self.said = vec![None; self.chapters.len()];
        let place = self.link.chapter - 1;
        let read = self.read_said();
        self.enter(place.min(self.chapters.len() - 1));
        if place >= self.chapters.len() {
            let allowed = format!("allowed: a chapter, 1 to {}", self.chapters.len());
            return Err(InputError::new("link, `ch`", place + 1, allowed));
        }
        read
    }

    /// Reads what the link says was said: the last answer of a chapter is one's own.
    fn read_said(&mut self) -> Result<(), InputError> {
        for Said { chapter, answer } in self.link.said.clone() {
            let question = self.chapters.get(chapter - 1).map(|chapter| &chapter.question);
            let question = question.ok_or_else(|| {
                let allowed = format!("allowed: a chapter, 1 to {}", self.chapters.len());
                InputError::new("link, `say`", chapter, allowed)
            })?;
            let answer = Answer::parse("link, `say`", question, &answer)?;
            if let Some(other) = self.said[chapter - 1].replace(answer) {
                self.class.push((chapter - 1, other));
            }
        }
        Ok(())
    }

    fn go(&mut self, place: usize) {
        if place < self.chapters.len() && place != self.place {
            self.enter(place);
        }
    }

    /// Opens a chapter: a fresh run goes to where it asks, and not further.
    fn enter(&mut self, place: usize) {
        (self.place, self.draft) = (place, None);
        self.phase = match Lane::of(&self.link.scenario) {
            Ok(lane) => Phase::Walking(Box::new(lane), Walk::to(&self.chapters, place)),
            Err(error) => {
                self.error = Some(error.to_string());
                Phase::Waiting
            }
        };
    }

    fn commit(&mut self) {
        if !self.is_asking() {
            return;
        }
        let Some(said) = self.draft.take() else { return };
        self.said[self.place] = Some(said);
        self.reveal();
    }

    /// Begins to find out what is so, if the chapter was answered.
    fn reveal(&mut self) {
        let Phase::Asking(lane) = std::mem::take(&mut self.phase) else { return };
        let (Some(chapter), Some(Some(said))) =
            (self.chapters.get(self.place), self.said.get(self.place))
        else {
            self.phase = Phase::Asking(lane);
            return;
        };
        let processes = Process::some_of(lane.tape().run());
        match Reveal::new(chapter, lane.tape, said) {
            Ok(reveal) => self.phase = Phase::Revealing(Box::new(reveal), processes),
            Err(error) => self.error = Some(error.to_string()),
        }
    }

    /// The chapter that is open; none until they are there.
    pub fn chapter(&self) -> Option<&Chapter> {
        self.chapters.get(self.place)
    }

    /// Its place, from 0, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        (self.place, self.chapters.len())
    }

    /// Why there is no night to tell.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// Whether the question is asked, and may be answered.
    pub fn is_asking(&self) -> bool {
        matches!(self.phase, Phase::Asking(_))
    }

    /// The run that is shown.
    pub fn lane(&self) -> Option<&Lane> {
        match &self.phase {
            Phase::Asking(lane) => Some(lane),
            Phase::Telling(telling) => Some(&telling.lane),
            Phase::Waiting | Phase::Walking(..) | Phase::Revealing(..) => None,
        }
    }

    /// What is shown of it.
    pub fn show(&self) -> Option<Show> {
        let chapter = self.chapter()?;
        match &self.phase {
            Phase::Asking(_) => Some(chapter.before),
            Phase::Telling(_) => Some(chapter.after),
            Phase::Waiting | Phase::Walking(..) | Phase::Revealing(..) => None,
        }
    }

    /// The processes that are shown.
    pub fn processes(&self) -> Vec<Process> {
        match &self.phase {
            Phase::Asking(lane) => Process::some_of(lane.tape().run()),
            Phase::Telling(telling) => telling.processes.clone(),
            Phase::Waiting | Phase::Walking(..) | Phase::Revealing(..) => Vec::new(),
        }
    }

    /// What was said, or is about to be.
    pub fn answer(&self) -> Option<&Answer> {
        self.draft.as_ref().or_else(|| self.said.get(self.place)?.as_ref())
    }

    /// What is so; none before the run has come to its end.
    pub fn truth(&self) -> Option<&Truth> {
        match &self.phase {
            Phase::Telling(telling) if telling.is_over() => Some(&telling.truth),
            _ => None,
        }
    }

    /// The sentence that names the difference.
    pub fn told(&self) -> Option<String> {
        Some(sentence(self.chapter()?, self.answer()?, self.truth()?))
    }

    /// Whether the pool is open to try things: the last chapter was told.
    pub fn ends(&self) -> bool {
        self.place + 1 == self.chapters.len() && self.truth().is_some()
    }

    /// The line that is drawn: what was said, or as the run stood where it begins.
    pub fn line(&self) -> [f64; LINE_POINTS] {
        match self.answer() {
            Some(Answer::Line(line)) => *line,
            _ => [self.first_value(); LINE_POINTS],
        }
    }

    fn set_point(&mut self, place: usize, value: f64) {
        let Some(Question::Draw { max }) = self.chapter().map(|chapter| &chapter.question) else {
            return;
        };
        let (max, mut line) = (*max, self.line());
        if let Some(point) = line.get_mut(place).filter(|_| self.is_asking()) {
            // As fine as can be drawn, and short in links.
            *point = (value.clamp(0.0, max) * 10.0).round() / 10.0;
            self.draft = Some(Answer::Line(line));
        }
    }

    /// The link of the night as it stands, that looks as `look` says.
    pub(super) fn link(&self, look: &Look) -> TourLink {
        if self.chapters.is_empty() {
            return TourLink { view: look.clone(), ..self.link.clone() };
        }
        let said = |(place, answer): (usize, &Answer)| Said {
            chapter: place + 1,
            answer: answer.to_string(),
        };
        let others = self.class.iter().map(|(place, answer)| (*place, answer));
        let own = self.said.iter().enumerate();
        let own = own.filter_map(|(place, answer)| Some((place, answer.as_ref()?)));
        TourLink {
            scenario: self.link.scenario.clone(),
            chapter: self.place + 1,
            said: others.chain(own).map(said).collect(),
            view: look.clone(),
        }
    }

    /// A link to the pool as it stands where the last chapter asks, with no fix to come: what
    /// helps is the user's to try.
    pub(super) fn sandbox(&self) -> Option<Link> {
        let Phase::Telling(telling) = &self.phase else { return None };
        let at = telling.at;
        let scenario: Scenario = Other::no_fix().scenario(&self.link.scenario, at);
        let view = Look { paused: true, ..Look::default() };
        Some(Link { at: Some(at), view, ..Link::new(scenario) })
    }
}
