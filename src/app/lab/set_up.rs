//! What of an experiment the user sets up.

use yew::prelude::*;

use super::words;
use crate::app::browser::field_text;
use crate::app::element::select;
use crate::lab::{Axis, Design, Figure};
use crate::run::BUILT_IN;
use crate::viewer::{Lab, LabMsg, Msg, SetUp};

/// The form.
pub fn set_up(lab: &Lab, on: &Callback<Msg>) -> Html {
    let plan = &lab.link().plan;
    let send = |wrap: fn(String) -> SetUp| {
        on.reform(move |event: Event| Msg::Lab(LabMsg::SetUp(wrap(field_text(&event)))))
    };
    let scenarios: Vec<_> =
        BUILT_IN.iter().map(|(name, _)| ((*name).into(), (*name).into())).collect();
    let scenario = |name| Msg::Lab(LabMsg::SetUp(SetUp::Scenario(name)));
    let figures = Figure::ALL.map(|figure| (figure.name().into(), figure.title().into()));
    let figure = |name| Msg::Lab(LabMsg::SetUp(SetUp::Figure(name)));
    let field =
        |id: &'static str, label: &'static str, value: String, wrap: fn(String) -> SetUp| {
            html! {
                <label>
                    <span>{ label }</span>
                    <input type="text" inputmode="numeric" {id} {value} onchange={send(wrap)} />
                </label>
            }
        };
    let error = lab.error().map(ToString::to_string).unwrap_or_default();
    html! {
        <form class="set-up panel" aria-label={words::SET_UP}
            onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
            <label>
                <span>{ words::SCENARIO }</span>
                { select("lab-scenario", &scenarios, &plan.base.name, scenario, on) }
            </label>
            { design(&plan.design, on) }
            { field("lab-seeds", words::SEEDS, plan.seeds.to_string(), SetUp::Seeds) }
            { field("lab-until", words::UNTIL, plan.until.as_secs_f64().to_string(), SetUp::Until) }
            <label>
                <span>{ words::FIGURE }</span>
                { select("lab-figure", &figures, lab.link().figure.name(), figure, on) }
            </label>
            <p class="error" role="status">{ error }</p>
        </form>
    }
}

/// Whether the cells differ in their fixes or in a knob, and in which.
fn design(design: &Design, on: &Callback<Msg>) -> Html {
    let choose = |design: String| {
        let first = || SetUp::Along(words::FIRST_AXIS.to_owned());
        Msg::Lab(LabMsg::SetUp(if design == "sweep" { first() } else { SetUp::Fixes }))
    };
    let axis =
        |id: &'static str, label: &'static str, axis: Option<&Axis>, wrap: fn(String) -> SetUp| {
            let value = axis.map(Axis::typed).unwrap_or_default();
            let onchange =
                on.reform(move |event: Event| Msg::Lab(LabMsg::SetUp(wrap(field_text(&event)))));
            html! {
                <label class="axis">
                    <span>{ label }</span>
                    <input type="text" {id} {value} {onchange} />
                </label>
            }
        };
    let axes = match design {
        Design::Fixes => Html::default(),
        Design::Sweep { along, by } => html! {
            <>
            { axis("lab-along", words::ALONG, Some(along), SetUp::Along) }
            { axis("lab-by", words::BY, by.as_ref(), SetUp::By) }
            </>
        },
    };
    let designs = [("fixes".into(), words::FIXES.into()), ("sweep".into(), words::SWEEP.into())];
    let chosen = if matches!(design, Design::Fixes) { "fixes" } else { "sweep" };
    html! {
        <>
        <label>
            <span>{ words::DESIGN }</span>
            { select("lab-design", &designs, chosen, choose, on) }
        </label>
        <span class="axes">{ axes }</span>
        </>
    }
}
