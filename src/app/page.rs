//! The page as a whole: it owns the model and the animation loop, and hands what there is to show
//! to its parts about four times a second.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use super::act::{Act, Poke, Tool};
use super::animate::{self, Canvases};
use super::browser::{self, millis};
use super::charts::ChartAct;
use super::crash;
use super::frames::Frames;
use super::model::{Chosen, Model, Which};
use super::over::Over;
use super::parts::{
    Belief, Compare, Dashboards, Inspector, JobInspector, Pager, Panel, PokeMenu, ScrubAct,
    ScrubBar, Stages, Story, Tools, Transport, TransportAct, charts,
};
use super::words;
use crate::knobs::Fault;
use crate::run::{Tape, differences};
use crate::run::link::{Link, THEMES, View};
use crate::scene::{Inspection, JobInspection, Point, fix_notes};
use crate::watch::Sample;

/// Milliseconds between two announcements for those who cannot see.
const DIGEST_MS: f64 = 5_000.0;

/// The menu of what can be done to what is picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// On which stage.
    pub which: Which,
    /// Where on it.
    pub at: Point,
    /// To what.
    pub on: Chosen,
    /// By which tools.
    pub tools: Vec<Tool>,
}

/// The page.
pub struct Page {
    pub(super) model: Rc<RefCell<Model>>,
    frames: Option<Frames>,
    pub(super) canvases: Canvases,
    /// Where the pointer is on the bar of time.
    pub(super) hover: Rc<Cell<Option<f64>>>,
    sample: Rc<Sample>,
    pub(super) fault: Option<(usize, Fault)>,
    pub(super) trouble: Option<String>,
    pub(super) tool: Tool,
    pub(super) menu: Option<Menu>,
    pub(super) over: Option<Over>,
    /// How the link wanted the page to look; what was chosen since.
    pub(super) look: View,
    digest: String,
    digest_at: f64,
    on: Callbacks,
}

/// What the parts say, made once so that they are not rendered for a callback that looks new.
struct Callbacks {
    turn: Callback<(usize, String)>,
    transport: Callback<TransportAct>,
    scrub: Callback<ScrubAct>,
    take: Callback<Tool>,
    poke: Callback<Poke>,
    point: Callback<(Which, PointerEvent)>,
    ask: Callback<(Which, Point)>,
    believe: Callback<bool>,
    turn_to: Callback<Which>,
    close: Callback<MouseEvent>,
    chart: Callback<ChartAct>,
}

