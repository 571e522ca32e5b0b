//! What the user sees and does, without a browser: whatever the user does, A and B have one clock,
//! the link of what is seen opens the same, undo takes back one gesture, and the menu fits.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::cell::Cell;

use common::{at, hang};
use proptest::prelude::*;
use zombie_workers::knobs::{KnobId, Value};
use zombie_workers::pool::WorkerId;
use zombie_workers::run::link::Link;
use zombie_workers::run::{Command, Interest, Run, RunId, TimedCommand};
use zombie_workers::scene::Point;
use zombie_workers::viewer::{
    Dialog, Effect, FORMATS, Focus, Instead, KEYS, KeyPress, Msg, Notice, Press, Scope, Selection,
    State, Tool, find_key,
};

const SIZES: [Point; 2] = [Point { x: 800.0, y: 400.0 }; 2];

fn open(query: &str) -> State {
    let mut state = State::start(query).expect("a run");
    settle(&mut state);
    state
}

/// Frames pass until all runs stand where they are to stand; time itself waits.
fn settle(state: &mut State) {
    state.frame(0.0, SIZES, || 0.0);
    while !is_settled(state) {
        state.frame(0.0, SIZES, || 0.0);
    }
}

/// Whether all runs stand where the page's clock does, and nothing is searched.
fn is_settled(state: &State) -> bool {
    let runs = &state.runs;
    let mut lanes = [Some(runs.lane(runs.active())), runs.other()].into_iter().flatten();
    runs.progress().is_none() && lanes.all(|lane| lane.tape().now() == runs.now())
}

/// A frame of a sixtieth of a second in real time.
fn frame(state: &mut State) {
    state.frame(1.0 / 60.0, SIZES, || 0.0);
}

fn given(state: &State) -> &[TimedCommand] {
    state.runs.tape().given()
}

/// The run of a lane when its instant is complete, as it is where a link opens.
fn complete(state: &State, id: RunId) -> Run {
    let mut tape = state.runs.lane(id).tape().clone();
    tape.play(tape.now(), &mut ());
    tape.run().clone()
}

/// What a user does in one go.
#[derive(Clone, Debug)]
enum Gesture {
    /// A message.
    One(Msg),
    /// A slider is dragged over these values.
    Drag(KnobId, Vec<f64>),
    /// An arrow key is held on a slider, over these values.
    Hold(KnobId, Vec<f64>),
    /// A click, or a long press.
    Press(RunId, Press, bool),
    /// So many frames pass.
    Frames(u32),
}

fn knob() -> impl Strategy<Value = KnobId> {
    let some = [KnobId::toxic_share, KnobId::arrival_rate, KnobId::workers, KnobId::max_lifetime_s];
    prop::sample::select(some.to_vec())
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((0..40u32).prop_map(f64::from), 1..6)
}

fn place() -> impl Strategy<Value = Point> {
    (0.0..800.0, 0.0..400.0).prop_map(|(x, y)| Point::new(x, y))
}

fn run_id() -> impl Strategy<Value = RunId> {
    prop::sample::select(RunId::ALL.to_vec())
}

fn tool() -> impl Strategy<Value = Tool> {
    prop::sample::select(Tool::ALL.to_vec())
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        (1..60u32).prop_map(|jobs| Command::Burst { jobs }),
        Just(Command::Poison { job: None }),
        (0..30u32, hang()).prop_map(|(n, how)| Command::Hang { worker: WorkerId(n), how }),
        (0..30u32).prop_map(|n| Command::Kill { worker: WorkerId(n) }),
    ]
}

