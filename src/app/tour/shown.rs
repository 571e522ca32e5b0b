//! What is shown of the run beside the words: before the answer only what gives nothing away.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::words;
use crate::app::nodes::Nodes;
use crate::app::words as page;
use crate::run::RunId;
use crate::scene::charts::Chart;
use crate::tour::{Chapter, Show};
use crate::viewer::{Msg, Night, State, TourMsg};
use crate::watch::Sample;
use crate::watch::figures::{Figure, NEW_DASHBOARD, OLD_DASHBOARD};
use crate::watch::units::in_mb;

/// The run.
pub fn shown(state: &State, chapter: &Chapter, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let night = &state.night;
    let sample = || night.lane().map(|lane| lane.tape().run().sample());
    let inside = match night.show() {
        None => html! { <progress aria-label={words::ON_ITS_WAY} /> },
        Some(Show::Stage) => stage(nodes),
        Some(Show::Processes) => processes(night),
        Some(Show::Old) => {
            sample().map(|now| board(page::OLD_DASHBOARD, OLD_DASHBOARD, &now)).unwrap_or_default()
        }
        Some(Show::New) => {
            sample().map(|now| board(page::NEW_DASHBOARD, NEW_DASHBOARD, &now)).unwrap_or_default()
        }
    };
    html! {
        <section class="shown" aria-label={page::POOL}>
            { inside }
            if night.has_chart() {
                { chart(chapter.chart, nodes, on) }
            }
        </section>
    }
}

fn stage(nodes: &Nodes) -> Html {
    html! {
        <div key="stage" class="stage">
            <canvas ref={nodes.stage(RunId::A).clone()} id="stage" role="img"
                aria-label={page::POOL} />
        </div>
    }
}

fn board(name: &'static str, figures: &[&Figure], now: &Sample) -> Html {
    let rows = figures.iter().map(|figure| {
        html! { <><dt>{ figure.name }</dt><dd>{ figure.text(now) }</dd></> }
    });
    html! {
        <section key="board" class="dashboard" aria-label={name}>
            <h2>{ name }</h2><dl>{ for rows }</dl>
        </section>
    }
}

fn processes(night: &Night) -> Html {
    let heads = words::PROCESSES.map(|head| html! { <th scope="col">{ head }</th> });
    let rows = night.processes().into_iter().map(|process| {
        html! {
            <tr>
                <th scope="row">{ process.worker }</th>
                <td>{ format!("{:.0} s", process.age_s) }</td>
                <td>{ if process.runs { "R" } else { "S" } }</td>
                <td>{ in_mb(u64::from(process.mib)) }</td>
            </tr>
        }
    });
    html! {
        <table key="ps" class="ps">
            <caption>{ words::PS }</caption>
            <thead><tr>{ for heads }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

/// The chart; while its line is drawn, the pointer draws.
fn chart(chart: &Chart, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let draws = on.reform(|event: PointerEvent| {
        let canvas = event.target_dyn_into::<HtmlCanvasElement>();
        let size = canvas.map_or((0, 0), |canvas| (canvas.client_width(), canvas.client_height()));
        let (x, y) = (event.offset_x(), event.offset_y());
        Msg::Tour(TourMsg::Draw([x, y, size.0, size.1].map(f64::from)))
    });
    let moves = {
        let draws = draws.clone();
        Callback::from(move |event: PointerEvent| {
            if event.buttons() & 1 == 1 {
                draws.emit(event);
            }
        })
    };
    let legend = chart.series.iter().map(|series| series.name).collect::<Vec<_>>().join(" · ");
    html! {
        <figure key="chart" class="chart">
            <figcaption><strong>{ chart.heading() }</strong>{ " " }{ legend }</figcaption>
            <canvas ref={nodes.night.clone()} id="night-chart" role="img"
                aria-label={chart.heading()} onpointerdown={draws} onpointermove={moves} />
        </figure>
    }
}
