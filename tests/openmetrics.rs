//! A whole night for a real Prometheus: the text keeps the format, and Prometheus takes it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeSet;

use common::cli::text;
use common::promtool::{assert_content, folder, promtool};

/// A line's name with its labels, its value and its time.
fn parts(line: &str) -> (&str, &str, f64) {
    let (rest, time) = line.rsplit_once(' ').expect("a time");
    let (series, value) = rest.rsplit_once(' ').expect("a value");
    (series, value, time.parse().expect("a number"))
}

#[test]
fn lines_of_a_family_stand_together_and_go_on_in_time() {
    let night = text(&["zombie", "--for", "10m", "--format", "openmetrics", "--begins-at", "1700"]);
    assert!(night.ends_with("\n# EOF\n") && night.matches("# EOF").count() == 1);
    let types = night.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names: Vec<&str> = types.filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a family is there twice");
    for family in night.split("# TYPE ").skip(1) {
        let name = family.split(' ').next().expect("a name");
        let is_counter = family.starts_with(&format!("{name} counter"));
        let lines = family.lines().skip(1).filter(|line| line.starts_with("zombie_"));
        let mut series: Vec<(&str, f64)> = Vec::new();
        for (one, _, time) in lines.map(parts) {
            assert!(one.starts_with(name));
            assert!(!is_counter || one.starts_with(&format!("{name}_total")), "{one}");
            match series.iter_mut().find(|(known, _)| *known == one) {
                Some((_, last)) => {
                    assert!(time > *last, "{one}: {time}");
                    *last = time;
                }
                None => series.push((one, time)),
            }
        }
        // States of alerts come and go.
        assert!(series.iter().any(|(_, last)| *last == 2_300.0), "{series:?}");
    }
}

#[test]
fn the_last_reading_is_the_scrape_of_that_moment() {
    let night = text(&["zombie", "--for", "10m", "--format", "openmetrics"]);
    let scrape = text(&["zombie", "--for", "10m", "--format", "prometheus"]);
    let lines = scrape.lines().filter(|line| !line.starts_with('#'));
    let plain = |text: &str| text.replace(".0\"}", "\"}");
    let last: BTreeSet<String> = night
        .lines()
        .filter(|line| line.starts_with("zombie_") && line.ends_with(" 600"))
        .map(|line| plain(line.trim_end_matches(" 600")))
        .collect();
    let mut count = 0;
    for line in lines {
        assert!(last.contains(&plain(line)), "{line}");
        count += 1;
    }
    assert_eq!(last.len(), count);
}

#[test]
fn prometheus_takes_a_night_and_finds_nothing_wrong_with_a_scrape() {
    let scrape = text(&["zombie", "--for", "10m", "--format", "prometheus"]);
    let Some(checked) = promtool(&["check", "metrics"], &scrape) else { return };
    assert_content(&checked);
    let folder = folder("openmetrics");
    let (file, blocks) = (folder.join("night.txt"), folder.join("blocks"));
    let night = text(&["zombie", "--for", "10m", "--format", "openmetrics"]);
    std::fs::write(&file, &night).expect("a file can be written");
    let paths = [&file, &blocks].map(|path| path.to_str().expect("a plain path").to_owned());
    let made = ["tsdb", "create-blocks-from", "openmetrics", &paths[0], &paths[1]];
    let made = promtool(&made, "").expect("it is installed");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    // Without the log of a running Prometheus the dump is refused.
    std::fs::create_dir_all(blocks.join("wal")).expect("a folder can be made");
    let dumped = promtool(&["tsdb", "dump", &paths[1]], "").expect("it is installed");
    assert!(dumped.status.success());
    let taken = String::from_utf8_lossy(&dumped.stdout);
    let sent = night.lines().filter(|line| line.starts_with("zombie_")).count();
    assert_eq!(taken.lines().filter(|line| line.starts_with("{__name__=")).count(), sent);
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}
