//! The workers of the lab, as the page sees them: it starts them, gives them tasks, and tells what
//! they answer.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::worker::READY;
use crate::app::browser;
use crate::viewer::{LabEffect, LabMsg, Msg};

/// The script of a worker.
const SCRIPT: &str = "./lab-worker.js";
/// The most workers, and the most on a device that is touched: a phone needs its cores itself.
const MAX_WORKERS: usize = 8;
const MAX_ON_TOUCH: usize = 4;

/// The workers that are there.
#[derive(Default)]
pub struct Workers {
    list: Vec<OneWorker>,
}

struct OneWorker {
    worker: Worker,
    /// They tell what it says for as long as they live.
    _listeners: [EventListener; 2],
}

impl Drop for OneWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Workers {
    /// Does what the lab asks for.
    pub fn perform(&mut self, effect: LabEffect, on: &Callback<Msg>) {
        match effect {
            LabEffect::Start => self.start(on),
            LabEffect::Send(place, task) => {
                if let Some(one) = self.list.get(place) {
                    // Only a value that cannot be copied could be refused, and this is a text.
                    let _ = one.worker.post_message(&task.into());
                }
            }
            LabEffect::Stop => self.list.clear(),
        }
    }

    fn start(&mut self, on: &Callback<Msg>) {
        self.list = (0..number()).map_while(|place| OneWorker::start(place, on)).collect();
        if self.list.is_empty() {
            on.emit(Msg::Lab(LabMsg::WithoutWorkers));
        }
    }
}

impl OneWorker {
    fn start(place: usize, on: &Callback<Msg>) -> Option<Self> {
        let program = program()?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let (answer, lost) = (on.clone(), on.clone());
        let message = EventListener::new(&worker, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            answer.emit(Msg::Lab(match data {
                Some(text) if text == READY => LabMsg::Ready(place),
                text => LabMsg::Answer(place, text.unwrap_or_default()),
            }));
        });
        let error = EventListener::new(&worker, "error", move |event| {
            event.prevent_default();
            let why = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            lost.emit(Msg::Lab(LabMsg::Lost(place, why.unwrap_or_default())));
        });
        worker.post_message(&program).ok()?;
        Some(Self { worker, _listeners: [message, error] })
    }
}

/// The compiled program and the address of its glue, as the boot script has left them.
fn program() -> Option<JsValue> {
    let program = js_sys::Reflect::get(&js_sys::global(), &"zombieWorkers".into()).ok()?;
    program.is_object().then_some(program)
}

/// As many as there are cores, less one for the page itself.
fn number() -> usize {
    let cores = browser::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    let max = if browser::is_touched() { MAX_ON_TOUCH } else { MAX_WORKERS };
    (cores as usize).saturating_sub(1).clamp(1, max)
}
