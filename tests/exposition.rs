//! The exposition: the rules of the text format, a parser of another project, and what the figures
//! must add up to.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::lesson::Lesson;
use common::promtool::{assert_content, promtool};
use common::vectors::{list, vectors};
use prometheus_parse::{Scrape, Value};
use zombie_workers::run::Run;
use zombie_workers::watch::{METRICS, MetricKind, MetricReading, exposition, family};

fn apocalypse() -> Run {
    let mut run = Lesson::of("zombie").with("fix_breaker", true).start(7);
    run.advance(common::at(300.0), &mut ());
    run
}

fn text(run: &Run) -> String {
    exposition(&run.world().instruments, run.pool(), run.now())
}

fn parsed(text: &str) -> Scrape {
    Scrape::parse(text.lines().map(|line| Ok(line.to_owned()))).expect("the text parses")
}

fn gauge(label: &str, value: f64) -> String {
    let labels = vec![("label", label.to_owned())];
    family("m", "h", MetricKind::Gauge, &[MetricReading { suffix: "", labels, value }])
}

fn help_is_escaped() {
    let reading = MetricReading { suffix: "", labels: Vec::new(), value: 1.0 };
    let text = family("m", "a\\b\nc\"d\"", MetricKind::Counter, &[reading]);
    assert_eq!(text, "# HELP m a\\\\b\\nc\"d\"\n# TYPE m counter\nm 1\n");
}

fn labels_are_escaped() {
    let said = gauge("a\\b\n\"c\"", 1.0);
    assert!(said.ends_with("m{label=\"a\\\\b\\n\\\"c\\\"\"} 1\n"), "{said}");
}

fn one_group_a_family() {
    let (mut seen, mut last) = (BTreeSet::new(), String::new());
    for line in text(&apocalypse()).lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            last = rest.split(' ').next().unwrap_or_default().to_owned();
            assert!(seen.insert(last.clone()), "{last} comes twice");
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert_eq!(rest.split(' ').next(), Some(last.as_str()), "TYPE follows HELP");
        } else {
            assert!(line.starts_with(&last), "{line} is in the group of {last}");
        }
    }
    assert_eq!(seen.len(), METRICS.len(), "all metrics have something to say");
}

fn buckets_are_cumulative() {
    let text = text(&apocalypse());
    let lines: Vec<&str> =
        text.lines().filter(|line| line.starts_with("zombie_pool_job_duration_seconds")).collect();
    let place =
        |what: &str| lines.iter().position(|line| line.contains(what)).expect("it is there");
    let value = |line: &str| line.rsplit(' ').next().and_then(|n| n.parse::<f64>().ok());
    let (last, sum, count) = (place("le=\"+Inf\""), place("_sum "), place("_count "));
    assert_eq!((sum, count), (last + 1, last + 2), "buckets, then the sum, then the count");
    assert_eq!(count, lines.len() - 1);
    assert_eq!(value(lines[last]), value(lines[count]));
    assert!(lines[..=last].is_sorted_by_key(|line| value(line)), "{lines:?}");
}

fn last_line_ends() {
    let text = text(&apocalypse());
    assert!(text.ends_with('\n') && !text.contains("\n\n") && !text.contains('\r'));
}

fn odd_numbers_are_words() {
    for (value, word) in [(f64::NAN, "NaN"), (f64::INFINITY, "+Inf"), (-f64::INFINITY, "-Inf")] {
        assert!(gauge("x", value).ends_with(&format!(" {word}\n")));
    }
}

#[test]
fn every_rule_of_the_format_is_kept() {
    for rule in list(&vectors("exposition")["rules"]) {
        match rule.as_str().expect("a rule") {
            "HELP escapes backslash and newline only" => help_is_escaped(),
            "label values escape backslash, double quote, newline" => labels_are_escaped(),
            "TYPE before the first sample; one group a family" => one_group_a_family(),
            "histogram buckets cumulative, +Inf equals _count; order buckets, _sum, _count" => {
                buckets_are_cumulative();
            }
            "last line ends with a newline" => last_line_ends(),
            "NaN, +Inf, -Inf as words" => odd_numbers_are_words(),
            other => panic!("an unknown rule: {other}"),
        }
    }
}

#[test]
fn names_follow_the_conventions() {
    for metric in METRICS {
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(metric.name.starts_with("zombie_pool_"), "{}", metric.name);
        assert!(metric.name.chars().all(plain), "{}", metric.name);
        let counts = metric.kind == MetricKind::Counter;
        assert_eq!(metric.name.ends_with("_total"), counts, "{}", metric.name);
        assert!(metric.help.ends_with('.') || metric.help.ends_with(')'), "{}", metric.name);
    }
}

