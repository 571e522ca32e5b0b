"""Processor sharing: all jobs in progress share the cores evenly, none faster than one core; what
finds no worker waits its turn."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from random import Random

import simpy

from book import Book, Figures
from work import Work


@dataclass(frozen=True)
class Sharing:
    """The parameters; the work of a job is in core-seconds."""

    workers: int
    cores: int
    arrival_rate: float
    work: Work = Work()


def simulate(sharing: Sharing, length: float, warm_up: float, seed: int) -> Figures:
    """One run."""
    env = simpy.Environment()
    host = _Host(env, sharing, Random(seed), Book(env, warm_up, sharing.workers))
    env.process(host.arrivals())
    env.run(until=length)
    return host.book.figures()


@dataclass
class _Host:
    env: simpy.Environment
    sharing: Sharing
    rng: Random
    book: Book

    def __post_init__(self) -> None:
        self.waiting: deque[tuple[float, float]] = deque()
        # Work that each job in progress had since the beginning, were it there all the time.
        self.attained, self.updated = 0.0, 0.0
        # Jobs in progress: the attained work at which each is done, and when it arrived.
        self.active: list[tuple[float, float]] = []
        self.processor = self.env.process(self.work())

    def speed(self) -> float:
        return min(1.0, self.sharing.cores / len(self.active)) if self.active else 0.0

    def catch_up(self) -> None:
        self.attained += (self.env.now - self.updated) * self.speed()
        self.updated = self.env.now

    def arrivals(self) -> Generator[simpy.Event, object, None]:
        while True:
            yield self.env.timeout(self.rng.expovariate(self.sharing.arrival_rate))
            self.book.arrived()
            self.waiting.append((self.env.now, self.sharing.work.draw(self.rng)))
            if len(self.active) < self.sharing.workers:
                self.processor.interrupt()

    def work(self) -> Generator[simpy.Event, object, None]:
        while True:
            self.catch_up()
            while self.waiting and len(self.active) < self.sharing.workers:
                arrived, work = self.waiting.popleft()
                self.book.started(arrived)
                heapq.heappush(self.active, (self.attained + work, arrived))
            try:
                if not self.active:
                    yield self.env.event()
                left = self.active[0][0] - self.attained
                yield self.env.timeout(max(0.0, left / self.speed()))
            except simpy.Interrupt:
                continue
            self.catch_up()
            _, arrived = heapq.heappop(self.active)
            self.book.ended(arrived)
