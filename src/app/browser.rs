//! The few things that are asked of the browser, each of which may be missing.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlCanvasElement, HtmlElement, HtmlInputElement, Window};

use crate::scene::Theme;

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

/// The theme that the viewer has chosen, or that the system asks for.
pub fn theme() -> Theme {
    let root = document().and_then(|document| document.document_element());
    match root.and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        Some("projector") => Theme::Projector,
        _ if prefers("(prefers-color-scheme: dark)") => Theme::Dark,
        _ => Theme::Light,
    }
}

/// Chooses a theme; without a name, the system's.
pub fn set_theme(name: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Only a name that is no name could be refused.
    let _ = match name {
        Some(name) => root.set_attribute("data-theme", name),
        None => root.remove_attribute("data-theme"),
    };
}

/// The address of the page, without its query.
pub fn address() -> String {
    let Some(place) = window().map(|window| window.location()) else { return String::new() };
    format!("{}{}", place.origin().unwrap_or_default(), place.pathname().unwrap_or_default())
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

/// Puts a text on the clipboard. False where browsers do not allow it: then the viewer copies what
/// is selected.
pub fn copy(text: &str) -> bool {
    let Some(window) = window().filter(Window::is_secure_context) else { return false };
    // Whether it is refused is told by a promise, later; nothing would change then.
    let _ = window.navigator().clipboard().write_text(text);
    true
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

/// Gives the first element of that selector the focus, once it is there.
pub fn focus_soon(selector: &'static str) {
    Timeout::new(0, move || {
        let found = document().and_then(|document| document.query_selector(selector).ok());
        if let Some(element) = found.flatten() {
            focus(&element);
        }
    })
    .forget();
}

/// Puts an element beside a place of a stage, inside what they both lie in.
pub fn place_on(id: &str, stage: &str, x: f64, y: f64) {
    let element = element(id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let Some(element) = element else { return };
    let (Some(stage), Some(parent)) = (self::element(stage), element.offset_parent()) else {
        return;
    };
    let (stage, parent) = (stage.get_bounding_client_rect(), parent.get_bounding_client_rect());
    let (wide, high) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let left = (stage.left() - parent.left() + x + 10.0).min(parent.width() - wide - 4.0);
    let top = (stage.top() - parent.top() + y).min(parent.height() - high - 4.0);
    // Only the names of the two properties could be refused.
    let _ = element.style().set_property("left", &format!("{:.0}px", left.max(4.0)));
    let _ = element.style().set_property("top", &format!("{:.0}px", top.max(4.0)));
}

/// The height of the window, in pixels of the page.
pub fn height() -> f64 {
    let height = window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(f64::INFINITY)
}

/// Gives the viewer a file of text to keep.
pub fn save(name: &str, kind: &str, text: &str) {
    let data = String::from(web_sys::js_sys::encode_uri_component(text));
    save_address(name, &format!("data:{kind};charset=utf-8,{data}"));
}

/// What is on a canvas, as the address of a PNG; empty if there is none.
pub fn pixels(id: &str) -> String {
    let canvas = element(id).and_then(|found| found.dyn_into::<HtmlCanvasElement>().ok());
    canvas.and_then(|canvas| canvas.to_data_url().ok()).unwrap_or_default()
}

/// Gives the viewer what is at an address of data, to keep as a file.
pub fn save_address(name: &str, address: &str) {
    let link = document().and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // Only a name that is no name could be refused.
    let _ = link.set_attribute("href", address);
    let _ = link.set_attribute("download", name);
    link.click();
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
