//! The sentence for screen readers: it is said when something that matters has changed, and after
//! every jump in time.

use crate::watch::Sample;
use crate::watch::units::in_mb;

/// Milliseconds between two sentences about what happens by itself.
const PAUSE_MS: f64 = 5_000.0;
/// A figure is told again when it has changed by this share of what was told.
const SHARE: f64 = 0.2;
/// A queue that changes by no more jobs than this is as it always is.
const FEW_JOBS: f64 = 10.0;

/// A sentence for screen readers, and what was told with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// The sentence.
    pub text: String,
    /// When it was made, in milliseconds of the page's time.
    at_ms: f64,
    /// What the instruments showed then; none before the first sentence.
    told: Option<Sample>,
}

impl Digest {
    /// Makes a new sentence of what the instruments show, if `jumped` in time or something that
    /// matters has changed since the last one, and that is some seconds ago. `rising` tells whether
    /// the queue grows.
    pub(super) fn tell(&mut self, now_ms: f64, jumped: bool, sample: &Sample, rising: bool) {
        let told = self.told.get_or_insert_default();
        if jumped || (now_ms - self.at_ms > PAUSE_MS && is_news(told, sample)) {
            self.text = sentence(told, sample, rising);
            self.at_ms = now_ms;
            told.clone_from(sample);
        }
    }
}

/// Whether what matters has changed: a step of the story, an alert, or a figure by a good part.
fn is_news(told: &Sample, sample: &Sample) -> bool {
    told.stage != sample.stage
        || firing(told).ne(firing(sample))
        || has_moved(f64::from(told.zombies), f64::from(sample.zombies), 0.0)
        || has_moved(told.queue_depth as f64, sample.queue_depth as f64, FEW_JOBS)
        || has_moved(told.memory_mib as f64, sample.memory_mib as f64, 0.0)
}

/// Whether a figure has moved by a good part of what it was, and by more than is usual.
fn has_moved(from: f64, to: f64, usual: f64) -> bool {
    (to - from).abs() > (SHARE * from).max(usual)
}

fn firing(sample: &Sample) -> impl Iterator<Item = &str> {
    let alerts = sample.alerts.iter().filter(|alert| alert.state == "firing");
    alerts.map(|alert| alert.name.as_str())
}

/// What the instruments show; the step of the story and the alerts only if they are new.
fn sentence(told: &Sample, sample: &Sample, rising: bool) -> String {
    let mut text = format!("{}: ", sample.clock);
    if told.stage != sample.stage && !sample.stage.is_empty() {
        text += &format!("{}. ", sample.stage);
    }
    let zombies = if sample.zombies == 1 { "zombie" } else { "zombies" };
    text += &format!(
        "{} of {} workers can work, {} {zombies}. Queue {}{}. Memory {}.",
        sample.active,
        sample.workers,
        sample.zombies,
        sample.queue_depth,
        if rising { " and rising" } else { "" },
        in_mb(sample.memory_mib)
    );
    for (before, after, what) in [(told, sample, "fires"), (sample, told, "is over")] {
        for alert in firing(after).filter(|alert| !before.has_fired(alert)) {
            text += &format!(" Alert {alert} {what}.");
        }
    }
    text
}
