//! Virtual time, chance and cooperative tasks. Knows nothing of workers, jobs or screens.

mod rng;
mod scheduler;
mod task;
mod time;
mod timers;
mod trace;

pub use rng::{Rng, Stream};
pub use scheduler::Scheduler;
pub use task::{Cx, Task, TaskId, Topic, Wait, Wake};
pub use time::{Duration, Instant};
pub use timers::{AlarmId, Phase};
pub use trace::Trace;
