//! Performs what only a browser can do.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;
use yew::{Callback, NodeRef};

use super::browser;
use super::embed;
use super::nodes::Nodes;
use super::tour;
use crate::knobs::InputError;
use crate::viewer::{Effect, Focus, Msg};

/// Performs an effect; what comes of it later is told to `on`.
pub fn perform(effect: Effect, nodes: &Nodes, on: &Callback<Msg>) {
    match effect {
        Effect::Focus(what) => focus(what, nodes),
        Effect::SetTheme(name) => browser::set_theme(name),
        Effect::Copy(query) => copy(browser::address(&query), "link", on.clone()),
        Effect::CopyFrame(query) => copy(browser::frame(&query), "frame", on.clone()),
        Effect::Post(text) => embed::post(&text),
        Effect::Save(file) => {
            let blob = gloo_file::Blob::new_with_options(&*file.bytes, Some(file.mime));
            browser::save(&file.name, blob);
        }
        Effect::SaveStage(id, name) => save_canvas(nodes.stage(id), name),
        Effect::SaveChart(place, name) => {
            if let Some(node) = nodes.board.borrow().nodes.get(place) {
                save_canvas(node, name);
            }
        }
        Effect::ReadFile => read(nodes.file.take(), on.clone()),
        Effect::FetchChapters => tour::fetch(on.clone()),
        Effect::Lab(effect) => nodes.workers.borrow_mut().perform(effect, on),
        Effect::After(millis, msg) => {
            let on = on.clone();
            Timeout::new(millis, move || on.emit(msg)).forget();
        }
    }
}

/// Gives something the focus once the page is rendered.
fn focus(what: Focus, nodes: &Nodes) {
    let nodes = nodes.clone();
    Timeout::new(0, move || {
        let element = match what {
            Focus::Stage(id) => nodes.stage(id).cast(),
            Focus::Chapter => browser::element("chapter"),
            Focus::Told => browser::element("told"),
            Focus::MenuRow(row) => browser::nth("#menu [role=menuitem]", row),
        };
        if let Some(element) = element {
            browser::focus(&element);
        }
    })
    .forget();
}

/// Puts a text on the clipboard. Where browsers do not allow that, the field of that id is
/// selected, to be copied by hand.
fn copy(text: String, field: &'static str, on: Callback<Msg>) {
    spawn_local(async move {
        let done = browser::copy(&text).await;
        if !done {
            browser::select(field);
        }
        on.emit(Msg::Copied(done));
    });
}

fn read(file: Option<web_sys::File>, on: Callback<Msg>) {
    let Some(file) = file else { return };
    spawn_local(async move {
        let name = file.name();
        let text = gloo_file::futures::read_as_text(&gloo_file::File::from(file)).await;
        on.emit(match text {
            Ok(text) => Msg::LoadFile(text),
            Err(_) => {
                Msg::RefuseFile(InputError::new("scenario file", name, "it could not be read"))
            }
        });
    });
}

/// Gives the user what is on a canvas, as a PNG.
fn save_canvas(node: &NodeRef, name: String) {
    let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
    let save = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        // A canvas without pixels has no picture.
        if let Some(blob) = blob {
            browser::save(&name, blob.into());
        }
    });
    // Only a canvas with pixels of another host could refuse, and this page draws its own.
    let _ = canvas.to_blob(save.unchecked_ref());
}
