//! The reader of TOML reads as another one does: the same tree from what is valid, and what is
//! spoilt is refused by both, or by ours alone where TOML 1.0 says so.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/run/file/toml/mod.rs"]
mod toml;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use toml::{Broken, Toml, What};
use toml_span::value::{Value, ValueInner};

/// What a text says, without places and without order.
#[derive(Debug, PartialEq)]
enum Tree {
    Text(String),
    Whole(i64),
    Number(String),
    Flag(bool),
    List(Vec<Tree>),
    Table(BTreeMap<String, Tree>),
}

/// A number, to the last bit; of what is none, not even the sign.
fn figure(number: f64) -> Tree {
    Tree::Number(if number.is_nan() { "nan".into() } else { format!("{number:e}") })
}

fn ours(value: &Toml) -> Tree {
    assert!(value.start <= value.end);
    match &value.what {
        What::Text(text) => Tree::Text(text.clone()),
        What::Whole(whole) => Tree::Whole(*whole),
        What::Number(number) => figure(*number),
        What::Flag(flag) => Tree::Flag(*flag),
        What::List(list) => Tree::List(list.iter().map(ours).collect()),
        What::Table(table) => {
            assert!(table.iter().all(|entry| entry.at <= entry.value.end));
            let pair = |entry: &toml::Entry| (entry.name.clone(), ours(&entry.value));
            Tree::Table(table.iter().map(pair).collect())
        }
    }
}

fn theirs(value: &Value) -> Tree {
    match value.as_ref() {
        ValueInner::String(text) => Tree::Text(text.to_string()),
        ValueInner::Integer(whole) => Tree::Whole(*whole),
        ValueInner::Float(number) => figure(*number),
        ValueInner::Boolean(flag) => Tree::Flag(*flag),
        ValueInner::Array(list) => Tree::List(list.iter().map(theirs).collect()),
        ValueInner::Table(table) => {
            Tree::Table(table.iter().map(|(key, value)| (key.to_string(), theirs(value))).collect())
        }
    }
}

/// Whether ours refuses this on purpose, where the other reader is more lenient than TOML 1.0.
fn stricter(text: &str, broken: &Broken) -> bool {
    let (before, rest) = text.split_at(broken.at);
    // TOML 1.1 has lines, comments and a last comma in inline tables; TOML 1.0 has not.
    let inline = before.contains('{') && rest.starts_with(['\n', '\r', '#', '}']);
    // It has these escapes too.
    let escape = rest.starts_with("\\e") || rest.starts_with("\\x");
    // Two signs, and a sign before another base than ten, are in no TOML.
    let sign = rest.starts_with('+');
    // Nor is this character in comments.
    let control = rest.starts_with('\x7f');
    // A dotted key must not add to a table that began with the header of a table in it.
    let said = broken.say(text);
    let reopened = said.starts_with("duplicate key") && before.contains('[');
    inline || escape || sign || control || reopened
}

/// Both read the same, or both refuse, but for what is said above.
fn alike(text: &str) -> Result<bool, TestCaseError> {
    match (toml::parse(text), toml_span::parse(text)) {
        (Ok(own), Ok(other)) => prop_assert_eq!(ours(&own), theirs(&other), "{:?}", text),
        (Err(broken), other) => {
            let said = broken.say(text);
            prop_assert!(!said.contains(['\n', '\r']) && text.is_char_boundary(broken.at));
            prop_assert!(other.is_err() || stricter(text, &broken), "{}: {:?}", said, text);
            return Ok(false);
        }
        // Ours gives what is too large for a float as infinite, which the check of its field names.
        (Ok(own), Err(other)) => {
            prop_assert!(format!("{:?}", ours(&own)).contains("inf"), "{}: {:?}", other, text);
        }
    }
    Ok(true)
}

/// Any text of this form.
fn form(form: &str) -> impl Strategy<Value = String> + use<> {
    prop::string::string_regex(form).expect("it is a form")
}

