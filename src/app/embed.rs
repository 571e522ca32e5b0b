//! The page in a frame of another: it does what that one asks for, and tells how high it is.

use std::cell::Cell;

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::Callback;

use super::browser;
use crate::viewer::Msg;

/// The window of the page that holds this one; `None` if none does.
fn parent() -> Option<Window> {
    let window = browser::window()?;
    let parent = window.parent().ok()??;
    (JsValue::from(&parent) != JsValue::from(&window)).then_some(parent)
}

/// Has `on` told of what the page around this one asks for, as long as what is returned lives.
pub fn watch(on: &Callback<Msg>) -> Option<EventListener> {
    let (parent, on) = (JsValue::from(parent()?), on.clone());
    let listen = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        // Other frames, and this page's own workers, have nothing to say here.
        let is_parents = event.source().is_some_and(|source| JsValue::from(source) == parent);
        if let Some(text) = event.data().as_string().filter(|_| is_parents) {
            on.emit(Msg::Obey(text));
        }
    };
    Some(EventListener::new(&browser::window()?.into(), "message", listen))
}

/// Tells the page around this one something. Nothing of it is secret, so any page may hear it.
pub fn post(text: &str) {
    if let Some(parent) = parent() {
        // Only an origin that is none could be refused.
        let _ = parent.post_message(&JsValue::from(text), "*");
    }
}

/// The height that was told last, in pixels.
#[derive(Default)]
pub struct Height(Cell<i32>);

impl Height {
    /// Tells how high the page is, if that has changed.
    pub fn post(&self) {
        let page = browser::nth(".page", 0).map_or(0, |page| page.scroll_height());
        if parent().is_some() && self.0.replace(page) != page {
            post(&format!(r#"{{"type":"height","height":{page}}}"#));
        }
    }
}
