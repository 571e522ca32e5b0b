//! The page in a real browser: its parts mount, its controls act on the run, its canvas is painted,
//! and a run has the same hash as natively.
#![cfg(target_arch = "wasm32")]

use std::collections::BTreeMap;

use gloo_timers::future::TimeoutFuture;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    CanvasRenderingContext2d, Element, Event, HtmlCanvasElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement,
};
use yew::{AppHandle, Renderer};
use zombie_workers::app::crash;
use zombie_workers::app::page::Page;
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::knobs::KnobId;
use zombie_workers::run::{Run, built_in};
use zombie_workers::scene::charts::CHARTS;

wasm_bindgen_test_configure!(run_in_browser);

/// A page in the document, which is gone when this is dropped.
struct Shown {
    root: Element,
    app: Option<AppHandle<Page>>,
}

impl Shown {
    async fn open() -> Self {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("a child");
        let app = Renderer::<Page>::with_root(root.clone()).render();
        let shown = Self { root, app: Some(app) };
        shown.wait(600).await;
        shown
    }

    async fn wait(&self, millis: u32) {
        TimeoutFuture::new(millis).await;
    }

    fn find<T: JsCast>(&self, selector: &str) -> T {
        let found = self.root.query_selector(selector).ok().flatten();
        let element = found.unwrap_or_else(|| panic!("{selector} is there"));
        element.dyn_into().unwrap_or_else(|_| panic!("{selector} is of the right kind"))
    }

    fn text(&self, selector: &str) -> String {
        self.find::<Element>(selector).text_content().unwrap_or_default()
    }

    async fn click(&self, selector: &str) {
        self.find::<HtmlElement>(selector).click();
        self.wait(50).await;
    }

    async fn say(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.find(selector);
        input.set_value(text);
        self.tell(&input, "change").await;
    }

