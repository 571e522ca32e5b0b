//! The vectors of other projects, read as data.

use serde_json::Value as Json;
use zombie_workers::kernel::{Duration, Instant};

/// The content of a file of vectors.
pub fn vectors(file: &str) -> Json {
    let path = format!("tests/vectors/{file}.json");
    let text = std::fs::read_to_string(&path).expect("vectors can be read");
    serde_json::from_str(&text).expect("vectors are JSON")
}

/// The members of a list.
pub fn list(value: &Json) -> Vec<Json> {
    value.as_array().expect("a list").clone()
}

/// A length of time.
pub fn seconds(value: &Json) -> Duration {
    Duration::secs_f64(value.as_f64().expect("a number"))
}

/// An instant, so many seconds after the beginning.
pub fn instant(value: &Json) -> Instant {
    Instant::START + seconds(value)
}
