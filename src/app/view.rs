//! What the page looks like: its parts, put together. They are plain functions, since nearly all
//! of them change at every refresh; only what must keep a state of its own is a component.

use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::page::Page;
use super::parts::{
    Compare, Panel, ScrubBar, Stages, Tools, Transport, belief, charts, compare, dashboards,
    inspector, job_inspector, pager, panel, poke_menu, scrub_bar, stages, story, tools, transport,
};
use super::words;
use crate::run::link::THEMES;
use crate::run::{RunId, Tape};
use crate::scene::{Inspection, JobInspection, fix_notes};
use crate::viewer::{Selection, State};

impl Page {
    /// The title, the controls of time, and the buttons beside them.
    pub(super) fn top(&self, ctx: &Context<Self>) -> Html {
        let model = self.model.borrow();
        let scenario = model.runs.tape().scenario();
        html! {
            <header class="top">
                <div class="name">
                    <h1>{ words::TITLE }</h1>
                    <p>{ words::SUBTITLE }</p>
                </div>
                { transport(&Transport {
                    playing: model.runs.pace.playing,
                    speed: model.runs.pace.speed(),
                    clock: self.sample.clock.clone(),
                    scenario: scenario.name.clone(),
                    seed: scenario.seed,
                    behind: model.runs.is_behind(),
                    trouble: self.trouble.clone(),
                    act: self.on.transport.clone(),
                }) }
                { self.extras(ctx, model.runs.are_two()) }
            </header>
        }
    }

    fn extras(&self, ctx: &Context<Self>, compared: bool) -> Html {
        let button =
            |id: &'static str, name: &'static str, help: &'static str, act: fn() -> Act| {
                let say = ctx.link().callback(move |_: MouseEvent| act());
                html! { <button type="button" {id} title={help} onclick={say}>{ name }</button> }
            };
        let on_compare = ctx.link().callback(move |_: MouseEvent| Act::Compare(!compared));
        let on_theme = ctx.link().callback(|event: Event| Act::Theme(browser::field_text(&event)));
        let themes = THEMES.iter().map(|theme| {
            let selected = self.look.theme == Some(theme);
            html! { <option value={*theme} {selected}>{ *theme }</option> }
        });
        html! {
            <div class="extras" role="group" aria-label={words::EXTRAS}>
                <button type="button" id="compare" aria-pressed={compared.to_string()}
                    title={words::COMPARE_HELP} onclick={on_compare}>{ "A | B" }</button>
                { button("share", words::SHARE, words::SHARE_HELP, || Act::Share) }
                { button("keep", words::KEEP, words::KEEP_HELP, || Act::Keep) }
                <label class="theme">
                    <span class="unseen">{ words::THEME }</span>
                    <select id="theme" onchange={on_theme}>
                        <option value="" selected={self.look.theme.is_none()}>{ "auto" }</option>
                        { for themes }
                    </select>
                </label>
                { button("help", "?", words::KEYS, || Act::Help) }
            </div>
        }
    }

    /// The stage and what belongs to it: the story, the tools, the bar of time, the charts.
    pub(super) fn pool(&self) -> Html {
        let model = self.model.borrow();
        let run = model.runs.tape().run();
        let menu = self.menu.as_ref();
        let menu = menu.map(|menu| poke_menu(menu, &self.on.poke, &self.on.close));
        let board = self.canvases.board.borrow();
        html! {
            <>
            { caption(model.runs.tape()) }
            { story(&run.world().instruments.milestones().story(), run.clock()) }
            { tools(&Tools {
                tool: self.tool,
                belief: model.belief,
                show: self.on.believe.clone(),
                take: self.on.take.clone(),
                poke: self.on.poke.clone(),
            }) }
            { stages(&Stages {
                stages: self.canvases.stages.clone(),
                compared: model.runs.are_two(),
                hand: model.runs.active(),
                tool: self.tool,
                menu: menu.unwrap_or_default(),
                act: self.on.stage.clone(),
            }) }
            { scrub_bar(&ScrubBar {
                canvas: self.canvases.scrub.clone(),
                now: model.runs.now(),
                end: model.runs.tape().end(),
                clock: run.clock(),
                ghosts: model.runs.tape().ghosts().iter().map(|ghost| ghost.forked_at()).collect(),
                act: self.on.scrub.clone(),
            }) }
            <div class="inspect">{ self.inspect(&model) }</div>
            { charts(&board.nodes, &board.told(&model), browser::theme(), &self.on.chart) }
            <p class="note">{ words::ZOMBIE_NOTE }</p>
            </>
        }
    }

    fn inspect(&self, model: &State) -> Html {
        let (run, close) = (model.runs.tape().run(), &self.on.close);
        let seen = match model.selection {
            Some(Selection::Worker(id)) => {
                Inspection::of(run, id).map(|seen| inspector(&seen, close))
            }
            Some(Selection::Job(id)) => {
                JobInspection::of(run, id).map(|seen| job_inspector(&seen, close))
            }
            None => None,
        };
        seen.unwrap_or_default()
    }

    /// Two runs in figures, if there are two.
    fn versus(&self, model: &State) -> Html {
        if !model.runs.are_two() {
            return Html::default();
        }
        let (a, b) = (model.runs.lane(RunId::A).tape(), model.runs.lane(RunId::B).tape());
        let (ours, theirs) = (a.run(), b.run());
        let changed = theirs.pool().knobs.changed_from(&ours.pool().knobs);
        let changed: Vec<String> =
            changed.iter().map(|(knob, value)| format!("{} = {value}", knob.name())).collect();
        let changed = if a.now() != b.now() {
            words::CATCHING_UP.to_owned()
        } else if changed.is_empty() {
            words::SAME.to_owned()
        } else {
            format!("{} {}", words::IN_B, changed.join(", "))
        };
        let (rows, turn) = (crate::run::compare(ours, theirs), self.on.turn_to.clone());
        compare(&Compare { rows, changed, hand: model.runs.active(), turn })
    }

    /// The dashboards and the controls.
    pub(super) fn controls(&self) -> Html {
        let model = self.model.borrow();
        let run = model.runs.tape().run();
        html! {
            <>
            <div class="versus">{ self.versus(&model) }</div>
            { dashboards(&self.sample) }
            { belief(&self.sample) }
            { pager(&self.sample) }
            { panel(&Panel {
                knobs: &run.pool().knobs,
                notes: fix_notes(run),
                fault: self.fault.as_ref(),
                turn: &self.on.turn,
            }) }
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
