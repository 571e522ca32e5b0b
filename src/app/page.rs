//! The page as a component: a message changes the state, and what the state asks of the browser is
//! done.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use yew::prelude::*;

use super::animate::{self, Cost};
use super::browser::{self, millis};
use super::crash;
use super::effects::perform;
use super::embed::{self, Height};
use super::frames::Frames;
use super::nodes::Nodes;
use super::tour::watch_presenter;
use super::view::view;
use crate::run::RunId;
use crate::viewer::{Msg, State};

/// Renderings that are taken together for `data-render-ms`.
const RENDERINGS: u32 = 8;

/// The page.
pub struct Page {
    state: Rc<RefCell<State>>,
    nodes: Nodes,
    /// The one callback of all components.
    on: Callback<Msg>,
    frames: Option<Frames>,
    /// They tell what the system prefers and what a presenter wants, as long as they live.
    _system: Vec<EventListener>,
    /// When the message came that is being rendered.
    began: Option<f64>,
    cost: Cost,
    height: Height,
    /// How often the page was rendered.
    renders: u32,
    /// Whether all of the page is rendered. At first it is not, so that the first picture of the
    /// stage stands early.
    whole: bool,
}

impl Component for Page {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let mut state = match State::start(&browser::query()) {
            Ok(state) => state,
            // Links are checked when they are read: this is for the crash page.
            Err(error) => panic!("{error}"),
        };
        browser::set_theme(state.look.theme);
        state.update(browser::system());
        let on = ctx.link().callback(|msg| msg);
        Self {
            state: Rc::new(RefCell::new(state)),
            nodes: Nodes::default(),
            _system: browser::watch_system(&on)
                .into_iter()
                .chain(watch_presenter(&on))
                .chain(embed::watch(&on))
                .collect(),
            on,
            frames: None,
            began: None,
            cost: Cost::new("data-render-ms", RENDERINGS),
            height: Height::default(),
            renders: 0,
            whole: false,
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let (began, quiet) = (millis(), msg.is_quiet());
        let is_refresh = matches!(msg, Msg::Refresh(_));
        let effects = self.state.borrow_mut().update(msg);
        if is_refresh {
            self.whole = true;
            crash::note(self.state.borrow().recipe());
        }
        for effect in effects {
            perform(effect, &self.nodes, &self.on);
        }
        if !quiet {
            self.began.get_or_insert(began);
        }
        !quiet
    }

    fn view(&self, _: &Context<Self>) -> Html {
        view(&self.state.borrow(), &self.nodes, &self.on, self.whole)
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first {
            self.frames =
                Some(animate::start(self.nodes.clone(), self.state.clone(), self.on.clone()));
            if let Some(boot) = browser::element("boot") {
                boot.remove();
            }
        }
        self.height.post();
        if let Some(menu) = &self.state.borrow().menu {
            browser::place_on("menu", self.nodes.stage(menu.run), menu.at);
        }
        self.place_line();
        if let Some(began) = self.began.take() {
            self.cost.count(millis() - began);
            self.renders += 1;
            animate::note("stage", "data-renders", f64::from(self.renders));
        }
    }
}

impl Page {
    /// Puts the line of the opening beside its worker.
    fn place_line(&self) {
        let state = self.state.borrow();
        let Some(beat) = state.runs.opening().beat() else { return };
        let mut actors = state.runs.lane(RunId::A).stage().actors();
        if let Some(actor) = actors.find(|actor| actor.id == beat.worker()) {
            browser::place_on("line", self.nodes.stage(RunId::A), actor.feet);
        }
    }
}
