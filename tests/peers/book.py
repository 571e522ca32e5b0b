"""What both simulators are compared by: means over jobs and over time, after a warm-up."""

from __future__ import annotations

from dataclasses import dataclass, field

import simpy

Figures = dict[str, float]
"""Figures of one run by name: those of `summary` in the program's JSON, and counts of events."""


@dataclass
class Level:
    """A number of jobs, and its integral over time since `since`."""

    env: simpy.Environment
    since: float
    count: int = 0
    area: float = 0.0
    last: float = 0.0

    def add(self, jobs: int) -> None:
        begin = max(self.last, self.since)
        self.area += self.count * max(0.0, self.env.now - begin)
        self.last = self.env.now
        self.count += jobs

    def mean(self) -> float:
        self.add(0)
        return self.area / (self.env.now - self.since)


@dataclass
class Mean:
    """The mean of the values of jobs that arrived since the warm-up."""

    env: simpy.Environment
    since: float
    total: float = 0.0
    count: int = 0

    def add(self, began: float) -> None:
        """Takes in the time from `began` to now."""
        if began >= self.since:
            self.total += self.env.now - began
            self.count += 1

    def value(self) -> float:
        return self.total / max(1, self.count)


@dataclass
class Book:
    """The books of one run."""

    env: simpy.Environment
    warm_up: float
    workers: int
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.queued, self.in_flight, self.delayed = (Level(self.env, self.warm_up) for _ in range(3))
        self.wait, self.system = Mean(self.env, self.warm_up), Mean(self.env, self.warm_up)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def arrived(self) -> None:
        self.queued.add(1)

    def started(self, queued_at: float) -> None:
        self.queued.add(-1)
        self.in_flight.add(1)
        self.wait.add(queued_at)

    def ended(self, arrived_at: float) -> None:
        self.in_flight.add(-1)
        self.system.add(arrived_at)

    def put_off(self) -> None:
        self.in_flight.add(-1)
        self.delayed.add(1)

    def requeued(self) -> None:
        self.delayed.add(-1)
        self.queued.add(1)

    def figures(self) -> Figures:
        busy = self.in_flight.mean()
        queued = self.queued.mean()
        return {
            "mean_wait_s": self.wait.value(),
            "mean_system_s": self.system.value(),
            "mean_in_queue": queued,
            "mean_in_system": queued + busy + self.delayed.mean(),
            "utilization": busy / self.workers,
            **{what: float(count) for what, count in self.counts.items()},
        }
