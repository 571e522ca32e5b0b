//! The places of the charts, with legends, values and the tables behind them; the loop draws.

pub mod board;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::element::Button;
use super::fold::is_open;
use super::nodes::Nodes;
use super::words;
use crate::scene::Theme;
use crate::scene::charts::{CHARTS, Chart, Fill, Style, table_head};
use crate::viewer::{Msg, Readout, State};

/// All charts, the large ones first: their canvases and what there is to say of them, in the order
/// of the table of charts.
pub fn charts(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let (board, theme) = (nodes.board.borrow(), state.theme());
    let readouts = state.charts.readouts(&state.runs);
    let figures = CHARTS.iter().zip(&board.nodes).zip(&readouts).enumerate();
    let figures = figures.map(|(place, ((chart, node), readout))| {
        html! {
            <figure key={chart.id} class={classes!("chart", (!chart.large).then_some("small"))}>
                <figcaption>
                    <strong>{ chart.heading() }</strong>
                    { legend(chart, readout, theme) }
                </figcaption>
                { canvas(chart, node, on) }
                { table(chart, readout, place, on) }
            </figure>
        }
    });
    html! { <div class="charts">{ for figures }</div> }
}

fn canvas(chart: &Chart, node: &NodeRef, on: &Callback<Msg>) -> Html {
    let point = on.reform(|event: PointerEvent| {
        let width = event.target_dyn_into::<HtmlCanvasElement>();
        let width = width.map_or(0, |canvas| canvas.client_width());
        Msg::PointChart(f64::from(event.offset_x()), f64::from(width))
    });
    html! {
        <canvas
            ref={node.clone()}
            id={format!("chart-{}", chart.id)}
            role="img"
            aria-label={chart.heading()}
            onpointermove={point.clone()}
            onpointerdown={point}
            onpointerleave={on.reform(|_| Msg::LeaveChart)}
        />
    }
}

/// Names, samples of how they are drawn, and values.
fn legend(chart: &Chart, readout: &Readout, theme: Theme) -> Html {
    let series = chart.series.iter().enumerate().map(|(place, series)| {
        let value = readout.values.get(place).map(|(_, value)| value.clone());
        html! {
            <span class="key">
                { swatch(series.style, &theme.css(series.ink)) }{ series.name }{ " " }
                <b>{ value }</b>
            </span>
        }
    });
    let levels = chart.references.iter().map(|level| {
        let sample = swatch(Style::Line(level.dash), &theme.css(level.ink));
        html! { <span class="key">{ sample }{ level.name }</span> }
    });
    let at = readout.at.as_ref().map(|at| html! { <span class="at">{ format!("at {at}") }</span> });
    html! { <>{ for series }{ for levels }{ at }</> }
}

/// A sample of how something is drawn.
fn swatch(style: Style, ink: &str) -> Html {
    let shape = match style {
        Style::Line(dash) => {
            let dashes = dash.lengths().map(|(stroke, gap)| format!("{stroke} {gap}"));
            html! {
                <path d="M0 6H22" stroke={ink.to_owned()} stroke-width="2.5"
                    stroke-dasharray={dashes} />
            }
        }
        Style::Area => html! {
            <>
            <path d="M0 2H22V11H0Z" fill={ink.to_owned()} fill-opacity="0.25" />
            <path d="M0 2H22" stroke={ink.to_owned()} stroke-width="2.5" />
            </>
        },
        Style::Stack(fill) => {
            let bars = match fill {
                Fill::Plain => None,
                Fill::Barred(gap) => Some(format!("1 {}", gap.saturating_sub(1))),
            };
            html! {
                <>
                <path d="M0 1H22V11H0Z" fill={ink.to_owned()} />
                if bars.is_some() {
                    <path d="M2 6H22" stroke="#000" stroke-opacity="0.45" stroke-width="10"
                        stroke-dasharray={bars} />
                }
                </>
            }
        }
    };
    html! { <svg class="swatch" viewBox="0 0 22 12" aria-hidden="true">{ shape }</svg> }
}

/// The chart as a table, and as files.
fn table(chart: &Chart, readout: &Readout, place: usize, on: &Callback<Msg>) -> Html {
    let toggle = on.reform(move |event: Event| Msg::ShowTable(place, is_open(&event)));
    let rows = readout.rows.as_ref().map(|rows| rows_of(chart, rows, place, on));
    html! {
        <details class="figures" ontoggle={toggle}>
            <summary>{ words::FIGURES }<span class="unseen">{ chart.heading() }</span></summary>
            { rows.unwrap_or_default() }
        </details>
    }
}

fn rows_of(chart: &Chart, rows: &[Vec<String>], place: usize, on: &Callback<Msg>) -> Html {
    let heads = table_head(chart).into_iter().map(|head| html! { <th scope="col">{ head }</th> });
    let rows = rows.iter().map(|row| {
        let cells = row.iter().skip(1).map(|cell| html! { <td>{ cell.clone() }</td> });
        html! { <tr><th scope="row">{ row.first().cloned() }</th>{ for cells }</tr> }
    });
    let save = |name: &'static str, msg: Msg| Button::new("", name).sends(msg, on);
    html! {
        <>
        { save(words::SAVE_SVG, Msg::ExportChart(place)) }
        { save(words::SAVE_PNG, Msg::ExportChartPixels(place)) }
        <table>
            <caption class="unseen">{ chart.heading() }</caption>
            <thead><tr>{ for heads }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
        </>
    }
}
