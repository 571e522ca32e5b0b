//! Links: what is written is read again, short enough, for ever; and no text does any harm.
//!
//! `tests/links.json` holds links of every version and what they mean. To add one, add its `link`
//! and run `BLESS=1 cargo test --test links`; never change what an old one means.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{at, command, setting};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use zombie_workers::guard::Rollout;
use zombie_workers::knobs::{KnobId, Knobs, TABLE, Value};
use zombie_workers::pool::{Hang, JobId, WorkerId};
use zombie_workers::run::link::{
    HIDEABLE, Link, ORDINARY_LENGTH, Other, ROOMS, THEMES, VERSION, View,
};
use zombie_workers::run::{Command, Run, Scenario, Tape, TimedCommand, built_in};

const FILE: &str = "tests/links.json";

prop_compose! {
    fn view()(
        worker in prop::option::of(any::<u32>()),
        speed in prop::option::of(0.1..100.0),
        paused in any::<bool>(),
        embed in any::<bool>(),
        hide in prop::sample::subsequence(HIDEABLE, 0..HIDEABLE.len()),
        theme in prop::option::of(prop::sample::select(THEMES)),
        room in prop::option::of(prop::sample::select(ROOMS)),
    ) -> View {
        View { worker, speed, paused, embed, hide, theme, room }
    }
}

/// Commands at exact microseconds, in the order of time.
fn given(
    count: impl Into<prop::collection::SizeRange>,
) -> impl Strategy<Value = Vec<TimedCommand>> {
    prop::collection::vec((0.0..2_592_000.0, command()), count).prop_map(|list| {
        let timed = |(seconds, command)| TimedCommand::new(at(seconds), command);
        let mut list: Vec<TimedCommand> = list.into_iter().map(timed).collect();
        list.sort_by_key(TimedCommand::at);
        list
    })
}

fn turned(name: &str, seed: u64, settings: &[(KnobId, Value)]) -> Scenario {
    let mut scenario = built_in(name).expect("the scenario is built in");
    scenario.seed = seed;
    for (knob, value) in settings {
        scenario.knobs.set(*knob, value).expect("the value is allowed");
    }
    scenario
}

