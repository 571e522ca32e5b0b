//! The room of the lab.

mod board;
mod detail;
mod effects;
mod set_up;
mod sweep;
mod words;
pub mod worker;
mod workers;

use yew::prelude::*;

use crate::lab::{Cell, Design};
use crate::viewer::{Export, Lab, LabMsg, Msg, Progress, State};

pub use workers::Workers;

/// The room.
pub fn lab(state: &State, on: &Callback<Msg>) -> Html {
    let lab = &state.lab;
    html! {
        <main class="lab" aria-label={words::LAB}>
            <section class="left">
                <p class="caption"><strong>{ words::LAB }</strong>{ words::ABOUT }</p>
                { set_up::set_up(lab, on) }
                { guess(lab, on) }
                { progress(lab, on) }
                { map(state, on) }
            </section>
            <aside class="right">
                { detail::detail(lab, on) }
                { effects::effects(lab) }
                { take(lab, on) }
            </aside>
        </main>
    }
}

fn map(state: &State, on: &Callback<Msg>) -> Html {
    let lab = &state.lab;
    let inside = match &lab.link().plan.design {
        Design::Fixes => board::board(lab, on),
        Design::Sweep { .. } => sweep::sweep(lab, state.theme(), on),
    };
    html! { <div class="map">{ inside }</div> }
}

/// The guess before the run: which fixes suffice?
fn guess(lab: &Lab, on: &Callback<Msg>) -> Html {
    if lab.progress() != Progress::SetUp || lab.link().plan.design != Design::Fixes {
        return Html::default();
    }
    let guess = lab.link().guess.unwrap_or_default();
    let fixes = crate::knobs::Fix::ALL.into_iter().map(|fix| {
        let toggle = on.reform(move |_: MouseEvent| Msg::Lab(LabMsg::ToggleGuess(fix)));
        let pressed = guess.has(fix).to_string();
        html! {
            <button key={fix.row().name} type="button" aria-pressed={pressed} onclick={toggle}>
                { fix.title() }
            </button>
        }
    });
    html! { <div class="guess" role="group" aria-label={words::GUESS}>
        <span>{ words::GUESS }</span>{ for fixes }
    </div> }
}

/// The button that runs or stops, and how far it is.
fn progress(lab: &Lab, on: &Callback<Msg>) -> Html {
    let (ended, all) = lab.runs();
    let running = lab.progress() == Progress::Running;
    let (name, msg) = if running { (words::STOP, LabMsg::Stop) } else { (words::RUN, LabMsg::Run) };
    let onclick = on.reform(move |_: MouseEvent| Msg::Lab(msg.clone()));
    let holes: usize = lab.table().cells().iter().map(Cell::holes).sum();
    let holes = (holes > 0).then(|| html! { <p>{ holes }{ " " }{ words::HOLES }</p> });
    let failures = (!lab.failures().is_empty()).then(|| failures(lab));
    html! {
        <div class="progress">
            <button type="button" id="lab-run" class="main" {onclick}>{ name }</button>
            <progress max={all.to_string()} value={ended.to_string()} aria-label={words::LAB} />
            <output id="lab-ended">{ format!("{ended} of {all} runs") }</output>
            { holes }{ failures }
        </div>
    }
}

fn failures(lab: &Lab) -> Html {
    let rows = lab.failures().iter().map(|failure| {
        html! { <li><a href={format!("?{}", failure.query)}>{ failure.why.clone() }</a></li> }
    });
    html! { <details><summary>{ words::FAILURES }</summary><ul>{ for rows }</ul></details> }
}

/// What can be taken away, and the command that does the same.
fn take(lab: &Lab, on: &Callback<Msg>) -> Html {
    let button = |id: &'static str, name: &'static str, export: Export| {
        let onclick = on.reform(move |_: MouseEvent| Msg::ExportLab(export));
        html! { <button type="button" {id} {onclick}>{ name }</button> }
    };
    html! {
        <section class="panel take">
            <div class="row">
                { button("lab-csv", words::CSV, Export::Rows) }
                { button("lab-svg", words::SVG, Export::Map) }
            </div>
            <p>{ words::COMMAND }</p>
            <pre>{ lab.command() }</pre>
        </section>
    }
}
