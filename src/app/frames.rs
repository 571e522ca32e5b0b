//! The one animation loop. It ends when it is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};

/// A loop that calls back once for each frame of the display.
pub struct Frames {
    /// The frame that was asked for; dropping it cancels it.
    next: Rc<RefCell<Option<AnimationFrame>>>,
}

impl Frames {
    /// Calls `act` with the time of each frame, in milliseconds.
    pub fn start(act: impl FnMut(f64) + 'static) -> Self {
        let next = Rc::new(RefCell::new(None));
        ask(Rc::new(RefCell::new(act)), &next);
        Self { next }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.next.borrow_mut().take();
    }
}

fn ask<F: FnMut(f64) + 'static>(act: Rc<RefCell<F>>, next: &Rc<RefCell<Option<AnimationFrame>>>) {
    let weak = Rc::downgrade(next);
    let frame = request_animation_frame(move |millis| {
        (act.borrow_mut())(millis);
        if let Some(next) = weak.upgrade() {
            ask(act, &next);
        }
    });
    *next.borrow_mut() = Some(frame);
}
