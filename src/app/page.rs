//! The page as a whole: it owns the model and the animation loop, and hands what there is to show
//! to its parts about four times a second.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlCanvasElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::browser::{self, millis};
use super::canvas::Brush;
use super::charts;
use super::crash;
use super::frames::Frames;
use super::model::Model;
use super::parts::{
    Belief, Charts, Dashboards, Inspector, Pager, Panel, Story, Transport, TransportAct, turned_fixes,
};
use super::words;
use crate::knobs::{Fault, TABLE};
use crate::run::built_in;
use crate::scene::{Inspection, Picture, Point, Theme, View, fix_notes, paint};
use crate::watch::Sample;

/// Milliseconds between two renderings of the parts, and between two drawings of the charts.
const REFRESH_MS: f64 = 250.0;
/// Milliseconds between two announcements for those who cannot see.
const DIGEST_MS: f64 = 5_000.0;
/// The scenario that the page opens on.
const OPENING: &str = "zombie";

/// What can happen to the page.
pub enum Act {
    /// Time has passed: show how things are.
    Refresh,
    /// Somebody used the controls of time.
    Transport(TransportAct),
    /// Somebody turned a knob: its row of the table, and what was said.
    Turn(usize, String),
    /// Somebody pointed at the stage.
    Point(PointerEvent),
    /// Somebody pressed a key on the stage.
    Key(KeyboardEvent),
    /// Somebody wants to see what the supervisor believes, or what is so.
    Believe(bool),
    /// Somebody closed the inspector.
    Close,
}

/// The page.
pub struct Page {
    model: Rc<RefCell<Model>>,
    frames: Option<Frames>,
    stage: NodeRef,
    memory: NodeRef,
    queue: NodeRef,
    sample: Rc<Sample>,
    fault: Option<(usize, Fault)>,
    trouble: Option<String>,
    digest: String,
    digest_at: f64,
    on_turn: Callback<(usize, String)>,
    on_transport: Callback<TransportAct>,
    on_belief: Callback<bool>,
    on_close: Callback<MouseEvent>,
}

impl Component for Page {
    type Message = Act;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let model = match Model::open(OPENING) {
            Ok(model) => model,
            // The built-in scenarios are checked by a test: this is for the crash page.
            Err(fault) => panic!("{fault}"),
        };
        let sample = Rc::new(model.sample());
        Self {
            model: Rc::new(RefCell::new(model)),
            frames: None,
            stage: NodeRef::default(),
            memory: NodeRef::default(),
            queue: NodeRef::default(),
            sample,
            fault: None,
            trouble: None,
            digest: String::new(),
            digest_at: 0.0,
            on_turn: ctx.link().callback(|(row, text)| Act::Turn(row, text)),
            on_transport: ctx.link().callback(Act::Transport),
            on_belief: ctx.link().callback(Act::Believe),
            on_close: ctx.link().callback(|_| Act::Close),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.frames = self.animate(ctx);
            if let Some(boot) = browser::element("boot") {
                boot.remove();
            }
        }
    }

    fn update(&mut self, _: &Context<Self>, act: Act) -> bool {
        match act {
            Act::Refresh => {}
            Act::Transport(act) => self.transport(act),
            Act::Turn(row, text) => self.turn(row, &text),
            Act::Point(event) => self.point(&event),
            Act::Key(event) => self.key(&event),
            Act::Believe(belief) => self.model.borrow_mut().belief = belief,
            Act::Close => self.model.borrow_mut().chosen = None,
        }
        self.look();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let model = self.model.borrow();
        let chosen = model.chosen.and_then(|id| Inspection::of(&model.run, id));
        let knobs = Rc::new(model.run.pool().knobs.clone());
        let notes = fix_notes(&model.run).map(AttrValue::from);
        let story = model.run.world().watch.stages().story();
        let on_point = ctx.link().callback(Act::Point);
        let on_key = ctx.link().callback(Act::Key);
        html! {
            <>
            <header class="top">
                <div class="name">
                    <h1>{ words::TITLE }</h1>
                    <p>{ words::SUBTITLE }</p>
                </div>
                <Transport
                    playing={model.pace.playing}
                    speed={model.pace.speed()}
                    clock={self.sample.clock.clone()}
                    scenario={model.scenario.name.clone()}
                    seed={model.scenario.seed}
                    behind={model.behind}
                    trouble={self.trouble.clone()}
                    act={self.on_transport.clone()}
                />
            </header>
            <main>
                <section class="left" aria-label="The pool">
                    <Story {story} clock={model.run.clock()} />
                    <Belief sample={self.sample.clone()} belief={model.belief}
                        show={self.on_belief.clone()} />
                    <div class="stage">
                        <canvas
                            ref={self.stage.clone()}
                            id="stage"
                            tabindex="0"
                            role="img"
                            aria-label={words::STAGE_HELP}
                            onpointerdown={on_point}
                            onkeydown={on_key}
                        />
                    </div>
                    <div class="inspect">
                        if let Some(inspection) = chosen {
                            <Inspector {inspection} close={self.on_close.clone()} />
                        }
                    </div>
                    <Charts memory={self.memory.clone()} queue={self.queue.clone()} />
                    <p class="note">{ words::ZOMBIE_NOTE }</p>
                </section>
                <aside class="right" aria-label="Dashboards and controls">
                    <Dashboards sample={self.sample.clone()} />
                    <Pager sample={self.sample.clone()} />
                    <Panel
                        {knobs}
                        {notes}
                        fault={self.fault.clone()}
                        turn={self.on_turn.clone()}
                    />
                </aside>
            </main>
            <div class="unseen" aria-live="polite">{ self.digest.clone() }</div>
            </>
        }
    }
}

