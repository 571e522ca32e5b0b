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
    ("prefetch", include_str!("prefetch.toml")),
];

/// A group of scenarios: its title, and the name and the title of each.
pub type ScenarioGroup = (&'static str, &'static [(&'static str, &'static str)]);

/// The built-in scenarios as lists show them. A new one needs a row here, too.
pub const GROUPS: &[ScenarioGroup] = &[
    (
        "Start",
        &[
            ("zombie", "A night that rots"),
            ("incident", "The whole incident"),
            ("normal", "A healthy pool"),
        ],
    ),
    (
        "One fix at a time",
        &[
            ("no-fixes", "No fix: zombies"),
            ("dead-pool", "No fix, no bug: a dead pool"),
            ("timeouts-only", "Timeouts alone"),
            ("health-only", "Health checks alone"),
            ("soft-limits", "Soft limits alone"),
            ("breaker-only", "Circuit breaker alone"),
            ("timeouts-detection", "Timeouts and detection"),
            ("three-fixes", "Timeouts, detection, breaker"),
        ],
    ),
    (
        "Where fixes fail",
        &[
            ("short-timeout", "A timeout too short"),
            ("hidden-toxic", "Toxic among reports"),
            ("rare-poison", "Rare poison"),
            ("lying-heartbeat", "A heartbeat that lies"),
            ("late-heartbeats", "Heartbeats too late"),
            ("beats-between-jobs", "Heartbeats between jobs"),
        ],
    ),
    (
        "Mechanisms",
        &[
            ("deploy", "A deploy by day"),
            ("largest-dies", "The largest process dies"),
            ("poison-pill", "A job that crashes workers"),
            ("kept-memory", "Memory that is kept"),
            ("late-results", "Work done twice"),
            ("retry-storm", "A storm of retries"),
            ("connection-zombies", "Connections held by zombies"),
            ("prefetch", "Jobs fetched by zombies"),
        ],
    ),
    ("For measuring", &[("queue", "A plain queue"), ("load", "Load for measuring speed")]),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_stands_in_one_group_under_a_title_of_its_own() {
        let rows = || GROUPS.iter().flat_map(|(_, rows)| rows.iter());
        for (name, _) in BUILT_IN {
            assert_eq!(rows().filter(|(row, _)| row == name).count(), 1, "{name}");
        }
        assert_eq!(rows().count(), BUILT_IN.len());
        for (name, title) in rows() {
            assert!(rows().all(|(other, same)| other == name || same != title), "{title}");
        }
    }
}