fn scalar() -> impl Strategy<Value = String> {
    let number = "[+-]?(0|[1-9][0-9]{0,3}(_[0-9]{1,3})?)";
    prop_oneof![
        form(number),
        form("0x[0-9a-fA-F]{1,4}(_[0-9A-F]{1,2})?|0o[0-7]{1,5}|0b[01]{1,4}(_[01]){0,2}"),
        form(&format!("{number}(\\.[0-9]{{1,3}}(_[0-9])?)?([eE][+-]?[0-9]{{1,2}}(_[0-9])?)?")),
        form("true|false|[+-]?(inf|nan)"),
        form("9223372036854775807|-9223372036854775808|0x7fffffffffffffff|6\\.02e23|5e-324"),
        text(),
    ]
}

/// A text in quotes of every kind.
fn text() -> impl Strategy<Value = String> {
    let escape = r#"\\[btnfr"\\]|\\u00[0-7][0-9a-fA-F]|\\uD7FF|\\U0001F9DF"#;
    let plain = "[ -!#-&(-\\[\\]-~\tä🧟]";
    prop_oneof![
        form(&format!("\"({plain}|'|{escape}){{0,8}}\"")),
        form(&format!("'({plain}|\\\\){{0,8}}'")),
        form(&format!(
            "\"\"\"\n?({plain}|\"{{1,2}}[a-z]|'|\r?\n|\\\\ ?\r?\n[ \n]*|{escape}){{0,8}}\"{{3,5}}"
        )),
        form(&format!("'''(\r\n)?({plain}|\\\\|'{{1,2}}[a-z]|\r?\n){{0,8}}'{{3,5}}")),
    ]
}

/// A value, also in lists and inline tables.
fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        let gap = select(vec!["", " ", "\n", " # one ]\r\n\t"]);
        let list = (prop::collection::vec(inner.clone(), 0..4), gap.clone(), gap, any::<bool>());
        let list = list.prop_map(|(items, before, after, comma)| {
            let last = if comma && !items.is_empty() { "," } else { "" };
            format!("[{before}{}{after}{last}{before}]", items.join(&format!("{after},{before}")))
        });
        let table = prop::collection::vec((name(), inner), 0..4).prop_map(|pairs| {
            let pair = |(place, (name, value)): (usize, &(String, String))| {
                format!(" k{place} . {name}={value}")
            };
            let pairs: Vec<String> = pairs.iter().enumerate().map(pair).collect();
            format!("{{{} }}", pairs.join(" ,"))
        });
        prop_oneof![list, table]
    })
}

fn name() -> impl Strategy<Value = String> {
    let names =
        ["a", "b", "c", "\"a\"", "'b'", "\"\\u0063\"", "a.b", "b . 'c'", "c.a.b", "''", "1-_"];
    select(names.map(str::to_owned).to_vec())
}

/// A line; where a NUL stands comes what makes its names unlike the others.
fn line() -> impl Strategy<Value = String> {
    let end = select(vec!["\n", "\r\n", " # so\n", "\t#\r\n\n"]);
    let pair = (name(), value(), end.clone()).prop_map(|(n, v, end)| format!("\0{n} = {v}{end}"));
    let table = (name(), end.clone()).prop_map(|(name, end)| format!(" [ \0{name} ]{end}"));
    let list = (name(), end).prop_map(|(name, end)| format!("[[\0{name}]]{end}"));
    prop_oneof![3 => pair, 1 => table, 1 => list]
}

proptest! {
    #[test]
    fn what_is_valid_is_read_as_another_reader_reads_it(
        bom in select(vec!["", "\u{feff}"]),
        lines in prop::collection::vec(line(), 0..8),
    ) {
        let own = |(at, line): (usize, &String)| line.replacen('\0', &format!("line{at}."), 1);
        let text = bom.to_owned() + &lines.iter().enumerate().map(own).collect::<String>();
        prop_assert!(alike(&text)?, "it is refused: {:?}", text);
    }

    #[test]
    fn names_that_meet_are_refused_by_both_or_read_alike(
        lines in prop::collection::vec(line(), 0..8),
    ) {
        alike(&lines.concat().replace('\0', ""))?;
    }

    #[test]
    fn what_is_spoilt_is_refused_by_both_or_read_alike(
        lines in prop::collection::vec(line(), 1..6),
        spoils in prop::collection::vec((any::<Index>(), any::<bool>(), select(
            "\"'[]{}=,.#_+-019axeu\\\n\r\t :\x7f\u{1}ä".chars().collect::<Vec<_>>(),
        )), 1..4),
    ) {
        let mut text: Vec<char> = lines.concat().replace('\0', "").chars().collect();
        for (place, insert, c) in spoils {
            let place = place.index(text.len().max(1));
            if insert || text.is_empty() {
                text.insert(place, c);
            } else {
                text.remove(place);
            }
        }
        alike(&text.into_iter().collect::<String>())?;
    }
}

