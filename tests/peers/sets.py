"""The parameter sets on which the two simulators must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

import pool
import sharing
from book import Figures
from pool import Pool
from sharing import Sharing
from work import Knobs, Work

JOBS = 160_000
"""Jobs of a run, on average."""

# Means over time and over jobs. Waits of crowded pools vary too much to be told from few seeds.
SYSTEM = ("mean_system_s", "mean_in_system", "utilization")
QUEUE = ("mean_wait_s", "mean_in_queue", *SYSTEM)
LETTERS = (*SYSTEM, "dead_lettered")
KILLS = (*LETTERS, "kills")
LEFT = (*SYSTEM, "doomed", "retries")


@dataclass(frozen=True)
class Set:
    """One set: how the peer simulates it, the knobs that say the same here, and what is compared."""

    name: str
    peer: Callable[[float, float, int], Figures]
    """Length, warm-up and seed to the figures of a run."""
    knobs: Knobs
    figures: tuple[str, ...]
    length: float


def pool_set(name: str, model: Pool, figures: tuple[str, ...]) -> Set:
    """A pool with timeouts and detection, where the model has them."""
    knobs: Knobs = {"workers": model.workers, "arrival_rate": model.arrival_rate}
    knobs |= model.work.knobs()
    if model.timeout < inf:
        knobs |= _timeouts(model)
    if model.silence < inf:
        knobs |= _detection(model)
    if model.patience < inf:
        knobs |= _clients(model)

    def peer(length: float, warm_up: float, seed: int) -> Figures:
        return pool.simulate(model, length, warm_up, seed)

    return Set(name, peer, knobs, figures, JOBS / model.arrival_rate)


def sharing_set(name: str, model: Sharing) -> Set:
    """Processor sharing."""
    knobs: Knobs = {
        "workers": model.workers,
        "cores": model.cores,
        "arrival_rate": model.arrival_rate,
    }

    def peer(length: float, warm_up: float, seed: int) -> Figures:
        return sharing.simulate(model, length, warm_up, seed)

    length = JOBS / model.arrival_rate
    return Set(name, peer, knobs | model.work.knobs(), SYSTEM, length)


def _timeouts(model: Pool) -> Knobs:
    return {
        "fix_timeouts": True,
        "timeout_normal_s": model.timeout,
        "timeout_toxic_s": min(model.toxic_timeout, model.timeout),
        "normal_yield_s": model.yield_every,
        "cancel_grace_s": model.cancel_grace,
        "max_deliveries": model.deliveries,
        "backoff_base_s": model.backoff,
        "backoff_cap_s": model.backoff_cap,
        "backoff_jitter": model.backoff_jitter,
    }


def _detection(model: Pool) -> Knobs:
    return {
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


def _clients(model: Pool) -> Knobs:
    return {
        "client_patience_s": model.patience,
        "client_retries": model.retries,
        "client_backoff_s": model.retry_after,
    }


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

SETS: list[Set] = [
    pool_set("M/M/1, ρ 0.6", Pool(1, 0.6), QUEUE),
    pool_set("M/M/2, ρ 0.7", Pool(2, 1.4), QUEUE),
    pool_set("M/M/20, ρ 0.85", Pool(20, 17.0), SYSTEM),
    pool_set("M/D/2, ρ 0.7", Pool(2, 1.4, Work(distribution="constant")), QUEUE),
    pool_set("M/G/4, ρ 0.6, lognormal", Pool(4, 2.4, Work(1.0, "lognormal", 1.5)), SYSTEM),
    pool_set("timeout 2 s, given up at once", Pool(4, 3.4, timeout=2.0), (*QUEUE, "dead_lettered")),
    pool_set(
        "timeout 2 s, 3 deliveries",
        Pool(8, 4.4, timeout=2.0, deliveries=3, backoff=1.0, backoff_jitter=0.5),
        LETTERS,
    ),
    pool_set(
        "timeout 1.5 s, looked at each 0.4 s, 5 deliveries, back-off capped",
        Pool(10, 4.0, timeout=1.5, yield_every=0.4, deliveries=5, backoff=2.0, backoff_cap=6.0),
        LETTERS,
    ),
    pool_set("2 % hang, 3 deliveries, killed after 6 s", HANGING, KILLS),
    pool_set("5 % hang, 1 delivery", replace(HANGING, toxic_share=0.05, deliveries=1), KILLS),
    pool_set(
        "1 % hang, killed after 20 s, slow start",
        replace(HANGING, workers=16, toxic_share=0.01, silence=20.0, cancel_grace=60.0, startup=5.0),
        KILLS,
    ),
    pool_set(
        "2 % hang, looked for each 3 s, grace 2 s",
        replace(HANGING, workers=12, scan_every=3.0, kill_grace=2.0),
        KILLS,
    ),
]

# With a worker for every job there is no queue.
SETS += [
    sharing_set("processor sharing, 1 core, ρ 0.6", Sharing(1000, 1, 0.6)),
    sharing_set(
        "processor sharing, 1 core, ρ 0.7, constant work",
        Sharing(1000, 1, 1.4, Work(0.5, "constant")),
    ),
    sharing_set("processor sharing, 4 cores, ρ 0.7", Sharing(1000, 4, 2.8)),
    sharing_set("6 workers share 2 cores, ρ 0.7, the rest waits", Sharing(6, 2, 1.4)),
]

SETS += [
    pool_set("clients leave after 2 s", Pool(4, 3.2, patience=2.0), (*SYSTEM, "doomed")),
    pool_set("clients leave after 3 s, 2 retries", Pool(8, 4.0, patience=3.0, retries=2), LEFT),
    pool_set(
        "clients leave after 1.5 s, 1 retry after 4 s",
        Pool(10, 3.5, patience=1.5, retries=1, retry_after=4.0),
        LEFT,
    ),
]
