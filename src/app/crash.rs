//! If the program ever panics, the page shows what happened and what repeats it, instead of
//! freezing.

use std::cell::RefCell;

use web_sys::Element;

use super::browser::{document, element};

thread_local! {
    /// What it takes to repeat the run; kept where a panic can read it.
    static RECIPE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Notes what it takes to repeat the run.
pub fn note(recipe: String) {
    RECIPE.with(|kept| *kept.borrow_mut() = recipe);
}

/// Has panics shown.
pub fn catch() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        let recipe = RECIPE.with(|kept| kept.try_borrow().map(|kept| kept.clone()));
        // Without a document it cannot be shown.
        let _ = show(&panic.to_string(), &recipe.unwrap_or_default());
    }));
}

/// Shows what happened and what repeats it in the place of the page. `None` if there is no place.
pub fn show(message: &str, recipe: &str) -> Option<()> {
    let root = element("app")?;
    root.set_text_content(None);
    let page = add(&root, "main", "crash", "")?;
    page.set_attribute("role", "alert").ok()?;
    add(&page, "h1", "", "The simulation has crashed")?;
    add(&page, "p", "", "This is a bug in the page. Details, and a link that reproduces it:")?;
    add(&page, "pre", "", message)?;
    add(&page, "pre", "", recipe)?;
    let link = add(&page, "a", "button", "Start again")?;
    link.set_attribute("href", "./").ok()
}

fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let child = document()?.create_element(tag).ok()?;
    child.set_class_name(class);
    child.set_text_content(Some(text));
    parent.append_child(&child).ok()?;
    Some(child)
}
