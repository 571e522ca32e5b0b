//! A sweep as a picture with theory laid over it, and the table behind it.

use yew::prelude::*;

use super::board::{value, verdict_class};
use super::words;
use crate::lab::{Design, Stability, failing_assumptions};
use crate::scene::Theme;
use crate::viewer::{Lab, LabMsg, MAP_SIZE, Msg, map_picture};

/// The picture, where theory fails, and the table.
pub fn sweep(lab: &Lab, theme: Theme, on: &Callback<Msg>) -> Html {
    let picture = map_picture(lab.link(), lab.table());
    let svg = picture.svg(MAP_SIZE, theme, &lab.link().figure.heading());
    let failing = lab.link().plan.scenario(0).map(|scenario| failing_assumptions(&scenario.knobs));
    let failing = failing.unwrap_or_default().into_iter().map(|why| html! { <li>{ why }</li> });
    html! {
        <>
        <div class="picture">{ Html::from_html_unchecked(svg.into()) }</div>
        <ul class="failing">{ for failing }</ul>
        { table(lab, on) }
        </>
    }
}

fn table(lab: &Lab, on: &Callback<Msg>) -> Html {
    let Design::Sweep { along, by } = &lab.link().plan.design else { return Html::default() };
    let columns = along.values.len();
    let rows = lab.table().cells().iter().enumerate().map(|(n, cell)| {
        let by = by.as_ref().map(|by| html! { <td>{ by.values[n / columns] }</td> });
        let select = on.reform(move |event: MouseEvent| {
            let cell = n as u32;
            Msg::Lab(if event.shift_key() { LabMsg::Compare(cell) } else { LabMsg::Select(cell) })
        });
        let pressed = (lab.selected() == Some(n as u32)).to_string();
        let class = classes!("cell", verdict_class(cell.verdict()));
        html! {
            <tr key={n}>
                <th scope="row">{ along.values[n % columns] }</th>
                { by }
                <td>
                    <button type="button" {class} aria-pressed={pressed} onclick={select}>
                        { value(cell, lab.link().figure) }
                    </button>
                </td>
                <td>{ rho(lab, n as u32) }</td>
            </tr>
        }
    });
    let by = by.as_ref().map(|by| html! { <th scope="col">{ by.knob.name() }</th> });
    html! {
        <details class="figures" open=true>
            <summary>{ words::TABLE }</summary>
            <table>
                <thead><tr>
                    <th scope="col">{ along.knob.name() }</th>
                    { by }
                    <th scope="col">{ lab.link().figure.heading() }</th>
                    <th scope="col">{ "ρ" }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}

/// The utilization that theory gives a cell, where it says anything.
fn rho(lab: &Lab, cell: u32) -> String {
    let Ok(scenario) = lab.link().plan.scenario(cell) else { return String::new() };
    let knobs = &scenario.knobs;
    if !knobs.fix_timeouts || !knobs.fix_detection {
        return String::new();
    }
    let timeout_s = knobs.timeout_toxic_s.as_secs_f64();
    format!("{:.2}", Stability::of(knobs).utilization(timeout_s))
}
