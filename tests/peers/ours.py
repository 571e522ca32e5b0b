"""Runs of the program under test, at the command line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from book import Figures
from work import Knobs


def simulate(binary: Path, knobs: Knobs, length: float, warm_up: float, seed: int) -> Figures:
    """One run of scenario `queue` with these knobs."""
    times = [f"--for={length:.0f}", f"--every={length:.0f}", f"--warmup={warm_up / length}"]
    turned = [f"--set={name}={_text(value)}" for name, value in knobs.items()]
    report = _json(binary, "queue", f"--seed={seed}", *times, *turned)
    return {**report["summary"], **report["final"]}


def knobs(binary: Path) -> set[str]:
    """The names of all knobs that there are."""
    return {knob["name"] for knob in _json(binary, "knobs")}


def _text(value: float | str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json(binary: Path, *arguments: str) -> Any:
    done = subprocess.run([binary, *arguments, "--format=json"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, done.args))}\n{done.stderr}")
    return json.loads(done.stdout)
