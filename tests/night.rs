//! The night on the page: what may be seen when, and that back, forward and skip always work.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use zombie_workers::run::RunId;
use zombie_workers::scene::{Point, Theme};
use zombie_workers::tour::{Answer, LINE_POINTS, Question, Show, TourLink};
use zombie_workers::viewer::{Dialog, Effect, Focus, Msg, Room, State, TourMsg};

const SIZES: [Point; 2] = [Point { x: 800.0, y: 400.0 }; 2];

/// A page at a query, with its chapters there.
fn page(query: &str) -> State {
    let mut state = State::start(query).expect("it opens");
    let effects = state.update(Msg::Refresh(0.0));
    assert_eq!(effects, [Effect::FetchChapters]);
    assert_eq!(state.update(Msg::Refresh(250.0)), [], "they are fetched once");
    let text = fs::read_to_string("static/night.txt").expect("there is a file of chapters");
    tell(&mut state, TourMsg::Fetched(Ok(text)));
    state
}

fn tell(state: &mut State, msg: TourMsg) -> Vec<Effect> {
    state.update(Msg::Tour(msg))
}

/// Frames pass until the question is asked.
fn ask(state: &mut State) {
    frames(state, |state| state.night.is_asking());
}

/// Frames pass until the sentence is told.
fn play(state: &mut State) {
    frames(state, |state| state.night.told().is_some());
}

fn frames(state: &mut State, until: impl Fn(&State) -> bool) {
    for _ in 0..20_000 {
        if until(state) {
            return;
        }
        state.frame(1.0 / 60.0, SIZES, || 0.0);
    }
    panic!("chapter {}: it never comes", state.night.place().0 + 1);
}

/// Some answer to the question that is asked.
fn answer(state: &State) -> Answer {
    match &state.night.chapter().expect("there is one").question {
        Question::Drag { max, .. } => Answer::Value(*max),
        Question::Pick(options) => Answer::Option(options[0]),
        Question::Draw { max } => Answer::Line([*max; LINE_POINTS]),
        Question::Worker => Answer::Worker(state.night.processes()[0].worker),
    }
}

/// How many points of the chart may be seen, and the latest of them in seconds.
fn seen(state: &State) -> (usize, f64) {
    let mut seen = (0, 0.0);
    state.night.with_chart(Theme::Light, |_, data| {
        seen = (data.points.len(), data.points.last().map_or(0.0, |point| point.t_s));
    });
    seen
}

#[test]
fn every_chapter_asks_then_plays_then_tells() {
    let mut state = page("?view=night");
    assert_eq!(state.room(), Room::Night);
    for place in 0..7 {
        ask(&mut state);
        assert_eq!(state.night.place(), (place, 7));
        assert_eq!(state.night.told(), None, "nothing is told before the answer");
        tell(&mut state, TourMsg::Commit);
        assert!(state.night.is_asking(), "there is nothing to commit yet");
        let said = answer(&state);
        tell(&mut state, TourMsg::Say(said.clone()));
        let effects = tell(&mut state, TourMsg::Commit);
        assert_eq!(effects, [Effect::Focus(Focus::Told)]);
        assert!(!state.night.is_asking());
        tell(&mut state, TourMsg::Say(Answer::Value(1.0)));
        assert_eq!(state.night.answer(), Some(&said), "what was committed stands");
        play(&mut state);
        assert_eq!(state.night.ends(), place == 6);
        tell(&mut state, TourMsg::Forward);
    }
    let query = state.query().expect("it fits a link");
    let link = TourLink::read(&query).expect("it is understood");
    assert_eq!((link.chapter, link.said.len()), (7, 7));
    assert_eq!(page(&query).query(), Ok(query), "a link leads to what it was made of");
}