impl Callbacks {
    fn new(ctx: &Context<Page>) -> Self {
        let link = ctx.link();
        Self {
            turn: link.callback(|(row, text)| Act::Turn(row, text)),
            transport: link.callback(Act::Transport),
            scrub: link.callback(Act::Scrub),
            take: link.callback(Act::Take),
            poke: link.callback(Act::Poke),
            point: link.callback(|(which, event)| Act::Point(which, event)),
            ask: link.callback(|(which, at)| Act::Ask(which, at)),
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
        let model = match Model::show(&link) {
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
            tool: Tool::Look,
            menu: None,
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
            self.frames = Some(animate::start(canvases, model, self.hover.clone(), refresh));
            if let Some(boot) = browser::element("boot") {
                boot.remove();
            }
        }
    }

    fn update(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        // Whoever points at a chart sees the lines at once, and the words at the next refresh.
        let pointing = matches!(act, Act::Chart(ChartAct::Point(..) | ChartAct::Leave));
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
        if millis() - self.digest_at > DIGEST_MS && model.pace.playing {
            self.digest_at = millis();
            self.digest = model.digest();
        }
    }

    fn top(&self, ctx: &Context<Self>) -> Html {
        let model = self.model.borrow();
        let scenario = model.tape().scenario();
        let compared = model.sides().1.is_some();
        let on_compare = ctx.link().callback(move |_: MouseEvent| Act::Compare(!compared));
        let on_help = ctx.link().callback(|_: MouseEvent| Act::Help);
        let on_share = ctx.link().callback(|_: MouseEvent| Act::Share);
        let on_keep = ctx.link().callback(|_: MouseEvent| Act::Keep);
        let on_theme = ctx.link().callback(|event: Event| Act::Theme(browser::field_text(&event)));
        let themes = THEMES.iter().map(|theme| {
            let selected = self.look.theme == Some(theme);
            html! { <option key={*theme} value={*theme} {selected}>{ *theme }</option> }
        });
        html! {
            <header class="top">
                <div class="name">
                    <h1>{ words::TITLE }</h1>
                    <p>{ words::SUBTITLE }</p>
                </div>
                <Transport
                    playing={model.pace.playing}
                    speed={model.pace.speed()}
                    clock={self.sample.clock.clone()}
                    scenario={scenario.name.clone()}
                    seed={scenario.seed}
                    behind={model.behind}
                    trouble={self.trouble.clone()}
                    act={self.on.transport.clone()}
                />
                <div class="extras" role="group" aria-label={words::EXTRAS}>
                    <button type="button" id="compare" aria-pressed={compared.to_string()}
                        title={words::COMPARE_HELP} onclick={on_compare}>{ "A | B" }</button>
                    <button type="button" id="share" onclick={on_share}>{ words::SHARE }</button>
                    <button type="button" id="keep" onclick={on_keep}>{ words::KEEP }</button>
                    <label class="theme">
                        <span class="unseen">{ words::THEME }</span>
                        <select id="theme" onchange={on_theme}>
                            <option value="" selected={self.look.theme.is_none()}>{ "auto" }</option>
                            { for themes }
                        </select>
                    </label>
                    <button type="button" id="help" aria-label={words::KEYS}
                        title={words::KEYS} onclick={on_help}>{ "?" }</button>
                </div>
            </header>
        }
    }

    fn pool(&self) -> Html {
        let model = self.model.borrow();
        let run = model.tape().run();
        let story = run.world().watch.stages().story();
        let menu = self.menu.clone().map(|menu| {
            html! { <PokeMenu {menu} poke={self.on.poke.clone()} close={self.on.close.clone()} /> }
        });
        html! {
            <>
            { caption(model.tape()) }
            <Story {story} clock={run.clock()} />
            <Tools tool={self.tool} take={self.on.take.clone()} poke={self.on.poke.clone()}
                belief={model.belief} show={self.on.believe.clone()} />
            <Stages stages={self.canvases.stages.clone()} compared={model.sides().1.is_some()}
                hand={model.hand} tool={self.tool} menu={menu.unwrap_or_default()}
                point={self.on.point.clone()} ask={self.on.ask.clone()} />
            <ScrubBar canvas={self.canvases.scrub.clone()} now={model.now()}
                end={model.tape().end()} clock={run.clock()}
                ghosts={model.tape().ghosts().len()} act={self.on.scrub.clone()} />
            <div class="inspect">{ self.inspector(&model) }</div>
            { self.charts(&model) }
            <p class="note">{ words::ZOMBIE_NOTE }</p>
            </>
        }
    }

    fn charts(&self, model: &Model) -> Html {
        let board = self.canvases.board.borrow();
        charts(&board.nodes, &board.told(model), browser::theme(), &self.on.chart)
    }

    fn inspector(&self, model: &Model) -> Html {
        let (run, close) = (model.tape().run(), self.on.close.clone());
        match model.chosen {
            Some(Chosen::Worker(id)) => match Inspection::of(run, id) {
                Some(inspection) => html! { <Inspector {inspection} {close} /> },
                None => Html::default(),
            },
            Some(Chosen::Job(id)) => match JobInspection::of(run, id) {
                Some(inspection) => html! { <JobInspector {inspection} {close} /> },
                None => Html::default(),
            },
            None => Html::default(),
        }
    }

    fn versus(&self, model: &Model) -> Html {
        let (a, Some(b)) = model.sides() else { return Html::default() };
        let (ours, theirs) = (a.tape.run(), b.tape.run());
        let changed = theirs.pool().knobs.changed_from(&ours.pool().knobs);
        let changed: Vec<String> =
            changed.iter().map(|(knob, value)| format!("{knob} = {value}")).collect();
        let changed = if changed.is_empty() {
            words::SAME.to_owned()
        } else {
            format!("In B: {}", changed.join(", "))
        };
        html! {
            <Compare rows={differences(ours, theirs)} {changed} hand={model.hand}
                turn={self.on.turn_to.clone()} />
        }
    }

    fn controls(&self) -> Html {
        let model = self.model.borrow();
        let run = model.tape().run();
        let knobs = Rc::new(run.pool().knobs.clone());
        let notes = fix_notes(run).map(AttrValue::from);
        html! {
            <>
            <div class="versus">{ self.versus(&model) }</div>
            <Dashboards sample={self.sample.clone()} />
            <Belief sample={self.sample.clone()} />
            <Pager sample={self.sample.clone()} />
            <Panel {knobs} {notes} fault={self.fault.clone()} turn={self.on.turn.clone()} />
            </>
        }
    }
}

/// What one is looking at: the scenario, and how far its tale has come.
fn caption(tape: &Tape) -> Html {
    let scenario = tape.scenario();
    let told = scenario.chapters.iter().rev().find(|chapter| chapter.at() <= tape.now());
    let (lead, words) = match told {
        Some(chapter) => (tape.run().clock().at(chapter.at()), chapter.tell.clone()),
        None => (scenario.name.clone(), scenario.about.clone()),
    };
    html! { <p class="caption"><strong>{ lead }</strong>{ " " }{ words }</p> }
}
