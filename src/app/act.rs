//! What can happen to the page, and what it does then.

use gloo_timers::callback::Timeout;
use web_sys::{KeyboardEvent, PointerEvent};
use yew::Context;

use super::browser;
use super::charts::ChartAct;
use super::keys::{self, Stroke};
use super::over::Over;
use super::page::{Menu, Page};
use super::parts::{ScrubAct, StageAct, TransportAct, place};
use super::take::Format;
use super::words;
use crate::kernel::{Duration, Instant};
use crate::knobs::{Fix, InputError, KnobId};
use crate::run::link::THEMES;
use crate::run::{Command, Interest, RunId, Scenario, built_in};
use crate::scene::{Point, Timeline};
use crate::viewer::{Selection, Tool};

/// What can happen to the page.
pub enum Act {
    /// Time has passed: show how things are.
    Refresh,
    /// Somebody used the controls of time.
    Transport(TransportAct),
    /// Somebody used the bar of time.
    Scrub(ScrubAct),
    /// Somebody turned a knob: its row of the table, and what was said.
    Turn(KnobId, String),
    /// Somebody did something on a stage.
    Stage(RunId, StageAct),
    /// Somebody pressed a key.
    Key(KeyboardEvent),
    /// Somebody took a tool into the hand.
    Take(Tool),
    /// Somebody pokes the run.
    Poke(Poke),
    /// Somebody wants to see what the supervisor believes, or what is so.
    Believe(bool),
    /// Somebody wants to compare two runs, or to look at one.
    Compare(bool),
    /// Somebody turns to the one or the other of two runs.
    Hand(RunId),
    /// Somebody closed what was open: the menu, the help, the inspector.
    Close,
    /// Somebody wants to know the keys.
    Help,
    /// Somebody wants a link to what is seen.
    Share,
    /// Somebody copies it.
    Copy,
    /// Somebody wants to take something away, or to bring it.
    Keep,
    /// Somebody takes something away.
    TakeAway(&'static Format),
    /// Somebody brings a file.
    Open(web_sys::File),
    /// What was in it.
    Bring(String),
    /// It could not be read.
    Refuse(InputError),
    /// Somebody chooses a theme; an empty name is the system's.
    Theme(String),
    /// Somebody used a chart.
    Chart(ChartAct),
}

/// What can be done to the run at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Poke {
    /// A command.
    Give(Command),
    /// A tool on what is picked.
    Use(Tool),
    /// Takes the last one back.
    Undo,
}

/// The jobs of one burst by hand.
pub const BURST: u32 = 50;
/// Milliseconds after which a touch that stays is a question.
const LONG_PRESS_MS: u32 = 500;
/// Seconds that the bar of time moves by arrow, and by page.
const NUDGES: (f64, f64) = (5.0, 60.0);

impl Page {
    /// Does it.
    pub(super) fn act(&mut self, ctx: &Context<Self>, act: Act) {
        match act {
            Act::Refresh => {}
            Act::Transport(act) => self.transport(act),
            Act::Scrub(act) => self.scrub(act),
            Act::Turn(knob, text) => self.turn(knob, &text),
            Act::Stage(which, act) => self.stage(ctx, which, act),
            Act::Key(event) => self.key(&event),
            Act::Take(tool) => self.tool = tool,
            Act::Poke(poke) => self.poke(&poke),
            Act::Believe(belief) => self.model.borrow_mut().belief = belief,
            Act::Compare(on) => self.compare(on),
            Act::Hand(which) => self.model.borrow_mut().runs.activate(which),
            Act::Close => self.close(),
            Act::Help => self.lay(Over::Help),
            Act::Share => self.share(),
            Act::Copy => self.copy(),
            Act::Keep => self.lay(Over::Keep),
            Act::TakeAway(format) => self.take_away(format),
            Act::Open(file) => Self::read(ctx, file),
            Act::Bring(text) => self.bring(&text),
            Act::Refuse(fault) => self.refuse(&fault, words::KEPT),
            Act::Theme(name) => self.set_theme(&name),
            Act::Chart(act) => self.canvases.board.borrow_mut().act(&act, &self.model.borrow()),
        }
    }

    fn note(&mut self, done: Result<(), InputError>) {
        self.trouble = done.err().map(|fault| fault.to_string());
    }

    /// Closes what lies on top. Who used the keyboard is back on the stage then.
    fn close(&mut self) {
        if self.over.take().is_some() || self.menu.take().is_some() {
            browser::focus_soon("#stage");
            return;
        }
        self.model.borrow_mut().selection = None;
    }

