//! The question, by each of the four ways to answer it. All of them work by keyboard and touch.

use yew::prelude::*;

use super::words;
use crate::app::browser::field_text;
use crate::tour::{Answer, Chapter, Other, Question, Truth};
use crate::viewer::{Msg, Night, TourMsg};

/// The question.
pub fn question(night: &Night, chapter: &Chapter, on: &Callback<Msg>) -> Html {
    let inside = match &chapter.question {
        Question::Drag { min, max } => axis(night, chapter, (*min, *max), on),
        Question::Pick(options) => choice(night, chapter, options, on),
        Question::Draw { max } => line(night, chapter, *max, on),
        Question::Worker => workers(night, on),
    };
    let waits = night.lane().is_none();
    html! {
        <fieldset class="question" disabled={!night.is_asking()}>
            <legend>{ chapter.asked.clone() }</legend>
            { inside }
            if waits {
                <p class="help">{ words::ON_ITS_WAY }</p>
            } else if night.answer().is_none() {
                <p class="help">{ words::FIRST }</p>
            }
        </fieldset>
    }
}

/// A value on an axis. The thumb stands at the beginning until somebody moves it.
fn axis(night: &Night, chapter: &Chapter, (min, max): (f64, f64), on: &Callback<Msg>) -> Html {
    let said = match night.answer() {
        Some(Answer::Value(value)) => Some(*value),
        _ => None,
    };
    let text = said.and_then(|value| chapter.key.map(|key| key.text(Some(value))));
    let drag = on.reform(|event: InputEvent| {
        Msg::Tour(TourMsg::Say(Answer::Value(field_text(&event).parse().unwrap_or_default())))
    });
    html! {
        <div class="axis">
            <span>{ min }</span>
            <input type="range" id="drag" min={min.to_string()} max={max.to_string()} step="1"
                value={said.unwrap_or(min).to_string()} aria-valuetext={text.clone()}
                aria-label={chapter.asked.clone()} oninput={drag} />
            <span>{ max }</span>
            <output>{ text.unwrap_or_else(|| "?".to_owned()) }</output>
        </div>
    }
}

/// One of several other runs; what each comes to, once that may be seen.
fn choice(night: &Night, chapter: &Chapter, options: &[Other], on: &Callback<Msg>) -> Html {
    let values = match night.truth() {
        Some(Truth::Options(values, _)) => values.clone(),
        _ => Vec::new(),
    };
    let others = night.class(None).0;
    let options = options.iter().enumerate().map(|(place, &option)| {
        let value = values.get(place).and_then(|value| Some(chapter.key?.text(*value)));
        let same = night.class(Some(&Answer::Option(option))).1;
        let tally = (others > 0 && value.is_some()).then(|| format!("{same} / {others}"));
        radio(
            night,
            Answer::Option(option),
            option.words(),
            on,
            html! {
                <><b>{ value }</b><small>{ tally }</small></>
            },
        )
    });
    html! { <div class="choice">{ for options }</div> }
}

/// One of the workers that are shown.
fn workers(night: &Night, on: &Callback<Msg>) -> Html {
    let told = night.truth().is_some();
    let rows = night.processes().into_iter().map(|process| {
        let sign = (told && process.zombie).then_some("zombie");
        let name = format!("worker {}", process.worker);
        radio(night, Answer::Worker(process.worker), name, on, html! { <b>{ sign }</b> })
    });
    html! { <div class="choice">{ for rows }</div> }
}

fn radio(night: &Night, answer: Answer, name: String, on: &Callback<Msg>, more: Html) -> Html {
    let (key, checked) = (answer.to_string(), night.answer() == Some(&answer));
    let choose = on.reform(move |_: Event| Msg::Tour(TourMsg::Say(answer.clone())));
    html! {
        <label key={key.clone()}>
            <input type="radio" name="said" value={key} {checked} onchange={choose} />
            <span>{ name }</span>
            { more }
        </label>
    }
}

/// The points of a line, one slider each.
fn line(night: &Night, chapter: &Chapter, max: f64, on: &Callback<Msg>) -> Html {
    let points = night.line().into_iter().enumerate().map(|(place, value)| {
        let set = on.reform(move |event: InputEvent| {
            Msg::Tour(TourMsg::SetPoint(place, field_text(&event).parse().unwrap_or_default()))
        });
        html! {
            <input key={place} type="range" min="0" max={max.to_string()} step="0.1"
                value={value.to_string()} oninput={set}
                aria-label={format!("{} {}", words::POINT, place + 1)}
                aria-valuetext={chapter.chart.words(value)} />
        }
    });
    html! {
        <div class="line"><p class="help">{ words::DRAW }</p><div>{ for points }</div></div>
    }
}
