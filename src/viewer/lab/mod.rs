//! The lab on the page: an experiment under way, and what the user chooses and sees of it.
//!
//! The page's workers are named by numbers. Each has at most one task; what it answers is a line
//! of text. Without workers the page itself runs the tasks, in slices.

mod map;
mod setup;

use crate::knobs::{Fix, InputError};
use crate::lab::{FixSet, HEADER, LabLink, Measurement, Row, Table, Task};
use crate::run::Link;

pub use map::{MAP_SIZE, map_picture};
pub use setup::SetUp;

/// What can happen in the lab.
#[derive(Clone, Debug, PartialEq)]
pub enum LabMsg {
    /// The user changes the set-up.
    SetUp(SetUp),
    /// The user guesses that a fix is needed, or no longer.
    ToggleGuess(Fix),
    /// The experiment begins.
    Run,
    /// The experiment stops where it is.
    Stop,
    /// The workers do not come up: the page runs the tasks itself.
    WithoutWorkers,
    /// A worker is ready for a task.
    Ready(usize),
    /// A worker has answered.
    Answer(usize, String),
    /// A worker is lost.
    Lost(usize, String),
    /// A cell is selected; a second time, no longer.
    Select(u32),
    /// The median run of a cell is opened on the stage.
    Watch(u32),
    /// The median runs of the selected cell and of this one are opened as A and B.
    Compare(u32),
}

/// What the lab asks of the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum LabEffect {
    /// Have workers at hand; each tells [`LabMsg::Ready`].
    Start,
    /// Give a worker a task.
    Send(usize, String),
    /// End all workers.
    Stop,
}

/// How far an experiment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has not begun.
    SetUp,
    /// Its runs are under way.
    Running,
    /// The user has stopped it.
    Stopped,
    /// All runs have ended.
    Done,
}

/// A run that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The query of its link.
    pub query: String,
    /// Why the run could not be made.
    pub why: String,
}

/// The lab.
#[derive(Clone, Debug, Default)]
pub struct Lab {
    link: LabLink,
    table: Table,
    progress: Option<Progress>,
    /// The next run to hand out, counted as the plan does.
    next: u64,
    /// The task of each worker.
    tasks: Vec<Option<Task>>,
    /// Tasks of workers that were lost before they answered.
    again: Vec<Task>,
    /// The run that the page makes itself.
    own: Option<(Task, Measurement)>,
    failures: Vec<Failure>,
    selected: Option<u32>,
    error: Option<InputError>,
}

impl Lab {
    /// The lab with the experiment of a link set up.
    pub fn open(link: LabLink) -> Self {
        Self { table: Table::new(link.plan.cells()), link, ..Self::default() }
    }

    /// The experiment, as its link says it.
    pub fn link(&self) -> &LabLink {
        &self.link
    }