fn time() -> impl Strategy<Value = Msg> {
    prop_oneof![
        4 => (0.0..800.0f64).prop_map(|x| Msg::PointTimeline(x, 800.0)),
        4 => (0.0..150.0f64).prop_map(|x| Msg::PressTimeline(x, 800.0)),
        4 => Just(Msg::ReleaseTimeline),
        2 => Just(Msg::LeaveTimeline),
        4 => Just(Msg::Step),
        3 => Just(Msg::StepBack),
        2 => prop::sample::select(Interest::ALL.to_vec()).prop_map(|what| Msg::RunToNext(Some(what))),
        2 => (-60.0..60.0f64).prop_map(Msg::Nudge),
        1 => Just(Msg::SeekBegin),
        1 => Just(Msg::SeekEnd),
        1 => Just(Msg::Cancel),
        2 => (0..3usize).prop_map(Msg::SwitchTimeline),
        1 => Just(Msg::Reset),
        1 => (0..9u32).prop_map(|seed| Msg::SetSeed(seed.to_string())),
    ]
}

fn looks() -> impl Strategy<Value = Msg> {
    prop_oneof![
        Just(Msg::TogglePlay),
        Just(Msg::Faster),
        Just(Msg::Slower),
        (0.0..200.0f64).prop_map(Msg::SetSpeed),
        prop::sample::select(vec!["", "dark", "projector", "pink"])
            .prop_map(|name| Msg::SetTheme(name.to_owned())),
        Just(Msg::OpenHelp),
        Just(Msg::OpenShare),
        Just(Msg::OpenExport),
        Just(Msg::CloseDialog),
        Just(Msg::ToggleBelief),
        (0.0..500.0f64).prop_map(|x| Msg::PointChart(x, 500.0)),
        Just(Msg::Refresh(0.0)),
    ]
}

fn stage() -> impl Strategy<Value = Msg> {
    prop_oneof![
        3 => Just(Msg::SelectNext),
        1 => Just(Msg::SelectPrevious),
        2 => Just(Msg::OpenMenu),
        2 => Just(Msg::MenuNext),
        1 => Just(Msg::MenuLast),
        1 => Just(Msg::LeaveMenu),
        2 => Just(Msg::Close),
        1 => Just(Msg::Deselect),
        2 => tool().prop_map(Msg::SetTool),
        4 => tool().prop_map(Msg::UseTool),
        4 => command().prop_map(Msg::Issue),
        4 => Just(Msg::Undo),
        3 => any::<bool>().prop_map(Msg::Compare),
        3 => run_id().prop_map(Msg::Activate),
        2 => (run_id(), place()).prop_map(|(id, at)| Msg::AskStage(id, at)),
        2 => prop::sample::select(vec!["true", "false", "maybe"])
            .prop_map(|text| Msg::SetKnob(KnobId::fix_timeouts, text.to_owned())),
    ]
}

fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        4 => time().prop_map(Gesture::One),
        2 => looks().prop_map(Gesture::One),
        6 => stage().prop_map(Gesture::One),
        2 => (knob(), values()).prop_map(|(knob, values)| Gesture::Drag(knob, values)),
        1 => (knob(), values()).prop_map(|(knob, values)| Gesture::Hold(knob, values)),
        2 => (run_id(), place(), any::<bool>()).prop_map(|(id, at, touch)| {
            Gesture::Press(id, Press { touch, at, button: 0 }, touch)
        }),
        4 => (1..90u32).prop_map(Gesture::Frames),
    ]
}

/// Does it; the messages on the way must not issue anything.
fn perform(state: &mut State, gesture: &Gesture) -> Result<(), TestCaseError> {
    match gesture {
        Gesture::One(msg) => drop(state.update(msg.clone())),
        Gesture::Frames(frames) => (0..*frames).for_each(|_| frame(state)),
        Gesture::Press(id, press, long) => {
            for effect in state.update(Msg::PressStage(*id, *press)) {
                if let Effect::After(_, msg) = effect
                    && *long
                {
                    state.update(msg);
                }
            }
            state.update(Msg::ReleaseStage(*id, *press));
        }
        Gesture::Drag(knob, values) | Gesture::Hold(knob, values) => {
            let before = given(state).to_vec();
            let held = matches!(gesture, Gesture::Hold(..));
            for value in values {
                if held {
                    state.update(Msg::HoldKnob(*knob));
                }
                state.update(Msg::PreviewKnob(*knob, value.to_string()));
                if held {
                    state.update(Msg::SetKnob(*knob, value.to_string()));
                }
                prop_assert_eq!(given(state), &before[..], "a preview issues nothing");
            }
            if let Some(last) = values.last().filter(|_| !held) {
                state.update(Msg::SetKnob(*knob, last.to_string()));
            }
            state.update(Msg::ReleaseKnob(*knob));
            let (value, refused) = (state.runs.tape().run().pool().knobs.get(*knob), &state.knobs);
            let set = value == Value::Number(*values.last().unwrap_or(&0.0));
            prop_assert!(set || refused.error.is_some(), "{value:?}");
        }
    }
    Ok(())
}

