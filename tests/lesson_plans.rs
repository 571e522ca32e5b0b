//! The lesson plans: every link in them is understood, and every number is produced by a run.
//!
//! A number stands in bold with a comment that says where it is from: `**8.70 GB**<!-- night 5 -->`
//! is the truth of the fifth chapter, `<!-- night 6 timeouts -->` the value of an option of the
//! sixth, `<!-- 04:03:15 zombies -->` a figure of the incident at that time. `BLESS=1` writes the
//! numbers of the present runs into the plans.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::PathBuf;

use zombie_workers::lab::LabLink;
use zombie_workers::run::{Link, Run, Tape, built_in};
use zombie_workers::tour::{
    Answer, Chapter, Key, LINE_POINTS, Other, Question, Reveal, TourLink, Truth, Walk,
};
use zombie_workers::watch::figures::OLD_MEMORY;

fn plans() -> Vec<(PathBuf, String)> {
    let files = fs::read_dir("docs/lessons").expect("there are lesson plans");
    let paths = files.map(|file| file.expect("it can be listed").path());
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("it can be read");
        (path, text)
    };
    paths.map(read).collect()
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, begin: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
}

/// The chapter with that number, with its truth in the incident, whatever is said.
fn truth(number: usize) -> (Chapter, Truth) {
    let text = fs::read_to_string("static/night.txt").expect("there is a file of chapters");
    let mut chapters = Chapter::read(&text).expect("it is understood");
    let mut tape = Tape::new(built_in("incident").expect("it is built in")).expect("allowed");
    assert!(Walk::to(&chapters, number - 1).advance(&mut tape, || true));
    let chapter = chapters.remove(number - 1);
    let said = match &chapter.question {
        Question::Drag { min, .. } => Answer::Value(*min),
        Question::Pick(options) => Answer::Option(options[0]),
        Question::Draw { .. } => Answer::Line([0.0; LINE_POINTS]),
        Question::Worker => Answer::Worker(0),
    };
    let mut reveal = Reveal::new(&chapter, tape, &said).expect("it is allowed");
    assert!(reveal.advance(|| true));
    let truth = reveal.finish(&chapter).truth;
    (chapter, truth)
}

/// The number that a comment asks for, as text.
fn produced(source: &str) -> String {
    let words: Vec<&str> = source.split_whitespace().collect();
    match words[..] {
        ["night", number] => {
            let (chapter, truth) = truth(number.parse().expect(source));
            match truth {
                Truth::Value(value) => chapter.key.expect(source).text(value),
                Truth::Line(values) => chapter.chart.words(values[LINE_POINTS - 1]),
                truth => panic!("{source}: {truth:?} is no number"),
            }
        }
        ["night", number, option] => {
            let (chapter, truth) = truth(number.parse().expect(source));
            let (Question::Pick(options), Truth::Options(values, all)) = (&chapter.question, truth)
            else {
                panic!("{source}: there are no options");
            };
            let wanted = Other::parse(source, option).expect(source);
            let place = options.iter().position(|other| *other == wanted);
            let value = if option == "all" { all } else { values[place.expect(source)] };
            chapter.key.expect(source).text(value)
        }
        [clock, figure] => {
            let scenario = built_in("incident").expect("it is built in");
            let mut run = Run::new(&scenario).expect("it is allowed");
            run.advance(scenario.clock.find(clock).expect(source), &mut ());
            if figure == "old-memory" {
                return OLD_MEMORY.text(&run.sample());
            }
            let key = Key::parse(source, figure).expect(source);
            key.text(key.value(&run.sample()))
        }
        _ => panic!("{source}: no source of a number"),
    }
}

#[test]
fn every_number_is_produced_by_a_run() {
    for (path, text) in plans() {
        let mut fresh = text.clone();
        for source in between(&text, "<!-- ", " -->") {
            let comment = format!("**<!-- {source} -->");
            let (before, _) = text.split_once(&comment).expect("a number in bold comes before it");
            let written = before.rsplit_once("**").expect("a number in bold").1;
            let number = produced(source);
            fresh =
                fresh.replace(&format!("**{written}{comment}"), &format!("**{number}{comment}"));
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &fresh).expect("it can be written");
        } else {
            assert_eq!(text, fresh, "{}: run with BLESS=1", path.display());
        }
        assert!(between(&text, "<!-- ", " -->").count() >= 5, "{}: no numbers", path.display());
    }
}

#[test]
fn no_number_stands_there_without_its_source() {
    for (path, text) in plans() {
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            // Clock times, minutes of the lesson, links and code are no figures of a run.
            let mut rest = line.to_owned();
            for source in between(line, "**<!-- ", " -->") {
                let (before, _) =
                    line.split_once(&format!("**<!-- {source}")).expect("it is there");
                let number = before.rsplit_once("**").expect("a number in bold").1;
                rest = rest.replace(&format!("**{number}**<!-- {source} -->"), "");
            }
            let code = line.split('`').skip(1).step_by(2);
            for part in between(line, "](", ")").chain(code) {
                rest = rest.replace(part, "");
            }
            let words = rest.split(|c: char| c.is_whitespace() || "[]()|.,`".contains(c));
            let numbers: Vec<&str> = words
                .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
                .filter(|word| !word.contains(':') && !word.contains('–'))
                .collect();
            let about_the_plans = numbers.iter().all(|word| ["20", "45"].contains(word));
            assert!(about_the_plans, "{}: {numbers:?} in: {line}", path.display());
        }
    }
}

#[test]
fn every_link_is_understood() {
    let mut links = 0;
    for (path, text) in plans() {
        for link in between(&text, "](", ")") {
            links += 1;
            let read = if link.ends_with(".md") {
                assert!(path.with_file_name(link).exists(), "{link} is not there");
                continue;
            } else if TourLink::is_in(link) {
                TourLink::read(link).map(|_| ())
            } else if LabLink::is_in(link) {
                LabLink::read(link).map(|_| ())
            } else {
                Link::read(link).map(|_| ())
            };
            assert_eq!(read, Ok(()), "{}: {link}", path.display());
        }
    }
    assert!(links >= 12, "{links} links");
}
