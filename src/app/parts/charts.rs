//! The places of the charts, with legends, values and the tables behind them; the loop draws.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, PointerEvent};
use yew::prelude::*;

use crate::app::charts::{ChartAct, Told};
use crate::app::words;
use crate::scene::Theme;
use crate::scene::charts::{CHARTS, Chart, Fill, Style, table_head};

/// All charts, the large ones first: their canvases and what there is to say of them, in the order
/// of the table of charts. A plain function, since all of it changes at every refresh.
pub fn charts(nodes: &[NodeRef], told: &[Told], theme: Theme, act: &Callback<ChartAct>) -> Html {
    let figures = CHARTS.iter().zip(nodes).zip(told).enumerate();
    let figures = figures.map(|(place, ((chart, node), told))| {
        html! {
            <figure key={chart.id} class={classes!("chart", (!chart.large).then_some("small"))}>
                <figcaption>
                    <strong>{ chart.heading() }</strong>
                    { legend(chart, told, theme) }
                </figcaption>
                { canvas(chart, node, act) }
                { table(chart, told, place, act) }
            </figure>
        }
    });
    html! { <div class="charts">{ for figures }</div> }
}

fn canvas(chart: &Chart, node: &NodeRef, act: &Callback<ChartAct>) -> Html {
    let point = act.reform(|event: PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlCanvasElement>().ok());
        let width = target.map_or(0, |canvas| canvas.client_width());
        ChartAct::Point(f64::from(event.offset_x()), f64::from(width))
    });
    let leave = act.reform(|_: PointerEvent| ChartAct::Leave);
    html! {
        <canvas
            ref={node.clone()}
            id={format!("chart-{}", chart.id)}
            role="img"
            aria-label={chart.heading()}
            onpointermove={point.clone()}
            onpointerdown={point}
            onpointerleave={leave}
        />
    }
}

/// Names, samples of how they are drawn, and values.
fn legend(chart: &Chart, told: &Told, theme: Theme) -> Html {
    let series = chart.series.iter().enumerate().map(|(place, series)| {
        let value = told.values.get(place).map(|(_, value)| value.clone());
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
    let at = told.at.as_ref().map(|at| html! { <span class="at">{ format!("at {at}") }</span> });
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

/// The chart in figures.
fn table(chart: &Chart, told: &Told, place: usize, act: &Callback<ChartAct>) -> Html {
    let toggle = act.reform(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        ChartAct::Table(place, target.is_some_and(|details| details.has_attribute("open")))
    });
    let save = act.reform(move |_: MouseEvent| ChartAct::Save(place));
    let pixels = act.reform(move |_: MouseEvent| ChartAct::SavePixels(place));
    let heads = table_head(chart).into_iter().map(|head| html! { <th scope="col">{ head }</th> });
    let rows = told.rows.iter().map(|row| {
        let cells = row.iter().skip(1).map(|cell| html! { <td>{ cell.clone() }</td> });
        html! { <tr><th scope="row">{ row.first().cloned() }</th>{ for cells }</tr> }
    });
    html! {
        <details class="figures" ontoggle={toggle}>
            <summary>{ words::FIGURES }<span class="unseen">{ chart.heading() }</span></summary>
            <button type="button" onclick={save}>{ words::SAVE_PICTURE }</button>
            <button type="button" onclick={pixels}>{ words::SAVE_PIXELS }</button>
            <table>
                <caption class="unseen">{ chart.heading() }</caption>
                <thead><tr>{ for heads }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}
