//! The room of the night: a screen of words, a question, and the run beneath.

mod question;
mod shown;
mod words;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::Response;
use yew::prelude::*;

use super::browser;
use super::nodes::Nodes;
use crate::tour::Chapter;
use crate::viewer::{Msg, Night, State, TourMsg};

/// Where the chapters are, beside the page.
const FILE: &str = "./night.txt";

/// The room.
pub fn tour(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let night = &state.night;
    let Some(chapter) = night.chapter() else {
        let why = night.error().unwrap_or(words::ON_ITS_WAY).to_owned();
        return html! { <main class="night"><p role="status">{ why }</p></main> };
    };
    html! {
        <main class="night" aria-label={words::NIGHT}>
            { told(night, chapter) }
            { shown::shown(state, chapter, nodes, on) }
            <section class="ask">
                { question::question(night, chapter, on) }
                { answer(night, chapter) }
                { ways(night, on) }
                { class(night, on) }
            </section>
        </main>
    }
}

/// What has happened so far.
fn told(night: &Night, chapter: &Chapter) -> Html {
    let (place, count) = night.place();
    let paragraphs = chapter.words.iter().map(|words| html! { <p>{ words.clone() }</p> });
    let clock = night.lane().map(|lane| {
        let run = lane.tape().run();
        run.clock().at(run.now())
    });
    html! {
        <section class="words">
            <p class="where">
                { format!("{} of {count}", place + 1) }
                <time class="clock">{ clock }</time>
            </p>
            <h2 id="chapter" tabindex="-1">{ chapter.title.clone() }</h2>
            { for paragraphs }
        </section>
    }
}

/// The sentence, once the run has come to its end.
fn answer(night: &Night, chapter: &Chapter) -> Html {
    let told = night.told();
    let why = told.is_some().then(|| html! { <p class="why">{ chapter.why.clone() }</p> });
    html! {
        <div id="told" class="told" role="status" tabindex="-1">
            <strong>{ told }</strong>
            { why }
        </div>
    }
}

/// The ways on: they are always there.
fn ways(night: &Night, on: &Callback<Msg>) -> Html {
    let (place, count) = night.place();
    let button = |id: &'static str, name: &'static str, msg: TourMsg, there: bool, main: bool| {
        let onclick = on.reform(move |_: MouseEvent| Msg::Tour(msg.clone()));
        let class = main.then_some("main");
        html! {
            <button key={id} type="button" {id} {class} {onclick} disabled={!there}>
                { name }
            </button>
        }
    };
    let is_told = night.truth().is_some();
    let (forward, last) = (if is_told { words::FORWARD } else { words::SKIP }, place + 1 == count);
    let play = if night.is_asking() {
        button("commit", words::COMMIT, TourMsg::Commit, night.answer().is_some(), true)
    } else {
        button("replay", words::REPLAY, TourMsg::Replay, is_told, false)
    };
    html! {
        <nav class="ways" aria-label={words::NIGHT}>
            { button("night-back", words::BACK, TourMsg::Back, place > 0, false) }
            { play }
            if night.ends() {
                { button("sandbox", words::SANDBOX, TourMsg::Sandbox, true, true) }
            }
            { button("night-next", forward, TourMsg::Forward, !last, is_told) }
        </nav>
    }
}

/// Where a teacher takes the links of a class in.
fn class(night: &Night, on: &Callback<Msg>) -> Html {
    let (count, _) = night.class(None);
    let paste = on.reform(|event: Event| Msg::Tour(TourMsg::Class(browser::field_text(&event))));
    html! {
        <details class="class">
            <summary>{ words::CLASS }</summary>
            <label>
                <span>{ words::CLASS_HELP }</span>
                <input type="text" id="class" onchange={paste} />
            </label>
            <output>{ format!("{count} {}", words::ANSWERS) }</output>
        </details>
    }
}

/// Has `on` told of a presenter's keys while the room is open, wherever the focus is, as long as
/// what is returned lives.
pub fn watch_presenter(on: &Callback<Msg>) -> Option<EventListener> {
    let on = on.clone();
    let may_prevent = EventListenerOptions::enable_prevent_default();
    let listen = move |event: &Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let msg = match event.key().as_str() {
            "PageDown" => TourMsg::Advance,
            "PageUp" => TourMsg::Back,
            _ => return,
        };
        if browser::nth("main.night", 0).is_some() && browser::nth("dialog", 0).is_none() {
            event.prevent_default();
            on.emit(Msg::Tour(msg));
        }
    };
    let window = browser::window()?;
    Some(EventListener::new_with_options(&window, "keydown", may_prevent, listen))
}

/// Fetches the file of chapters.
pub fn fetch(on: Callback<Msg>) {
    spawn_local(async move {
        let text = fetched().await.map_err(|why| format!("{FILE}: {why}"));
        on.emit(Msg::Tour(TourMsg::Fetched(text)));
    });
}

async fn fetched() -> Result<String, String> {
    let window = browser::window().ok_or("there is no window")?;
    let failed = |_| "it could not be fetched".to_owned();
    let answer = JsFuture::from(window.fetch_with_str(FILE)).await.map_err(failed)?;
    let answer: Response = answer.unchecked_into();
    if !answer.ok() {
        return Err(format!("the server says {}", answer.status()));
    }
    let text = JsFuture::from(answer.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or_else(|| "it is no text".to_owned())
}