    /// What the runs have shown so far.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.unwrap_or(Progress::SetUp)
    }

    /// How many runs have ended, and how many there are.
    pub fn runs(&self) -> (u64, u64) {
        let ended = self.table.cells().iter().map(|cell| cell.runs().len() as u64).sum::<u64>();
        (ended + self.failures.len() as u64, self.link.plan.runs())
    }

    /// The runs that could not be made.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The cell that the user has selected.
    pub fn selected(&self) -> Option<u32> {
        self.selected
    }

    /// Why the last change of the set-up was refused.
    pub fn error(&self) -> Option<&InputError> {
        self.error.as_ref()
    }

    /// The link to the median run of a cell, from its beginning; with another cell, beside it as
    /// run B. `None` while there is none.
    pub fn link_to(&self, cell: u32, other: Option<u32>) -> Option<Link> {
        let scenario = |cell: u32| {
            let seed = self.table.cells().get(cell as usize)?.median_seed(self.link.figure)?;
            let mut scenario = self.link.plan.scenario(cell).ok()?;
            scenario.seed = seed;
            Some(scenario)
        };
        let mut link = Link::new(scenario(cell)?);
        if let Some(other) = other {
            link.other = Some(crate::run::link::Other {
                knobs: self.link.plan.scenario(other).ok()?.knobs,
                given: Vec::new(),
            });
        }
        Some(link)
    }

    /// Takes a message in that does not leave the lab.
    pub(super) fn update(&mut self, msg: LabMsg) -> Vec<LabEffect> {
        match msg {
            LabMsg::SetUp(change) => return self.set_up(change),
            LabMsg::ToggleGuess(fix) => self.toggle_guess(fix),
            LabMsg::Run => return self.begin(),
            LabMsg::Stop => return self.stop(Progress::Stopped),
            LabMsg::WithoutWorkers => self.go_on_alone(),
            LabMsg::Ready(worker) => return self.hand_out(worker),
            LabMsg::Answer(worker, line) => return self.take_in(worker, &line),
            LabMsg::Lost(worker, why) => self.lose(worker, why),
            LabMsg::Select(cell) => {
                self.selected = Some(cell).filter(|_| self.selected != Some(cell));
            }
            LabMsg::Watch(_) | LabMsg::Compare(_) => {}
        }
        Vec::new()
    }

    /// Changes the set-up. Another experiment has other runs: those of the last are gone.
    fn set_up(&mut self, change: SetUp) -> Vec<LabEffect> {
        let changed = setup::changed(&self.link, &change);
        self.error = changed.as_ref().err().cloned();
        let Ok(link) = changed else { return Vec::new() };
        if link.plan == self.link.plan {
            self.link = link;
            return Vec::new();
        }
        let effects = self.stop(Progress::SetUp);
        *self = Self { table: Table::new(link.plan.cells()), link, ..Self::default() };
        effects
    }

    fn toggle_guess(&mut self, fix: Fix) {
        let guess = self.link.guess.unwrap_or(FixSet::NONE).toggled(fix);
        self.link.guess = Some(guess).filter(|guess| *guess != FixSet::NONE);
    }

    fn begin(&mut self) -> Vec<LabEffect> {
        let fresh = Self::open(self.link.clone());
        *self = Self { progress: Some(Progress::Running), ..fresh };
        vec![LabEffect::Stop, LabEffect::Start]
    }

    fn stop(&mut self, progress: Progress) -> Vec<LabEffect> {
        self.progress = Some(progress);
        self.tasks.clear();
        self.own = None;
        vec![LabEffect::Stop]
    }

    /// The next task, if any is left; what cannot be a task is a failure.
    fn next_task(&mut self) -> Option<Task> {
        if let Some(task) = self.again.pop() {
            return Some(task);
        }
        while self.next < self.link.plan.runs() {
            self.next += 1;
            match self.link.plan.task(self.next - 1) {
                Ok(task) => return Some(task),
                Err(error) => {
                    self.failures.push(Failure { query: String::new(), why: error.to_string() });
                }
            }
        }
        None
    }

    fn hand_out(&mut self, worker: usize) -> Vec<LabEffect> {
        if self.progress() != Progress::Running {
            return Vec::new();
        }
        let task = self.next_task();
        if self.tasks.len() <= worker {
            self.tasks.resize(worker + 1, None);
        }
        self.tasks[worker].clone_from(&task);
        match task {
            Some(task) => vec![LabEffect::Send(worker, task.to_string())],
            None => self.end_if_done(),
        }
    }

    fn take_in(&mut self, worker: usize, line: &str) -> Vec<LabEffect> {
        let Some(task) = self.tasks.get_mut(worker).and_then(Option::take) else {
            return Vec::new();
        };
        self.note(task, line);
        self.hand_out(worker)
    }

    /// Takes the answer to a task in.
    fn note(&mut self, task: Task, line: &str) {
        match Row::parse(line) {
            Ok(row) => self.table.add(row),
            Err(_) => self.failures.push(Failure { query: task.query, why: line.to_owned() }),
        }
    }

    /// A worker that was lost over a task loses that run; the rest goes on.
    fn lose(&mut self, worker: usize, why: String) {
        if let Some(Task { query, .. }) = self.tasks.get_mut(worker).and_then(Option::take) {
            self.failures.push(Failure { query, why });
        }
    }

    fn go_on_alone(&mut self) {
        let tasks = std::mem::take(&mut self.tasks);
        self.again.extend(tasks.into_iter().flatten());
        if self.progress() == Progress::Running && self.own.is_none() {
            self.begin_own();
        }
    }

    fn begin_own(&mut self) {
        self.own = self.next_task().and_then(|task| match task.begin() {
            Ok(measurement) => Some((task, measurement)),
            Err(error) => {
                self.failures.push(Failure { query: task.query, why: error.to_string() });
                None
            }
        });
    }

    /// Goes on with the run that the page makes itself, as long as there is time.
    pub(super) fn slice(&mut self, in_time: impl Fn() -> bool) {
        let Some((task, mut measurement)) = self.own.take() else { return };
        while in_time() {
            if !measurement.advance() {
                let (cell, seed) = (task.cell, task.seed);
                self.table.add(Row { cell, seed, measures: measurement.finish() });
                self.begin_own();
                if self.own.is_none() && self.is_done() {
                    self.progress = Some(Progress::Done);
                }
                return;
            }
        }
        self.own = Some((task, measurement));
    }

    fn end_if_done(&mut self) -> Vec<LabEffect> {
        if self.is_done() { self.stop(Progress::Done) } else { Vec::new() }
    }

    fn is_done(&self) -> bool {
        let (ended, all) = self.runs();
        ended >= all
    }
}

/// Something of the lab that the user saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// All rows, as CSV.
    Rows,
    /// The map, as SVG.
    Map,
}

impl Lab {
    /// All rows as they are written in a terminal.
    pub fn rows(&self) -> String {
        let lines: String = self.table.rows().iter().map(|row| format!("{row}\n")).collect();
        format!("{HEADER}\n{lines}")
    }

    /// The command that does the same in a terminal.
    pub fn command(&self) -> String {
        match self.link.write() {
            Ok(query) => format!("zombie-workers lab --link '?{query}'"),
            Err(error) => error.to_string(),
        }
    }
}
