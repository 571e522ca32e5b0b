//! One worker on the stage: where it is, where it goes, and how it feels.

use super::geometry::Point;
use crate::kernel::{Duration, Instant};
use crate::pool::{JobKind, Line, Pool, Record, State, Worker, WorkerId};
use crate::run::Run;

/// How a worker looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Starting up, or on its way out.
    Coming,
    /// Waiting for a job.
    Idle,
    /// The worker does a job.
    Working,
    /// In a job that takes long.
    Straining,
    /// Hung on a lock.
    Frozen,
    /// Hung in a loop that burns a core.
    Spinning,
    /// Replaced, and still there.
    Zombie,
}

/// A worker sweats over a job that takes longer than this.
const LONG: Duration = Duration::secs(5);
/// The share of the way left that a worker walks in a second of the viewer's time.
const HASTE: f64 = 4.0;

/// The job in a worker's hands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// The kind of the job, which gives its shape and ink.
    pub kind: JobKind,
    /// The share of its work that is left.
    pub left: f64,
    /// The share of its timeout that is left; `None` without timeouts.
    pub time: Option<f64>,
    /// Whether it will never end.
    pub stuck: bool,
}

/// A worker on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The number of the worker that is drawn.
    pub id: WorkerId,
    /// Where its feet are.
    pub feet: Point,
    /// Where they should be.
    pub goal: Point,
    /// Its place in the graveyard, once it is a zombie.
    pub grave: Option<u32>,
    /// How the worker looks: what it does, or how it hangs.
    pub mood: Mood,
    /// The job in its hands.
    pub job: Option<Carried>,
    /// Jobs that it has fetched and not begun.
    pub in_hand: u32,
    /// The memory that it holds, in MiB.
    pub mib: u32,
    /// Whether the supervisor suspects that it hangs.
    pub suspect: bool,
    /// Whether the stage shows the supervisor's view, and the supervisor has struck it off.
    pub forgotten: bool,
    /// Seconds of the viewer's time since it was gone; below zero while it is there.
    pub dying: f64,
}

impl Actor {
    /// A worker that has just come in at a place.
    pub fn enter(id: WorkerId, at: Point) -> Self {
        Self {
            id,
            feet: at,
            goal: at,
            grave: None,
            mood: Mood::Coming,
            job: None,
            in_hand: 0,
            mib: 0,
            suspect: false,
            forgotten: false,
            dying: -1.0,
        }
    }

    /// Takes over the state of the worker: the true one, or with `belief` what the pool's records
    /// say of it.
    pub fn follow(&mut self, record: &Record, worker: Option<&Worker>, run: &Run, belief: bool) {
        let line = worker.map(Worker::line);
        self.mib = record.mib;
        self.in_hand = run.pool().waiting_in(record.who.task.index) as u32;
        self.suspect = run.world().instruments.truth().is_suspect(record.who);
        self.forgotten = belief && record.replaced && !self.suspect;
        self.job = carried(worker, record, run.pool(), run.now());
        self.mood = mood(record, line, run.now());
        if belief {
            self.mood = believed(record);
            self.job = self.job.map(|job| Carried { stuck: false, ..job });
        }
    }

    /// Walks for so many seconds of the viewer's time; without motion it arrives at once.
    pub fn walk(&mut self, seconds: f64, motion: bool) {
        let share = if motion { seconds * HASTE } else { 1.0 };
        self.feet = if share < 1.0 { self.feet.toward(self.goal, share) } else { self.goal };
        if self.dying >= 0.0 {
            self.dying += seconds;
        }
    }

    /// Whether it is on its way.
    pub fn walks(&self) -> bool {
        self.feet.distance(self.goal) > 2.0
    }
}

fn mood(record: &Record, line: Option<Line>, now: Instant) -> Mood {
    let hung = line.is_some_and(Line::is_hung);
    let age = record.lease.map_or(Duration::ZERO, |lease| now.saturating_since(lease.since));
    match record.state {
        _ if record.replaced => Mood::Zombie,
        _ if hung && record.runs => Mood::Spinning,
        _ if hung => Mood::Frozen,
        State::Starting | State::Terminating | State::Killed => Mood::Coming,
        State::Busy | State::Draining if age > LONG => Mood::Straining,
        State::Busy | State::Draining => Mood::Working,
        State::Idle => Mood::Idle,
    }
}

/// What the pool's own records say, and no more.
fn believed(record: &Record) -> Mood {
    match record.state {
        State::Starting | State::Terminating | State::Killed => Mood::Coming,
        State::Busy | State::Draining => Mood::Working,
        State::Idle => Mood::Idle,
    }
}

fn carried(worker: Option<&Worker>, record: &Record, pool: &Pool, now: Instant) -> Option<Carried> {
    let worker = worker?;
    let time = |kind: JobKind| {
        let lease = record.lease.filter(|_| pool.knobs.fix_timeouts)?;
        let whole = kind.timeout(&pool.knobs).as_secs_f64().max(1e-6);
        Some((1.0 - now.saturating_since(lease.since).as_secs_f64() / whole).clamp(0.0, 1.0))
    };
    match worker.line() {
        Line::Work(held) | Line::WaitForConnection(held) => {
            let left = worker.work_left(pool, now);
            Some(Carried { kind: held.lease.kind, left, time: time(held.lease.kind), stuck: false })
        }
        Line::HungInJob(held) => Some(Carried {
            kind: held.lease.kind,
            left: 1.0,
            time: time(held.lease.kind),
            stuck: true,
        }),
        _ => None,
    }
}
