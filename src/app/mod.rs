//! The page: Yew components, canvas, animation frame. The only part that knows a browser.

pub mod act;
mod animate;
pub mod browser;
mod canvas;
pub mod charts;
pub mod crash;
mod frames;
pub mod keys;
mod over;
pub mod page;
pub mod parts;
mod take;
mod view;
pub mod words;

/// Puts the page into the document. A document without a place for it has an error of its own to
/// show: the boot screen's.
pub fn mount() {
    crash::catch();
    if let Some(root) = browser::element("app") {
        yew::Renderer::<page::Page>::with_root(root).render();
    }
}
