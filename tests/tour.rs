//! The night, told: each question has a truth in every seed, no answer is there before somebody has
//! said something, and links carry what was said.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use rayon::prelude::*;
use zombie_workers::kernel::Instant;
use zombie_workers::run::{Scenario, Tape, built_in};
use zombie_workers::tour::{
    Answer, Chapter, LINE_POINTS, Process, Question, Reveal, Revealed, Said, TourLink, Truth, Walk,
    sentence,
};

const SEEDS: u64 = 20;

fn chapters() -> Vec<Chapter> {
    let text = fs::read_to_string("static/night.txt").expect("there is a file of chapters");
    Chapter::read(&text).expect("it is understood")
}

fn incident() -> Scenario {
    built_in("incident").expect("the scenario is built in")
}

fn night(seed: u64) -> Scenario {
    Scenario { seed, ..incident() }
}

/// The tape of a scenario where a chapter asks.
fn asked(scenario: &Scenario, chapters: &[Chapter], place: usize) -> Tape {
    let mut tape = Tape::new(scenario.clone()).expect("it is allowed");
    assert!(Walk::to(chapters, place).advance(&mut tape, || true));
    tape
}

/// Some answers: all options, all workers that are shown, or a value and a line.
fn answers(chapter: &Chapter, tape: &Tape) -> Vec<Answer> {
    match &chapter.question {
        Question::Drag { min, .. } => vec![Answer::Value(*min)],
        Question::Pick(options) => options.iter().copied().map(Answer::Option).collect(),
        Question::Draw { max } => vec![Answer::Line([*max / 2.0; LINE_POINTS])],
        Question::Worker => {
            let processes = Process::some_of(tape.run());
            processes.iter().map(|process| Answer::Worker(process.worker)).collect()
        }
    }
}

fn reveal(chapter: &Chapter, tape: &Tape, said: &Answer) -> Revealed {
    let mut reveal = Reveal::new(chapter, tape.clone(), said).expect("it is allowed");
    assert!(reveal.advance(|| true));
    reveal.finish(chapter)
}

fn seconds(at: Instant) -> f64 {
    at.as_secs_f64()
}

#[test]
fn the_night_has_seven_chapters_and_all_four_kinds_of_question() {
    let chapters = chapters();
    assert_eq!(chapters.len(), 7);
    let has = |is: fn(&Question) -> bool| chapters.iter().any(|chapter| is(&chapter.question));
    assert!(has(|question| matches!(question, Question::Drag { .. })));
    assert!(has(|question| matches!(question, Question::Pick(_))));
    assert!(has(|question| matches!(question, Question::Draw { .. })));
    assert!(has(|question| matches!(question, Question::Worker)));
}

#[test]
fn each_key_is_defined_and_each_wrong_answer_wrong_in_every_seed() {
    let chapters = chapters();
    let tell = |seed: u64| {
        for (place, chapter) in chapters.iter().enumerate() {
            let tape = asked(&night(seed), &chapters, place);
            let said = answers(chapter, &tape);
            let Revealed { truth, .. } = reveal(chapter, &tape, &said[0]);
            let how = format!("seed {seed}, chapter {}: {truth:?}", place + 1);
            assert!(truth.is_defined(chapter), "{how}");
            for said in &said {
                let told = sentence(chapter, said, &truth);
                assert!(!told.contains(['{', '}', '–']), "{how}: {told}");
            }
            println!("{how} @{} {}", seconds(tape.now()), sentence(chapter, &said[0], &truth));
            check(chapter, &truth, &tape, &how);
        }
    };
    (1..=SEEDS).chain([incident().seed]).collect::<Vec<_>>().par_iter().for_each(|&s| tell(s));
}

