//! The places of the two charts; the loop draws on them.

use yew::prelude::*;

use crate::app::words;

/// Where the charts are to be drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The canvas of the chart of memory.
    pub memory: NodeRef,
    /// The canvas of the chart of the queue.
    pub queue: NodeRef,
}

/// The two charts.
#[component]
pub fn Charts(props: &Props) -> Html {
    html! {
        <div class="charts">
            <figure>
                <figcaption>
                    { words::MEMORY_CHART }
                    <span class="key working">{ "registered workers" }</span>
                    <span class="key zombie">{ "zombies" }</span>
                    <span class="key limit">{ "2 × baseline" }</span>
                </figcaption>
                <canvas ref={props.memory.clone()} role="img" aria-label={words::MEMORY_CHART} />
            </figure>
            <figure>
                <figcaption>{ words::QUEUE_CHART }</figcaption>
                <canvas ref={props.queue.clone()} role="img" aria-label={words::QUEUE_CHART} />
            </figure>
        </div>
    }
}
