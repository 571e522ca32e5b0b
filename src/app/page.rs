//! The page as a whole: it owns the model and the animation loop, and hands what there is to show
//! to its parts about four times a second.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::act::{Act, Poke};
use super::animate::{self, Canvases};
use super::browser::{self, millis};
use super::charts::ChartAct;
use super::crash;
use super::frames::Frames;
use super::over::Over;
use super::parts::{ScrubAct, StageAct, TransportAct, stage_id};
use super::words;
use crate::knobs::{InputError, KnobId};
use crate::run::RunId;
use crate::run::link::{Link, View};
use crate::scene::Point;
use crate::viewer::{Selection, State, Tool};
use crate::watch::Sample;

/// Milliseconds between two announcements for those who cannot see.
const DIGEST_MS: f64 = 5_000.0;

/// The menu of what can be done to what is picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// On which stage.
    pub which: RunId,
    /// Where on it.
    pub at: Point,
    /// To what.
    pub on: Selection,
    /// By which tools.
    pub tools: Vec<Tool>,
}

/// The page.
pub struct Page {
    pub(super) model: Rc<RefCell<State>>,
    frames: Option<Frames>,
    pub(super) canvases: Canvases,
    /// Where the pointer is on the bar of time.
    pub(super) hover: Rc<Cell<Option<f64>>>,
    pub(super) sample: Rc<Sample>,
    pub(super) fault: Option<(KnobId, InputError)>,
    pub(super) trouble: Option<String>,
    pub(super) tool: Tool,
    pub(super) menu: Option<Menu>,
    /// A touch that may become a question, and whether the last one did.
    pub(super) press: Option<Timeout>,
    pub(super) asked: bool,
    /// The user holds the timeline: time waits.
    pub(super) held: Rc<Cell<bool>>,
    pub(super) over: Option<Over>,
    /// How the link wanted the page to look; what was chosen since.
    pub(super) look: View,
    digest: String,
    digest_at: f64,
    pub(super) on: Callbacks,
}

/// What the parts say.
pub(super) struct Callbacks {
    pub(super) turn: Callback<(KnobId, String)>,
    pub(super) transport: Callback<TransportAct>,
    pub(super) scrub: Callback<ScrubAct>,
    pub(super) take: Callback<Tool>,
    pub(super) poke: Callback<Poke>,
    pub(super) stage: Callback<(RunId, StageAct)>,
    pub(super) believe: Callback<bool>,
    pub(super) turn_to: Callback<RunId>,
    pub(super) close: Callback<MouseEvent>,
    pub(super) chart: Callback<ChartAct>,
}

impl Callbacks {
    fn new(ctx: &Context<Page>) -> Self {
        let link = ctx.link();
        Self {
            turn: link.callback(|(knob, text)| Act::Turn(knob, text)),
            transport: link.callback(Act::Transport),
            scrub: link.callback(Act::Scrub),
            take: link.callback(Act::Take),
            poke: link.callback(Act::Poke),
            stage: link.callback(|(which, act)| Act::Stage(which, act)),
            believe: link.callback(Act::Believe),
            turn_to: link.callback(Act::Hand),
            close: link.callback(|_| Act::Close),
            chart: link.callback(Act::Chart),
        }
    }
}

impl Component for Page {
    type Message = Act;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (link, refused) = Link::read_or_default(&browser::query());
        let model = match State::open(&link) {
            Ok(model) => model,
            // A link is checked when it is read: this is for the crash page.
            Err(fault) => panic!("{fault}"),
        };
        browser::set_theme(link.view.theme);
        let refused = refused.map(|fault| Over::Refused(format!("{fault}. {}", words::DEFAULTS)));
        Self {
            sample: Rc::new(model.sample()),
            model: Rc::new(RefCell::new(model)),
            frames: None,
            canvases: Canvases::default(),
            hover: Rc::default(),
            fault: None,
            trouble: None,
            tool: Tool::Inspect,
            menu: None,
            press: None,
            asked: false,
            held: Rc::default(),
            over: refused,
            look: link.view,
            digest: String::new(),
            digest_at: 0.0,
            on: Callbacks::new(ctx),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            let link = ctx.link().clone();
            let refresh = move || link.send_message(Act::Refresh);
            let (canvases, model) = (self.canvases.clone(), self.model.clone());
            self.frames = Some(animate::start(
                canvases,
                model,
                self.hover.clone(),
                self.held.clone(),
                refresh,
            ));
            if let Some(boot) = browser::element("boot") {
                boot.remove();
            }
        }
        if let Some(Menu { which, at, .. }) = &self.menu {
            browser::place_on("menu", stage_id(*which), at.x, at.y);
        }
    }

    fn update(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        // Whoever points at a chart or at the bar of time sees lines and words there at once, and
        // the rest of the page at the next refresh.
        let pointing = match act {
            Act::Chart(ChartAct::Point(..) | ChartAct::Leave) => true,
            Act::Scrub(ScrubAct::Move(_) | ScrubAct::Leave) => !self.held.get(),
            _ => false,
        };
        self.act(ctx, act);
        if !pointing {
            self.read_instruments();
        }
        !pointing
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let on_key = ctx.link().callback(Act::Key);
        let on_drag = Callback::from(|event: DragEvent| event.prevent_default());
        let on_drop = ctx.link().batch_callback(|event: DragEvent| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|data| data.files());
            files.and_then(|files| files.get(0)).map(Act::Open)
        });
        html! {
            <div class={self.classes()} onkeydown={on_key} ondragover={on_drag} ondrop={on_drop}>
                { self.top(ctx) }
                <main>
                    <section class="left" aria-label="The pool">{ self.pool() }</section>
                    <aside class="right" aria-label="Dashboards and controls">
                        { self.controls() }
                    </aside>
                </main>
                <div class="over">{ self.view_over(ctx) }</div>
                <div class="unseen" aria-live="polite">{ self.digest.clone() }</div>
            </div>
        }
    }
}

impl Page {
    /// How the link wants the page: as a part of another, without some of its parts.
    fn classes(&self) -> Classes {
        let hidden = self.look.hide.iter().map(|part| format!("hide-{part}"));
        classes!("page", self.look.embed.then_some("embed"), hidden.collect::<Vec<_>>())
    }

    /// Reads what there is to show.
    fn read_instruments(&mut self) {
        let model = self.model.borrow();
        self.sample = Rc::new(model.sample());
        crash::note(model.recipe());
        if millis() - self.digest_at > DIGEST_MS && model.runs.pace.playing {
            self.digest_at = millis();
            self.digest = model.digest(&self.sample);
        }
    }
}