/// The link of what is seen opens the same.
fn check_link(state: &State) -> Result<(), TestCaseError> {
    let text = state.link().write().expect("the run is small enough");
    let mut again = State::open(&Link::read(&text).expect("the page wrote it")).expect("a run");
    settle(&mut again);
    prop_assert_eq!(again.runs.are_two(), state.runs.are_two());
    for id in RunId::ALL {
        let (there, here) = (complete(&again, id), complete(state, id));
        prop_assert_eq!(there.now(), here.now(), "{}", text);
        prop_assert_eq!(there.trace_hash(), here.trace_hash(), "{}", text);
    }
    let there = complete(state, RunId::A);
    let worker = state.link().view.worker;
    let worker = worker.filter(|id| there.pool().roster().named(WorkerId(*id)).is_some());
    prop_assert_eq!(again.link().view.worker, worker);
    prop_assert_eq!(again.runs.pace.speed(), state.runs.pace.speed());
    prop_assert_eq!(again.runs.pace.playing, state.runs.pace.playing);
    prop_assert_eq!(again.look.theme, state.look.theme);
    Ok(())
}

/// A gesture has issued one command at most, and undo takes back just that.
fn check_undo(before: &[TimedCommand], state: &State) -> Result<(), TestCaseError> {
    let after = given(state);
    let Some((last, rest)) = after.split_last() else { return Ok(()) };
    if after == before || last.at() > state.runs.now() {
        return Ok(());
    }
    prop_assert!(before.starts_with(rest), "one command at most");
    let mut undone = state.clone();
    undone.update(Msg::Undo);
    prop_assert_eq!(given(&undone), rest);
    Ok(())
}

