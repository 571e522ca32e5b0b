//! The page's colours are the inks: `static/palette.css` is written from them.
//!
//! `BLESS=1 cargo test --test palette` writes it anew.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write;
use std::fs;

use zombie_workers::scene::{Ink, Theme};

const PATH: &str = "static/palette.css";

/// The custom property of an ink: `OldHat` is `--old-hat`.
fn property(ink: Ink) -> String {
    let mut name = String::from("-");
    for letter in format!("{ink:?}").chars() {
        if letter.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn palette() -> String {
    let mut css = "/* Written by `BLESS=1 cargo test --test palette` from the inks of \
                   src/scene/theme.rs. */\n:root {\n"
        .to_owned();
    for &ink in Ink::ALL {
        let (light, dark) = (Theme::Light.css(ink), Theme::Dark.css(ink));
        let _ = writeln!(css, "  {}: light-dark({light}, {dark});", property(ink));
    }
    css += "}\n:root[data-theme=\"projector\"] {\n";
    for &ink in Ink::ALL {
        let _ = writeln!(css, "  {}: {};", property(ink), Theme::Projector.css(ink));
    }
    css + "}\n"
}

#[test]
fn the_palette_of_the_page_is_that_of_its_pictures() {
    let css = palette();
    if std::env::var_os("BLESS").is_some() {
        fs::write(PATH, &css).expect("the palette can be written");
    }
    let written = fs::read_to_string(PATH).unwrap_or_default();
    assert_eq!(written, css, "BLESS=1 cargo test --test palette writes it anew");
}

#[test]
fn the_style_sheet_names_colours_and_has_none_of_its_own() {
    let css = fs::read_to_string("static/style.css").expect("there is a style sheet");
    for (number, line) in css.lines().enumerate() {
        let hex = line.split('#').skip(1).any(|rest| {
            let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
            // A selector of an id is followed by a name, a colour by its end.
            let ends = rest[digits..].starts_with([';', ',', ')', ' ']);
            matches!(digits, 3 | 4 | 6 | 8) && ends && line.contains(':')
        });
        assert!(!hex, "static/style.css:{}: {line}", number + 1);
    }
    let mine = css.split("--").skip(1).filter_map(|rest| rest.split_once(':'));
    let mine: Vec<&str> = mine.map(|(name, _)| name).collect();
    for name in css.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
        let known = mine.contains(&name)
            || Ink::ALL.iter().any(|&ink| property(ink).strip_prefix("--") == Some(name));
        assert!(known, "there is no ink --{name}");
    }
}
