//! What of an experiment the user sets up.

use yew::prelude::*;

use super::words;
use crate::app::browser::field_text;
use crate::lab::{Axis, Design, Figure};
use crate::run::BUILT_IN;
use crate::viewer::{Lab, LabMsg, Msg, SetUp};

/// The form.
pub fn set_up(lab: &Lab, on: &Callback<Msg>) -> Html {
    let plan = &lab.link().plan;
    let send = |wrap: fn(String) -> SetUp| {
        on.reform(move |event: Event| Msg::Lab(LabMsg::SetUp(wrap(field_text(&event)))))
    };
    let scenarios = BUILT_IN.iter().map(|(name, _)| {
        html! { <option value={*name} selected={plan.base.name == *name}>{ *name }</option> }
    });
    let figures = Figure::ALL.into_iter().map(|figure| {
        let selected = lab.link().figure == figure;
        html! { <option value={figure.name()} {selected}>{ figure.title() }</option> }
    });
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
                <select id="lab-scenario" onchange={send(SetUp::Scenario)}>
                    { for scenarios }
                </select>
            </label>
            { design(&plan.design, on) }
            { field("lab-seeds", words::SEEDS, plan.seeds.to_string(), SetUp::Seeds) }
            { field("lab-until", words::UNTIL, plan.until.as_secs_f64().to_string(), SetUp::Until) }
            <label>
                <span>{ words::FIGURE }</span>
                <select id="lab-figure" onchange={send(SetUp::Figure)}>{ for figures }</select>
            </label>
            <p class="error" role="status">{ error }</p>
        </form>
    }
}

/// Whether the cells differ in their fixes or in a knob, and in which.
fn design(design: &Design, on: &Callback<Msg>) -> Html {
    let choose = on.reform(|event: Event| {
        let sweep = field_text(&event) == "sweep";
        let first = || SetUp::Along(words::FIRST_AXIS.to_owned());
        Msg::Lab(LabMsg::SetUp(if sweep { first() } else { SetUp::Fixes }))
    });
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
    let fixes = matches!(design, Design::Fixes);
    html! {
        <>
        <label>
            <span>{ words::DESIGN }</span>
            <select id="lab-design" onchange={choose}>
                <option value="fixes" selected={fixes}>{ words::FIXES }</option>
                <option value="sweep" selected={!fixes}>{ words::SWEEP }</option>
            </select>
        </label>
        <span class="axes">{ axes }</span>
        </>
    }
}
