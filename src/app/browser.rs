//! The few things that are asked of the browser, each of which may be missing.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element of that id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Milliseconds since the page was opened.
pub fn millis() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Whether nobody can see the page.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Whether a media query holds.
pub fn prefers(query: &str) -> bool {
    let list = window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Pixels of the screen for each of the page's.
pub fn pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 3.0)
}

/// What was typed or chosen in the field that an event came from.
pub fn field_text(event: &web_sys::Event) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlInputElement>());
    let select = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlSelectElement>());
    match (input, select) {
        (Some(input), _) if input.type_() == "checkbox" => input.checked().to_string(),
        (Some(input), _) => input.value(),
        (None, Some(select)) => select.value(),
        (None, None) => String::new(),
    }
}