/// What must be so of each chapter's truth, whatever the seed.
fn check(chapter: &Chapter, truth: &Truth, tape: &Tape, how: &str) {
    match (&chapter.question, truth) {
        (Question::Drag { min, max }, Truth::Value(Some(value))) => {
            assert!((min..=max).contains(&value), "{how}: off its axis");
        }
        (Question::Pick(options), Truth::Options(values, all)) => {
            let good = truth.good_options(chapter);
            assert_eq!(good.len(), 1, "{how}: {good:?}");
            let best = values[good[0]].expect("it is defined");
            for (place, value) in values.iter().enumerate().filter(|(place, _)| *place != good[0]) {
                let value = value.expect("it is defined");
                assert!(value < 0.95 * best, "{how}: {:?} is as good", options[place]);
            }
            assert!(*all >= Some(0.95 * best), "{how}: all five are as good as the best");
        }
        (Question::Draw { max }, Truth::Line(values)) => {
            assert!(values.iter().all(|value| value <= max), "{how}: off its axis");
            let old = tape.series().points().last().map(|point| point.registered_mib);
            let old_gb = old.expect("it was read") as f64 * 1_048_576.0 / 1e9;
            assert!(values[LINE_POINTS - 1] > 5.0 * old_gb, "{how}: the dashboard is right");
        }
        (Question::Worker, Truth::Workers(zombies)) => {
            let shown = Process::some_of(tape.run());
            assert!(zombies.len() < shown.len(), "{how}: all are zombies");
            let runs = |zombie: bool| shown.iter().any(|one| one.runs && one.zombie == zombie);
            assert!(runs(false), "{how}: whoever runs is a zombie: {shown:?}");
        }
        _ => panic!("{how}: not the truth of its question"),
    }
}

#[test]
fn timeouts_alone_make_it_worse_and_a_restart_does_not_help() {
    let chapters = chapters();
    for seed in [incident().seed, 1, 2, 3, 4, 5] {
        let tape = asked(&night(seed), &chapters, 5);
        let said = &answers(&chapters[5], &tape)[0];
        let Truth::Options(values, _) = reveal(&chapters[5], &tape, said).truth else { panic!() };
        let worst = (1..values.len()).all(|place| values[0] < values[place]);
        assert!(worst, "seed {seed}: timeouts are not the worst: {values:?}");
        let tape = asked(&night(seed), &chapters, 3);
        let told = reveal(&chapters[3], &tape, &Answer::Value(10.0)).truth;
        assert!(matches!(told, Truth::Value(Some(value)) if value <= 7.0), "seed {seed}: {told:?}");
    }
}

#[test]
fn no_run_has_come_past_a_question_before_its_answer() {
    let chapters = chapters();
    for (scenario, place) in
        ["incident", "zombie", "normal"].iter().flat_map(|name| (0..7).map(move |n| (name, n)))
    {
        let scenario = built_in(scenario).expect("the scenario is built in");
        let tape = asked(&scenario, &chapters, place);
        let at = chapters[place].at.at(&tape).expect("it is known by now");
        let passed = chapters[..place].iter().filter_map(|chapter| chapter.until.at(&tape));
        let before = passed.max().unwrap_or(Instant::START);
        assert_eq!(tape.end(), tape.now(), "{}: it was not played further", scenario.name);
        assert!(tape.now() <= at.max(before), "{}: {}", scenario.name, seconds(tape.now()));
        assert!(tape.marks().iter().all(|mark| mark.at <= tape.now()));
    }
}

#[test]
fn a_scenario_without_a_fix_or_a_page_still_has_its_chapters() {
    let chapters = chapters();
    for name in ["zombie", "normal", "queue"] {
        let scenario = built_in(name).expect("the scenario is built in");
        let mut last = Instant::START;
        for (place, chapter) in chapters.iter().enumerate() {
            let tape = asked(&scenario, &chapters, place);
            assert!(tape.now() >= last, "{name}: chapter {} goes back", place + 1);
            last = tape.now();
            let end = scenario.length().as_secs_f64().ceil();
            assert!(seconds(last) <= end, "{name}: chapter {} is after the end", place + 1);
            if let Some(said) = answers(chapter, &tape).first() {
                let revealed = reveal(chapter, &tape, said);
                let told = sentence(chapter, said, &revealed.truth);
                assert!(!told.contains(['{', '–']), "{name}, chapter {}: {told}", place + 1);
                assert!(revealed.from <= revealed.tape.now(), "{name}");
            }
        }
    }
}

#[test]
fn a_reveal_does_not_depend_on_how_it_is_sliced() {
    let chapters = chapters();
    for place in [0, 3, 5] {
        let (chapter, tape) = (&chapters[place], asked(&night(3), &chapters, place));
        let said = &answers(chapter, &tape)[0];
        let mut sliced = Reveal::new(chapter, tape.clone(), said).expect("it is allowed");
        while !sliced.advance(|| false) {}
        let (sliced, whole) = (sliced.finish(chapter), reveal(chapter, &tape, said));
        assert_eq!((sliced.truth, sliced.from), (whole.truth, whole.from));
        assert_eq!(sliced.tape.run().trace_hash(), whole.tape.run().trace_hash());
    }
}

