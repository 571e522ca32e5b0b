//! The role of a worker of the lab: the same program without a page. A text that comes in is a
//! task; the text that goes out is its answer.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::lab::answer;

/// What a worker says once it can take tasks.
pub const READY: &str = "ready";

/// Whether this is a worker: there is no document.
pub fn is_worker() -> bool {
    let document = js_sys::Reflect::get(&js_sys::global(), &"document".into());
    document.map_or(true, |document| document.is_undefined())
}

/// Answers tasks for as long as the worker lives.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let page = scope.clone();
    let take = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let task = event.data().as_string().unwrap_or_default();
        // Only a value that cannot be copied could be refused, and this is a text.
        let _ = page.post_message(&answer(&task).into());
    });
    scope.set_onmessage(Some(take.as_ref().unchecked_ref()));
    take.forget();
    let _ = scope.post_message(&READY.into());
}