fn refused(text: &str) -> String {
    toml::parse(text).err().unwrap_or_else(|| panic!("it is read: {text}")).say(text)
}

#[test]
fn what_is_refused_is_named_with_what_is_wanted() {
    for (text, said) in [
        ("a", "wanted =, found: the end of the file"),
        ("a = \n", "wanted a value, found: the end of the line"),
        ("= 1", "wanted a name, found: ="),
        ("a = 1 b = 2", "wanted a new line, found: b"),
        ("a = b", "neither a number nor a text in quotes: `b`"),
        ("a = 1979-05-27T07:32:00Z", "a date, which is no number: `1979-05-27T07:32:00Z`"),
        ("a = 07:32:00", "a date, which is no number: `07:32:00`"),
        ("a = \"b", "no closing quote: `\"`"),
        ("a = 'b\nc'", "wanted a closing quote, found: the end of the line"),
        ("a = \"\\e\"", "no escape: `\\e`"),
        ("a = \"\\\n\"", "wanted an escape, found: the end of the line"),
        ("a = \"\\uD800\"", "no escape: `\\uD800`"),
        ("a = [1 2]", "wanted ], found: 2"),
        ("a = { b = 1, }", "wanted a name, found: }"),
        ("[a", "wanted ], found: the end of the file"),
        ("[[a]\n", "wanted ]], found: ]"),
    ] {
        assert_eq!(refused(text), said, "{text}");
    }
}

#[test]
fn what_is_there_is_not_begun_again() {
    for (text, name) in [
        ("a = 1\n\"a\" = 2", "\"a\""),
        ("a = 1\na.b = 2", "a"),
        ("a.b = 1\na = 2", "a"),
        ("a = {}\na.b = 1", "a"),
        ("a = {}\n[a.b]", "a"),
        ("a = { b = 1, b.c = 2 }", "b"),
        ("[a]\n[a]", "a"),
        ("[a]\n[[a]]", "a"),
        ("[[a]]\n[a]", "a"),
        ("[a.b]\n[[a]]", "a"),
        ("a = [{}]\n[[a]]", "a"),
        ("a = [{}]\n[a.b]", "a"),
        ("a.b = 1\n[a]", "a"),
        ("[a.b.c]\n[a]\nb.d = 1", "b"),
    ] {
        assert_eq!(refused(text), format!("duplicate key: `{name}`"), "{text}");
    }
    for text in ["[a.b]\n[a]\nc = 1", "[[a]]\n[a.b]\n[[a]]\n[a.b]", "a.b.c = 1\n[a.d]\na.b = 1"] {
        assert!(alike(text).expect("both read it"), "{text}");
    }
}

#[test]
fn what_is_nested_deep_is_refused_and_exhausts_no_stack() {
    let (deep, deeper) = (31, 100_000);
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a.a=", "}]")] {
        let nested = |times| format!("a = {}1{}\n", open.repeat(times), close.repeat(times));
        let said = refused(&nested(deeper));
        assert!(said.starts_with("wanted at most 32 levels"), "{said}");
        assert!(alike(&nested(deep / 4)).expect("both read it"));
    }
    let list = |times| format!("a = {}1{}\n", "[".repeat(times), "]".repeat(times));
    assert!(toml::parse(&list(deep)).is_ok() && toml::parse(&list(deep + 1)).is_err());
    for text in [format!("{}a = 1", "a.".repeat(deeper)), format!("[{}a]", "a.".repeat(deeper))] {
        let said = refused(&text);
        assert!(said.starts_with("wanted at most 32 levels"), "{said}");
    }
}
