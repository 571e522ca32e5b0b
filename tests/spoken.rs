//! What screen readers are told: news, jumps, and nothing else.
#![cfg(not(target_arch = "wasm32"))]

use zombie_workers::kernel::Instant;
use zombie_workers::scene::Point;
use zombie_workers::viewer::{Msg, State};

const SIZES: [Point; 2] = [Point { x: 800.0, y: 400.0 }; 2];

/// The page, and the time that has passed on it.
struct Page {
    state: State,
    now_ms: f64,
}

impl Page {
    fn open(query: &str) -> Self {
        Self { state: State::start(query).expect("a run"), now_ms: 0.0 }
    }

    /// Seconds of real time pass, with four refreshes in each.
    fn pass(&mut self, seconds: u32) -> Vec<(f64, String)> {
        let mut said = Vec::new();
        for _ in 0..4 * seconds {
            for _ in 0..15 {
                self.state.frame(1.0 / 60.0, SIZES, || 0.0);
            }
            let before = self.state.digest.text.clone();
            self.now_ms += 250.0;
            self.state.update(Msg::Refresh(self.now_ms));
            if self.state.digest.text != before {
                said.push((self.now_ms, self.state.digest.text.clone()));
            }
        }
        said
    }

    /// What is said within a quarter of a second after a message.
    fn answer(&mut self, msg: Msg) -> String {
        let before = self.state.digest.text.clone();
        self.state.update(msg);
        self.state.frame(0.0, SIZES, || 0.0);
        self.now_ms += 250.0;
        self.state.update(Msg::Refresh(self.now_ms));
        let text = self.state.digest.text.clone();
        if text == before { String::new() } else { text }
    }
}

#[test]
fn a_healthy_pool_is_told_of_once_or_twice_in_a_minute() {
    let said = Page::open("scenario=normal&toxic_share=0&hung_after_s=600").pass(60);
    assert!((1..=2).contains(&said.len()), "{said:#?}");
}

#[test]
fn on_the_way_down_each_step_is_told_with_five_seconds_between() {
    let said = Page::open("scenario=zombie&toxic_share=0.05").pass(120);
    assert!(said.len() > 5, "{said:#?}");
    assert!(said.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 5_000.0), "{said:#?}");
    for word in ["First toxic job hits", "1 zombie", "fires.", "is over."] {
        assert!(said.iter().any(|(_, text)| text.contains(word)), "{word}: {said:#?}");
    }
}

#[test]
fn a_pool_that_stands_still_is_silent() {
    let mut page = Page::open("scenario=zombie&t=60&paused=1");
    assert_eq!(page.pass(1).len(), 1, "the page tells where it opens");
    assert_eq!(page.pass(20), []);
}

#[test]
fn each_jump_is_told_where_it_arrives_and_a_drag_when_it_ends() {
    let mut page = Page::open("scenario=zombie&toxic_share=0.05&t=60&paused=1");
    page.pass(1);
    for msg in [Msg::Nudge(-5.0), Msg::Step, Msg::RunToNext(None), Msg::SeekBegin] {
        assert_ne!(page.answer(msg.clone()), "", "{msg:?}");
    }
    assert_eq!(page.answer(Msg::PressTimeline(700.0, 800.0)), "");
    assert_eq!(page.answer(Msg::PointTimeline(400.0, 800.0)), "");
    assert!(page.state.runs.now() > Instant::START);
    assert_ne!(page.answer(Msg::ReleaseTimeline), "");
}
