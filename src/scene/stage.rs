//! Follows a run and remembers where each worker walks; it never changes the run.

use std::borrow::Cow;

use super::actor::Actor;
use super::desk::Desk;
use super::figure::DEATH;
use super::geometry::Point;
use super::layout::{Contents, Detail, Layout};
use super::theme::{Ink, Theme};
use super::token::{Floater, Floating};
use crate::kernel::Instant;
use crate::pool::{
    Event, Gate, JobId, JobKind, KillReason, Outcome, Pool, Record, Rejection, Revocation, Roster,
    WorkerRef,
};
use crate::run::Run;
use crate::watch::baseline_mib;

/// Jobs and words that rise at once, at most.
const MAX_FLOATERS: usize = 60;
/// Waiting jobs that are drawn, at most.
const MAX_LINE: usize = 2_000;

/// How the viewer looks at the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Size of the picture.
    pub size: Point,
    /// Whether things may move.
    pub motion: bool,
    /// Whether the stage shows what the supervisor believes, instead of the truth.
    pub belief: bool,
    /// The theme: it decides how large text is.
    pub theme: Theme,
}

impl Default for View {
    fn default() -> Self {
        let size = Point::new(800.0, 400.0);
        Self { size, motion: true, belief: false, theme: Theme::default() }
    }
}

/// A job in the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// The job.
    pub job: JobId,
    /// What the pool sees of it.
    pub kind: JobKind,
    /// Whether it waits behind a breaker that is not closed.
    pub parked: bool,
}

/// How many there are, as the titles of the parts say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Jobs in the queue.
    pub waiting: usize,
    /// Slots with a worker.
    pub workers: usize,
    /// Workers without a slot since the pool was made smaller, that have not left yet.
    pub leaving: usize,
    /// Workers that were replaced and are still there.
    pub zombies: usize,
    /// Workers that the supervisor suspects.
    pub suspects: usize,
}

/// The stage.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    layout: Layout,
    actors: Vec<Option<Actor>>,
    /// Those whose workers are gone, as long as they fade.
    dying: Vec<Actor>,
    floaters: Vec<Floater>,
    /// Which graves are taken; filled anew from the actors in each frame.
    graves: Vec<bool>,
    waiting: Vec<Waiting>,
    headcount: Headcount,
    desk: Desk,
    view: View,
    /// Whether there was a frame since the last jump in time. Before it, the stage is that of
    /// another time.
    settled: bool,
    /// Seconds of the viewer's time.
    time: f64,
    memory: MemoryBar,
}

/// What the bar of the host's memory shows, in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MemoryBar {
    /// Held by registered workers and the parent process.
    pub registered: u64,
    /// Held by all.
    pub used: u64,
    /// What a healthy pool holds.
    pub baseline: u64,
    /// What the host has.
    pub limit: u64,
}

impl Stage {
    /// Shows an event where it happens.
    pub fn saw(&mut self, _: Instant, event: &Event) {
        match *event {
            Event::Finished { worker, kind, outcome, .. } => {
                self.float(worker, Floating::Job(kind, outcome == Outcome::Succeeded));
            }
            Event::Revoked { worker, why: Revocation::TimedOut, .. } => {
                self.say(worker, "timed out", Ink::Bad);
            }
            Event::Killed { worker, reason } => {
                let crashed = reason == KillReason::Crashed;
                self.say(worker, if crashed { "crashed" } else { "killed" }, Ink::Bad);
            }
            Event::KillAverted { worker } => self.say(worker, "spared", Ink::Good),
            Event::Replaced { worker } => self.say(worker, "replaced", Ink::Soft),
            Event::Rejected { reason, .. } => {
                let words = match reason {
                    Rejection::QueueFull => "queue full",
                    Rejection::Parked => "parked too long",
                    Rejection::PoolDead => "pool is dead",
                };
                self.call_out(self.layout.gate().moved(60.0, 0.0), words.into(), Ink::Bad);
            }
            Event::DeadLettered { kind, attempts, .. } => {
                let to = self.layout.letter_box();
                let from = to.moved(self.layout.queue.w * 0.8, -60.0);
                self.push(from, to, Floating::Letter(kind));
                self.call_out(from, format!("given up ×{attempts}").into(), Ink::Bad);
            }
            Event::Breaker { kind, gate } => {
                let words = match gate {
                    Gate::Shut => format!("{} breaker opens", kind.name()),
                    Gate::Open => format!("{} breaker closes", kind.name()),
                    Gate::Permits(_) => return,
                };
                let at = self.layout.queue.center().moved(0.0, self.layout.queue.h * 0.2);
                self.call_out(at, words.into(), Ink::Text);
            }
            _ => {}
        }
    }

