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

use super::element::Button;
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
        let toggle = Msg::Lab(LabMsg::ToggleGuess(fix));
        Button::new("", fix.title()).pressed(guess.has(fix)).sends(toggle, on)
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
    let holes: usize = lab.table().cells().iter().map(Cell::holes).sum();
    let holes = (holes > 0).then(|| html! { <p>{ holes }{ " " }{ words::HOLES }</p> });
    let failures = (!lab.failures().is_empty()).then(|| failures(lab));
    html! {
        <div class="progress">
            { Button::new("lab-run", name).class("main").sends(Msg::Lab(msg), on) }
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
    let button = |id, name, export| Button::new(id, name).sends(Msg::ExportLab(export), on);
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
