"""The parameter sets on which the two simulators must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pool
import sharing
from book import Figures
from ours import Knobs
from pool import Pool
from sharing import Sharing

Simulate = Callable[[float, float, int], Figures]
"""Length, warm-up and seed to the figures of a run."""

QUEUE = ("mean_wait_s", "mean_system_s", "mean_in_queue", "mean_in_system", "utilization")


@dataclass(frozen=True)
class Set:
    """One set: how the peer simulates it, the knobs that say the same here, and what is compared."""

    name: str
    peer: Simulate
    knobs: Knobs
    figures: tuple[str, ...]
    length: float


def pool_set(name: str, model: Pool, jobs: int, figures: tuple[str, ...] = QUEUE) -> Set:
    """A pool, run for so many jobs."""
    knobs: Knobs = {
        "workers": model.workers,
        "arrival_rate": model.arrival_rate,
        "service_mean_s": model.service_mean,
    }
    if model.deliveries > 1 or model.timeout < float("inf"):
        knobs |= {
            "fix_timeouts": True,
            "timeout_normal_s": min(model.timeout, 86400),
            "timeout_toxic_s": min(model.toxic_timeout, 86400),
            "normal_yield_s": model.yield_every,
            "cancel_grace_s": model.cancel_grace,
            "max_deliveries": model.deliveries,
            "backoff_base_s": model.backoff,
            "backoff_cap_s": model.backoff_cap,
            "backoff_jitter": model.backoff_jitter,
        }
    if model.silence < float("inf"):
        knobs |= {
            "toxic_share": model.toxic_share,
            "toxic_work_s": model.toxic_work,
            "toxic_spin_share": 0,
            "toxic_mib": 0,
            "fix_detection": True,
            "beat_interval_s": model.beat_every,
            "liveness_timeout_s": model.silence,
            "scan_interval_s": model.scan_every,
            "kill_grace_s": model.kill_grace,
            "startup_s": model.startup,
            "detector_sanity": 1,
            "restart_backoff_cap_s": 0,
            "restart_intensity": 1000,
        }

    def peer(length: float, warm_up: float, seed: int) -> Figures:
        return pool.simulate(model, length, warm_up, seed)

    return Set(name, peer, knobs, figures, jobs / model.arrival_rate)


def sharing_set(name: str, model: Sharing, jobs: int, knobs: Knobs) -> Set:
    """Processor sharing, run for so many jobs. With a worker for every job there is no queue."""

    def peer(length: float, warm_up: float, seed: int) -> Figures:
        return sharing.simulate(model, length, warm_up, seed)

    shape: Knobs = {
        "workers": model.workers,
        "cores": model.cores,
        "arrival_rate": model.arrival_rate,
    }
    crowded = model.workers < 100
    figures = QUEUE if crowded else ("mean_system_s", "mean_in_system", "utilization")
    return Set(name, peer, shape | knobs, figures, jobs / model.arrival_rate)


RETRIES = (*QUEUE, "dead_lettered")
# The queue behind workers that are lost and replaced varies too much to be told from few seeds.
KILLS = ("mean_system_s", "mean_in_system", "utilization", "dead_lettered", "kills")
JOBS = 160_000

SETS: list[Set] = [
    pool_set("M/M/1, ρ 0.6", Pool(1, 0.6), JOBS),
    pool_set("M/M/4, ρ 0.7", Pool(4, 2.8), JOBS),
    pool_set("M/M/20, ρ 0.85", Pool(20, 17.0), JOBS),
    pool_set(
        "timeout 2 s, given up at once",
        Pool(4, 3.4, timeout=2.0, deliveries=1),
        JOBS,
        RETRIES,
    ),
    pool_set(
        "timeout 2 s, 3 deliveries",
        Pool(8, 5.0, timeout=2.0, deliveries=3, backoff=1.0, backoff_jitter=0.5),
        JOBS,
        RETRIES,
    ),
    pool_set(
        "timeout 1.5 s, looked at each 0.4 s, 5 deliveries, back-off capped",
        Pool(10, 4.0, timeout=1.5, yield_every=0.4, deliveries=5, backoff=2.0, backoff_cap=6.0),
        JOBS,
        RETRIES,
    ),
]


# Some jobs hang their worker for ever, and a detector kills it.
HANGING = Pool(
    workers=10,
    arrival_rate=5.0,
    toxic_share=0.02,
    timeout=60.0,
    toxic_timeout=5.0,
    deliveries=3,
    backoff=1.0,
    silence=6.0,
    startup=0.5,
)

SETS += [
    pool_set("2 % hang, 3 deliveries, killed after 6 s", HANGING, JOBS, KILLS),
    pool_set(
        "5 % hang, 1 delivery",
        replace(HANGING, toxic_share=0.05, deliveries=1),
        JOBS,
        KILLS,
    ),
    pool_set(
        "1 % hang, killed after 20 s, slow start",
        replace(HANGING, workers=14, toxic_share=0.01, silence=20.0, cancel_grace=60.0, startup=5.0),
        JOBS,
        KILLS,
    ),
    pool_set(
        "2 % hang, looked for each 3 s, grace 2 s",
        replace(HANGING, workers=12, scan_every=3.0, kill_grace=2.0),
        JOBS,
        KILLS,
    ),
]


def constant(mean: float) -> sharing.Draw:
    return lambda _rng: mean


def exponential(mean: float) -> sharing.Draw:
    return lambda rng: rng.expovariate(1 / mean)


SETS += [
    sharing_set(
        "processor sharing, 1 core, ρ 0.6",
        Sharing(1000, 1, 0.6, exponential(1.0)),
        JOBS,
        {},
    ),
    sharing_set(
        "processor sharing, 1 core, ρ 0.7, constant work",
        Sharing(1000, 1, 1.4, constant(0.5)),
        JOBS,
        {"service_distribution": "constant", "service_mean_s": 0.5},
    ),
    sharing_set(
        "processor sharing, 4 cores, ρ 0.7",
        Sharing(1000, 4, 2.8, exponential(1.0)),
        JOBS,
        {},
    ),
    sharing_set(
        "6 workers share 2 cores, ρ 0.7, the rest waits",
        Sharing(6, 2, 1.4, exponential(1.0)),
        JOBS,
        {},
    ),
]