#[test]
fn links_carry_chapter_and_answers_there_and_back() {
    let link = TourLink::read("?view=night&ch=3&say=3:11").expect("it is understood");
    assert_eq!((link.chapter, link.scenario.name.as_str()), (3, "incident"));
    assert_eq!(link.said, [Said { chapter: 3, answer: "11".to_owned() }]);
    for query in [
        "?view=night",
        "?view=night&ch=7&say=1:5;3:11;5:0.4_1_3_6_8_8.7;6:timeouts;7:detection.breaker;5:0_0_0_0_0_1",
        "?view=night&scenario=zombie&seed=9&toxic_share=0.05&ch=2&hide=story&theme=projector",
    ] {
        let link = TourLink::read(query).expect("it is understood");
        let written = link.write().expect("it is short enough");
        assert_eq!(TourLink::read(&written), Ok(link), "{written}");
        assert!(TourLink::is_in(&written) && !written.contains('%'), "{written}");
    }
}

#[test]
fn answers_are_read_as_they_were_written() {
    for (place, chapter) in chapters().iter().enumerate() {
        let tape = asked(&night(1), &chapters(), place);
        for said in answers(chapter, &tape) {
            let read = Answer::parse("say", &chapter.question, &said.to_string());
            assert_eq!(read, Ok(said), "chapter {}", place + 1);
        }
    }
}

#[test]
fn wrong_links_are_refused_by_name() {
    for (query, named) in [
        ("?view=night&ch=0", "`ch`"),
        ("?view=night&ch=soon", "`ch`"),
        ("?view=night&ch=1&ch=2", "`ch`"),
        ("?view=night&t=03:47", "`t`"),
        ("?view=night&b=1", "`b`"),
        ("?view=night&say=3", "`say`"),
        ("?view=night&say=3:<b>", "`say`"),
        ("?view=night&say=0:1", "`say`"),
        ("?view=night&scenario=zomby", "zombie"),
        ("?view=night&chapter=3", "`chapter`"),
    ] {
        let error = TourLink::read(query).expect_err(query).to_string();
        assert!(error.contains(named), "{query}: {error}");
    }
    let many = format!("?view=night&say={}", "1:1;".repeat(101));
    assert!(TourLink::read(&many).is_err());
}

#[test]
fn what_is_no_answer_to_a_question_is_refused_by_name() {
    let chapters = chapters();
    for (place, text, allowed) in [
        (0, "61", "0 to 60"),
        (0, "soon", "0 to 60"),
        (0, "NaN", "0 to 60"),
        (2, "-1", "worker"),
        (4, "1_2_3", "6 numbers"),
        (4, "0_0_0_0_0_17", "0 to 16"),
        (5, "timeout", "`timeouts`"),
        (6, "detection", "timeouts.health"),
    ] {
        let error = Answer::parse("link, `say`", &chapters[place].question, text);
        let error = error.expect_err(text).to_string();
        assert!(error.contains("`say`") && error.contains(allowed), "{text}: {error}");
    }
}

#[test]
fn a_file_of_chapters_that_is_wrong_is_refused_by_its_line() {
    let text = fs::read_to_string("static/night.txt").expect("there is a file of chapters");
    for (from, to, named) in [
        ("key: p95", "key: p59", "`key`"),
        ("at: page+150", "at: pages+150", "`at`"),
        ("ask: worker", "ask: workers", "`ask`"),
        ("ask: drag 0..60", "ask: drag 60..0", "`ask`"),
        ("chart: memory", "chart: memories", "`chart`"),
        ("before: ps", "before: sp", "`before`"),
        ("key: goodput with option", "key: goodput", "key"),
        ("\nwhy: ", "\nbecause: ", "because"),
        ("\nwhy: ", "\n# ", "why"),
        ("\ntold: ", "\ntold: twice\ntold: ", "told"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = Chapter::read(&text.replace(from, to)).expect_err(to).to_string();
        assert!(error.contains("chapters, line") && error.contains(named), "{to}: {error}");
    }
    assert!(Chapter::read("# nothing\n").is_err());
}
