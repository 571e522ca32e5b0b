//! The controls of time: play, pause, speed, reset, scenario, seed; and what there is to say.

use yew::prelude::*;

use crate::app::browser::field_text;
use crate::app::element::Button;
use crate::app::field::{Field, Sets};
use crate::app::lazy::lazy;
use crate::app::words;
use crate::run::GROUPS;
use crate::viewer::{Msg, Pace, State};

/// The controls.
pub fn transport(state: &State, on: &Callback<Msg>) -> Html {
    let (pace, scenario) = (&state.runs.pace, state.runs.tape().scenario());
    let (name, class) =
        if pace.playing { (words::PAUSE, "main") } else { (words::PLAY, "main paused") };
    let set_speed = on.reform(|event: InputEvent| {
        let place = field_text(&event).parse().unwrap_or_default();
        Msg::SetSpeed(Pace::from_slider(place))
    });
    let speed = format!("{}×", pace.speed());
    let slider = format!("{:.1}", Pace::to_slider(pace.speed()));
    html! {
        <div class="transport" role="group" aria-label={words::TIME}>
            <span class="clock" role="timer" aria-label={words::CLOCK} aria-live="off">
                { state.sample.clock.clone() }
            </span>
            { Button::new("play", name).class(class).sends(Msg::TogglePlay, on) }
            { Button::new("reset", words::RESET).sends(Msg::Reset, on) }
            <label class="speed">
                <span>{ words::SPEED }</span>
                <input type="range" id="speed" min="0" max="100" step="0.5" value={slider}
                    aria-valuetext={speed.clone()} oninput={set_speed} />
                <output>{ speed }</output>
            </label>
            <label>
                <span>{ words::SCENARIO }</span>
                { lazy(scenarios, scenario.name.clone().into(), on) }
            </label>
            <label>
                <span>{ words::SEED }</span>
                <Field id="seed" value={scenario.seed.to_string()} mode="numeric"
                    sets={Sets::Seed} {on} />
            </label>
            { progress(state, on) }
            <p class="notice" role="status">{ notice(state) }</p>
        </div>
    }
}

/// How far a search or a long jump has come, with a way out.
fn progress(state: &State, on: &Callback<Msg>) -> Html {
    let Some(share) = state.runs.progress() else { return Html::default() };
    html! {
        <div class="progress">
            <progress max="1" value={share.to_string()} aria-label={words::PROGRESS} />
            { Button::new("cancel", words::CANCEL).sends(Msg::Cancel, on) }
        </div>
    }
}

fn notice(state: &State) -> String {
    match (&state.notice, state.runs.lag()) {
        (Some(notice), _) => words::notice(notice),
        (None, Some(speed)) => words::lag(speed),
        (None, None) => String::new(),
    }
}

/// The list of scenarios. One from a file stands in it as long as it runs.
fn scenarios(name: &AttrValue, on: &Callback<Msg>) -> Html {
    let begin = on.reform(|event: Event| Msg::BeginScenario(field_text(&event)));
    let option = |value: &str, title: &str| {
        let selected = &**name == value;
        html! { <option value={value.to_owned()} {selected}>{ title }</option> }
    };
    let groups = GROUPS.iter().map(|(title, rows)| {
        let rows = rows.iter().map(|(value, title)| option(value, title));
        html! { <optgroup label={*title}>{ for rows }</optgroup> }
    });
    let mut known = GROUPS.iter().flat_map(|(_, rows)| rows.iter());
    let is_own = !known.any(|(known, _)| *known == &**name);
    html! {
        <select id="scenario" onchange={begin}>
            { for groups }
            if is_own {
                { option(name, name) }
            }
        </select>
    }
}
