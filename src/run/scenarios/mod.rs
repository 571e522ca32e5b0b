//! The scenarios that come with the program: files as users write them.

use super::scenario::Scenario;
use crate::knobs::InputError;

/// Name and text of every built-in scenario. To add one, write its file and add a line.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("normal", include_str!("normal.toml")),
    ("zombie", include_str!("zombie.toml")),
    ("incident", include_str!("incident.toml")),
    ("queue", include_str!("queue.toml")),
    ("load", include_str!("load.toml")),
    // What each fix alone shows, and what some together do: tests/lessons.rs holds them to it.
    ("dead-pool", include_str!("dead-pool.toml")),
    ("no-fixes", include_str!("no-fixes.toml")),
    ("timeouts-only", include_str!("timeouts-only.toml")),
    ("health-only", include_str!("health-only.toml")),
    ("soft-limits", include_str!("soft-limits.toml")),
    ("breaker-only", include_str!("breaker-only.toml")),
    ("timeouts-detection", include_str!("timeouts-detection.toml")),
    ("three-fixes", include_str!("three-fixes.toml")),
    ("short-timeout", include_str!("short-timeout.toml")),
    ("hidden-toxic", include_str!("hidden-toxic.toml")),
    ("rare-poison", include_str!("rare-poison.toml")),
    ("lying-heartbeat", include_str!("lying-heartbeat.toml")),
    ("deploy", include_str!("deploy.toml")),
    // What mechanisms of the pool itself show: tests/mechanisms.rs holds them to it.
    ("largest-dies", include_str!("largest-dies.toml")),
    ("poison-pill", include_str!("poison-pill.toml")),
    ("kept-memory", include_str!("kept-memory.toml")),
    ("late-results", include_str!("late-results.toml")),
    ("late-heartbeats", include_str!("late-heartbeats.toml")),
    ("beats-between-jobs", include_str!("beats-between-jobs.toml")),
    ("retry-storm", include_str!("retry-storm.toml")),
    ("connection-zombies", include_str!("connection-zombies.toml")),
];

/// The built-in scenario of that name.
///
/// # Errors
/// If there is none; the error suggests the nearest name.
pub fn built_in(name: &str) -> Result<Scenario, InputError> {
    match BUILT_IN.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => Scenario::from_toml(text),
        None => {
            Err(InputError::unknown("scenario", name, BUILT_IN.iter().map(|(known, _)| *known)))
        }
    }
}