    fn actor_of(&mut self, worker: WorkerRef) -> Option<&mut Actor> {
        let actor = self.actors.get_mut(worker.task.index as usize)?.as_mut()?;
        (actor.id == worker.id).then_some(actor)
    }

    /// Words over a worker's head; in a crowd they would only hide the others.
    fn say(&mut self, worker: WorkerRef, words: &'static str, ink: Ink) {
        if self.layout.slots.detail() == Detail::Large {
            self.float(worker, Floating::Words(words.into(), ink));
        }
    }

    /// Words that rise from a place, unless the same have just done so.
    fn call_out(&mut self, from: Point, words: Cow<'static, str>, ink: Ink) {
        let same = |floater: &Floater| {
            let Floating::Words(other, _) = &floater.what else { return false };
            floater.from == from && floater.age < Floater::LIFE * 0.5 && *other == words
        };
        if self.floaters.iter().any(same) {
            return;
        }
        self.push(from, from.moved(0.0, -40.0), Floating::Words(words, ink));
    }

    /// Forgets where everything was, since the viewer has jumped in time: in the next frame each
    /// worker stands in its place at once, and nothing rises or leaves.
    pub fn jump(&mut self) {
        self.settled = false;
        self.floaters.clear();
        self.dying.clear();
        self.actors.clear();
    }

    fn float(&mut self, worker: WorkerRef, what: Floating) {
        let height = self.layout.slots.cell * 0.8;
        let Some(actor) = self.actor_of(worker) else { return };
        let from = actor.feet.moved(0.0, -height);
        let to = match what {
            Floating::Job(..) => self.layout.exit(),
            Floating::Words(..) | Floating::Letter(..) => from.moved(0.0, -height * 0.6),
        };
        self.push(from, to, what);
    }

    fn push(&mut self, from: Point, to: Point, what: Floating) {
        if self.floaters.len() < MAX_FLOATERS && self.settled {
            // Without motion each is shown where it matters, and stays there.
            let (from, to) = match what {
                _ if self.view.motion => (from, to),
                Floating::Letter(_) => (to, to),
                Floating::Job(..) | Floating::Words(..) => (from, from),
            };
            self.floaters.push(Floater { from, to, what, age: 0.0 });
        }
    }

    /// Moves on by so many seconds of the viewer's time, to how the run stands now.
    pub fn follow(&mut self, run: &Run, seconds: f64, view: View) {
        self.view = view;
        self.time += if view.motion { seconds } else { 0.0 };
        self.desk = Desk::of(run);
        let pool = run.pool();
        self.let_go(pool.roster());
        self.actors.resize(pool.roster().places() as usize, None);
        self.arrange(pool);
        self.move_on(run, seconds);
        self.queue(pool);
        self.count(pool.roster());
        self.memory = MemoryBar {
            registered: pool.host().registered_mib(&pool.knobs),
            used: pool.host().memory_mib(&pool.knobs),
            baseline: baseline_mib(&pool.knobs),
            limit: u64::from(pool.knobs.host_memory_mib),
        };
        self.settled = true;
    }

    /// Lets go of those whose workers were reaped.
    fn let_go(&mut self, roster: &Roster) {
        for place in 0..self.actors.len() {
            let there = roster.get(place as u32).map(|record| record.who.id);
            let gone = self.actors[place].as_ref().is_some_and(|actor| Some(actor.id) != there);
            if gone
                && let Some(mut actor) = self.actors[place].take()
                && self.dying.len() < MAX_FLOATERS
            {
                actor.dying = 0.0;
                self.dying.push(actor);
            }
        }
    }

    /// Makes room for all who are there, and gives each newcomer an actor and each new zombie a
    /// grave: the first that is free, so that the others stay where they are.
    fn arrange(&mut self, pool: &Pool) {
        let roster = pool.roster();
        self.graves.clear();
        for record in roster.iter().filter(|record| record.replaced) {
            if let Some(actor) = &self.actors[record.who.task.index as usize]
                && let Some(grave) = actor.grave
            {
                take(&mut self.graves, grave as usize);
            }
        }
        let (mut free, mut places) = (0, roster.slots().len() as u32);
        for record in roster.iter() {
            let actor = self.actors[record.who.task.index as usize]
                .get_or_insert_with(|| Actor::enter(record.who.id, self.layout.door()));
            if !record.replaced {
                actor.grave = None;
                places = places.max(record.slot + 1);
            } else if actor.grave.is_none() {
                while self.graves.get(free) == Some(&true) {
                    free += 1;
                }
                take(&mut self.graves, free);
                actor.grave = Some(free as u32);
            }
        }
        let contents = Contents {
            slots: roster.slots().len() as u32,
            places,
            graves: self.graves.len() as u32,
            desk: !self.desk.is_empty(),
        };
        self.layout = Layout::new(self.view.size, contents, self.view.theme.text_scale());
    }

