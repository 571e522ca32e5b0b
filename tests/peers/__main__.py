"""Holds the program against an independent simulator, written with SimPy:

    python tests/peers PROGRAM [WORD IN THE SETS' NAMES]

Prints every mean of every parameter set, and ends with status 1 if one is more than 5 % off. Seeds
are fixed, so a result is the same each time. The statistical error of each difference is printed
beside it, as one standard error over the seeds; it must stay below 1.5 %.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

import ours
from book import Figures
from sets import SETS, Set

SEEDS = range(1, 9)
WARM_UP = 0.1
ALLOWED = 0.05
ERROR_ALLOWED = 0.015


def run(task: tuple[str, Path, int]) -> tuple[Figures, Figures]:
    """One seed of a set, by its name, in both simulators."""
    name, binary, seed = task
    chosen = next(one for one in SETS if one.name == name)
    warm_up = WARM_UP * chosen.length
    peer = chosen.peer(chosen.length, warm_up, seed)
    return peer, ours.simulate(binary, chosen.knobs, chosen.length, warm_up, seed)


def compare(figure: str, runs: list[tuple[Figures, Figures]]) -> tuple[float, float, float, float]:
    """Means of the peer and of ours, how far ours is off, and the standard error of that."""
    peer, own = ([one[side].get(figure, 0.0) for one in runs] for side in (0, 1))
    error = sqrt((stdev(peer) ** 2 + stdev(own) ** 2) / len(runs)) / mean(peer)
    return mean(peer), mean(own), mean(own) / mean(peer) - 1, error


def report(chosen: Set, runs: list[tuple[Figures, Figures]]) -> int:
    """Prints the figures of a set, and counts those that are off."""
    print(chosen.name, flush=True)
    missed = 0
    for figure in chosen.figures:
        peer, own, off, error = compare(figure, runs)
        holds = abs(off) <= ALLOWED and error <= ERROR_ALLOWED
        missed += not holds
        word = "" if holds else "  OFF"
        print(f"  {figure:<16}{peer:>12.4f}{own:>12.4f}{off:>+9.2%} ± {error:.2%}{word}")
    return missed


def main(binary: Path, word: str) -> int:
    known = ours.knobs(binary)
    chosen = [one for one in SETS if word in one.name and known.issuperset(one.knobs)]
    tasks = [(one.name, binary, seed) for one in chosen for seed in SEEDS]
    print(f"{'means of ' + str(len(SEEDS)) + ' seeds':<18}{'peer':>12}{'ours':>12}{'off':>9}")
    missed = 0
    with ProcessPoolExecutor() as workers:
        done = workers.map(run, tasks)
        for one in chosen:
            missed += report(one, [next(done) for _ in SEEDS])
    print(f"{len(chosen)} parameter sets, {missed} means off")
    return 1 if missed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
