//! The block of metrics as the incident shows it: the new dashboard, and the old one beside it.

use crate::watch::Sample;

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
    let workers = u64::from(sample.workers);
    let queue = flag(sample.queue_depth > 5 * workers, "⚠️ HIGH");
    let active =
        flag(u64::from(sample.active + sample.filling) * 10 <= workers * 7, "⚠️ WORKERS DYING");
    let zombies = flag(sample.zombies > 0, "💀 CRITICAL");
    let memory = flag(sample.memory_mb > 2 * sample.baseline_mb, "⚠️ EXCESSIVE");
    vec![
        "=== Worker Pool Metrics ===".to_owned(),
        sample.clock.clone(),
        row("Queue Depth", &grouped(sample.queue_depth), queue),
        row("Active Workers", &sample.active.to_string(), active),
        row("Zombie Workers", &sample.zombies.to_string(), zombies),
        row("Memory Usage", &format!("{} MB", grouped(sample.memory_mb)), memory),
    ]
}

fn old_dashboard(sample: &Sample) -> Vec<String> {
    let old = &sample.old;
    vec![
        "--- what the old one says ---".to_owned(),
        String::new(),
        format!("Queue Depth: {} ✓", grouped(old.queue)),
        format!("Active Workers: {} ✓", old.active),
        String::new(),
        format!("Memory: {} MB ✓", grouped(old.memory_mb)),
        format!("Success Rate: {} ✓", percent(old.success_rate)),
    ]
}

fn alerts(sample: &Sample) -> Vec<String> {
    let mut lines = Vec::new();
    if sample.hung_jobs > 0 {
        lines.push(format!("🔴 ALERT: {} jobs hung for > 30s", sample.hung_jobs));
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
    let delay = flag(sample.p95_s > Some(5.0), "⚠️ SLOW");
    vec![
        row("Worker Restarts", &grouped(sample.restarts), ""),
        row("p95", &sample.p95_s.map_or_else(none, |p95| format!("{p95:.1} s")), delay),
        row("Success Rate", &percent(sample.success_rate), ""),
        format!(
            "ps: {} processes; htop: Memory {} GB / {} GB, CPU {}% ({} cores)",
            sample.processes,
            gigabytes(sample.memory_mb),
            gigabytes(sample.host_memory_mb),
            sample.cpu_percent,
            sample.cores,
        ),
    ]
}

fn row(name: &str, value: &str, note: &str) -> String {
    format!("{name}: {value} {note}").trim_end().to_owned()
}

fn flag(shows: bool, note: &'static str) -> &'static str {
    if shows { note } else { "" }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(none, |share| format!("{:.1}%", share * 100.0))
}

/// What stands where there is no value.
fn none() -> String {
    "–".to_owned()
}

/// MB in GB, to a tenth where there is one: 8.7, 16.
fn gigabytes(mb: u64) -> String {
    ((mb as f64 / 100.0).round() / 10.0).to_string()
}

/// A number with its thousands apart: 8,743.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Text filled up to so many columns of a terminal.
fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(console::measure_text_width(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::{AlertSample, OldDashboard, Severity};

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0, 7, 412, 8_743, 12_345, 1_000_000].map(grouped);
        assert_eq!(shown, ["0", "7", "412", "8,743", "12,345", "1,000,000"]);
    }

    #[test]
    fn memory_is_said_in_gigabytes_to_a_tenth() {
        let shown = [0, 412, 8_649, 8_650, 8_743, 16_000].map(gigabytes);
        assert_eq!(shown, ["0", "0.4", "8.6", "8.7", "8.7", "16"]);
    }

    #[test]
    fn the_block_looks_like_the_reports() {
        let sample = Sample {
            clock: "04:03:15".to_owned(),
            queue_depth: 87,
            active: 3,
            workers: 10,
            zombies: 37,
            memory_mb: 8_743,
            baseline_mb: 412,
            hung_jobs: 14,
            restarts: 127,
            p95_s: Some(31.2),
            success_rate: Some(0.81),
            processes: 47,
            cpu_percent: 800,
            cores: 8,
            host_memory_mb: 16_000,
            old: OldDashboard { active: 10, queue: 87, memory_mb: 412, success_rate: Some(0.942) },
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
Success Rate: 81.0%
ps: 47 processes; htop: Memory 8.7 GB / 16 GB, CPU 800% (8 cores)
▸ System death spiral
";
        assert_eq!(block(&sample), expected);
    }
}
