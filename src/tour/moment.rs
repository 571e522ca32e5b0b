//! Moments of a night: bound to what happens, not to the clock, so that every seed and every
//! scenario has them.

use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError, Value};
use crate::run::{Command, MarkKind, Tape};
use crate::watch::Milestone;

/// The alert by which customers' delays page somebody.
const PAGE: &str = "JobsDelayed";
/// The latest that a moment may be after what it is bound to, in seconds.
const MAX_LATER_S: u64 = 86_400;

/// A moment of a night: the earliest of one or several, such as `hang/begin+300`. The end of the
/// scenario's length is always one of them. Before a bar, as in `told:dashboard|page+45`, stands a
/// word of the story: where the scenario's own chapters have it, that is the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    story: Option<String>,
    earliest: Vec<(Event, Duration)>,
}

/// Begins a word of the story.
const TOLD: &str = "told:";

/// What a moment is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// The run begins.
    Begin,
    /// The first worker hangs.
    Hang,
    /// There are more and more zombies.
    Climb,
    /// The first page for delays.
    Page,
    /// The scenario switches its first fix on.
    Deploy,
    /// So many hundredths of the scenario's length have passed.
    Share(u8),
    /// The scenario's length has passed.
    End,
}

/// The events that have a name in the chapters' file.
const EVENTS: [(&str, Event); 6] = [
    ("begin", Event::Begin),
    ("hang", Event::Hang),
    ("climb", Event::Climb),
    ("page", Event::Page),
    ("deploy", Event::Deploy),
    ("end", Event::End),
];

impl Moment {
    /// Reads a moment: `page+45`, `60%`, or several with a slash between them; before them perhaps
    /// a word of the story.
    ///
    /// # Errors
    /// If an event is unknown, or a number is none or too large.
    pub fn parse(field: &str, text: &str) -> Result<Self, InputError> {
        let told = text.strip_prefix(TOLD).and_then(|rest| rest.split_once('|'));
        let (story, rest) = told.map_or((None, text), |(word, rest)| (Some(word.to_owned()), rest));
        let events = rest.split('/').map(|one| parse_one(field, one.trim()));
        Ok(Self { story, earliest: events.collect::<Result<_, _>>()? })
    }

    /// When it is, in whole seconds of the run, as far as the tape was played: an event that has
    /// not happened yet has no time.
    pub fn at(&self, tape: &Tape) -> Option<Instant> {
        let story = self.story.as_ref().and_then(|word| told(tape, word));
        if let Some(at) = story {
            return Some(whole(at));
        }
        let one = |&(event, later): &(Event, Duration)| Some(whole(event.at(tape)? + later));
        let end = Event::End.at(tape).map(whole);
        self.earliest.iter().filter_map(one).chain(end).min()
    }
}

impl Event {
    fn at(self, tape: &Tape) -> Option<Instant> {
        let length = tape.scenario().length();
        match self {
            Self::Begin => Some(Instant::START),
            Self::Hang => marked(tape, MarkKind::Milestone(Milestone::FirstToxicJob)),
            Self::Climb => marked(tape, MarkKind::Milestone(Milestone::ZombiesClimb)),
            Self::Page => marked(tape, MarkKind::Fired(PAGE)),
            Self::Deploy => deploy(tape),
            Self::Share(hundredths) => {
                Some(Instant::from_micros(length.as_micros() / 100 * u64::from(hundredths)))
            }
            Self::End => Some(Instant::START + length),
        }
    }
}

/// When the scenario's own chapters first have a word.
fn told(tape: &Tape, word: &str) -> Option<Instant> {
    let mut chapters = tape.scenario().chapters.iter();
    chapters.find(|chapter| chapter.tell.contains(word)).map(|chapter| chapter.at())
}

/// When the tape first marked this.
fn marked(tape: &Tape, what: MarkKind) -> Option<Instant> {
    tape.marks().iter().find(|mark| mark.what == what).map(|mark| mark.at)
}

/// When the scenario first switches a fix on.
fn deploy(tape: &Tape) -> Option<Instant> {
    let commands = tape.scenario().commands.iter();
    commands.filter(|timed| switches_a_fix_on(&timed.command)).map(|timed| timed.at()).min()
}

/// Whether a command switches one of the five fixes on.
fn switches_a_fix_on(command: &Command) -> bool {
    match command {
        Command::Set { knob, value } => Fix::of(*knob).is_some() && *value == Value::Flag(true),
        _ => false,
    }
}

/// The first whole second that is not before an instant: what the instruments read.
fn whole(at: Instant) -> Instant {
    Instant::START + Duration::secs(at.as_micros().div_ceil(1_000_000))
}

fn parse_one(field: &str, text: &str) -> Result<(Event, Duration), InputError> {
    let (name, later) = text.split_once('+').unwrap_or((text, "0"));
    let seconds = later.parse().ok().filter(|later: &u64| *later <= MAX_LATER_S);
    let seconds = seconds.ok_or_else(|| {
        InputError::new(field, text, format!("allowed after +: 0 to {MAX_LATER_S} whole seconds"))
    })?;
    Ok((event(field, name)?, Duration::secs(seconds)))
}

fn event(field: &str, name: &str) -> Result<Event, InputError> {
    if let Some(share) = name.strip_suffix('%') {
        let share = share.parse().ok().filter(|share| *share <= 100);
        let wrong = || InputError::new(field, name, "allowed: 0% to 100%");
        return share.map(Event::Share).ok_or_else(wrong);
    }
    let found = EVENTS.iter().find(|(known, _)| *known == name).map(|(_, event)| *event);
    found.ok_or_else(|| InputError::unknown(field, name, EVENTS.iter().map(|(known, _)| *known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::built_in;

    fn tape(seconds: u64) -> Tape {
        let scenario = built_in("incident").expect("the scenario is built in");
        let mut tape = Tape::new(scenario).expect("it is allowed");
        tape.play(Instant::START + Duration::secs(seconds), &mut ());
        tape
    }

    fn at_s(text: &str, tape: &Tape) -> Option<f64> {
        let moment = Moment::parse("at", text).expect("it is a moment");
        moment.at(tape).map(Instant::as_secs_f64).filter(|at_s| *at_s < 4_080.0)
    }

    #[test]
    fn an_event_has_a_time_once_it_has_happened() {
        let (early, late) = (tape(300), tape(700));
        assert_eq!((at_s("page+45", &early), at_s("hang/begin+300", &early)), (None, Some(300.0)));
        assert!(at_s("page+45", &late) > Some(600.0));
        assert_eq!(at_s("deploy/80%", &early), Some(2_760.0));
        assert_eq!(at_s("80%", &early), Some(3_264.0));
        assert_eq!(at_s("told:dashboard|page+45", &early), Some(660.0));
        assert_eq!(at_s("told:nothing of it|60%", &early), Some(2_448.0));
    }

    #[test]
    fn what_is_no_moment_is_refused_by_name() {
        let refused = |text: &str| Moment::parse("`at`", text).expect_err(text).to_string();
        assert!(refused("pagr+3").contains("`page`"), "{}", refused("pagr+3"));
        assert!(refused("page+soon").contains("whole seconds"));
        assert!(refused("120%").contains("100%"));
    }
}