    /// Takes over a theme; an empty name, or one that there is none of, is the system's.
    fn set_theme(&mut self, name: &str) {
        self.look.theme = THEMES.iter().copied().find(|known| *known == name);
        browser::set_theme(self.look.theme);
    }

    fn transport(&mut self, act: TransportAct) {
        let mut model = self.model.borrow_mut();
        let done = match act {
            TransportAct::PlayPause => {
                model.runs.pace.playing = !model.runs.pace.playing;
                Ok(())
            }
            TransportAct::Speed(speed) => {
                model.runs.pace.set_speed(speed);
                Ok(())
            }
            // The fixes stay as they are turned, but for the beginning of the story.
            TransportAct::Reset => model.runs.restart(|scenario, knobs| {
                for fix in Fix::ALL {
                    fix.switch(&mut scenario.knobs, fix.is_on(knobs));
                }
                Ok(())
            }),
            TransportAct::Scenario(name) => built_in(&name).and_then(|other| {
                model.selection = None;
                model.runs.begin(other)
            }),
            TransportAct::Seed(text) => seed(&text).and_then(|seed| {
                model.runs.restart(|scenario, _| {
                    scenario.seed = seed;
                    Ok(())
                })
            }),
        };
        drop(model);
        self.note(done);
    }

    fn scrub(&mut self, act: ScrubAct) {
        let model = self.model.clone();
        let mut model = model.borrow_mut();
        match act {
            ScrubAct::Hold(x) => {
                self.held.set(true);
                self.go_to(x, &mut model);
            }
            ScrubAct::Move(x) => {
                self.hover.set(Some(x));
                if self.held.get() {
                    self.go_to(x, &mut model);
                }
            }
            ScrubAct::Release => self.held.set(false),
            ScrubAct::Leave => self.hover.set(None),
            ScrubAct::Step => model.runs.step(),
            ScrubAct::StepBack => model.runs.step_back(),
            ScrubAct::Next(what) => {
                let found = model.runs.run_to(what);
                self.trouble = (!found).then(|| words::NOTHING_FOUND.to_owned());
            }
            ScrubAct::Ghost(ghost) => model.runs.switch(ghost),
        }
    }

    fn go_to(&self, x: f64, state: &mut crate::viewer::State) {
        let width = self.canvases.width_of_scrub();
        let to = Timeline::of(state.runs.tape(), width).instant_at(x);
        state.runs.seek(to);
    }

    fn turn(&mut self, knob: KnobId, text: &str) {
        self.fault = self.model.borrow_mut().runs.set(knob, text).err().map(|fault| (knob, fault));
    }

    /// What is at a place of a stage: a worker, or a job that waits.
    fn find(&self, which: RunId, at: Point) -> Option<Selection> {
        let mut model = self.model.borrow_mut();
        model.runs.activate(which);
        let stage = model.runs.lane(model.runs.active()).stage();
        let worker = stage.at(at).map(|actor| Selection::Worker(actor.id));
        worker.or_else(|| stage.job_at(at).map(Selection::Job))
    }

    /// A click is a press that is let go; a touch that stays is a question, and no click as well.
    fn stage(&mut self, ctx: &Context<Self>, which: RunId, act: StageAct) {
        match act {
            StageAct::Press(event) if event.pointer_type() == "touch" => {
                let (link, at) = (ctx.link().clone(), place(&event));
                self.press = Some(Timeout::new(LONG_PRESS_MS, move || {
                    link.send_message(Act::Stage(which, StageAct::Ask(at)));
                }));
                self.asked = false;
            }
            StageAct::Press(_) => self.asked = false,
            StageAct::Release(event) => {
                self.press = None;
                if !self.asked {
                    self.point(which, &event);
                }
            }
            StageAct::Cancel => self.press = None,
            StageAct::Ask(at) => {
                self.asked = true;
                self.ask(which, at);
            }
        }
    }

    fn point(&mut self, which: RunId, event: &PointerEvent) {
        // The right button asks, and its menu has just been opened.
        if event.button() != 0 {
            return;
        }
        self.menu = None;
        let found = self.find(which, place(event));
        self.model.borrow_mut().selection = found;
        if found.is_some() && self.tool != Tool::Inspect {
            self.poke(&Poke::Use(self.tool));
        }
    }

    fn ask(&mut self, which: RunId, at: Point) {
        let found = self.find(which, at);
        self.model.borrow_mut().selection = found;
        self.menu = found.map(|on| self.menu_for(which, at, on));
    }

