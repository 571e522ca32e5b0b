//! All that is seen and can be changed on the page.

use std::rc::Rc;

use super::charts::Charts;
use super::dialog::{Dialog, Instead, Notice};
use super::digest::Digest;
use super::lab::Lab;
use super::lane::Lane;
use super::menu::Menu;
use super::opening::Opening;
use super::room::Room;
use super::runs::Runs;
use super::tab::Tab;
use super::tool::{Selection, Tool};
use super::tour::Night;
use crate::kernel::Instant;
use crate::knobs::{InputError, KnobId};
use crate::lab::LabLink;
use crate::pool::WorkerId;
use crate::run::link::{Link, View as Look};
use crate::run::{Command, Interest, MarkKind, RunId};
use crate::scene::{Point, Theme, View};
use crate::tour::TourLink;
use crate::watch::Sample;

/// Milliseconds of a frame that a run of the lab may take which the page makes itself.
const LAB_MS: f64 = 8.0;

/// All that is seen and can be changed on the page.
#[derive(Clone, Debug)]
pub struct State {
    /// The runs.
    pub runs: Runs,
    /// The lab.
    pub lab: Lab,
    /// The night.
    pub night: Night,
    /// What the user has selected in the active run.
    pub selection: Option<Selection>,
    /// The tab that is open, where there is one column.
    pub tab: Tab,
    /// Whether the head of a narrow page is unfolded.
    pub unfolded: bool,
    /// What a click on the stage does.
    pub tool: Tool,
    /// The menu of the selection, if it is open.
    pub menu: Option<Menu>,
    /// The dialog that lies over the page.
    pub dialog: Option<Dialog>,
    /// What came of the last message.
    pub notice: Option<Notice>,
    /// Whether the stage shows what the supervisor believes instead of the truth.
    pub belief: bool,
    /// What "run to next" looks for.
    pub interest: Interest,
    /// What the user does with the timeline.
    pub timeline: Pointer,
    /// What the user does with the knobs.
    pub knobs: KnobEdit,
    /// What the user does with the charts.
    pub charts: Charts,
    /// How the link wanted the page to look, and what the user has chosen since.
    pub look: Look,
    /// What the instruments of the active run showed at the last refresh.
    pub sample: Rc<Sample>,
    /// The last sentence for screen readers.
    pub digest: Digest,
    /// The link that was opened, until its moment is reached: which workers there are is known
    /// only then.
    opened: Option<Link>,
    pub(super) system: System,
    pub(super) touch: Touch,
}

/// The pointer over the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// Where it is, in pixels from the left.
    pub x: Option<f64>,
    /// Whether it drags: time waits.
    pub drags: bool,
}

/// A knob that is being set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnobEdit {
    /// The value that a slider shows but has not set.
    pub preview: Option<(KnobId, String)>,
    /// The slider on which a key is down.
    pub held: Option<KnobId>,
    /// Why the last value was refused, and of which knob.
    pub error: Option<(KnobId, InputError)>,
}

/// What the system prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct System {
    pub(super) dark: bool,
    pub(super) calm: bool,
}

/// Touches of a stage: each has a number, so that a timer knows whether its touch still lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch {
    pub(super) number: u32,
    /// The touch that may become a long press.
    pub(super) lasts: bool,
    /// The press was a long one: what follows is no click.
    pub(super) long: bool,
}

impl State {
    /// What the query of an address leads to. A query that is refused leads to the default scenario
    /// and a dialog that tells why.
    ///
    /// # Errors
    /// If not even the default scenario can be opened.
    pub fn start(query: &str) -> Result<Self, InputError> {
        if TourLink::is_in(query) {
            return Self::start_night(query);
        }
        if LabLink::is_in(query) {
            return Self::start_lab(query);
        }
        let (link, refused) = Link::read_or_default(query);
        let mut state = Self::open(&link)?;
        if query.trim_start_matches('?').is_empty() {
            state.runs.opening = Opening::Lead;
        }
        state.dialog = refused
            .map(|error| Dialog::Refused { why: error.to_string(), instead: Instead::Default });
        Ok(state)
    }

    /// The lab, with the experiment of a query; one that is refused leads to the lab as it is at
    /// first, and a dialog that tells why.
    fn start_lab(query: &str) -> Result<Self, InputError> {
        let (link, refused) = match LabLink::read(query) {
            Ok(link) => (link, None),
            Err(error) => (LabLink::default(), Some(error)),
        };
        let view = Look { room: Some(Room::Lab.name()), ..link.view.clone() };
        let mut state = Self::open(&Link { view, ..Link::new(link.plan.base.clone()) })?;
        state.lab = Lab::open(link);
        state.dialog = refused
            .map(|error| Dialog::Refused { why: error.to_string(), instead: Instead::Default });
        Ok(state)
    }

    /// The night that a query leads to; one that is refused leads to the night as it is at first,
    /// and a dialog that tells why.
    fn start_night(query: &str) -> Result<Self, InputError> {
        let (link, refused) = match TourLink::read(query) {
            Ok(link) => (link, None),
            Err(error) => (TourLink::default(), Some(error)),
        };
        let view = Look { room: Some(Room::Night.name()), ..link.view.clone() };
        let mut state = Self::open(&Link { view, ..Link::new(link.scenario.clone()) })?;
        state.night = Night::open(link);
        state.dialog = refused
            .map(|error| Dialog::Refused { why: error.to_string(), instead: Instead::Default });
        Ok(state)
    }