#[test]
fn before_the_answer_the_run_has_not_been_past_the_question_and_nothing_of_it_is_shown() {
    let mut state = page("?view=night");
    for place in 0..7 {
        ask(&mut state);
        let lane = state.lane_shown(RunId::A).expect("it stands");
        assert_eq!(lane.tape().end(), lane.tape().now(), "chapter {}", place + 1);
        assert!(state.night.truth().is_none() && state.night.told().is_none());
        let chapter = state.night.chapter().expect("there is one");
        let is_drawn = matches!(chapter.question, Question::Draw { .. });
        assert_eq!(state.night.has_chart(), is_drawn, "chapter {}", place + 1);
        if is_drawn {
            let from = chapter.from.at(lane.tape()).expect("it was passed").as_secs_f64();
            let (count, last) = seen(&state);
            assert!(count > 100 && last <= from, "{last} is after {from}");
            assert_eq!(state.night.show(), Some(Show::Old));
        }
        tell(&mut state, TourMsg::Forward);
    }
}

#[test]
fn while_it_plays_only_what_has_played_is_shown_and_nothing_is_told() {
    let mut state = page("?view=night&ch=5");
    ask(&mut state);
    tell(&mut state, TourMsg::SetPoint(0, 99.0));
    assert!(matches!(state.night.answer(), Some(Answer::Line(line)) if line[0] == 16.0));
    tell(&mut state, TourMsg::Commit);
    frames(&mut state, |state| state.night.lane().is_some());
    let mut last = 0;
    while state.night.told().is_none() {
        let lane = state.night.lane().expect("it plays");
        let (count, t_s) = seen(&state);
        assert!(t_s <= lane.tape().now().as_secs_f64() && count >= last);
        last = count;
        state.frame(1.0 / 60.0, SIZES, || 0.0);
    }
    let told = state.night.told().expect("it is told");
    assert!(told.contains("GB"), "{told}");
    tell(&mut state, TourMsg::Replay);
    assert_eq!(state.night.told(), None);
    play(&mut state);
}

#[test]
fn the_pointer_draws_the_line_where_it_is() {
    let mut state = page("?view=night&ch=5");
    ask(&mut state);
    let (width, height) = (600.0, 260.0);
    for x in 0..600 {
        tell(&mut state, TourMsg::Draw([f64::from(x), 0.0, width, height]));
    }
    assert_eq!(state.night.answer(), Some(&Answer::Line([16.0; LINE_POINTS])));
    tell(&mut state, TourMsg::Draw([width - 25.0, height - 10.0, width, height]));
    let Some(Answer::Line(line)) = state.night.answer() else { panic!("it is a line") };
    assert_eq!((line[0], line[LINE_POINTS - 1]), (16.0, 0.0));
}

#[test]
fn back_forward_and_skip_work_at_any_time() {
    let mut state = page("?view=night");
    for _ in 0..3 {
        for msg in [TourMsg::Forward, TourMsg::Advance, TourMsg::Back] {
            let before = state.night.place().0;
            let effects = tell(&mut state, msg);
            assert_ne!(state.night.place().0, before);
            assert_eq!(effects, [Effect::Focus(Focus::Chapter)]);
            state.frame(1.0 / 60.0, SIZES, || 0.0);
        }
    }
    for _ in 0..20 {
        tell(&mut state, TourMsg::Forward);
    }
    assert_eq!(state.night.place(), (6, 7));
    for _ in 0..20 {
        tell(&mut state, TourMsg::Back);
    }
    assert_eq!(state.night.place(), (0, 7));
    ask(&mut state);
    tell(&mut state, TourMsg::Say(Answer::Value(3.0)));
    tell(&mut state, TourMsg::Advance);
    assert!(!state.night.is_asking(), "page down commits what was said");
    // In the middle of the reckoning.
    tell(&mut state, TourMsg::Forward);
    ask(&mut state);
    tell(&mut state, TourMsg::Back);
    play(&mut state);
    assert_eq!(state.night.answer(), Some(&Answer::Value(3.0)), "it was said before");
}

#[test]
fn a_class_is_laid_over_each_other() {
    let mut state = page("?view=night&ch=2&say=2:10;2:20;2:30");
    play(&mut state);
    assert_eq!(state.night.answer(), Some(&Answer::Value(30.0)), "the last is one's own");
    let text = "Ada: https://a.example/?view=night&say=2:50 and ?view=night&say=1:4;2:50\nno link";
    tell(&mut state, TourMsg::Class(text.to_owned()));
    assert_eq!(state.night.class(Some(&Answer::Value(50.0))), (4, 2));
    let mut lines = 0;
    state.night.with_chart(Theme::Light, |_, data| lines = data.said.len());
    assert_eq!(lines, 5);
}

