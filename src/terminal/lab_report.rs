//! What an experiment found: as a map for people, as JSON for programs.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use crate::knobs::KnobId;
use crate::lab::{
    COLUMNS, Cell, Design, FixSet, HEADER, LabLink, ROWS, Stability, Table, failing_assumptions,
    sentence,
};

/// Effects that are told of in words, at most.
const SENTENCES: usize = 5;

/// All rows with their header.
pub fn rows(table: &Table) -> String {
    let lines: String = table.rows().iter().map(|row| format!("{row}\n")).collect();
    format!("{HEADER}\n{lines}")
}

/// The map, the effects and what they say.
pub fn text(link: &LabLink, table: &Table) -> String {
    let plan = &link.plan;
    let mut text = format!(
        "{}: {} of {} seeds, {} s each{}\n\n",
        plan.base.name,
        link.figure.title(),
        plan.seeds,
        plan.until.as_secs_f64(),
        match link.figure.unit() {
            "" => String::new(),
            unit => format!(", in {unit}"),
        }
    );
    match &plan.design {
        Design::Fixes => fixes(&mut text, link, table),
        Design::Sweep { .. } => sweep(&mut text, link, table),
    }
    let holes: usize = table.cells().iter().map(Cell::holes).sum();
    if holes > 0 {
        let _ = writeln!(text, "\n{holes} runs were given up over their budget of events.");
    }
    text
}

/// A cell: its sign, its figure, and the interval.
fn shown(link: &LabLink, cell: &Cell) -> String {
    let Some(estimate) = cell.estimate(link.figure) else { return "–".to_owned() };
    let show = |value: f64| link.figure.show(value);
    let range = estimate.interval.map(|range| format!(" {}…{}", show(range.low), show(range.high)));
    format!("{} {}{}", cell.verdict().sign(), show(estimate.mean), range.unwrap_or_default())
}

fn fixes(text: &mut String, link: &LabLink, table: &Table) {
    let smallest = table.smallest_sets();
    let cell = |row: usize, column: usize| {
        let set = FixSet::at(row, column);
        let mark = if smallest.contains(&set) { "*" } else { "" };
        format!("{mark}{}", shown(link, &table.cells()[set.index()]))
    };
    let without_rows = |column: usize| FixSet::at(0, column).to_string();
    let _ = writeln!(
        text,
        "{:<16}{}",
        "",
        (0..COLUMNS).map(|c| format!("{:<28}", without_rows(c))).collect::<String>().trim_end()
    );
    for row in 0..ROWS {
        let cells: String =
            (0..COLUMNS).map(|column| format!("{:<28}", cell(row, column))).collect();
        let _ = writeln!(text, "{:<16}{}", FixSet::at(row, 0).to_string(), cells.trim_end());
    }
    let sets: Vec<String> = smallest.iter().map(FixSet::to_string).collect();
    let sets = if sets.is_empty() { "none".to_owned() } else { sets.join("; ") };
    let _ = writeln!(text, "\nSmallest sets with which every seed survived (*): {sets}");
    if let Some(guess) = link.guess {
        let verdict = table.cells()[guess.index()].verdict().sign();
        let _ = writeln!(text, "Your guess: {guess} {verdict}");
    }
    effects(text, link, table);
}

fn effects(text: &mut String, link: &LabLink, table: &Table) {
    let effects = table.effects(link.figure);
    let change = |value: f64| format!("{value:+.1}");
    if !effects.is_empty() {
        let _ =
            writeln!(text, "\n{:<24}{:>10}{:>12}   95 % interval", "effect", "alone", "on average");
    }
    for effect in &effects {
        let range = match effect.on_average.interval {
            None => String::new(),
            Some(range) if range.holds_zero() => "not told apart from 0".to_owned(),
            Some(range) => format!("{} … {}", change(range.low), change(range.high)),
        };
        let _ = writeln!(
            text,
            "{:<24}{:>10}{:>12}   {range}",
            effect.fixes.to_string(),
            change(effect.alone.mean),
            change(effect.on_average.mean)
        );
    }
    let pairs = effects.iter().filter(|effect| effect.fixes.count() == 2);
    let told =
        pairs.filter(|pair| pair.on_average.interval.is_some_and(|range| !range.holds_zero()));
    let told: Vec<String> =
        told.take(SENTENCES).filter_map(|pair| sentence(pair.fixes, &effects, change)).collect();
    if !told.is_empty() {
        let _ = writeln!(text, "\n{}", told.join("\n"));
    }
}

