//! The page: Yew components, canvas, animation frame. The only part that knows a browser.

/// Puts the page into the document.
pub fn mount() {}
