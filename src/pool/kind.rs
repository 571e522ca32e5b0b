//! Job kinds: one row each. To add a kind, add a variant and its row.

use crate::kernel::{Duration, Rng};
use crate::knobs::{Knobs, ServiceDistribution};

/// What the pool sees of a job before it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobKind {
    /// Short work: `service_mean_s` on average.
    #[default]
    Normal,
    /// A complex report: slow and large, with a long legitimate tail; may leave a lock held.
    Report,
    /// A payload that hangs any worker that takes it.
    Toxic,
}

impl JobKind {
    /// All kinds, in the order in which metrics list them.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Report, Self::Toxic];
    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The kind's name, as in metrics and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Report => "report",
            Self::Toxic => "toxic",
        }
    }

    /// Its place in tables.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// How much work a job of this kind is.
    pub(super) fn work(self, knobs: &Knobs, rng: &mut Rng) -> Duration {
        match self {
            Self::Normal => {
                let share = match knobs.service_distribution {
                    ServiceDistribution::Exponential => rng.exponential(),
                    ServiceDistribution::Constant => 1.0,
                    ServiceDistribution::Lognormal => rng.lognormal(knobs.service_cv),
                };
                knobs.service_mean_s.mul_f64(share)
            }
            Self::Report => knobs.report_mean_s.mul_f64(rng.lognormal(knobs.report_cv)),
            Self::Toxic => knobs.toxic_work_s.mul_f64(rng.exponential()),
        }
    }

    /// What a job of this kind makes its worker hold, in MiB.
    pub(super) fn mib(self, knobs: &Knobs) -> u32 {
        match self {
            Self::Normal => knobs.normal_mib,
            Self::Report => knobs.report_mib,
            Self::Toxic => knobs.toxic_mib,
        }
    }

    /// How often a job of this kind looks whether it was cancelled.
    pub(super) fn yield_interval(self, knobs: &Knobs) -> Duration {
        match self {
            Self::Report => knobs.report_yield_s,
            Self::Normal | Self::Toxic => knobs.normal_yield_s,
        }
    }

    /// How long a job of this kind may run, where timeouts are on.
    pub fn timeout(self, knobs: &Knobs) -> Duration {
        match self {
            Self::Normal => knobs.timeout_normal_s,
            Self::Report => knobs.timeout_report_s,
            Self::Toxic => knobs.timeout_toxic_s,
        }
    }
}
