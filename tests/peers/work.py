"""How the work in jobs is spread."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from random import Random

Knobs = dict[str, float | str | bool]
"""Knobs of the program by name."""


@dataclass(frozen=True)
class Work:
    """Work in seconds: exponential, constant or lognormal, the last with its coefficient of
    variation."""

    mean: float = 1.0
    distribution: str = "exponential"
    cv: float = 1.0

    def draw(self, rng: Random) -> float:
        if self.distribution == "constant":
            return self.mean
        if self.distribution == "lognormal":
            variance = log(1 + self.cv**2)
            return rng.lognormvariate(log(self.mean) - variance / 2, sqrt(variance))
        return rng.expovariate(1 / self.mean)

    def knobs(self) -> Knobs:
        return {
            "service_mean_s": self.mean,
            "service_distribution": self.distribution,
            "service_cv": self.cv,
        }
