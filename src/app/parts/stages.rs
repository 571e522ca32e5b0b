//! The stage, or two of them side by side, and the menu on top.

use yew::prelude::*;

use crate::app::words;
use crate::run::RunId;
use crate::scene::Point;
use crate::viewer::Tool;

/// What it shows.
pub struct Stages {
    /// The canvases.
    pub stages: [NodeRef; 2],
    /// Whether there are two.
    pub compared: bool,
    /// The side that knobs act on.
    pub hand: RunId,
    /// What a click does.
    pub tool: Tool,
    /// The menu, if it is open.
    pub menu: Html,
    /// What was done on which of them.
    pub act: Callback<(RunId, StageAct)>,
}

/// What can be done on a stage.
pub enum StageAct {
    /// A finger or a button went down.
    Press(PointerEvent),
    /// It came up again.
    Release(PointerEvent),
    /// It went elsewhere.
    Cancel,
    /// Somebody asks what can be done to what is there.
    Ask(Point),
}

/// The stages.
pub fn stages(props: &Stages) -> Html {
    let second = if props.compared { stage(props, RunId::B) } else { Html::default() };
    html! {
        <div class={classes!("stages", props.compared.then_some("two"))}>
            { stage(props, RunId::A) }
            <div class="second">{ second }</div>
            <div class="menu">{ props.menu.clone() }</div>
        </div>
    }
}

fn stage(props: &Stages, which: RunId) -> Html {
    let act =
        |act: fn(PointerEvent) -> StageAct| props.act.reform(move |event| (which, act(event)));
    let ask = props.act.reform(move |event: MouseEvent| {
        event.prevent_default();
        (which, StageAct::Ask(place(&event)))
    });
    let name = if which == RunId::A { "A" } else { "B" };
    let tool = (props.tool != Tool::Inspect).then_some("armed");
    let held = (props.compared && props.hand == which).then_some("held");
    html! {
        <div class={classes!("stage", tool, held)}>
            <span class="side">{ if props.compared { name } else { "" } }</span>
            <canvas ref={props.stages[which as usize].clone()} id={stage_id(which)} tabindex="0"
                role="img" data-keys="stage" aria-label={words::STAGE_HELP}
                onpointerdown={act(StageAct::Press)} onpointerup={act(StageAct::Release)}
                onpointercancel={act(|_| StageAct::Cancel)} oncontextmenu={ask} />
        </div>
    }
}

/// Where on the stage an event was.
pub fn place(event: &MouseEvent) -> Point {
    Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// The name of a run's stage in the page.
pub fn stage_id(id: RunId) -> &'static str {
    match id {
        RunId::A => "stage",
        RunId::B => "stage-b",
    }
}
