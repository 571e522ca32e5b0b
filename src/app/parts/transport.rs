//! The controls of time: play, pause, step, speed, reset, scenario, seed.

use yew::prelude::*;

use super::field::Field;
use crate::app::browser::field_text;
use crate::app::words;
use crate::run::BUILT_IN;
use crate::viewer::Pace;

/// What can be done with time.
#[derive(Clone, Debug, PartialEq)]
pub enum TransportAct {
    /// Play if paused, pause if playing.
    PlayPause,
    /// This fast.
    Speed(f64),
    /// Back to the beginning.
    Reset,
    /// Another scenario.
    Scenario(String),
    /// Another seed.
    Seed(String),
}

/// What they show.
pub struct Transport {
    /// Whether time goes.
    pub playing: bool,
    /// Virtual seconds for each real one.
    pub speed: f64,
    /// What the scenario's clock shows.
    pub clock: String,
    /// The scenario's name.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// The machine does not keep up.
    pub behind: bool,
    /// What was wrong with the last act.
    pub trouble: Option<String>,
    /// What was done.
    pub act: Callback<TransportAct>,
}

/// The controls of time.
pub fn transport(props: &Transport) -> Html {
    let click = |act: TransportAct| {
        let say = props.act.clone();
        Callback::from(move |_: MouseEvent| say.emit(act.clone()))
    };
    let on_speed = props.act.reform(|event: InputEvent| {
        let place = field_text(&event).parse().unwrap_or(50.0);
        TransportAct::Speed(Pace::from_slider(place))
    });
    let on_scenario = props.act.reform(|event: Event| TransportAct::Scenario(field_text(&event)));
    let on_seed = props.act.reform(TransportAct::Seed);
    let known = BUILT_IN.iter().map(|(name, _)| *name);
    // A scenario that was brought stands in the list as long as it runs.
    let brought = (!known.clone().any(|name| name == props.scenario)).then_some(&*props.scenario);
    let options = known.chain(brought).map(|name| {
        let selected = props.scenario == name;
        html! { <option value={name.to_owned()} {selected}>{ name }</option> }
    });
    let trouble = props.trouble.clone().or(props.behind.then(|| words::BEHIND.to_owned()));
    let slider = format!("{:.1}", Pace::to_slider(props.speed));
    let speed = format!("{}×", props.speed);
    html! {
        <div class="transport" role="group" aria-label="Time">
            <output class="clock" aria-label="Clock">{ props.clock.clone() }</output>
            <button type="button" id="play" onclick={click(TransportAct::PlayPause)}
                class={classes!("main", (!props.playing).then_some("paused"))}>
                { if props.playing { "❚❚ Pause" } else { "▶ Play" } }
            </button>
            <button type="button" id="reset" onclick={click(TransportAct::Reset)}>
                { "Reset" }
            </button>
            <label class="speed">
                <span>{ "Speed" }</span>
                <input type="range" id="speed" min="0" max="100" step="0.5" value={slider}
                    aria-valuetext={speed.clone()} oninput={on_speed} />
                <output>{ speed }</output>
            </label>
            <label><span>{ "Scenario" }</span>
                <select id="scenario" onchange={on_scenario}>{ for options }</select>
            </label>
            <label><span>{ "Seed" }</span>
                <Field id="seed" value={props.seed.to_string()} mode="numeric" say={on_seed} />
            </label>
            <p class="trouble" role="status">{ trouble.unwrap_or_default() }</p>
        </div>
    }
}
