//! What is folded away: nothing of it is rendered until it is opened.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Whether a `<details>` is open, and the callback of its `toggle` event.
#[hook]
pub fn use_fold() -> (bool, Callback<Event>) {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |event| open.set(is_open(&event)))
    };
    (*open, toggle)
}

/// Whether the `<details>` that an event came from is open now.
pub fn is_open(event: &Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}