prop_compose! {
    fn link(max: usize)(
        name in prop::sample::select(&common::NAMES[..]),
        seed in 0..=Scenario::MAX_SEED,
        settings in prop::collection::vec(setting(), 0..12),
        given in given(0..=max),
        moment in prop::option::of(0.0..2_592_000.0),
        other in prop::option::of((prop::collection::vec(setting(), 0..6), prop::option::of(given(0..4)))),
        view in view(),
    ) -> Link {
        let scenario = turned(name, seed, &settings);
        let other = other.map(|(settings, own)| {
            let mut knobs = scenario.knobs;
            for (knob, value) in &settings {
                knobs.set(*knob, value).expect("the value is allowed");
            }
            Other { knobs, given: own.unwrap_or_else(|| given.clone()) }
        });
        Link { scenario, given, at: moment.map(at), other, view }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_again(link in link(60)) {
        let text = link.write().expect("the run is small enough");
        for form in [text.clone(), format!("?{text}"), format!("https://a.example/z/?{text}#x")] {
            prop_assert_eq!(Link::read(&form), Ok(link.clone()), "{}", form);
        }
        prop_assert!(!text.contains(['<', '>', '"', '\'', ' ', '`', '\\']), "{}", text);
    }

    #[test]
    fn fifty_commands_fit_in_an_ordinary_link(
        given in given(50..=50),
        settings in prop::collection::vec(setting(), 0..12),
    ) {
        let scenario = turned("zombie", 123_456_789, &settings);
        let moment = Some(at(3_599.999_999));
        let link = Link { given, at: moment, ..Link::new(scenario) };
        let text = link.write().expect("the run is small enough");
        prop_assert!(text.len() <= ORDINARY_LENGTH, "{} characters", text.len());
    }

    #[test]
    fn no_text_does_any_harm(text in ".{0,400}") {
        let _ = Link::read_or_default(&text);
    }

    #[test]
    fn nothing_that_looks_like_a_link_does_any_harm(
        words in prop::collection::vec((word(), "[-0-9a-z.:;=,_%+]{0,24}"), 0..8),
    ) {
        let words: Vec<String> = words.iter().map(|(word, text)| format!("{word}={text}")).collect();
        harmless(&words.join("&"))?;
    }

    #[test]
    fn no_broken_link_does_any_harm(
        link in link(20),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = link.write().expect("the run is small enough").into_bytes();
        for (place, byte) in cuts {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        harmless(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn no_packed_bytes_do_any_harm(text in "AQ?[-_A-Za-z0-9]{0,200}") {
        harmless(&format!("p={text}"))?;
    }
}

/// Words of links, and some that are none.
fn word() -> impl Strategy<Value = String> {
    let own = ["v", "scenario", "toml", "seed", "do", "t", "b", "b.do", "p", "worker", "speed"];
    let words = own.into_iter().chain(["embed", "hide", "theme", "nonsense", "", "b.workers"]);
    let all: Vec<String> =
        words.chain(TABLE.iter().map(|row| row.name)).map(str::to_owned).collect();
    prop::sample::select(all)
}

/// Either the link is understood, and then it can be written, read and begun; or it is refused in one
/// short line.
fn harmless(text: &str) -> Result<(), TestCaseError> {
    match Link::read(text) {
        Ok(link) => {
            prop_assert!(link.tape().is_ok());
            prop_assert!(link.other_tape().is_ok());
            if let Ok(again) = link.write() {
                prop_assert_eq!(Link::read(&again), Ok(link));
            }
        }
        Err(error) => {
            let line = error.to_string();
            prop_assert!(!line.contains('\n') && line.len() < 4_000, "{}", line);
            prop_assert_eq!(Link::read_or_default(text), (Link::default(), Some(error)));
        }
    }
    Ok(())
}

#[test]
fn simple_links_are_as_people_write_them() {
    let mut scenario = turned("zombie", 7, &[(KnobId::toxic_share, Value::Number(0.05))]);
    let text = Link::new(scenario.clone()).write().expect("the run is small");
    assert_eq!(text, "scenario=zombie&seed=7&toxic_share=0.05");
    scenario.knobs.set(KnobId::fix_timeouts, &Value::Flag(true)).expect("a fix can be switched on");
    let timed = |seconds, command| TimedCommand::new(at(seconds), command);
    let toxic = Command::Set { knob: KnobId::toxic_share, value: Value::Number(0.03) };
    let link = Link {
        given: vec![
            timed(30.0, toxic),
            timed(60.5, Command::Kill { worker: WorkerId(12) }),
            timed(75.0, Command::Burst { jobs: 40 }),
            timed(80.0, Command::Poison { job: None }),
            timed(81.0, Command::Poison { job: Some(JobId(500)) }),
            timed(90.0, Command::Hang { worker: WorkerId(3), how: Hang::Parked }),
            timed(91.0, Command::Hang { worker: WorkerId(4), how: Hang::Spinning }),
            timed(92.0, Command::Drain { worker: WorkerId(5) }),
            timed(93.0, Command::Deploy { how: Rollout::Rolling, grace_s: 30.0 }),
            timed(94.0, Command::Deploy { how: Rollout::AtOnce, grace_s: 0.5 }),
        ],
        at: Some(at(95.5)),
        ..Link::new(scenario)
    };
    let text = link.write().expect("the run is small");
    assert_eq!(
        text,
        "scenario=zombie&seed=7&t=95.5&toxic_share=0.05&fix_timeouts=true&do=30:toxic_share=0.03;\
         60.5:kill=12;75:burst=40;80:poison;81:poison=500;90:hang=3;91:hang=4,spinning;92:drain=5;\
         93:deploy=rolling;94:deploy=at_once,0.5"
    );
    assert_eq!(Link::read(&text), Ok(link));
}

#[test]
fn what_links_of_every_version_mean_never_changes() {
    #[derive(Serialize, Deserialize)]
    struct Golden {
        link: String,
        means: Option<Json>,
    }
    let text = std::fs::read_to_string(FILE).expect("the file of links can be read");
    let mut all: Vec<Golden> = serde_json::from_str(&text).expect("the file of links is JSON");
    if std::env::var_os("BLESS").is_some() {
        for golden in all.iter_mut().filter(|golden| golden.means.is_none()) {
            golden.means = Some(meaning(&golden.link));
        }
        let text = serde_json::to_string_pretty(&all).expect("links can be written");
        std::fs::write(FILE, text + "\n").expect("the file of links can be written");
    }
    assert!(all.len() >= 8, "there is something to check");
    for golden in &all {
        assert_eq!(Some(meaning(&golden.link)), golden.means, "{}", golden.link);
    }
    assert!(VERSION == 1 || all.iter().any(|golden| golden.link.contains(&format!("v={VERSION}"))));
}

/// What a view says, without what it does not say: it may learn new words.
fn shown(view: &View) -> Json {
    let all = json!({
        "worker": view.worker,
        "speed": view.speed,
        "paused": view.paused.then_some(true),
        "embed": view.embed.then_some(true),
        "hide": Some(&view.hide).filter(|parts| !parts.is_empty()),
        "theme": view.theme,
    });
    let said = all.as_object().into_iter().flatten().filter(|(_, said)| !said.is_null());
    said.map(|(word, said)| (word.clone(), said.clone())).collect::<serde_json::Map<_, _>>().into()
}

fn changed(knobs: &Knobs, base: &Knobs) -> Json {
    knobs
        .changed_from(base)
        .into_iter()
        .map(|(knob, value)| (knob.name().to_owned(), json!(value)))
        .collect()
}

fn said(given: &[TimedCommand]) -> Json {
    let said = |TimedCommand { at_s, command }: &TimedCommand| match command {
        Command::Set { knob, value } => {
            json!({ "at_s": at_s, "set": { "knob": knob.name(), "value": value } })
        }
        Command::Burst { jobs } => json!({ "at_s": at_s, "burst": { "jobs": jobs } }),
        Command::Poison { job: None } => json!({ "at_s": at_s, "poison": {} }),
        Command::Poison { job } => {
            json!({ "at_s": at_s, "poison": { "job": job.map(|job| job.0) } })
        }
        Command::Hang { worker, how } => {
            json!({ "at_s": at_s, "hang": { "worker": worker.0, "how": how.name() } })
        }
        Command::Kill { worker } => json!({ "at_s": at_s, "kill": { "worker": worker.0 } }),
        Command::Drain { worker } => json!({ "at_s": at_s, "drain": { "worker": worker.0 } }),
        Command::Deploy { how, grace_s } => {
            json!({ "at_s": at_s, "deploy": { "how": how.name(), "grace_s": grace_s } })
        }
    };
    given.iter().map(said).collect()
}

/// What a link says, whatever its scenario is by now.
fn meaning(text: &str) -> Json {
    let link = Link::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let base = built_in(&link.scenario.name).unwrap_or_default();
    json!({
        "scenario": link.scenario.name,
        "seed": link.scenario.seed,
        "changed": changed(&link.scenario.knobs, &base.knobs),
        "given": said(&link.given),
        "at_s": link.at.map(|at| at.as_secs_f64()),
        "b": link.other.as_ref().map(|other| json!({
            "changed": changed(&other.knobs, &link.scenario.knobs),
            "given": said(&other.given),
        })),
        "view": shown(&link.view),
    })
}

#[test]
fn a_link_to_a_tape_leads_to_the_same_run() {
    let mut tape = Tape::new(turned("zombie", 11, &[])).expect("the scenario is allowed");
    tape.play(at(40.0), &mut ());
    tape.apply(Command::Burst { jobs: 25 }, &mut ()).expect("a burst is allowed");
    tape.play(at(51.3), &mut ());
    for _ in 0..5 {
        tape.step(at(99.0), &mut ());
    }
    tape.apply(Command::Poison { job: None }, &mut ()).expect("a job can be poisoned");
    tape.play(at(120.0), &mut ());
    tape.seek(at(77.7));
    let text = Link::of(&tape, View::default()).write().expect("the run is small");
    let link = Link::read(&text).expect("it was written here");
    let mut again = link.tape().expect("the link is allowed");
    again.seek(link.at.expect("it has a moment"));
    assert_eq!(again.run().trace_hash(), tape.run().trace_hash());
    assert!(again.run() == tape.run());
    assert_eq!(again.given(), tape.given());
    let mut plain = Run::new(&again.recorded()).expect("the scenario is allowed");
    plain.advance(at(77.7), &mut ());
    assert_eq!(plain.trace_hash(), tape.run().trace_hash());
}

#[test]
fn a_scenario_of_ones_own_travels_in_the_link_if_it_is_small() {
    let mut own = turned("zombie", 5, &[]);
    own.name = "my night".to_owned();
    let link = Link::new(own.clone());
    let text = link.write().expect("it is small enough");
    assert_eq!(Link::read(&text), Ok(link));
    own.commands = vec![TimedCommand::new(at(1.0), Command::Poison { job: None }); 100];
    let error = Link::new(own).write().expect_err("it is too large").to_string();
    assert!(error.contains("my night") && error.contains("share its file"), "{error}");
}

#[test]
fn what_others_add_to_a_link_is_passed_over() {
    let plain = Link::read("scenario=queue&seed=3");
    assert!(plain.is_ok());
    assert_eq!(Link::read("?scenario=queue&utm_source=mail&seed=3&fbclid=abc"), plain);
    assert_eq!(Link::read("https://a.example/"), Ok(Link::default()));
    assert_eq!(Link::read(""), Ok(Link::default()));
}

#[test]
fn no_knob_has_the_name_of_another_word() {
    for word in ["scenario", "toml", "seed", "do", "t", "v", "b", "p", "worker", "speed", "paused"]
        .into_iter()
        .chain(["embed", "hide", "theme", "burst", "poison", "hang", "kill", "drain"])
    {
        assert!(TABLE.iter().all(|row| row.name != word), "{word}");
    }
}
