//! The cell that is selected: its figures, and its run to watch.

use yew::prelude::*;

use super::board::value;
use super::words;
use crate::app::browser::field_text;
use crate::app::element::Button;
use crate::lab::{Design, Figure, FixSet};
use crate::viewer::{Lab, LabMsg, Msg};

/// What is known of the cell; how to select one while none is.
pub fn detail(lab: &Lab, on: &Callback<Msg>) -> Html {
    let cell =
        lab.selected().and_then(|cell| Some((cell, lab.table().cells().get(cell as usize)?)));
    let Some((place, cell)) = cell else {
        return html! { <section class="panel detail"><p>{ words::HOW_TO_SELECT }</p></section> };
    };
    let figures = Figure::ALL.into_iter().map(|figure| {
        html! { <><dt>{ figure.heading() }</dt><dd>{ value(cell, figure) }</dd></> }
    });
    let watch = Button::new("lab-watch", words::WATCH).disabled(lab.link_to(place, None).is_none());
    html! {
        <section class="panel detail" aria-label={words::CELL}>
            <h2>{ name(lab, place) }</h2>
            <dl>{ for figures }</dl>
            { watch.sends(Msg::Lab(LabMsg::Watch(place)), on) }
            { other(lab, place, on) }
            <p class="help">{ words::HOW_TO_SELECT }</p>
        </section>
    }
}

/// The choice of another cell, whose run is opened beside this one's.
fn other(lab: &Lab, place: u32, on: &Callback<Msg>) -> Html {
    let choose = {
        let on = on.clone();
        Callback::from(move |event: Event| {
            if let Ok(cell) = field_text(&event).parse() {
                on.emit(Msg::Lab(LabMsg::Compare(cell)));
            }
        })
    };
    let cells = (0..lab.link().plan.cells()).filter(|cell| *cell != place);
    let options =
        cells.map(|cell| html! { <option value={cell.to_string()}>{ name(lab, cell) }</option> });
    html! {
        <label>
            <span>{ words::COMPARE }</span>
            <select id="lab-compare" onchange={choose}>
                <option value="" selected=true>{ words::CHOOSE }</option>
                { for options }
            </select>
        </label>
    }
}

/// What a cell is called.
fn name(lab: &Lab, place: u32) -> String {
    match &lab.link().plan.design {
        Design::Fixes => FixSet::from_index(place as usize).to_string().replace(',', " + "),
        Design::Sweep { along, by } => {
            let (row, column) =
                (place as usize / along.values.len(), place as usize % along.values.len());
            let first = format!("{} = {}", along.knob.name(), along.values[column]);
            match by {
                Some(by) => format!("{first}, {} = {}", by.knob.name(), by.values[row]),
                None => first,
            }
        }
    }
}