    async fn tell(&self, element: &Element, kind: &str) {
        let event = Event::new(kind).expect("an event");
        // Yew listens at the root of its tree.
        let bubbling = web_sys::EventInit::new();
        bubbling.set_bubbles(true);
        let event = Event::new_with_event_init_dict(kind, &bubbling).unwrap_or(event);
        element.dispatch_event(&event).expect("it can be told");
        self.wait(50).await;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn every_part_of_the_page_mounts() {
    let page = Shown::open().await;
    for selector in [
        ".transport",
        ".story",
        "#stage",
        ".charts",
        ".dashboard.old",
        ".dashboard.new",
        ".pager",
        ".panel",
    ] {
        page.find::<Element>(selector);
    }
    assert_eq!(page.text(".story li:first-child span"), "Initially normal");
    assert!(page.text(".dashboard.old").contains("Everything looks normal."));
}

#[wasm_bindgen_test]
async fn the_canvas_is_painted() {
    let page = Shown::open().await;
    let canvas: HtmlCanvasElement = page.find("#stage");
    let colours = colours(&canvas);
    assert!(colours.len() > 20, "only {} colours", colours.len());
}

/// The colours of a canvas.
fn colours(canvas: &HtmlCanvasElement) -> Vec<[u8; 3]> {
    let pen = canvas.get_context("2d").expect("a pen").expect("a pen");
    let pen: CanvasRenderingContext2d = pen.dyn_into().expect("a pen for pictures");
    let (w, h) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let data = pen.get_image_data(0.0, 0.0, w, h).expect("pixels").data();
    let mut colours: Vec<[u8; 3]> = data.chunks(4).map(|dot| [dot[0], dot[1], dot[2]]).collect();
    colours.sort_unstable();
    colours.dedup();
    colours
}

#[wasm_bindgen_test]
async fn every_chart_in_view_is_drawn_and_has_a_table_behind_it() {
    let page = Shown::open().await;
    for chart in CHARTS {
        let canvas: HtmlCanvasElement = page.find(&format!("#chart-{}", chart.id));
        canvas.scroll_into_view();
        page.wait(400).await;
        assert!(colours(&canvas).len() > 3, "{} is blank", chart.id);
    }
    page.click("#play").await;
    assert_eq!(page.root.query_selector_all(".figures td").expect("a list").length(), 0);
    page.click(".figures summary").await;
    page.wait(400).await;
    assert!(page.root.query_selector_all(".figures td").expect("a list").length() >= 4);
}

#[wasm_bindgen_test]
async fn pointing_at_a_chart_tells_the_values_of_that_instant() {
    let page = Shown::open().await;
    let canvas: HtmlCanvasElement = page.find("#chart-queue");
    let init = web_sys::PointerEventInit::new();
    let place = canvas.get_bounding_client_rect();
    init.set_client_x((place.left() + place.width() / 2.0) as i32);
    init.set_client_y((place.top() + place.height() / 2.0) as i32);
    init.set_bubbles(true);
    let point = web_sys::PointerEvent::new_with_event_init_dict("pointermove", &init);
    canvas.dispatch_event(&point.expect("an event")).expect("it can be told");
    page.wait(400).await;
    assert_eq!(page.root.query_selector_all(".charts .at").expect("a list").length(), 6);
    assert!(page.text(".charts .at").starts_with("at 0:"), "{}", page.text(".charts .at"));
}

#[wasm_bindgen_test]
async fn time_plays_pauses_and_steps() {
    let page = Shown::open().await;
    page.click("#play").await;
    assert!(page.text("#play").contains("Play"));
    let stopped = page.text(".dashboard.new");
    page.wait(400).await;
    assert_eq!(page.text(".dashboard.new"), stopped, "nothing moves while it is paused");
    page.click("#play").await;
    let speed: HtmlInputElement = page.find("#speed");
    speed.set_value("90");
    page.tell(&speed, "input").await;
    assert!(page.text(".speed output").contains('×'));
    let clock = page.text(".clock");
    page.wait(900).await;
    assert_ne!(page.text(".clock"), clock, "time goes on");
}

#[wasm_bindgen_test]
async fn a_knob_acts_on_the_run_and_a_wrong_value_says_what_is_allowed() {
    let page = Shown::open().await;
    page.say("#knob-workers", "3").await;
    page.wait(400).await;
    let active = "Active Workers3 ✓";
    assert!(page.text(".dashboard.old").contains(active), "{}", page.text(".dashboard.old"));
    page.say("#knob-workers", "many").await;
    let error = page.text(".knob.wrong .error");
    assert!(error.contains("many") && error.contains("1 to 10000"), "{error}");
    assert!(page.text(".dashboard.old").contains(active), "nothing was lost");
}

#[wasm_bindgen_test]
async fn a_fix_is_switched_while_it_runs() {
    let page = Shown::open().await;
    page.click("#fix_timeouts").await;
    page.wait(400).await;
    assert!(
        page.find::<Element>(".fix.on").text_content().unwrap_or_default().contains("Timeouts")
    );
    assert!(page.find::<HtmlInputElement>("#fix_timeouts").checked());
}

#[wasm_bindgen_test]
async fn scenario_seed_and_reset_begin_a_new_run() {
    let page = Shown::open().await;
    let scenario: HtmlSelectElement = page.find("#scenario");
    scenario.set_value("normal");
    page.tell(&scenario, "change").await;
    assert!(page.text(".clock").starts_with("03:00:0"), "{}", page.text(".clock"));
    page.say("#seed", "123").await;
    assert_eq!(page.find::<HtmlInputElement>("#seed").value(), "123");
    page.say("#seed", "-1").await;
    assert!(page.text(".notice").contains("whole number"), "{}", page.text(".notice"));
    page.click("#reset").await;
    assert!(page.text(".clock").starts_with("03:00:0"));
}

#[wasm_bindgen_test]
async fn a_worker_is_inspected_by_key() {
    let page = Shown::open().await;
    page.wait(600).await;
    let stage: Element = page.find("#stage");
    let init = web_sys::KeyboardEventInit::new();
    init.set_key("ArrowRight");
    init.set_bubbles(true);
    let key = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    stage.dispatch_event(&key.expect("a key")).expect("it can be pressed");
    page.wait(400).await;
    assert!(page.text(".inspector h2").starts_with("Worker "));
    assert_eq!(page.root.query_selector_all(".code .here").expect("a list").length(), 1);
}

/// Presses a key on an element.
async fn press(page: &Shown, selector: &str, key: &str) {
    let element: Element = page.find(selector);
    let init = web_sys::KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    element.dispatch_event(&event.expect("a key")).expect("it can be pressed");
    page.wait(400).await;
}

#[wasm_bindgen_test]
async fn time_goes_back_and_a_poke_is_undone() {
    let page = Shown::open().await;
    page.click("#play").await;
    page.wait(300).await;
    let before = page.text(".dashboard.new");
    for _ in 0..5 {
        page.click("#step").await;
    }
    for _ in 0..5 {
        page.click("#back").await;
    }
    page.wait(300).await;
    assert_eq!(page.text(".dashboard.new"), before, "steps back undo steps");
    press(&page, "#stage", "ArrowRight").await;
    press(&page, "#stage", "h").await;
    page.find::<Element>(".inspector.stuck");
    press(&page, "#stage", "u").await;
    assert!(page.root.query_selector(".inspector.stuck").expect("a selector").is_none());
    press(&page, "#timeline", "Home").await;
    assert_eq!(page.text(".clock"), "03:40:00");
}

#[wasm_bindgen_test]
async fn two_runs_stand_side_by_side_and_a_link_is_written() {
    let page = Shown::open().await;
    page.click("#compare").await;
    page.wait(400).await;
    page.find::<HtmlCanvasElement>("#stage-b");
    assert!(page.text(".compare").contains("Goodput"), "{}", page.text(".compare"));
    page.click("#share").await;
    let link = page.find::<HtmlInputElement>("#link").value();
    assert!(link.contains("scenario=zombie") && link.contains("b=1"), "{link}");
    page.click("#dialog-close").await;
    assert!(page.root.query_selector("dialog").expect("a selector").is_none());
}

#[wasm_bindgen_test]
fn a_crash_shows_what_happened_and_what_repeats_it() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let root = document.create_element("div").expect("an element");
    root.set_id("app");
    document.body().expect("a body").append_child(&root).expect("a child");
    crash::show("it broke <b>here</b>", "scenario zombie, seed 7").expect("it is shown");
    let text = root.text_content().unwrap_or_default();
    assert!(
        text.contains("<b>here</b>") && text.contains("seed 7") && text.contains("Start again")
    );
    root.remove();
}

#[derive(Deserialize)]
struct Known {
    scenario: String,
    seed: u64,
    until_s: f64,
    set: BTreeMap<String, serde_json::Value>,
    hash: String,
}

#[wasm_bindgen_test]
fn runs_have_the_same_hashes_as_natively() {
    let all: Vec<Known> = serde_json::from_str(include_str!("hashes.json")).expect("hashes");
    assert!(all.len() >= 8, "there is something to check");
    for known in all {
        let mut scenario = built_in(&known.scenario).expect("the scenario is built in");
        scenario.seed = known.seed;
        for (knob, value) in &known.set {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let knob = KnobId::find(knob).expect("there is such a knob");
            scenario.knobs.set_text(knob, &value).expect("the value is allowed");
        }
        let mut run = Run::new(&scenario).expect("the scenario is allowed");
        run.advance(Instant::START + Duration::secs_f64(known.until_s), &mut ());
        let hash = format!("{:016x}", run.trace_hash());
        assert_eq!(hash, known.hash, "{} seed {}", known.scenario, known.seed);
    }
}
