//! The block of metrics as the incident shows it: the new dashboard, and the old one beside it.

use crate::watch::Sample;
use crate::watch::figures::{
    ACTIVE, Figure, HUNG_JOBS, MEMORY, OLD_ACTIVE, OLD_MEMORY, OLD_QUEUE, OLD_SUCCESS, P95, QUEUE,
    RESTARTS, SUCCESS, ZOMBIES,
};

/// Columns of the block, without the old dashboard.
const WIDTH: usize = 46;

/// The block of one reading, without colour: the report's block first, line by line, then what else
/// there is to say. Its last line ends with a newline.
pub fn block(sample: &Sample) -> String {
    let new = new_dashboard(sample);
    let old = old_dashboard(sample);
    let lines = new.len().max(old.len());
    let empty = String::new();
    let mut text = String::new();
    for line in 0..lines {
        let left = new.get(line).unwrap_or(&empty);
        let right = old.get(line).unwrap_or(&empty);
        text += format!("{}  {right}", padded(left, WIDTH)).trim_end();
        text.push('\n');
    }
    for line in alerts(sample).into_iter().chain(more(sample)) {
        text += &format!("{line}\n");
    }
    if !sample.stage.is_empty() {
        text += &format!("▸ {}\n", sample.stage);
    }
    text
}

fn new_dashboard(sample: &Sample) -> Vec<String> {
    vec![
        "=== Worker Pool Metrics ===".to_owned(),
        sample.clock.clone(),
        row(&QUEUE, "⚠️ HIGH", sample),
        row(&ACTIVE, "⚠️ WORKERS DYING", sample),
        row(&ZOMBIES, "💀 CRITICAL", sample),
        row(&MEMORY, "⚠️ EXCESSIVE", sample),
    ]
}

fn old_dashboard(sample: &Sample) -> Vec<String> {
    let good = |figure: &Figure| {
        let mark = if figure.is_alarming(sample) { "⚠️" } else { "✓" };
        format!("{}: {} {mark}", figure.name, figure.text(sample))
    };
    vec![
        "--- what the old one says ---".to_owned(),
        String::new(),
        good(&OLD_QUEUE),
        good(&OLD_ACTIVE),
        String::new(),
        good(&OLD_MEMORY),
        good(&OLD_SUCCESS),
    ]
}

fn alerts(sample: &Sample) -> Vec<String> {
    let mut lines = Vec::new();
    if HUNG_JOBS.is_alarming(sample) {
        let (jobs, allowed_s) = (HUNG_JOBS.text(sample), sample.limits.hung_after_s);
        lines.push(format!("🔴 ALERT: {jobs} jobs hung for > {allowed_s}s"));
    }
    let firing = sample.alerts.iter().filter(|alert| alert.state == "firing");
    let names: Vec<&str> = firing.map(|alert| alert.name.as_str()).collect();
    if !names.is_empty() {
        lines.push(format!("🔴 FIRING: {}", names.join(", ")));
    }
    lines
}

/// What neither dashboard of the report shows: what one sees logged in to the host, and the rest.
fn more(sample: &Sample) -> Vec<String> {
    vec![
        row(&RESTARTS, "⚠️ CHURN", sample),
        row(&P95, "⚠️ SLOW", sample),
        row(&SUCCESS, "⚠️ LOW", sample),
        sample.processes_text(),
    ]
}

/// A figure, with a note where it is past its limit.
fn row(figure: &Figure, note: &str, sample: &Sample) -> String {
    let note = if figure.is_alarming(sample) { note } else { "" };
    format!("{}: {} {note}", figure.name, figure.text(sample)).trim_end().to_owned()
}

/// Text filled up to so many columns of a terminal.
fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(console::measure_text_width(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knobs::{KnobId, Knobs, Value};
    use crate::watch::{AlertSample, Limits, OldDashboard, Severity};

    #[test]
    fn the_block_looks_like_the_reports() {
        let sample = Sample {
            clock: "04:03:15".to_owned(),
            queue_depth: 87,
            active: 3,
            workers: 10,
            zombies: 37,
            memory_mib: 8_338,
            hung_jobs: 14,
            restarts: 127,
            p95_s: Some(31.2),
            success_rate: Some(0.81),
            limits: Limits::of(&Knobs::default()),
            processes: 47,
            cpu_percent: 800,
            ps_percent: 1153,
            cores: 8,
            host_memory_mib: 15_259,
            old: OldDashboard { active: 10, queue: 87, memory_mib: 393, success_rate: Some(0.942) },
            alerts: vec![AlertSample {
                name: "ZombieWorkers".to_owned(),
                severity: Severity::Critical,
                state: "firing".to_owned(),
            }],
            stage: "System death spiral".to_owned(),
            ..Sample::default()
        };
        let expected = "\
=== Worker Pool Metrics ===                     --- what the old one says ---
04:03:15
Queue Depth: 87 ⚠️ HIGH                         Queue Depth: 87 ✓
Active Workers: 3 ⚠️ WORKERS DYING              Active Workers: 10 ✓
Zombie Workers: 37 💀 CRITICAL
Memory Usage: 8,743 MB ⚠️ EXCESSIVE             Memory: 412 MB ✓
                                                Success Rate: 94.2% ✓
🔴 ALERT: 14 jobs hung for > 30s
🔴 FIRING: ZombieWorkers
Worker Restarts: 127
p95: 31.2 s ⚠️ SLOW
Success Rate: 81.0% ⚠️ LOW
ps: 47 processes, CPU 1153%; htop: Memory 8.7 GB / 16 GB, CPU 800% (8 cores)
▸ System death spiral
";
        assert_eq!(block(&sample), expected);
    }
    #[test]
    fn limits_are_those_of_the_knobs() {
        let told = |hung_after: &str, p95: &str| {
            let mut knobs = Knobs::default();
            for (knob, value) in [(KnobId::hung_after_s, hung_after), (KnobId::alert_p95_s, p95)] {
                knobs.set(knob, &Value::from_text(value)).expect("the value is allowed");
            }
            let limits = Limits::of(&knobs);
            block(&Sample { hung_jobs: 2, p95_s: Some(3.0), limits, ..Sample::default() })
        };
        let short = told("0.5", "1");
        assert!(
            short.contains("2 jobs hung for > 0.5s\n") && short.contains("p95: 3.0 s ⚠️ SLOW\n")
        );
        let long = told("90", "60");
        assert!(
            long.contains("2 jobs hung for > 90s\n") && long.contains("p95: 3.0 s\n"),
            "{long}"
        );
    }
}
