"""A pool of workers: timeouts that free jobs, redelivery with back-off, detection that kills workers
that hang, and clients that lose their patience. Written from the description of the rules, not from
the program."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from random import Random

import simpy

from book import Book, Figures
from work import Work

Steps = Generator[simpy.Event, object, None]


@dataclass(frozen=True)
class Pool:
    """The parameters, in seconds and jobs a second."""

    workers: int
    arrival_rate: float
    work: Work = Work()
    toxic_share: float = 0.0
    toxic_work: float = 0.3
    timeout: float = math.inf
    toxic_timeout: float = math.inf
    yield_every: float = 0.1
    deliveries: int = 1
    backoff: float = 0.0
    backoff_cap: float = 100.0
    backoff_jitter: float = 0.0
    beat_every: float = 0.1
    silence: float = math.inf
    scan_every: float = 0.1
    cancel_grace: float = 2.0
    kill_grace: float = 0.0
    startup: float = 0.0
    patience: float = math.inf
    retries: int = 0
    retry_after: float = 1.0


@dataclass
class Job:
    arrived: float
    queued: float
    work: float
    toxic: bool
    tries: int = 0
    deliveries: int = 0
    abandoned: bool = False
    ended: bool = False


def simulate(pool: Pool, length: float, warm_up: float, seed: int) -> Figures:
    """One run."""
    env = simpy.Environment()
    run = _Run(env, pool, Random(seed), Book(env, warm_up, pool.workers))
    env.process(run.arrivals())
    for _ in range(pool.workers):
        env.process(run.worker())
    env.run(until=length)
    return run.book.figures()


@dataclass
class _Run:
    env: simpy.Environment
    pool: Pool
    rng: Random
    book: Book

    def __post_init__(self) -> None:
        self.queue: simpy.Store = simpy.Store(self.env)

    def arrivals(self) -> Steps:
        pool, rng = self.pool, self.rng
        while True:
            yield self.env.timeout(rng.expovariate(pool.arrival_rate))
            toxic = rng.random() < pool.toxic_share
            work = rng.expovariate(1 / pool.toxic_work) if toxic else pool.work.draw(rng)
            self.submit(work, toxic, tries=0)

    def submit(self, work: float, toxic: bool, tries: int) -> None:
        job = Job(self.env.now, self.env.now, work, toxic, tries)
        self.book.arrived()
        self.queue.put(job)
        if self.pool.patience < math.inf:
            self.env.process(self.client(job))

    def client(self, job: Job) -> Steps:
        """Leaves when its patience is over, while its job stays; tries again with the same work."""
        yield self.env.timeout(self.pool.patience)
        if job.ended:
            return
        job.abandoned = True
        if job.tries < self.pool.retries:
            yield self.env.timeout(self.pool.retry_after)
            self.book.count("retries")
            self.submit(job.work, job.toxic, job.tries + 1)

    def end(self, job: Job) -> None:
        job.ended = True
        self.book.ended(job.arrived)
        if job.abandoned:
            self.book.count("doomed")

    def worker(self) -> Steps:
        """A slot: a worker after the other."""
        while True:
            yield self.env.timeout(self.pool.startup * self.rng.uniform(0.75, 1.25))
            phase = self.rng.random() * self.pool.beat_every
            hung_at = yield from self.live()
            yield from self.be_found(hung_at, phase)
            self.book.count("kills")

    def live(self) -> Generator[simpy.Event, object, float]:
        """Works until a job hangs the worker; says when that was."""
        while True:
            job = yield self.queue.get()
            assert isinstance(job, Job)
            began = self.env.now
            job.deliveries += 1
            self.book.started(job.queued)
            if job.toxic:
                self.env.process(self.time_out(job, began))
                yield self.env.timeout(job.work)
                return self.env.now
            if job.work <= self.pool.timeout:
                yield self.env.timeout(job.work)
                self.end(job)
                continue
            yield self.env.timeout(self.pool.timeout)
            self.give_back(job)
            # The worker goes on until the job looks whether it was cancelled, or ends.
            looks = math.ceil(self.pool.timeout / self.pool.yield_every) * self.pool.yield_every
            yield self.env.timeout(max(0.0, min(looks, job.work) - self.pool.timeout))

    def time_out(self, job: Job, began: float) -> Steps:
        """Frees a job that hangs, but not its worker."""
        if self.pool.toxic_timeout < math.inf:
            yield self.env.timeout(began + self.pool.toxic_timeout - self.env.now)
            self.give_back(job)

    def give_back(self, job: Job) -> None:
        """A job that timed out waits for its next delivery, or is given up."""
        self.book.count("timeouts")
        if job.deliveries >= self.pool.deliveries:
            self.book.count("dead_lettered")
            self.end(job)
        else:
            self.book.put_off()
            self.env.process(self.redeliver(job))

    def redeliver(self, job: Job) -> Steps:
        pool = self.pool
        plain = min(pool.backoff * 2 ** (job.deliveries - 1), pool.backoff_cap)
        spread = self.rng.uniform(1 - pool.backoff_jitter, 1 + pool.backoff_jitter)
        yield self.env.timeout(plain * spread)
        job.queued = self.env.now
        self.book.requeued()
        self.queue.put(job)

    def be_found(self, hung_at: float, phase: float) -> Steps:
        """Waits for the scan that finds a hung worker silent, and for its kill."""
        pool = self.pool
        if pool.silence == math.inf:
            yield self.env.event()
        last_beat = hung_at - (hung_at - phase) % pool.beat_every
        scans = math.floor((last_beat + pool.silence) / pool.scan_every) + 1
        yield self.env.timeout(scans * pool.scan_every - hung_at + pool.kill_grace)
