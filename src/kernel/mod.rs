//! Virtual time, chance and cooperative tasks. Knows nothing of workers, jobs or screens.

mod dispatcher;
mod ids;
mod rng;
mod scheduler;
mod service;
mod serving;
mod task;
mod time;
mod timers;
mod trace;
mod wait;

pub use ids::{AlarmId, Phase, TaskId, Topic};
pub use rng::{Rng, Stream};
pub use scheduler::Scheduler;
pub use service::{Service, ServiceClock};
pub use task::{Cx, Task};
pub use time::{Duration, Instant};
pub use trace::Trace;
pub use wait::{Wait, Wake};