    /// The menu of the tools that fit.
    fn menu_for(&self, which: RunId, at: Point, on: Selection) -> Menu {
        let model = self.model.borrow();
        let fits = |tool: &Tool| tool.command(on, model.runs.tape().run()).is_some();
        Menu { which, at, on, tools: Tool::ALL.into_iter().filter(fits).collect() }
    }

    fn poke(&mut self, poke: &Poke) {
        self.menu = None;
        let model = self.model.clone();
        let mut model = model.borrow_mut();
        let done = match poke {
            Poke::Give(command) => model.runs.issue(command.clone()),
            Poke::Use(tool) => {
                let on = model.selection;
                match on.and_then(|on| tool.command(on, model.runs.tape().run())) {
                    Some(command) => model.runs.issue(command),
                    None => Ok(()),
                }
            }
            Poke::Undo => {
                let undone = model.runs.undo();
                self.trouble = undone.is_none().then(|| words::NOTHING_TO_UNDO.to_owned());
                return;
            }
        };
        self.note(done);
    }

    fn compare(&self, on: bool) {
        let mut model = self.model.borrow_mut();
        model.selection = None;
        model.runs.compare(on);
    }

    fn key(&mut self, event: &KeyboardEvent) {
        let Some(stroke) = keys::stroke(event) else { return };
        event.prevent_default();
        let model = self.model.clone();
        let nudge = |seconds: f64| {
            let mut model = model.borrow_mut();
            let now_s = model.runs.now().as_secs_f64() + seconds;
            model.runs.seek(Instant::START + Duration::secs_f64(now_s.max(0.0)));
        };
        match stroke {
            Stroke::PlayPause => self.transport(TransportAct::PlayPause),
            Stroke::Step => self.scrub(ScrubAct::Step),
            Stroke::StepBack => self.scrub(ScrubAct::StepBack),
            Stroke::NextWorker => model.borrow_mut().select_next(false),
            Stroke::PreviousWorker => model.borrow_mut().select_next(true),
            Stroke::Later => nudge(NUDGES.0),
            Stroke::Earlier => nudge(-NUDGES.0),
            Stroke::MuchLater => nudge(NUDGES.1),
            Stroke::MuchEarlier => nudge(-NUDGES.1),
            Stroke::Begin => model.borrow_mut().runs.seek(Instant::START),
            Stroke::End => {
                let end = model.borrow().runs.tape().end();
                model.borrow_mut().runs.seek(end);
            }
            Stroke::NextThing => self.scrub(ScrubAct::Next(Interest::Anything)),
            Stroke::Faster => model.borrow_mut().runs.pace.faster(),
            Stroke::Slower => model.borrow_mut().runs.pace.slower(),
            Stroke::Tool(tool) => self.poke(&Poke::Use(tool)),
            Stroke::PoisonNext => self.poke(&Poke::Give(Command::Poison { job: None })),
            Stroke::Burst => self.poke(&Poke::Give(Command::Burst { jobs: BURST })),
            Stroke::Undo => self.poke(&Poke::Undo),
            Stroke::Belief => {
                let mut model = model.borrow_mut();
                model.belief = !model.belief;
            }
            Stroke::Menu => self.open_menu(),
            Stroke::Close => self.close(),
            Stroke::Help => self.lay(Over::Help),
            Stroke::Share => self.share(),
        }
    }

    /// The menu of what is picked, by key: it opens beside it, with the focus on its first row.
    fn open_menu(&mut self) {
        let model = self.model.clone();
        let mut model = model.borrow_mut();
        if model.selection.is_none() {
            model.select_next(false);
        }
        let Some(on) = model.selection else { return };
        let at = match on {
            Selection::Worker(id) => {
                let mut actors = model.runs.lane(model.runs.active()).stage().actors();
                actors.find(|actor| actor.id == id).map(|actor| actor.feet)
            }
            Selection::Job(_) => None,
        };
        let at = at.unwrap_or(Point::new(40.0, 60.0));
        let which = model.runs.active();
        drop(model);
        self.menu = Some(self.menu_for(which, at, on));
        browser::focus_soon("#menu button");
    }
}

fn seed(text: &str) -> Result<u64, InputError> {
    let most = Scenario::MAX_SEED;
    let seed = text.trim().parse().ok().filter(|seed| *seed <= most);
    let allowed = || format!("allowed: a whole number, 0 to {most}");
    seed.ok_or_else(|| InputError::new("seed", text, allowed()))
}
