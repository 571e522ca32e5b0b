//! Follows a run and remembers who is walking where. It shows; it never changes the run.

use std::borrow::Cow;

use super::actor::Actor;
use super::desk::Desk;
use super::figure::DEATH;
use super::geometry::Point;
use super::layout::Layout;
use super::theme::Ink;
use super::token::{Floater, Floating};
use crate::kernel::Instant;
use crate::pool::{Event, Gate, JobId, JobKind, Outcome, Rejection, Revocation, WorkerRef};
use crate::run::Run;
use crate::watch::baseline_mib;

/// Things that float at once, at most.
const MAX_FLOATERS: usize = 60;

/// How the viewer looks at the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Size of the picture.
    pub size: Point,
    /// Whether things may move.
    pub motion: bool,
    /// Whether it is shown what the supervisor believes, in the place of what is so.
    pub belief: bool,
}

/// A job in the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Its name.
    pub job: JobId,
    /// What the pool sees of it.
    pub kind: JobKind,
    /// It waits behind a breaker that is not closed.
    pub parked: bool,
}

/// The stage.
#[derive(Clone, Debug)]
pub struct Stage {
    layout: Layout,
    actors: Vec<Option<Actor>>,
    leaving: Vec<Actor>,
    floaters: Vec<Floater>,
    graves: Vec<bool>,
    waiting: Vec<Waiting>,
    desk: Desk,
    belief: bool,
    /// Whether everybody is to stand in place at once: the viewer has jumped in time.
    jumped: bool,
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

impl Default for Stage {
    fn default() -> Self {
        Self {
            layout: Layout::new(Point::new(800.0, 400.0), 10, 0, false),
            actors: Vec::new(),
            leaving: Vec::new(),
            floaters: Vec::new(),
            graves: Vec::new(),
            waiting: Vec::new(),
            desk: Desk::default(),
            belief: false,
            jumped: true,
            time: 0.0,
            memory: MemoryBar::default(),
        }
    }
}

impl Stage {
    /// Takes an event in, for what is seen where it happens.
    pub fn saw(&mut self, _: Instant, event: &Event) {
        match *event {
            Event::Finished { worker, kind, outcome, .. } => {
                self.float(worker, Floating::Job(kind, outcome == Outcome::Succeeded));
            }
            Event::Revoked { worker, why: Revocation::TimedOut, .. } => {
                self.say(worker, "timed out", Ink::Bad);
            }
            Event::Killed { worker, .. } => {
                self.say(worker, "killed", Ink::Bad);
            }
            Event::KillAverted { worker } => {
                self.say(worker, "spared", Ink::Good);
            }
            Event::Replaced { worker } => {
                self.say(worker, "replaced", Ink::Soft);
            }
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

    fn actor_of(&mut self, who: WorkerRef) -> Option<&mut Actor> {
        let actor = self.actors.get_mut(who.task.index as usize)?.as_mut()?;
        (actor.id == who.id).then_some(actor)
    }

    /// Words over a worker's head.
    fn say(&mut self, who: WorkerRef, words: &'static str, ink: Ink) {
        self.float(who, Floating::Words(words.into(), ink));
    }

    /// Words that rise from a place.
    fn call_out(&mut self, from: Point, words: Cow<'static, str>, ink: Ink) {
        self.push(from, from.moved(0.0, -40.0), Floating::Words(words, ink));
    }

    /// The viewer has jumped in time: nothing walks there, nothing floats on.
    pub fn jump(&mut self) {
        self.jumped = true;
        self.floaters.clear();
        self.leaving.clear();
    }

    fn float(&mut self, who: WorkerRef, what: Floating) {
        let height = self.layout.slots.cell * 0.8;
        let Some(actor) = self.actor_of(who) else { return };
        let from = actor.feet.moved(0.0, -height);
        let to = match what {
            Floating::Job(..) => self.layout.exit(),
            Floating::Words(..) | Floating::Letter(..) => from.moved(0.0, -height * 0.6),
        };
        self.push(from, to, what);
    }

    fn push(&mut self, from: Point, to: Point, what: Floating) {
        if self.floaters.len() < MAX_FLOATERS {
            self.floaters.push(Floater { from, to, what, age: 0.0 });
        }
    }

    /// Moves on by so many seconds of the viewer's time, to how the run stands now.
    pub fn follow(&mut self, run: &Run, seconds: f64, view: View) {
        self.time += if view.motion { seconds } else { 0.0 };
        let pool = run.pool();
        let roster = pool.roster();
        self.belief = view.belief;
        self.desk = Desk::of(run);
        let slots = roster.slots().len() as u32;
        self.let_go(run);
        // Graves are kept, so the last one that is taken may lie far behind their number.
        let last = self.graves.iter().rposition(|taken| *taken).map_or(0, |last| last as u32 + 1);
        let graves = roster.zombies().max(last);
        self.layout = Layout::new(view.size, slots, graves, !self.desk.is_empty());
        self.actors.resize(roster.places() as usize, None);
        for record in roster.iter() {
            let place = record.who.task.index;
            let worker = run.worker_at(place);
            let grave = self.grave_for(place, record.replaced);
            let goal = match grave {
                Some(grave) => self.layout.graves.feet(grave),
                None => self.layout.slots.feet(record.slot),
            };
            let door = self.layout.door();
            let actor = self.actors[place as usize]
                .get_or_insert_with(|| Actor::enter(record.who.id, door));
            actor.grave = grave;
            actor.goal = goal;
            actor.follow(record, worker, run, view.belief);
            actor.walk(seconds, view.motion && !self.jumped);
        }
        self.jumped = false;
        self.leaving.iter_mut().for_each(|actor| actor.walk(seconds, view.motion));
        self.leaving.retain(|actor| actor.dying < DEATH && view.motion);
        self.floaters.iter_mut().for_each(|floater| floater.age += seconds);
        self.floaters.retain(|floater| floater.age < Floater::LIFE);
        self.waiting.clear();
        let waiting = |place| {
            let job = pool.jobs().get(place)?;
            let parked = pool.queue().gate(job.kind) != Gate::Open;
            Some(Waiting { job: job.id, kind: job.kind, parked })
        };
        self.waiting.extend(pool.queue().iter().filter_map(waiting).take(2_000));
        self.memory = MemoryBar {
            registered: pool.host().registered_mib(&pool.knobs),
            used: pool.host().memory_mib(&pool.knobs),
            baseline: baseline_mib(&pool.knobs),
            limit: u64::from(pool.knobs.host_memory_mib),
        };
    }

    /// Lets go of those whose workers were reaped.
    fn let_go(&mut self, run: &Run) {
        for place in 0..self.actors.len() {
            let there = run.pool().roster().get(place as u32).map(|record| record.who.id);
            let gone = self.actors[place].as_ref().is_some_and(|actor| Some(actor.id) != there);
            if gone && let Some(mut actor) = self.actors[place].take() {
                self.free_grave(&actor);
                actor.dying = 0.0;
                if self.leaving.len() < MAX_FLOATERS {
                    self.leaving.push(actor);
                }
            }
        }
    }

    fn free_grave(&mut self, actor: &Actor) {
        if let Some(grave) = actor.grave
            && let Some(taken) = self.graves.get_mut(grave as usize)
        {
            *taken = false;
        }
    }

    /// The grave of a zombie: the first that was free when it became one.
    fn grave_for(&mut self, place: u32, zombie: bool) -> Option<u32> {
        if !zombie {
            return None;
        }
        let known = self.actors[place as usize].as_ref().and_then(|actor| actor.grave);
        known.or_else(|| {
            let free = self.graves.iter().position(|taken| !taken).unwrap_or(self.graves.len());
            if free == self.graves.len() {
                self.graves.push(false);
            }
            self.graves[free] = true;
            Some(free as u32)
        })
    }

    /// Where things are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Everybody who is there, then those who are going.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().flatten().chain(&self.leaving)
    }

    /// What floats.
    pub fn floaters(&self) -> &[Floater] {
        &self.floaters
    }

    /// What is on the supervisor's desk.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Whether it shows what the supervisor believes.
    pub fn shows_belief(&self) -> bool {
        self.belief
    }

    /// The waiting job at a point of the picture.
    pub fn job_at(&self, point: Point) -> Option<JobId> {
        let index = self.layout.waiting_at(point, self.waiting.len())?;
        self.waiting.get(index).map(|waiting| waiting.job)
    }

    /// The jobs that wait, longest first.
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
