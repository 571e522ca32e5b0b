//! The tools that poke the run: what a click does, and what can be done at once.

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::element::Button;
use crate::app::words;
use crate::run::Command;
use crate::viewer::{BURST, Msg, Tool};

/// What the tools show.
#[derive(PartialEq)]
pub struct Tools {
    /// What a click does.
    pub tool: Tool,
    /// Whether the stage shows what the supervisor believes.
    pub belief: bool,
}

/// The tools.
pub fn tools(shown: &Tools, on: &Callback<Msg>) -> Html {
    let tools = Tool::ALL.into_iter().map(|tool| {
        let button = Button::new("", words::tool(tool)).help(words::tool_help(tool)).class("tool");
        button.pressed(shown.tool == tool).sends(Msg::SetTool(tool), on)
    });
    let act = |id, name: AttrValue, command| Button::new(id, name).sends(Msg::Issue(command), on);
    let burst = format!("+{BURST} jobs").into();
    let deploy = Button::new("deploy", words::DEPLOY).help(words::DEPLOY_HELP);
    let undo = Button::new("undo", words::UNDO).help(words::UNDO_HELP);
    let show = on.reform(|event: Event| Msg::ShowBelief(field_text(&event) == "true"));
    html! {
        <div class="tools" role="group" aria-label={words::TOOLS}>
            <span class="lead">{ words::TOOLS_LEAD }</span>
            <span class="choice">{ for tools }</span>
            { act("poison-next", words::POISON_NEXT.into(), Command::Poison { job: None }) }
            { act("burst", burst, Command::Burst { jobs: BURST }) }
            { deploy.sends(Msg::Issue(Command::DEPLOY), on) }
            { undo.sends(Msg::Undo, on) }
            <label>
                <input type="checkbox" role="switch" id="belief" checked={shown.belief}
                    onchange={show} />
                { words::BELIEF }
            </label>
        </div>
    }
}