fn check_menu(state: &State) -> Result<(), TestCaseError> {
    let Some(menu) = &state.menu else { return Ok(()) };
    prop_assert_eq!(Some(menu.on), state.selection);
    prop_assert_eq!(menu.run, state.runs.active());
    prop_assert!(menu.row < menu.rows() && !menu.tools.is_empty());
    for tool in &menu.tools {
        let mut used = state.clone();
        used.update(Msg::UseTool(*tool));
        let [new, old] = [&used, state].map(|state| state.runs.tape().run().trace_hash());
        prop_assert!(new != old && used.notice.is_none(), "{tool:?} has no effect");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_user_does_the_page_holds_together(
        gestures in prop::collection::vec(gesture(), 1..24),
        seed in 0..40u32,
    ) {
        let mut state = open(&format!("scenario=zombie&toxic_share=0.05&seed={seed}&t=20"));
        for gesture in &gestures {
            let before = given(&state).to_vec();
            let active = state.runs.active();
            let changes_tape = matches!(
                gesture,
                Gesture::One(Msg::Undo | Msg::SwitchTimeline(_) | Msg::Reset | Msg::SetSeed(_))
            );
            perform(&mut state, gesture)?;
            if !changes_tape && state.runs.active() == active {
                check_undo(&before, &state)?;
            }
            settle(&mut state);
            state.update(Msg::Refresh(0.0));
            let [a, b] = RunId::ALL.map(|id| state.runs.lane(id).tape().now());
            prop_assert_eq!((a, b), (state.runs.now(), state.runs.now()), "{:?}", gesture);
            prop_assert!(state.runs.are_two() || state.runs.active() == RunId::A);
            check_menu(&state)?;
        }
        check_link(&state)?;
    }
}

#[test]
fn b_begins_where_a_stands_and_is_the_same_run() {
    let mut state = open("scenario=zombie&toxic_share=0.05&t=60&paused=1");
    state.update(Msg::Issue(Command::Burst { jobs: 5 }));
    state.update(Msg::Compare(true));
    settle(&mut state);
    let [a, b] = RunId::ALL.map(|id| state.runs.lane(id).tape());
    assert!(a.run() == b.run() && a.given() == b.given());
    assert_eq!(a.series().points(), b.series().points());
    assert_eq!(state.runs.active(), RunId::B);
}

#[test]
fn a_drag_is_one_command_and_one_undo_and_so_is_a_key_that_is_held() {
    let knob = KnobId::arrival_rate;
    let mut state = open("scenario=zombie&t=30&paused=1");
    let rate = |state: &State| state.runs.tape().run().pool().knobs.get(knob);
    let before = rate(&state);
    for value in 1..60 {
        state.update(Msg::PreviewKnob(knob, value.to_string()));
    }
    assert_eq!((rate(&state), given(&state).len()), (before.clone(), 0));
    state.update(Msg::SetKnob(knob, "59".to_owned()));
    assert_eq!((rate(&state), given(&state).len()), (Value::Number(59.0), 1));
    state.update(Msg::Undo);
    assert_eq!((rate(&state), given(&state).len()), (before, 0));
    for value in 1..20 {
        state.update(Msg::HoldKnob(knob));
        state.update(Msg::PreviewKnob(knob, value.to_string()));
        state.update(Msg::SetKnob(knob, value.to_string()));
    }
    assert_eq!(given(&state).len(), 0, "the key is still down");
    state.update(Msg::ReleaseKnob(knob));
    assert_eq!((rate(&state), given(&state).len()), (Value::Number(19.0), 1));
}

#[test]
fn time_waits_behind_a_dialog_and_goes_on_after_it() {
    let mut state = open("scenario=zombie&t=10");
    let now = state.runs.now();
    state.update(Msg::OpenHelp);
    (0..60).for_each(|_| frame(&mut state));
    assert_eq!(state.runs.now(), now);
    assert!(state.runs.pace.playing);
    state.update(Msg::CloseDialog);
    (0..60).for_each(|_| frame(&mut state));
    assert!(state.runs.now() > now);
}

#[test]
fn a_link_that_is_refused_says_why_and_shows_the_default() {
    let state = open("?toxic_share=NaN");
    let Some(Dialog::Refused { why, instead: Instead::Default }) = &state.dialog else {
        panic!("{:?}", state.dialog)
    };
    assert!(why.contains("toxic_share") && why.contains("NaN"), "{why}");
    assert_eq!(state.runs.tape().scenario().name, "zombie");
}

#[test]
fn a_link_to_a_worker_that_is_not_there_says_so() {
    for (query, text) in [
        ("scenario=zombie&worker=3&t=20", None),
        ("scenario=zombie&worker=77&t=20", Some("no such worker is there at 20 s")),
        ("scenario=zombie&worker=77", Some("no such worker is there at 0 s")),
    ] {
        let mut state = open(query);
        state.frame(0.0, SIZES, || 0.0);
        let said = match &state.notice {
            Some(Notice::Error(said)) => Some(said.as_str()),
            _ => None,
        };
        assert_eq!(said.is_some(), text.is_some(), "{query}: {said:?}");
        let names =
            |said: &str| said.contains("77") && text.is_some_and(|text| said.contains(text));
        assert!(said.is_none_or(names), "{query}: {said:?}");
        assert_eq!(state.link().view.worker.is_some(), text.is_none(), "{query}");
    }
}

#[test]
fn a_link_to_a_worker_says_nothing_once_another_is_selected() {
    let mut state = State::start("scenario=zombie&worker=77&t=20").expect("a run");
    state.update(Msg::SelectNext);
    settle(&mut state);
    frame(&mut state);
    assert_eq!(state.notice, None);
}

#[test]
fn a_search_goes_in_slices_with_progress_and_can_be_cancelled() {
    let mut state = open("scenario=normal&t=20&paused=1&toxic_share=0");
    let now = state.runs.now();
    // A clock of which each look takes half the budget of a frame.
    let clock = Cell::new(0.0);
    let ticks = || clock.replace(clock.get() + 5.0);
    state.update(Msg::RunToNext(Some(Interest::Zombie)));
    for _ in 0..40 {
        state.frame(0.016, SIZES, ticks);
    }
    let share = state.runs.progress().expect("it lasts");
    assert!(share > 0.0 && share < 1.0, "{share}");
    assert_eq!(state.update(Msg::Close), [], "the focus stays");
    assert_eq!((state.runs.progress(), state.runs.now()), (None, now));
    state.update(Msg::RunToNext(Some(Interest::Zombie)));
    settle(&mut state);
    state.update(Msg::Refresh(0.0));
    assert_eq!((state.notice, state.runs.now()), (Some(Notice::NothingFound), now));
}

#[test]
fn a_search_that_finds_something_stops_there() {
    let mut state = open("scenario=zombie&toxic_share=0.05&t=0");
    assert_eq!(state.interest, Interest::Anything);
    state.update(Msg::SetInterest(Interest::Zombie));
    state.update(Msg::RunToNext(None));
    settle(&mut state);
    assert_eq!(state.runs.tape().run().pool().roster().zombies(), 1);
    assert!(!state.runs.pace.playing);
}

#[test]
fn a_long_jump_can_be_cancelled_where_it_has_come_to() {
    let mut state = open("scenario=normal&t=20&paused=1");
    state.runs.seek(at(4_000.0));
    let clock = Cell::new(0.0);
    for _ in 0..5 {
        state.frame(0.016, SIZES, || clock.replace(clock.get() + 20.0));
    }
    assert!(state.runs.progress().is_some_and(|share| share > 0.0 && share < 1.0));
    state.update(Msg::Cancel);
    settle(&mut state);
    let now = state.runs.now();
    assert!(now > at(20.0) && now < at(4_000.0) && state.runs.tape().now() == now);
}

#[test]
fn no_two_keys_of_one_scope_are_alike_and_each_is_found() {
    for row in KEYS {
        let same =
            |other: &&zombie_workers::viewer::Key| other.scope == row.scope && other.key == row.key;
        assert_eq!(KEYS.iter().filter(same).count(), 1, "{} {:?}", row.key, row.scope);
        let (key, code) = (row.key.to_owned(), String::new());
        let press = KeyPress { key, code, alt: false, scope: Some(row.scope) };
        let found = find_key(&press).expect("a key of the list is found");
        assert_eq!((found.key, found.scope, &found.msg), (row.key, row.scope, &row.msg));
    }
}

#[test]
fn with_alt_letters_act_everywhere_and_arrows_are_the_browsers() {
    let press = |key: &str, code: &str, alt, scope| {
        let (key, code) = (key.to_owned(), code.to_owned());
        find_key(&KeyPress { key, code, alt, scope }).map(|row| row.msg.clone())
    };
    assert_eq!(press("u", "KeyU", true, None), Some(Msg::Undo));
    assert_eq!(press("ü", "KeyU", true, None), Some(Msg::Undo), "another letter, the same key");
    assert_eq!(press("U", "KeyU", false, Some(Scope::Stage)), Some(Msg::Undo));
    assert_eq!(press("u", "KeyU", false, None), None, "fields need their letters");
    assert_eq!(press("u", "KeyU", false, Some(Scope::Timeline)), None);
    assert_eq!(press("ArrowLeft", "ArrowLeft", true, Some(Scope::Stage)), None);
    assert_eq!(press("Home", "Home", true, None), None);
    assert_eq!(press("Escape", "Escape", false, None), Some(Msg::Close));
}

#[test]
fn the_menu_offers_what_has_an_effect_and_gives_the_focus_back() {
    let mut state = open("scenario=zombie&toxic_share=0.2&t=80&paused=1");
    let roster = state.runs.tape().run().pool().roster();
    let zombie = roster.iter().find(|record| record.replaced).expect("a zombie").who.id;
    state.selection = Some(Selection::Worker(zombie));
    assert_eq!(state.update(Msg::OpenMenu), [Effect::Focus(Focus::MenuRow(0))]);
    assert_eq!(state.menu.as_ref().expect("it is open").tools, [Tool::Kill]);
    assert_eq!(state.update(Msg::MenuPrevious), [Effect::Focus(Focus::MenuRow(1))]);
    assert_eq!(state.update(Msg::MenuNext), [Effect::Focus(Focus::MenuRow(0))]);
    let back = [Effect::Focus(Focus::Stage(RunId::A))];
    assert_eq!(state.update(Msg::UseTool(Tool::Kill)), back);
    assert!(state.menu.is_none());
    state.update(Msg::SelectNext);
    state.update(Msg::OpenMenu);
    assert_eq!(state.update(Msg::Close), back);
    assert!(state.menu.is_none() && state.selection.is_some());
    state.update(Msg::OpenMenu);
    assert_eq!(state.update(Msg::LeaveMenu), [], "the focus is where the pointer went");
    assert!(state.menu.is_none());
}

#[test]
fn a_link_is_copied_only_when_the_browser_says_so() {
    let mut state = open("scenario=zombie&t=10&paused=1");
    state.update(Msg::OpenShare);
    let Some(Dialog::Share { query, copied: None }) = state.dialog.clone() else {
        panic!("{:?}", state.dialog)
    };
    assert_eq!(state.update(Msg::Copy), [Effect::Copy(query.clone())]);
    for done in [false, true] {
        state.update(Msg::Copied(done));
        let shown = Dialog::Share { query: query.clone(), copied: Some(done) };
        assert_eq!(state.dialog, Some(shown));
    }
}

#[test]
fn files_are_written_from_the_active_run_and_a_scenario_is_read_back() {
    let mut state = open("scenario=zombie&seed=5&t=30&paused=1");
    state.update(Msg::Issue(Command::Burst { jobs: 7 }));
    let mut texts = Vec::new();
    for format in FORMATS {
        match &state.update(Msg::Export(format))[..] {
            [Effect::Save(file)] => {
                assert_eq!((&*file.name, file.mime), (format.file, format.mime));
                texts.push(String::from_utf8(file.bytes.clone()).expect("text"));
            }
            [Effect::SaveStage(RunId::A, name)] => assert_eq!(name, format.file),
            other => panic!("{}: {other:?}", format.file),
        }
    }
    let scenario = texts.last().expect("the scenario").clone();
    let offer = |bytes| Msg::OfferFile("mine.toml".to_owned(), bytes);
    assert_eq!(state.update(offer(2e6)), []);
    assert!(matches!(state.dialog, Some(Dialog::Refused { instead: Instead::Before, .. })));
    assert_eq!(state.update(offer(2e3)), [Effect::ReadFile]);
    state.update(Msg::LoadFile("seed = -1".to_owned()));
    assert!(matches!(state.dialog, Some(Dialog::Refused { instead: Instead::Before, .. })));
    assert_eq!(given(&state).len(), 1, "nothing was changed");
    state.update(Msg::LoadFile(scenario));
    assert_eq!((state.dialog.clone(), state.runs.tape().scenario().seed), (None, 5));
    assert!(state.runs.tape().scenario().commands.iter().any(|timed| timed.at() == at(30.0)));
}

#[test]
fn a_seed_is_allowed_up_to_the_largest_and_no_further() {
    let mut state = open("scenario=zombie");
    let max = zombie_workers::run::Scenario::MAX_SEED;
    state.update(Msg::SetSeed(max.to_string()));
    assert_eq!((state.runs.tape().scenario().seed, &state.notice), (max, &None));
    state.update(Msg::SetSeed((max + 1).to_string()));
    assert!(matches!(&state.notice, Some(Notice::Error(why)) if why.contains(&max.to_string())));
    let text = state.link().write().expect("a link");
    assert_eq!(Link::read(&text).expect("the page wrote it").scenario.seed, max);
}
