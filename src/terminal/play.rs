//! Lets a plan run: at full speed with samples, or live with the block redrawn in place.

use std::time::Instant as RealInstant;

use console::Term;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Plan;
use super::block::block;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::{Chapter, Run, Scenario};
use crate::watch::{Milestone, Sample};

/// Time between two frames when playing live.
const FRAME: std::time::Duration = std::time::Duration::from_millis(100);
/// Runs that take longer than this show how far they are.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);
/// Virtual time between two looks at whether the run is done or the warm-up over.
const LOOK: Duration = Duration::secs(1);

/// What came out of a run.
pub struct Played {
    /// The run at its end.
    pub run: Run,
    /// Real seconds that it took.
    pub wall_s: f64,
}

/// Runs at full speed. `show` is given each sample as it is taken.
///
/// # Errors
/// If the scenario has a command that is not allowed.
pub fn fast(plan: &Plan, mut show: impl FnMut(&Run, Sample)) -> Result<Played, InputError> {
    let mut run = Run::new(&plan.scenario)?;
    let begin = RealInstant::now();
    let mut bar = None;
    let mut warm = plan.warmup == 0.0;
    let mut moments = moments(plan).peekable();
    while run.now() < plan.end && !(plan.until_done && run.is_done()) {
        let mut next = (run.now() + LOOK).min(plan.end);
        if let Some(&moment) = moments.peek() {
            next = next.min(moment);
        }
        run.advance(next, &mut ());
        if !warm && progress(&run, plan) >= plan.warmup {
            run.end_warm_up();
            warm = true;
        }
        while moments.next_if(|moment| *moment <= run.now()).is_some() {
            show(&run, run.sample());
        }
        report_progress(&mut bar, &run, plan, begin);
    }
    // Moments at the very beginning, of runs that last no time.
    moments.take_while(|moment| *moment <= run.now()).for_each(|_| show(&run, run.sample()));
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(Played { run, wall_s: begin.elapsed().as_secs_f64() })
}

/// When to take samples: at the moments asked for, or each `every`.
fn moments(plan: &Plan) -> Box<dyn Iterator<Item = Instant> + '_> {
    if !plan.at.is_empty() {
        return Box::new(plan.at.iter().copied());
    }
    let every = plan.every;
    Box::new((1_u64..).map(move |n| Instant::START + every * n).take_while(|at| *at <= plan.end))
}

/// How far a run is, from 0 to 1: by jobs if it ends with them, else by time.
fn progress(run: &Run, plan: &Plan) -> f64 {
    let by_time = run.now().as_secs_f64() / plan.end.as_secs_f64().max(1e-9);
    if !plan.until_done {
        return by_time;
    }
    let jobs = f64::from(run.pool().knobs.job_limit.max(1));
    by_time.max(run.pool().ledger().submitted as f64 / jobs)
}

fn report_progress(bar: &mut Option<ProgressBar>, run: &Run, plan: &Plan, begin: RealInstant) {
    const STEPS: u64 = 1_000;
    if bar.is_none() && begin.elapsed() > PATIENCE && Term::stderr().is_term() {
        let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left");
        let new = ProgressBar::new(STEPS);
        *bar = Some(style.map_or(new.clone(), |style| new.with_style(style)));
    }
    if let Some(bar) = bar {
        bar.set_position((progress(run, plan) * STEPS as f64) as u64);
    }
}

/// Plays live: the block is redrawn in place, the steps of the story stay above it.
///
/// # Errors
/// If the scenario has a command that is not allowed.
pub fn live(plan: &Plan, term: &Term) -> Result<Played, InputError> {
    let mut run = Run::new(&plan.scenario)?;
    let begin = RealInstant::now();
    let mut told = 0;
    let mut drawn = 0;
    loop {
        let before = run.now();
        let passed = begin.elapsed().as_secs_f64() * plan.speed;
        run.advance((Instant::START + Duration::secs_f64(passed)).min(plan.end), &mut ());
        let (mut lines, stages) = frame(&run, told);
        told = stages;
        lines.insert(0, chapters(&plan.scenario, before, run.now()));
        // A terminal that cannot be written to any more is one that was closed.
        if term.clear_last_lines(drawn).and_then(|()| term.write_str(&lines.join(""))).is_err() {
            break;
        }
        drawn = lines.last().map_or(0, |block| block.lines().count());
        if run.now() >= plan.end || (plan.until_done && run.is_done()) {
            break;
        }
        std::thread::sleep(FRAME);
    }
    Ok(Played { run, wall_s: begin.elapsed().as_secs_f64() })
}

/// What people did after `since`, up to `until`: a line for each chapter.
pub fn chapters(scenario: &Scenario, since: Instant, until: Instant) -> String {
    let line =
        |chapter: &Chapter| format!("{}  {}\n", scenario.clock.at(chapter.at()), chapter.tell);
    scenario.chapters(since, until).map(line).collect()
}

/// The lines of the steps that are new since `told` of them were, then the block; and how many
/// steps there are.
pub fn frame(run: &Run, told: usize) -> (Vec<String>, usize) {
    let story = run.world().instruments.milestones().story();
    let line = |&(stage, at): &(Milestone, Instant)| {
        format!("{}  {}\n", run.clock().at(at), stage.title())
    };
    let mut lines: Vec<String> = story.iter().skip(told).map(line).collect();
    lines.push(block(&run.sample()));
    (lines, story.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::built_in;

    #[test]
    fn a_frame_tells_each_step_once_and_ends_with_the_block() {
        let scenario = built_in("zombie").expect("the scenario is built in");
        let mut run = Run::new(&scenario).expect("the scenario is allowed");
        run.advance(Instant::START + Duration::secs(10), &mut ());
        let (lines, told) = frame(&run, 0);
        assert_eq!(told, 1);
        assert!(lines[0].ends_with("Initially normal\n"), "{lines:?}");
        assert!(lines[1].contains("Zombie Workers: 0"), "{lines:?}");
        run.advance(Instant::START + Duration::secs(300), &mut ());
        let (lines, later) = frame(&run, told);
        assert_eq!(lines.len(), later - told + 1);
        assert_eq!(frame(&run, later).0.len(), 1);
    }
}
