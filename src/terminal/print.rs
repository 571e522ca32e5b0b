//! The formats in which a run is printed. Each sample is printed as it is taken, and a run ends
//! when its reader has gone away.

use std::io::{self, Write};

use console::Term;

use super::block;
use super::failure::Failure;
use super::plan::Plan;
use super::play::{self, Played};
use super::report::{Report, Totals};
use super::screen::{is_large_enough, printable};
use crate::kernel::Instant;
use crate::knobs::InputError;
use crate::run::Run;
use crate::watch::units::grouped;
use crate::watch::{OpenMetrics, Sample, exposition};

/// For people: live on a terminal, else a block each interval and at the end.
pub fn text(plan: &Plan, fast: bool) -> Result<(), Failure> {
    let term = Term::stdout();
    let draws = term.is_term() && is_large_enough(term.size());
    let played =
        if draws && !fast && plan.at.is_empty() { play::live(plan, &term)? } else { blocks(plan)? };
    if let Some(why) = played.stopped(plan) {
        writeln!(io::stdout(), "{why}")?;
    }
    note_worker(&played, plan);
    Ok(io::stdout().write_all(closing(&played, plan).as_bytes())?)
}

/// A block for each sample, and one at the end if none was asked for.
fn blocks(plan: &Plan) -> Result<Played, Failure> {
    let mut told = Instant::START;
    let mut show = |run: &Run, sample: &Sample| -> Result<(), Failure> {
        let chapters = play::chapters(&plan.scenario, told, run.now());
        told = run.now();
        io::stdout().write_all(format!("{chapters}{}", block::block(sample)).as_bytes())?;
        Ok(())
    };
    let mut last = None;
    let played = play::fast(plan, |run, sample| {
        last = Some(run.now());
        show(run, &sample)
    })?;
    let end = played.run.now();
    if plan.at.is_empty() && last != Some(end) {
        show(&played.run, &played.run.sample())?;
    }
    Ok(played)
}

/// The line after the last block.
fn closing(Played { run, wall_s, .. }: &Played, plan: &Plan) -> String {
    let totals = Totals::of(run, *wall_s);
    format!(
        "scenario {}, seed {}: {} s of virtual time, {} events in {:.2} s, trace {:016x}\n",
        printable(&plan.scenario.name),
        plan.scenario.seed,
        grouped(run.now().as_secs_f64() as u64),
        grouped(totals.events),
        totals.wall_s,
        run.trace_hash(),
    )
}

/// One object.
pub fn json(plan: &Plan) -> Result<(), Failure> {
    let mut report = Report::begin(io::stdout().lock(), plan)?;
    let played = play::fast(plan, |_, sample| Ok(report.sample(&sample)?))?;
    note_worker(&played, plan);
    Ok(report.end(&played, plan)?)
}

/// One row a sample.
pub fn csv(plan: &Plan) -> Result<(), Failure> {
    let mut out = csv::Writer::from_writer(io::stdout().lock());
    let played =
        play::fast(plan, |_, sample| Ok(out.serialize(sample.row()).map_err(io_error)?))?;
    out.flush()?;
    note(&played, plan);
    Ok(())
}

/// The error of the output beneath: that the reader has gone away is told by its kind.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One scrape, at the moment that was asked for, or at the end.
pub fn prometheus(plan: &Plan) -> Result<(), Failure> {
    let scrape = |run: &Run| exposition(&run.world().instruments, run.pool(), run.now());
    let mut out = io::stdout().lock();
    let played = play::fast(plan, |run, _| match plan.at.is_empty() {
        true => Ok(()),
        false => Ok(out.write_all(scrape(run).as_bytes())?),
    })?;
    if plan.at.is_empty() {
        out.write_all(scrape(&played.run).as_bytes())?;
    }
    note(&played, plan);
    Ok(())
}

/// The most text of OpenMetrics that is gathered before it is printed, in bytes.
const MAX_OPENMETRICS: usize = 256 << 20;

/// All scrapes, with their times.
pub fn openmetrics(plan: &Plan) -> Result<(), Failure> {
    let mut all = OpenMetrics::default();
    let played = play::fast(plan, |run, _| {
        all.read(&run.world().instruments, run.pool(), run.now(), plan.begins_at_s);
        if all.bytes() <= MAX_OPENMETRICS {
            return Ok(());
        }
        let (every, now) = (plan.every.as_secs_f64(), run.now());
        let allowed = format!("too many samples by {} s: take a longer one", now.as_secs_f64());
        Err(InputError::new("--every", every, allowed).into())
    })?;
    io::stdout().write_all(all.finish().as_bytes())?;
    note(&played, plan);
    Ok(())
}

/// The link to the run at its end.
pub fn link(plan: &Plan) -> Result<(), Failure> {
    let end = if plan.until_done { play::fast(plan, |_, _| Ok(()))?.run.now() } else { plan.end };
    Ok(writeln!(io::stdout(), "?{}", plan.link_to(end)?)?)
}

/// Says why a run was stopped, beside formats that have no place for it.
fn note(played: &Played, plan: &Plan) {
    if let Some(why) = played.stopped(plan) {
        eprintln!("zombie-workers: {why}");
    }
    note_worker(played, plan);
}

/// Says that the worker a link asks for is not there.
fn note_worker(played: &Played, plan: &Plan) {
    if let Err(missing) = plan.check_worker(&played.run) {
        eprintln!("zombie-workers: {missing}");
    }
}