/// The figures of a metric by the value of one label.
fn by_label(scrape: &Scrape, name: &str, label: &str) -> BTreeMap<String, f64> {
    let samples = scrape.samples.iter().filter(|sample| sample.metric == name);
    samples
        .map(|sample| {
            let value = match sample.value {
                Value::Counter(value) | Value::Gauge(value) | Value::Untyped(value) => value,
                ref other => panic!("{name}: {other:?}"),
            };
            (sample.labels.get(label).unwrap_or_default().to_owned(), value)
        })
        .collect()
}

#[test]
fn worker_seconds_and_memory_seconds_tell_where_the_night_went() {
    let run = apocalypse();
    let scrape = parsed(&text(&run));
    let spent = by_label(&scrape, "zombie_pool_worker_seconds_total", "spent");
    let kinds = ["doomed", "hung", "idle", "restarting", "useful", "zombie"];
    assert!(spent.keys().eq(kinds.iter()), "{spent:?}");
    assert!(spent["zombie"] > spent["hung"] && spent["hung"] > 100.0, "{spent:?}");
    assert!(spent["useful"] > 900.0 && spent["restarting"] > 10.0, "{spent:?}");
    let held = by_label(&scrape, "zombie_pool_memory_byte_seconds_total", "holder");
    assert!(held.keys().eq(["healthy", "hung", "zombie"].iter()), "{held:?}");
    // Over the night no more than all memory there ever was, and more than the baseline's half.
    let gib_seconds = held.values().sum::<f64>() / 1_073_741_824.0;
    let peak = run.pool().host().peak_mib(&run.pool().knobs) as f64 / 1_024.0;
    assert!((300.0 * 0.2..300.0 * peak).contains(&gib_seconds), "{gib_seconds} GiB s");

    let mut healed = Lesson::of("short-timeout").start(1);
    healed.advance(common::at(600.0), &mut ());
    let spent = by_label(&parsed(&text(&healed)), "zombie_pool_worker_seconds_total", "spent");
    assert!(spent["doomed"] > 100.0 && spent["hung"] + spent["zombie"] == 0.0, "{spent:?}");
}

#[test]
fn belief_and_truth_are_both_told() {
    let scrape = parsed(&text(&apocalypse()));
    for name in [
        "suspects",
        "suspects_total",
        "truth_missed_zombies",
        "truth_wrongly_suspected",
        "truth_hung_workers",
        "truth_detection_latency_seconds",
        "false_kills_total",
        "kills_averted_total",
        "late_results_total",
        "detector_suspect",
        "unready_workers",
    ] {
        let name = format!("zombie_pool_{name}");
        assert!(scrape.samples.iter().any(|sample| sample.metric == name), "{name}");
    }
    let mut lie = Lesson::of("lying-heartbeat").start(3);
    lie.advance(common::at(300.0), &mut ());
    let scrape = parsed(&text(&lie));
    let one = |name: &str| by_label(&scrape, name, "").values().sum::<f64>();
    assert_eq!(one("zombie_pool_truth_missed_zombies"), one("zombie_pool_truth_hung_workers"));
    assert!(one("zombie_pool_truth_hung_workers") > 3.0);
}

#[test]
fn prometheus_own_checker_finds_nothing_to_complain_about() {
    // At the beginning nothing has ended, in the middle much happens, and a dead pool ends nothing.
    for (name, seconds) in [("zombie", 0.0), ("zombie", 400.0), ("dead-pool", 900.0)] {
        let mut run = Lesson::of(name).with("fix_breaker", true).start(7);
        run.advance(common::at(seconds), &mut ());
        let text = text(&run);
        assert!(text.contains(" NaN\n"), "{name} at {seconds} s: some figure has no value");
        let Some(checked) = promtool(&["check", "metrics"], &text) else { return };
        assert_content(&checked);
    }
}

#[test]
fn quantiles_of_a_dead_pool_are_no_number() {
    let mut run = Lesson::of("dead-pool").start(7);
    run.advance(common::at(900.0), &mut ());
    let told = text(&run);
    for family in ["zombie_pool_job_latency_seconds", "zombie_pool_job_latency_short_seconds"] {
        assert!(told.contains(&format!("{family}{{quantile=\"0.95\"}} NaN\n")), "{family}");
    }
}
