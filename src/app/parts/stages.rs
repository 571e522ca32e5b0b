//! The stage, or two of them side by side, and the menu on top.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::app::act::Tool;
use crate::app::model::Which;
use crate::app::words;
use crate::scene::Point;

/// Milliseconds after which a touch that stays is a question.
const LONG_PRESS_MS: u32 = 500;

/// What it shows.
pub struct Stages {
    /// The canvases.
    pub stages: [NodeRef; 2],
    /// Whether there are two.
    pub compared: bool,
    /// The side that knobs act on.
    pub hand: Which,
    /// What a click does.
    pub tool: Tool,
    /// The menu, if it is open.
    pub menu: Html,
    /// Somebody pointed at something.
    pub point: Callback<(Which, PointerEvent)>,
    /// Somebody asks what can be done to something.
    pub ask: Callback<(Which, Point)>,
}

/// The stages.
pub fn stages(props: &Stages) -> Html {
    let second = if props.compared { stage(props, Which::B) } else { Html::default() };
    html! {
        <div class={classes!("stages", props.compared.then_some("two"))}>
            <StageBox ..box_props(props, Which::A) />
            <div class="second">{ second }</div>
            <div class="menu">{ props.menu.clone() }</div>
        </div>
    }
}

fn stage(props: &Stages, which: Which) -> Html {
    html! { <StageBox ..box_props(props, which) /> }
}

fn box_props(props: &Stages, which: Which) -> BoxProps {
    BoxProps {
        which,
        canvas: props.stages[which as usize].clone(),
        named: props.compared,
        held: props.compared && props.hand == which,
        tool: props.tool,
        point: props.point.clone(),
        ask: props.ask.clone(),
    }
}

/// One stage.
#[derive(Clone, PartialEq, Properties)]
struct BoxProps {
    which: Which,
    canvas: NodeRef,
    named: bool,
    held: bool,
    tool: Tool,
    point: Callback<(Which, PointerEvent)>,
    ask: Callback<(Which, Point)>,
}

#[component]
fn StageBox(props: &BoxProps) -> Html {
    let which = props.which;
    let press = use_mut_ref(|| None::<Timeout>);
    // A press that became a question is not a click as well.
    let asked = use_memo((), |()| Rc::new(Cell::new(false)));
    let down = {
        let (press, asked, ask) = (press.clone(), asked.clone(), props.ask.clone());
        Callback::from(move |event: PointerEvent| {
            asked.set(false);
            if event.pointer_type() != "touch" {
                return;
            }
            let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
            let (asked, ask) = (asked.clone(), ask.clone());
            *press.borrow_mut() = Some(Timeout::new(LONG_PRESS_MS, move || {
                asked.set(true);
                ask.emit((which, at));
            }));
        })
    };
    let up = {
        let (press, asked, point) = (press.clone(), asked.clone(), props.point.clone());
        Callback::from(move |event: PointerEvent| {
            press.borrow_mut().take();
            if !asked.replace(false) {
                point.emit((which, event));
            }
        })
    };
    let cancel = Callback::from(move |_: PointerEvent| {
        press.borrow_mut().take();
    });
    let menu = props.ask.reform(move |event: MouseEvent| {
        event.prevent_default();
        (which, Point::new(f64::from(event.offset_x()), f64::from(event.offset_y())))
    });
    let id = if which == Which::A { "stage" } else { "stage-b" };
    let name = if which == Which::A { "A" } else { "B" };
    let tool = (props.tool != Tool::Look).then_some("armed");
    html! {
        <div class={classes!("stage", tool, props.held.then_some("held"))}>
            <span class="side">{ if props.named { name } else { "" } }</span>
            <canvas ref={props.canvas.clone()} {id} tabindex="0" role="img" data-keys="stage"
                aria-label={words::STAGE_HELP} onpointerdown={down} onpointerup={up}
                onpointercancel={cancel} oncontextmenu={menu} />
        </div>
    }
}
