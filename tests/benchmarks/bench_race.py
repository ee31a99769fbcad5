"""Symbolic, numerical and automatic differentiation in a race; what `speed` shows as recorded.

usage: python -m tests.benchmarks race

All heats are run in both precisions, in a process as the page has it but on all cores, and written to data/race.json.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import numpy as np

from calc.cells.running import Run, Runner
from calc.race import RACES, Precision, Record, Result, heat, read_result
from calc.race.running import LONGEST
from tests.benchmarks.timing import milliseconds, print_table

POINTS = 1_000_000


def main() -> None:
    """Print the tables, and write the record."""
    heats: dict[tuple[str, str, int], Result] = {}
    versions: dict[str, str] = {}
    runner = Runner(deadline=LONGEST)
    for name, race in RACES.items():
        for precision in get_args(Precision):
            for size in race.sizes:
                run = Run(heat(name, size, precision), runner)
                while not run.done:
                    run.look("benchmark")
                    run.wait(1.0)
                versions = run.versions
                heats[name, precision, size] = laps = read_result(run.outputs)
                print_table(f"{race.title}; {race.size} = {size:,}, {precision}", HEAD, rows(laps))
    copy = copying()
    record = Record(machine(), datetime.now(UTC).date().isoformat(), versions, copy, heats)
    record.write()
    laps = heats["polynomial", "float64", 3]
    ours = laps["automatic, compiled"].warm[1]
    print(
        f"\nThe polynomial composed three times at a million points, float64, compiled and warm: {milliseconds(ours)}."
    )
    print(f"The lab's symbolic cell takes {laps['symbolic'].lab / ours:.0f} times as long.")
    print(f"It takes {ours / copy:.1f} times as long as np.copyto of the same array.")


HEAD = ["", "build", "first", "warm", "quartiles", "calls", "evaluations", "operations", "finite", "away"]


def rows(laps: Result) -> list[tuple[str, ...]]:
    """A row for each contestant."""
    return [
        (
            name, milliseconds(lap.build), milliseconds(lap.first), milliseconds(lap.warm[1]),
            f"{milliseconds(lap.warm[0])} to {milliseconds(lap.warm[2])}", f"{lap.calls}", f"{lap.evaluations:,}",
            f"{lap.operations:,}", f"{lap.finite:.0%}", f"{lap.away:.1e}",
        )
        for name, lap in laps.items()
    ]  # fmt: skip


def copying() -> float:
    """Seconds to copy a million numbers of float64."""
    source = np.linspace(-5, 5, POINTS)
    target, times = np.empty_like(source), []
    for _ in range(100):
        began = time.perf_counter()
        np.copyto(target, source)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def machine() -> str:
    """The processor and its cores, in words."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores of {name}"