fn sweep(text: &mut String, link: &LabLink, table: &Table) {
    let Design::Sweep { along, by } = &link.plan.design else { return };
    let columns = along.values.len();
    let rows: Vec<Option<f64>> = match by {
        Some(by) => by.values.iter().copied().map(Some).collect(),
        None => vec![None],
    };
    for (row, value) in rows.iter().enumerate() {
        if let (Some(by), Some(value)) = (by, value) {
            let _ = writeln!(text, "{} = {value}", by.knob.name());
        }
        for (column, value) in along.values.iter().enumerate() {
            let cell = row * columns + column;
            let rho = theory(link, cell as u32).map(|rho| format!("ρ = {rho:.2}"));
            let _ = writeln!(
                text,
                "{:>24} {:<32}{}",
                format!("{} = {value}", along.knob.name()),
                shown(link, &table.cells()[cell]),
                rho.unwrap_or_default()
            );
        }
        tipping(text, link, (row * columns) as u32);
    }
}

/// Where theory says that the pool of a row tips over, if the sweep is over the timeout.
fn tipping(text: &mut String, link: &LabLink, cell: u32) {
    let Design::Sweep { along, .. } = &link.plan.design else { return };
    let Ok(scenario) = link.plan.scenario(cell) else { return };
    if along.knob != KnobId::timeout_toxic_s {
        return;
    }
    if let Some(at) = Stability::of(&scenario.knobs).tipping_point_s() {
        let _ = writeln!(text, "Theory: it tips over at T* = {at:.1} s.");
    }
    for why in failing_assumptions(&scenario.knobs) {
        let _ = writeln!(text, "Theory does not hold here: {why}.");
    }
}

/// ρ of a cell, where the rule of stability says anything.
fn theory(link: &LabLink, cell: u32) -> Option<f64> {
    let knobs = link.plan.scenario(cell).ok()?.knobs;
    let timeout_s = knobs.timeout_toxic_s.as_secs_f64();
    (knobs.fix_timeouts && knobs.fix_detection)
        .then(|| Stability::of(&knobs).utilization(timeout_s))
}

/// The whole experiment as one object.
pub fn json(link: &LabLink, table: &Table) -> String {
    let plan = &link.plan;
    let cells: Vec<Json> =
        table.cells().iter().enumerate().map(|(n, cell)| cell_json(link, n, cell)).collect();
    let effects: Vec<Json> = match plan.design {
        Design::Fixes => table
            .effects(link.figure)
            .iter()
            .map(|effect| {
                json!({
                    "fixes": effect.fixes.to_string(),
                    "alone": effect.alone.mean,
                    "on_average": effect.on_average.mean,
                    "low": effect.on_average.interval.map(|range| range.low),
                    "high": effect.on_average.interval.map(|range| range.high),
                })
            })
            .collect(),
        Design::Sweep { .. } => Vec::new(),
    };
    let smallest = matches!(plan.design, Design::Fixes)
        .then(|| table.smallest_sets().iter().map(FixSet::to_string).collect::<Vec<_>>());
    crate::watch::to_json(&json!({
        "scenario": plan.base.name,
        "seed": plan.base.seed,
        "seeds": plan.seeds,
        "until_s": plan.until.as_secs_f64(),
        "figure": link.figure.name(),
        "unit": link.figure.unit(),
        "cells": cells,
        "effects": effects,
        "smallest_sets": smallest,
        "guess": link.guess.map(|guess| guess.to_string()),
    }))
}

fn cell_json(link: &LabLink, n: usize, cell: &Cell) -> Json {
    let (runs, survived) = cell.survived();
    let estimate = cell.estimate(link.figure);
    let place = match &link.plan.design {
        Design::Fixes => json!({ "fixes": FixSet::from_index(n).to_string() }),
        Design::Sweep { along, by } => {
            let (row, column) = (n / along.values.len(), n % along.values.len());
            let mut place = serde_json::Map::from_iter([(
                along.knob.name().to_owned(),
                json!(along.values[column]),
            )]);
            if let Some(by) = by {
                place.insert(by.knob.name().to_owned(), json!(by.values[row]));
            }
            Json::Object(place)
        }
    };
    json!({
        "cell": n,
        "knobs": place,
        "runs": runs,
        "survived": survived,
        "holes": cell.holes(),
        "value": estimate.map(|estimate| estimate.mean),
        "low": estimate.and_then(|estimate| estimate.interval).map(|range| range.low),
        "high": estimate.and_then(|estimate| estimate.interval).map(|range| range.high),
        "median_seed": cell.median_seed(link.figure),
    })
}