    /// Shows what a link leads to, in the place of the runs that are shown.
    ///
    /// # Errors
    /// As [`Runs::open`]; nothing is changed then.
    pub(super) fn show(&mut self, link: &Link) -> Result<(), InputError> {
        self.runs = Runs::open(link)?;
        (self.selection, self.menu, self.notice, self.opened) = (None, None, None, None);
        Ok(())
    }

    /// The room that the user is in.
    pub fn room(&self) -> Room {
        Room::named(self.look.room)
    }

    /// The lane whose stage is on the screen; in the night none, while nothing may be seen.
    pub fn lane_shown(&self, id: RunId) -> Option<&Lane> {
        match self.room() {
            Room::Night => self.night.lane(),
            Room::Pool | Room::Lab => Some(self.runs.lane(id)),
        }
    }

    /// What a link leads to.
    ///
    /// # Errors
    /// As [`Runs::open`].
    pub fn open(link: &Link) -> Result<Self, InputError> {
        let runs = Runs::open(link)?;
        Ok(Self {
            sample: Rc::new(runs.tape().run().sample()),
            runs,
            lab: Lab::open(LabLink::default()),
            night: Night::default(),
            selection: link.view.worker.map(|worker| Selection::Worker(WorkerId(worker))),
            tab: Tab::default(),
            unfolded: false,
            tool: Tool::default(),
            menu: None,
            dialog: None,
            notice: None,
            belief: false,
            interest: Interest::Anything,
            timeline: Pointer::default(),
            knobs: KnobEdit::default(),
            charts: Charts::default(),
            look: link.view.clone(),
            digest: Digest::default(),
            opened: Some(link.clone()),
            system: System::default(),
            touch: Touch::default(),
        })
    }

    /// The query of a link to what is seen, in whatever room.
    ///
    /// # Errors
    /// If what is seen is too large for a link.
    pub fn query(&self) -> Result<String, InputError> {
        match self.room() {
            Room::Pool => self.link().write(),
            Room::Night => self.night.link(&self.look).write(),
            Room::Lab => LabLink { view: self.look.clone(), ..self.lab.link().clone() }.write(),
        }
    }

    /// A link to what is seen of the pool.
    pub fn link(&self) -> Link {
        let roster = self.runs.lane(RunId::A).tape().run().pool().roster();
        let worker = self.selection.and_then(Selection::worker);
        let worker = worker.filter(|id| roster.named(*id).is_some()).map(|id| id.0);
        self.runs.link(Look { worker, ..self.look.clone() })
    }

    /// Where the link that was opened has led, the worker that it asks for may be none.
    fn check_link(&mut self) {
        let arrived = self.runs.progress().is_none();
        let Some(link) = self.opened.take_if(|_| arrived) else { return };
        // Whoever has selected something else meanwhile no longer asks.
        let asked = link.view.worker.map(|worker| Selection::Worker(WorkerId(worker)));
        if asked == self.selection {
            let there = link.check_worker(self.runs.tape().run());
            self.notice = there.err().map(|error| Notice::Error(error.to_string()));
        }
    }

    /// Where the page is a part of another: the query of a page of its own that shows the same.
    pub fn alone(&self) -> Option<String> {
        let whole = |look: &Look| Look { embed: false, hide: Vec::new(), ..look.clone() };
        self.look.embed.then(|| self.runs.link(whole(&self.look)).write().ok()).flatten()
    }

    /// The query of the link that repeats what is seen; of a run that is too large for a link, its
    /// scenario file.
    pub fn recipe(&self) -> String {
        match self.link().write() {
            Ok(query) => format!("?{query}"),
            Err(_) => self.runs.tape().recorded().to_toml(),
        }
    }

    /// The theme that the user has chosen, or that the system prefers.
    pub fn theme(&self) -> Theme {
        match self.look.theme {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some("projector") => Theme::Projector,
            _ if self.system.dark => Theme::Dark,
            _ => Theme::Light,
        }
    }

    /// When the host of the active run died, if it is dead: nothing more happens there.
    pub fn death(&self) -> Option<Instant> {
        let tape = self.runs.tape();
        let at = tape.marks().iter().rfind(|mark| mark.what == MarkKind::OutOfMemory);
        at.filter(|_| tape.run().pool().host().dead).map(|mark| mark.at)
    }

    /// The command of a tool on the selection; `None` if it does not fit.
    pub fn command(&self, tool: Tool) -> Option<Command> {
        tool.command(self.selection?, self.runs.tape().run())
    }

    /// A frame of `seconds` passes, on stages of these sizes. Time waits while a dialog is open or
    /// the timeline is dragged. `clock` tells milliseconds.
    pub fn frame(&mut self, seconds: f64, sizes: [Point; 2], clock: impl Fn() -> f64) {
        self.check_link();
        let until_ms = clock() + LAB_MS;
        self.lab.slice(|| clock() < until_ms);
        let still = self.dialog.is_some() || self.timeline.drags || self.room() != Room::Pool;
        let (motion, belief, theme) = (!self.system.calm, self.belief, self.theme());
        let views = sizes.map(|size| View { size, motion, belief, theme });
        if self.room() == Room::Night && self.dialog.is_none() {
            self.night.frame(seconds, views[0], || clock() < until_ms);
        }
        self.runs.frame(seconds, still, views, clock);
    }
}
