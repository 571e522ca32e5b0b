//! The few things that are asked of the browser, each of which may be missing.

use gloo_events::EventListener;
use gloo_file::{Blob, ObjectUrl};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, MediaQueryList, Window};
use yew::{Callback, NodeRef};

use crate::scene::Point;
use crate::viewer::Msg;

/// Asks for a dark theme, and for reduced motion.
const DARK: &str = "(prefers-color-scheme: dark)";
const CALM: &str = "(prefers-reduced-motion: reduce)";
/// How long the address of a saved file is valid, so that the browser can fetch it.
const SAVING_MS: u32 = 10_000;

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

/// Whether the pointer is a finger.
pub fn is_touched() -> bool {
    media("(pointer: coarse)").is_some_and(|list| list.matches())
}

/// Whether the page is out of sight.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}

/// What the system prefers.
pub fn system() -> Msg {
    let holds = |query| media(query).is_some_and(|list| list.matches());
    Msg::SetSystem { dark: holds(DARK), calm: holds(CALM) }
}

/// Has `on` told what the system prefers whenever that changes, as long as what is returned lives.
pub fn watch_system(on: &Callback<Msg>) -> Vec<EventListener> {
    let watch = |list: MediaQueryList| {
        let on = on.clone();
        EventListener::new(&list, "change", move |_| on.emit(system()))
    };
    [DARK, CALM].into_iter().filter_map(media).map(watch).collect()
}

/// Shows the page in a theme; without a name, in the system's.
pub fn set_theme(name: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Only a name that is no name could be refused.
    let _ = match name {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

/// The address of the page with another query.
pub fn address(query: &str) -> String {
    let Some(place) = window().map(|window| window.location()) else { return String::new() };
    let (origin, path) = (place.origin().unwrap_or_default(), place.pathname().unwrap_or_default());
    format!("{origin}{path}?{query}")
}

/// The code that shows the page with another query in a frame of another page.
pub fn frame(query: &str) -> String {
    let address = address(query).replace('&', "&amp;");
    let look = r#"width="100%" height="640" title="Zombie Workers""#;
    format!(r#"<iframe src="{address}&amp;embed=1" {look}></iframe>"#)
}

/// The query of the address, with its question mark; empty if there is none.
pub fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// Selects what is in a field.
pub fn select(id: &str) {
    if let Some(field) = element(id).and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Puts a text on the clipboard. False if the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window().filter(Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Gives an element the focus, without scrolling to it.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let calmly = web_sys::FocusOptions::new();
        calmly.set_prevent_scroll(true);
        // What cannot be focused stays as it is.
        let _ = element.focus_with_options(&calmly);
    }
}

/// The element in that place of those that a selector finds.
pub fn nth(selector: &str, place: usize) -> Option<Element> {
    let all = document()?.query_selector_all(selector).ok()?;
    all.get(u32::try_from(place).ok()?)?.dyn_into().ok()
}

/// Puts an element beside a place of a stage, inside what they both lie in.
pub fn place_on(id: &str, stage: &NodeRef, at: Point) {
    let element = element(id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let (Some(element), Some(stage)) = (element, stage.cast::<Element>()) else { return };
    let Some(parent) = element.offset_parent() else { return };
    let (stage, parent) = (stage.get_bounding_client_rect(), parent.get_bounding_client_rect());
    let (wide, high) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let left = (stage.left() - parent.left() + at.x + 10.0).min(parent.width() - wide - 4.0);
    let top = (stage.top() - parent.top() + at.y).min(parent.height() - high - 4.0);
    // Only the names of the two properties could be refused.
    let _ = element.style().set_property("left", &format!("{:.0}px", left.max(4.0)));
    let _ = element.style().set_property("top", &format!("{:.0}px", top.max(4.0)));
}

/// The height of the window, in pixels of the page.
pub fn height() -> f64 {
    let height = window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(f64::INFINITY)
}

/// Gives the user a file.
pub fn save(name: &str, blob: Blob) {
    let link = document().and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    let address = ObjectUrl::from(blob);
    // Only a name that is no name could be refused.
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    link.click();
    // Dropping the address revokes it.
    Timeout::new(SAVING_MS, move || drop(address)).forget();
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
