//! What the page looks like, put together from its places.
//!
//! What changes at each refresh is drawn by plain functions. What seldom does is lazy, or a
//! component with `PartialEq` properties and the page's one callback: Yew leaves it alone.

use web_sys::Element;
use yew::prelude::*;

use super::browser;
use super::charts::charts;
use super::controls::panel;
use super::dashboards::{belief, compare, dashboards, pager};
use super::dialogs::dialog;
use super::lab::lab;
use super::lazy::lazy;
use super::nodes::Nodes;
use super::stage::{Tools, inspector, stages, tools};
use super::tabs::Tabs;
use super::time::{Extras, Story, caption, doors, extras, story, timeline, transport};
use super::tour::tour;
use super::words;
use crate::viewer::{KeyPress, Msg, Room, Scope, State, find_key};

/// The page; unless it is to be `whole`, the pool's stage and what stands above it.
pub fn view(state: &State, nodes: &Nodes, on: &Callback<Msg>, whole: bool) -> Html {
    let buttons = Extras { compared: state.runs.are_two(), theme: state.look.theme };
    html! {
        <div class={classes(state)} onkeydown={keys(on)} onpointerdown={presses(state, on)}
            ondragover={Callback::from(|event: DragEvent| event.prevent_default())}
            ondrop={drops(nodes, on)}>
            if state.room() == Room::Pool {
                <a class="skip" href="#stage" onclick={skip()}>{ words::SKIP }</a>
            }
            <header class={head_classes(state)}>
                <div class="name">
                    <h1>{ words::TITLE }</h1>
                    <p>{ words::SUBTITLE }</p>
                </div>
                { lazy(doors, state.room(), on) }
                if state.room() == Room::Pool {
                    { transport(state, on) }
                    { unfold(state, on) }
                }
                { open_alone(state) }
                { lazy(extras, buttons, on) }
            </header>
            { room(state, nodes, on, whole) }
            { dialog(state, nodes, on) }
            <div class="unseen" aria-live="polite">{ state.digest.text.clone() }</div>
        </div>
    }
}

/// The room that the user is in; the other rooms are not in the document.
fn room(state: &State, nodes: &Nodes, on: &Callback<Msg>, whole: bool) -> Html {
    match state.room() {
        Room::Pool => html! { <div key="pool">{ pool(state, nodes, on, whole) }</div> },
        Room::Night => html! { <div key="night">{ tour(state, nodes, on) }</div> },
        Room::Lab => html! { <div key="lab">{ lab(state, on) }</div> },
    }
}

fn pool(state: &State, nodes: &Nodes, on: &Callback<Msg>, whole: bool) -> Html {
    let tape = state.runs.tape();
    let run = tape.run();
    let reached = run.world().instruments.milestones().story();
    html! {
        <main class={format!("tab-{}", state.tab.name())}>
            { dashboards(state) }
            <section class="left" aria-label={words::POOL}>
                { caption(tape) }
                { lazy(story, Story { reached, clock: run.clock() }, on) }
                { lazy(tools, Tools { tool: state.tool, belief: state.belief }, on) }
                { stages(state, nodes, on) }
                if whole {
                    { beneath(state, nodes, on) }
                }
            </section>
            <aside class="right" aria-label={words::ASIDE}>
                if whole {
                    { beside(state, on) }
                }
            </aside>
        </main>
    }
}

/// What stands beneath the stage.
fn beneath(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    html! {
        <>
            { timeline(state, nodes, on) }
            <Tabs tab={state.tab} {on} />
            { charts(state, nodes, on) }
            <p class="note">{ words::ZOMBIE_NOTE }</p>
        </>
    }
}

/// What stands beside the stage.
fn beside(state: &State, on: &Callback<Msg>) -> Html {
    html! {
        <>
            <div class="inspect">{ inspector(state, on) }</div>
            <div class="versus">{ compare(state, on) }</div>
            { belief(&state.sample) }
            { pager(&state.sample) }
            { panel(state, on) }
        </>
    }
}

/// The head of the pool's room folds where the page is narrow.
fn head_classes(state: &State) -> Classes {
    let folds = (state.room() == Room::Pool).then_some("folds");
    classes!("top", folds, state.unfolded.then_some("unfolded"))
}

/// In a part of another page: a link to the same on a page of its own.
fn open_alone(state: &State) -> Html {
    let Some(query) = state.alone() else { return Html::default() };
    html! {
        <a class="open" href={format!("?{query}")} target="_blank">{ words::OPEN_ALONE }</a>
    }
}

/// The button that unfolds it.
fn unfold(state: &State, on: &Callback<Msg>) -> Html {
    html! {
        <button type="button" id="unfold" title={words::UNFOLD_HELP}
            aria-label={words::UNFOLD_HELP} aria-expanded={state.unfolded.to_string()}
            onclick={on.reform(|_: MouseEvent| Msg::ToggleHead)}>
            { words::UNFOLD }
        </button>
    }
}

/// Past the head of the page: to the stage, without a change of the address.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        if let Some(stage) = browser::element("stage") {
            browser::focus(&stage);
        }
    })
}

/// How the link wants the page: as a part of another, without some of its parts.
fn classes(state: &State) -> Classes {
    let hidden = state.look.hide.iter().map(|part| format!("hide-{part}"));
    classes!("page", state.look.embed.then_some("embed"), hidden.collect::<Vec<_>>())
}

/// Keys of the list are the page's, all others the browser's.
fn keys(on: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() {
            return;
        }
        let Some(target) = event.target_dyn_into::<Element>() else { return };
        // In a dialog all keys are the browser's: it closes the dialog on Escape.
        if target.closest("dialog").ok().flatten().is_some() {
            return;
        }
        let name = target.get_attribute("data-keys");
        let scope = Scope::ALL.into_iter().find(|scope| Some(scope.name()) == name.as_deref());
        let (key, code, alt) = (event.key(), event.code(), event.alt_key());
        if let Some(row) = find_key(&KeyPress { key, code, alt, scope }) {
            event.prevent_default();
            on.emit(row.msg.clone());
        }
    })
}

/// A press beside the open menu closes it.
fn presses(state: &State, on: &Callback<Msg>) -> Option<Callback<PointerEvent>> {
    state.menu.as_ref()?;
    let on = on.clone();
    Some(Callback::from(move |event: PointerEvent| {
        let target = event.target_dyn_into::<Element>();
        let inside = target.and_then(|target| target.closest("#menu").ok().flatten());
        if inside.is_none() {
            on.emit(Msg::LeaveMenu);
        }
    }))
}

/// A file that is dropped on the page is offered.
fn drops(nodes: &Nodes, on: &Callback<Msg>) -> Callback<DragEvent> {
    let (nodes, on) = (nodes.clone(), on.clone());
    Callback::from(move |event: DragEvent| {
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            nodes.offer(file, &on);
        }
    })
}
