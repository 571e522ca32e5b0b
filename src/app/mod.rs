//! The page: it wires, performs effects and draws; what it shows is decided in `viewer`. The only
//! layer that knows a browser.

mod animate;
mod browser;
mod brush;
mod charts;
mod controls;
pub mod crash;
mod dashboards;
mod dialogs;
mod effects;
mod element;
mod embed;
mod field;
mod fold;
mod frames;
mod lab;
mod lazy;
mod nodes;
pub mod page;
mod stage;
mod tabs;
mod time;
mod tour;
mod view;
mod words;

/// Puts the page into the document; in a worker, which has none, takes its role. A document without
/// a place for it has an error of its own to show: the boot screen's.
pub fn mount() {
    if lab::worker::is_worker() {
        lab::worker::serve();
        return;
    }
    crash::catch();
    if let Some(root) = browser::element("app") {
        yew::Renderer::<page::Page>::with_root(root).render();
    }
}
