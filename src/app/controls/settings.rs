//! The knobs of a group, and all knobs that belong to no fix.

use std::rc::Rc;

use yew::prelude::*;

use super::knob::{KnobRow, Place, error_of};
use crate::app::fold::use_fold;
use crate::app::lazy::lazy;
use crate::app::words;
use crate::knobs::{Fix, Group, InputError, KnobId, Knobs};
use crate::viewer::Msg;

/// What the settings of a group show.
#[derive(PartialEq)]
pub struct Settings {
    /// Which group.
    pub group: Group,
    /// The values in force.
    pub knobs: Rc<Knobs>,
    /// Why the last value was refused, and of which knob.
    pub error: Option<(KnobId, InputError)>,
}

/// All knobs of a group but the switch of its fix, each with its help.
pub fn settings(Settings { group, knobs, error }: &Settings, on: &Callback<Msg>) -> Html {
    let rows = KnobId::of(*group).filter(|&knob| Fix::of(knob).is_none()).map(|knob| {
        let (value, error) = (knobs.get(knob), error_of(error.as_ref(), knob));
        html! { <KnobRow key={knob.name()} {knob} {value} {error} place={Place::Folded} {on} /> }
    });
    html! {
        <fieldset>
            <legend>{ group.title() }</legend>
            { for rows }
        </fieldset>
    }
}

/// What all settings show, and those of one group.
#[derive(Clone, PartialEq, Properties)]
pub struct AllProps {
    /// The values in force.
    pub knobs: Rc<Knobs>,
    /// Why the last value was refused, and of which knob.
    pub error: Option<(KnobId, InputError)>,
    /// Where messages go.
    pub on: Callback<Msg>,
    /// Which group; all of them by default.
    #[prop_or_default]
    pub group: Option<Group>,
}

/// All knobs that belong to no fix, folded away: a fold for each group, so that the few that are
/// wanted are found without the many.
#[component]
pub fn AllSettings(props: &AllProps) -> Html {
    let (open, toggle) = use_fold();
    let groups = Group::ALL.into_iter().filter(|&group| Fix::of_group(group).is_none());
    let groups = groups.map(|group| {
        let AllProps { knobs, error, on, .. } = props.clone();
        html! { <AllSettings key={group.title()} {knobs} {error} {on} group={Some(group)} /> }
    });
    let shown = |group| {
        let (knobs, error) = (props.knobs.clone(), props.error.clone());
        lazy(settings, Settings { group, knobs, error }, &props.on)
    };
    html! {
        <details class={if props.group.is_none() { "more" } else { "group" }} ontoggle={toggle}>
            <summary>{ props.group.map_or(words::MORE, Group::title) }</summary>
            if open {
                if let Some(group) = props.group { { shown(group) } } else { { for groups } }
            }
        </details>
    }
}