#[test]
fn it_ends_in_the_pool_as_dead_as_it_was_with_no_fix_to_come() {
    let mut state = page("?view=night&ch=7&say=7:timeouts.health");
    play(&mut state);
    tell(&mut state, TourMsg::Sandbox);
    assert_eq!(state.room(), Room::Pool);
    for _ in 0..2_000 {
        state.frame(1.0 / 60.0, SIZES, || 0.0);
    }
    let run = state.runs.tape().run();
    assert_eq!(run.clock().at(run.now()), "04:23:00");
    let (sample, knobs) = (run.sample(), &run.pool().knobs);
    assert!(sample.active <= 2 && !knobs.fix_detection && !knobs.fix_timeouts, "{sample:?}");
    assert!(!state.runs.pace.playing);
}

#[test]
fn what_a_link_gets_wrong_is_told_and_the_night_opens_all_the_same() {
    for (query, named) in [
        ("?view=night&ch=8", "`ch`"),
        ("?view=night&say=8:1", "`say`"),
        ("?view=night&say=1:61", "`say`"),
        ("?view=night&say=7:detection", "`say`"),
    ] {
        let mut state = page(query);
        let Some(Dialog::Refused { why, .. }) = &state.dialog else { panic!("{query}") };
        assert!(why.contains(named), "{query}: {why}");
        state.update(Msg::CloseDialog);
        ask(&mut state);
    }
    let state = State::start("?view=night&t=3").expect("it opens");
    assert!(state.room() == Room::Night && state.dialog.is_some());
}

#[test]
fn a_file_that_does_not_come_is_told() {
    let mut state = State::start("?view=night").expect("it opens");
    tell(&mut state, TourMsg::Fetched(Err("the server says 404".to_owned())));
    assert_eq!(state.night.error(), Some("the server says 404"));
    let query = state.query().expect("it fits");
    assert!(query.contains("view=night") && query.contains("ch=1"), "{query}");
}

/// What the page answers to the one around it.
fn obey(state: &mut State, text: &str) -> serde_json::Value {
    let effects = state.update(Msg::Obey(text.to_owned()));
    let [Effect::Post(line)] = &effects[..] else { panic!("{effects:?}") };
    serde_json::from_str(line).expect("it is JSON")
}

#[test]
fn in_a_frame_it_does_what_is_asked_and_answers_by_its_state() {
    let mut state = State::start("?scenario=incident&paused=1").expect("it opens");
    assert_eq!(obey(&mut state, "state")["clock"], "03:37:00");
    assert_eq!(obey(&mut state, "play")["playing"], true);
    assert_eq!(obey(&mut state, " pause ")["playing"], false);
    assert_eq!(obey(&mut state, "seek 04:03:15")["clock"], "04:03:15");
    for _ in 0..2_000 {
        state.frame(1.0 / 60.0, SIZES, || 0.0);
    }
    let told = obey(&mut state, "state");
    let zombies = state.runs.tape().run().sample().zombies;
    assert_eq!((&told["zombies"], &told["t_s"]), (&zombies.into(), &1_575.into()));
    for wrong in ["", "stop", "seek", "seek -1", "seek 25:00", "play\"},{", "\\", "seek NaN"] {
        let told = obey(&mut state, wrong);
        assert_eq!(told["type"], "error", "{wrong}");
        assert!(told["why"].as_str().is_some_and(|why| why.contains("message") || why.len() > 9));
    }
}

#[test]
fn in_a_frame_the_night_gives_nothing_away() {
    let mut state = page("?view=night&ch=5");
    ask(&mut state);
    let told = obey(&mut state, "seek 4000");
    let keys: Vec<&String> = told.as_object().expect("it is an object").keys().collect();
    assert_eq!((keys.len(), &told["chapter"]), (3, &5.into()), "{told}");
    assert!(state.night.is_asking());
}