impl Page {
    /// Reads what there is to show.
    fn look(&mut self) {
        let model = self.model.borrow();
        self.sample = Rc::new(model.sample());
        crash::note(model.recipe());
        if millis() - self.digest_at > DIGEST_MS && model.pace.playing {
            self.digest_at = millis();
            self.digest = model.digest();
        }
    }

    fn transport(&mut self, act: TransportAct) {
        let mut model = self.model.borrow_mut();
        let mut scenario = model.scenario.clone();
        self.trouble = None;
        let reset = match act {
            TransportAct::PlayPause => {
                model.pace.playing = !model.pace.playing;
                return;
            }
            TransportAct::Step => return model.step(),
            TransportAct::Speed(speed) => return model.pace.set_speed(speed),
            // What was turned stays turned, but for the beginning of the story.
            TransportAct::Reset => {
                let fixes = turned_fixes(&model.run.pool().knobs);
                fixes.into_iter().try_for_each(|(knob, value)| scenario.set(knob, &value))
            }
            TransportAct::Scenario(name) => built_in(&name).map(|other| scenario = other),
            TransportAct::Seed(text) => match text.trim().parse() {
                Ok(seed) if seed < 1 << 53 => {
                    scenario.seed = seed;
                    Ok(())
                }
                _ => {
                    Err(Fault::new("seed", text, "allowed: a whole number, 0 to 9007199254740991"))
                }
            },
        };
        let done = reset.and_then(|()| model.reset(scenario));
        self.trouble = done.err().map(|fault| fault.to_string());
    }

    fn turn(&mut self, row: usize, text: &str) {
        let Some(knob) = TABLE.get(row) else { return };
        self.fault = self.model.borrow_mut().turn(knob, text).err().map(|fault| (row, fault));
    }

    fn point(&mut self, event: &PointerEvent) {
        let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let mut model = self.model.borrow_mut();
        model.chosen = model.stage.at(at).map(|actor| actor.id);
    }

    fn key(&mut self, event: &KeyboardEvent) {
        let mut model = self.model.borrow_mut();
        match event.key().as_str() {
            " " => model.pace.playing = !model.pace.playing,
            "." => model.step(),
            "ArrowRight" | "ArrowDown" => model.choose_next(false),
            "ArrowLeft" | "ArrowUp" => model.choose_next(true),
            "Enter" if model.chosen.is_none() => model.choose_next(false),
            "Escape" => model.chosen = None,
            "+" => {
                let faster = model.pace.speed() * 1.5;
                model.pace.set_speed(faster);
            }
            "-" => {
                let slower = model.pace.speed() / 1.5;
                model.pace.set_speed(slower);
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Starts the loop: the run moves and the stage is painted at each frame, the parts are
    /// rendered and the charts drawn now and then.
    fn animate(&self, ctx: &Context<Self>) -> Option<Frames> {
        let mut brush = Brush::new(self.stage.cast::<HtmlCanvasElement>()?)?;
        let (memory, queue) = (self.memory.clone(), self.queue.clone());
        let model = self.model.clone();
        let link = ctx.link().clone();
        let mut picture = Picture::default();
        let mut last = None;
        let mut refreshed = 0.0;
        let mut cost = Cost::default();
        Some(Frames::start(move |now| {
            if browser::is_hidden() {
                last = None;
                return;
            }
            let begin = millis();
            let seconds = last.map_or(0.0, |last: f64| (now - last).max(0.0) / 1_000.0);
            last = Some(now);
            let theme = if browser::prefers("(prefers-color-scheme: dark)") {
                Theme::Dark
            } else {
                Theme::Light
            };
            let motion = !browser::prefers("(prefers-reduced-motion: reduce)");
            brush.set_theme(theme);
            {
                let mut model = model.borrow_mut();
                let view = View { size: brush.size(), motion, belief: model.belief };
                model.frame(seconds, view, millis);
                paint(&model.stage, &words::STAGE, model.chosen, &mut picture);
                brush.paint(&picture);
                if now - refreshed >= REFRESH_MS {
                    draw_charts(&model, &memory, &queue, theme);
                }
            }
            if now - refreshed >= REFRESH_MS {
                refreshed = now;
                link.send_message(Act::Refresh);
            }
            cost.count(millis() - begin);
        }))
    }
}

fn draw_charts(model: &Model, memory: &NodeRef, queue: &NodeRef, theme: Theme) {
    let knobs = &model.run.pool().knobs;
    let frame = charts::Frame {
        points: model.series.points(),
        theme,
        baseline_mib: crate::watch::baseline_mib(knobs) as f64,
        limit_mib: f64::from(knobs.host_memory_mib),
    };
    // A chart that cannot be drawn this time is drawn the next.
    if let Some(canvas) = charts::fitted(memory) {
        let _ = charts::memory(&canvas, &frame);
    }
    if let Some(canvas) = charts::fitted(queue) {
        let _ = charts::queue(&canvas, &frame);
    }
}

/// What the script costs: the mean of each second's frames, in milliseconds, is put where tests
/// find it.
#[derive(Default)]
struct Cost {
    frames: u32,
    millis: f64,
}

impl Cost {
    const FRAMES: u32 = 60;

    fn count(&mut self, millis: f64) {
        self.frames += 1;
        self.millis += millis;
        if self.frames == Self::FRAMES {
            let mean = self.millis / f64::from(self.frames);
            if let Some(stage) = browser::element("stage") {
                // Only a name that is no name could be refused.
                let _ = stage.set_attribute("data-frame-ms", &format!("{mean:.2}"));
            }
            *self = Self::default();
        }
    }
}
