//! Lets a plan run: at full speed with samples, or live with the block redrawn in place.

use std::time::Instant as RealInstant;

use console::Term;
use indicatif::{ProgressBar, ProgressStyle};

use super::block::block;
use super::failure::Failure;
use super::plan::Plan;
use super::screen::{fit, printable};
use crate::kernel::{Duration, Instant};
use crate::run::{Chapter, EndWatch, Ending, Run, STALLED_AFTER, Scenario};
use crate::watch::units::grouped;
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
    /// How a run with a number of jobs ended; `None` if its time was over first.
    ending: Option<Ending>,
}

impl Played {
    /// Why a run with a number of jobs was stopped before all of them had ended, in a sentence.
    pub fn stopped(&self, plan: &Plan) -> Option<String> {
        let ledger = self.run.pool().ledger();
        let wanted = u64::from(self.run.pool().knobs.job_limit).max(ledger.submitted);
        let [ended, arrived, wanted] = [ledger.ended(), ledger.submitted, wanted].map(grouped);
        let jobs = format!("of {wanted} jobs {arrived} had arrived and {ended} had ended");
        match self.ending {
            _ if !plan.until_done => None,
            Some(Ending::Done) => None,
            Some(Ending::HostDied) => Some(format!("stopped: the host is dead; {jobs}")),
            Some(Ending::Stalled) => Some(format!(
                "stopped: for {STALLED_AFTER} nothing was under way that could end a job; {jobs}"
            )),
            None => {
                let now = grouped(self.run.now().as_secs_f64() as u64);
                Some(format!("stopped after {now} s, as its time was over; {jobs}"))
            }
        }
    }
}

/// Looks for the end of a run as its plan has it.
struct EndOfPlan<'a> {
    plan: &'a Plan,
    watch: EndWatch,
    ending: Option<Ending>,
}

impl<'a> EndOfPlan<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self { plan, watch: EndWatch::default(), ending: None }
    }

    /// Whether the run is over. Moments that were asked for are waited for.
    fn is_reached(&mut self, run: &Run) -> bool {
        if self.plan.until_done {
            self.ending = self.watch.look(run);
        }
        let asked_for = self.plan.at.last().is_some_and(|last| run.now() < *last);
        run.now() >= self.plan.end || (self.ending.is_some() && !asked_for)
    }
}

/// Runs at full speed. `show` is given each sample as it is taken, and the run stops when it can
/// show no more.
///
/// # Errors
/// If the scenario has a command that is not allowed, or as `show`.
pub fn fast(
    plan: &Plan,
    mut show: impl FnMut(&Run, Sample) -> Result<(), Failure>,
) -> Result<Played, Failure> {
    let mut run = Run::new(&plan.scenario)?;
    let begin = RealInstant::now();
    let mut bar = None;
    let mut warm = plan.warmup == 0.0;
    let mut moments = moments(plan).peekable();
    let mut end = EndOfPlan::new(plan);
    run.advance(Instant::START, &mut ());
    loop {
        while moments.next_if(|moment| *moment <= run.now()).is_some() {
            show(&run, run.sample())?;
        }
        if end.is_reached(&run) {
            break;
        }
        let mut next = (run.now() + LOOK).min(plan.end);
        if let Some(&moment) = moments.peek() {
            next = next.min(moment);
        }
        run.advance(next, &mut ());
        if !warm && progress(&run, plan) >= plan.warmup {
            run.end_warm_up();
            warm = true;
        }
        report_progress(&mut bar, &run, plan, begin);
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(Played { run, wall_s: begin.elapsed().as_secs_f64(), ending: end.ending })
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
/// If the scenario has a command that is not allowed, or the terminal is gone.
pub fn live(plan: &Plan, term: &Term) -> Result<Played, Failure> {
    let mut run = Run::new(&plan.scenario)?;
    let begin = RealInstant::now();
    let mut end = EndOfPlan::new(plan);
    let mut told = 0;
    let mut drawn = 0;
    loop {
        let before = run.now();
        let passed = begin.elapsed().as_secs_f64() * plan.speed;
        let until = (Instant::START + Duration::secs_f64(passed)).min(plan.end);
        // A jump, as after the machine slept, must not run past the end of the jobs.
        while run.now() < until && !end.is_reached(&run) {
            run.advance((run.now() + LOOK).min(until), &mut ());
        }
        let (mut lines, stages) = frame(&run, told);
        told = stages;
        let block = fit(&lines.pop().unwrap_or_default(), term.size());
        lines.insert(0, chapters(&plan.scenario, before, run.now()));
        term.clear_last_lines(drawn)?;
        term.write_str(&(lines.concat() + &block))?;
        drawn = block.lines().count();
        if end.is_reached(&run) {
            break;
        }
        std::thread::sleep(FRAME);
    }
    Ok(Played { run, wall_s: begin.elapsed().as_secs_f64(), ending: end.ending })
}

/// What people did after `since`, up to `until`: a line for each chapter.
pub fn chapters(scenario: &Scenario, since: Instant, until: Instant) -> String {
    let line = |chapter: &Chapter| {
        format!("{}  {}\n", scenario.clock.at(chapter.at()), printable(&chapter.tell))
    };
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
