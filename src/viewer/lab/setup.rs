//! What of an experiment the user sets up.

use crate::knobs::InputError;
use crate::lab::{Axis, Design, Figure, LabLink, Plan};
use crate::run::built_in;

/// A change of the set-up, as it was typed or chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetUp {
    /// A built-in scenario, by name.
    Scenario(String),
    /// All combinations of the fixes.
    Fixes,
    /// A sweep along the axis that is typed: `timeout_toxic_s=2..120x24`.
    Along(String),
    /// A second axis of the sweep; none if it is empty.
    By(String),
    /// How many seeds.
    Seeds(String),
    /// The horizon, in seconds.
    Until(String),
    /// What the map shows, by name. It changes no run.
    Figure(String),
}

/// The experiment of `link` after a change of its set-up.
///
/// # Errors
/// If what was typed is not allowed.
pub(super) fn changed(link: &LabLink, change: &SetUp) -> Result<LabLink, InputError> {
    let LabLink { plan, figure, guess, view } = link.clone();
    if let SetUp::Figure(name) = change {
        return Ok(LabLink { plan, figure: Figure::named("figure", name)?, guess, view });
    }
    let Plan { mut base, mut design, mut seeds, until } = plan;
    let mut until_s = until.as_secs_f64();
    match change {
        SetUp::Scenario(name) => base = built_in(name)?,
        SetUp::Fixes => design = Design::Fixes,
        SetUp::Along(text) => {
            let by = match design {
                Design::Sweep { by, .. } => by,
                Design::Fixes => None,
            };
            design = Design::Sweep { along: Axis::parse("sweep", text, '=')?, by };
        }
        SetUp::By(text) => {
            if let Design::Sweep { by, .. } = &mut design {
                let axis = Some(text.trim()).filter(|text| !text.is_empty());
                *by = axis.map(|text| Axis::parse("by", text, '=')).transpose()?;
            }
        }
        SetUp::Seeds(text) => seeds = number("seeds", text)? as u32,
        SetUp::Until(text) => until_s = number("horizon", text)?,
        SetUp::Figure(_) => {}
    }
    Ok(LabLink { plan: Plan::new(base, design, seeds, until_s)?, figure, guess, view })
}

fn number(field: &str, text: &str) -> Result<f64, InputError> {
    let plain = text.trim().replace(',', ".");
    plain.parse().map_err(|_| InputError::new(field, text, "allowed: a number"))
}
