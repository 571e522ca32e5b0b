//! The tools that poke the run: what a click does, and what can be done at once.

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::words;
use crate::run::Command;
use crate::viewer::{BURST, Msg, Tool};

/// What they show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What a click does.
    pub tool: Tool,
    /// Whether the stage shows what the supervisor believes.
    pub belief: bool,
    /// Where messages go.
    pub on: Callback<Msg>,
}

/// The tools.
#[component]
pub fn Tools(props: &Props) -> Html {
    let on = &props.on;
    let click = |msg: Msg| on.reform(move |_: MouseEvent| msg.clone());
    let tools = Tool::ALL.into_iter().map(|tool| {
        let pressed = (props.tool == tool).to_string();
        html! {
            <button key={words::tool(tool)} type="button" class="tool"
                title={words::tool_help(tool)} aria-pressed={pressed}
                onclick={click(Msg::SetTool(tool))}>
                { words::tool(tool) }
            </button>
        }
    });
    let show = on.reform(|event: Event| Msg::ShowBelief(field_text(&event) == "true"));
    html! {
        <div class="tools" role="group" aria-label={words::TOOLS}>
            <span class="lead">{ words::TOOLS_LEAD }</span>
            <span class="choice">{ for tools }</span>
            <button type="button" id="poison-next"
                onclick={click(Msg::Issue(Command::Poison { job: None }))}>
                { words::POISON_NEXT }
            </button>
            <button type="button" id="burst"
                onclick={click(Msg::Issue(Command::Burst { jobs: BURST }))}>
                { format!("+{BURST} jobs") }
            </button>
            <button type="button" id="deploy" title={words::DEPLOY_HELP}
                onclick={click(Msg::Issue(Command::DEPLOY))}>
                { words::DEPLOY }
            </button>
            <button type="button" id="undo" title={words::UNDO_HELP} onclick={click(Msg::Undo)}>
                { words::UNDO }
            </button>
            <label>
                <input type="checkbox" role="switch" id="belief" checked={props.belief}
                    onchange={show} />
                { words::BELIEF }
            </label>
        </div>
    }
}
