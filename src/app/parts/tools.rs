//! The tools that poke the run: what a click does, and what can be done at once.

use yew::prelude::*;

use crate::app::act::{BURST, Poke};
use crate::app::browser::field_text;
use crate::app::words;
use crate::run::Command;
use crate::viewer::Tool;

/// What it shows.
pub struct Tools {
    /// The tool in the hand.
    pub tool: Tool,
    /// Whether the stage shows what the supervisor believes.
    pub belief: bool,
    /// Somebody wants to see that, or what is so.
    pub show: Callback<bool>,
    /// Somebody takes another.
    pub take: Callback<Tool>,
    /// Somebody does something at once.
    pub poke: Callback<Poke>,
}

/// The tools.
pub fn tools(props: &Tools) -> Html {
    let tools = Tool::ALL.into_iter().map(|tool| {
        let take = props.take.reform(move |_: MouseEvent| tool);
        let taken = props.tool == tool;
        html! {
            <button key={words::tool(tool)} type="button" class="tool"
                title={words::tool_help(tool)} aria-pressed={taken.to_string()} onclick={take}>
                { words::tool(tool) }
            </button>
        }
    });
    let show = props.show.reform(|event: Event| field_text(&event) == "true");
    let give =
        |command: Command| props.poke.reform(move |_: MouseEvent| Poke::Give(command.clone()));
    html! {
        <div class="tools" role="group" aria-label={words::TOOLS}>
            <span class="lead">{ words::TOOLS_LEAD }</span>
            <span class="hold">{ for tools }</span>
            <button type="button" id="poison-next"
                onclick={give(Command::Poison { job: None })}>{ words::POISON_NEXT }</button>
            <button type="button" id="burst" onclick={give(Command::Burst { jobs: BURST })}>
                { format!("+{BURST} jobs") }
            </button>
            <button type="button" id="undo" title={words::UNDO_HELP}
                onclick={props.poke.reform(|_: MouseEvent| Poke::Undo)}>{ words::UNDO }</button>
            <label>
                <input type="checkbox" role="switch" id="belief" checked={props.belief}
                    onchange={show} />
                { words::BELIEF }
            </label>
        </div>
    }
}