    fn move_on(&mut self, run: &Run, seconds: f64) {
        let motion = self.view.motion;
        for record in run.pool().roster().iter() {
            let place = record.who.task.index;
            let Some(actor) = &mut self.actors[place as usize] else { continue };
            actor.goal = match actor.grave {
                Some(grave) => self.layout.graves.feet(grave),
                None => self.layout.slots.feet(record.slot),
            };
            actor.follow(record, run.worker_at(place), run, self.view.belief);
            actor.walk(seconds, motion && self.settled);
        }
        self.dying.iter_mut().for_each(|actor| actor.walk(seconds, motion));
        self.dying.retain(|actor| actor.dying < DEATH && motion);
        self.floaters.iter_mut().for_each(|floater| floater.age += seconds);
        self.floaters.retain(|floater| floater.age < Floater::LIFE);
    }

    /// Lines up the jobs that there may be room for.
    fn queue(&mut self, pool: &Pool) {
        let waiting = |place| {
            let job = pool.jobs().get(place)?;
            let parked = pool.queue().gate(job.kind) != Gate::Open;
            Some(Waiting { job: job.id, kind: job.kind, parked })
        };
        self.waiting.clear();
        self.waiting.extend(pool.queue().iter().filter_map(waiting).take(MAX_LINE));
        self.headcount.waiting = pool.queue().len();
    }

    fn count(&mut self, roster: &Roster) {
        let slots = roster.slots();
        let without = |record: &&Record| record.slot as usize >= slots.len() && !record.replaced;
        self.headcount = Headcount {
            waiting: self.headcount.waiting,
            workers: slots.iter().flatten().count(),
            leaving: roster.iter().filter(without).count(),
            zombies: roster.zombies() as usize,
            suspects: self.actors.iter().flatten().filter(|actor| actor.suspect).count(),
        };
    }

    /// How many there are.
    pub fn headcount(&self) -> Headcount {
        self.headcount
    }

    /// Where things are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The workers that are there, then those that are gone, as long as they fade.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().flatten().chain(&self.dying)
    }

    /// Jobs and words that rise.
    pub fn floaters(&self) -> &[Floater] {
        &self.floaters
    }

    /// What is on the supervisor's desk.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Whether it shows what the supervisor believes.
    pub fn shows_belief(&self) -> bool {
        self.view.belief
    }

    /// The waiting job at a point of the picture.
    pub fn job_at(&self, point: Point) -> Option<JobId> {
        let index = self.layout.waiting_at(point, self.waiting.len())?;
        self.waiting.get(index).map(|waiting| waiting.job)
    }

    /// The jobs that wait, longest first, as far as there may be room for them.
    pub fn waiting(&self) -> &[Waiting] {
        &self.waiting
    }

    /// The host's memory.
    pub fn memory(&self) -> MemoryBar {
        self.memory
    }

    /// Seconds of the viewer's time.
    pub fn time(&self) -> f64 {
        self.time
    }

    /// The worker at a point of the picture: the nearest whose place it is in.
    pub fn at(&self, point: Point) -> Option<&Actor> {
        let reach = |actor: &Actor| {
            let cell = if actor.grave.is_some() {
                self.layout.graves.cell
            } else {
                self.layout.slots.cell
            };
            let middle = actor.feet.moved(0.0, -cell * 0.45);
            (middle.distance(point), cell * 0.6)
        };
        self.actors
            .iter()
            .flatten()
            .map(|actor| (reach(actor), actor))
            .filter(|((distance, within), _)| distance <= within)
            .min_by(|a, b| a.0.0.total_cmp(&b.0.0))
            .map(|(_, actor)| actor)
    }
}

/// Takes a grave, dug now if it is new.
fn take(graves: &mut Vec<bool>, grave: usize) {
    if graves.len() <= grave {
        graves.resize(grave + 1, false);
    }
    graves[grave] = true;
}
