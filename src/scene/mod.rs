//! Pictures as plain data; no browser.
