"""What is computed for one variable, kept by what decides it: candidates, balls, the map of starts by rates."""

from dataclasses import replace
from functools import partial
from math import log10
from time import monotonic

import numpy as np
import pyarrow as pa

from calc import minima
from calc.basins import Basins1D, RateMap, Trajectories, basins_1d, rate_map, trajectories
from calc.expression import Expression
from calc.minima import Minima
from calc.workers import run_in_turn
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.one.controls import Setting
from pages.shared.charts import table
from pages.shared.memory import Memory, kept
from pages.shared.turns import aside, run_in_worker

BALLS = 20
"""More balls than the first, on demand."""
STARTS = 300
"""Of the strip."""
PAUSE = 60.0
"""Seconds until SymPy is asked again what it could not answer: reruns do not wait for it each time."""


_exact: Memory[tuple[float, Minima]] = Memory("exact minima")


@kept
def find(expression: Expression, low: float, high: float) -> Minima:
    return run_in_worker(minima.find, expression, low, high)


def find_exact(expression: Expression, low: float, high: float) -> Minima:
    """The same with closed forms. What SymPy had no time for is tried again, though not at once."""
    key = expression, low, high
    if known := _exact.recall(key):
        when, found = known.value
        if not found.notes or monotonic() - when < PAUSE:
            return found
    with aside():
        found = minima.find(*key, exact=True)
    _exact.keep(key, (monotonic(), found))
    return found


@kept
def drawn(expression: Expression, found: Minima) -> dict[str, pa.Table]:
    """What stands still while balls roll: the curve, its candidates, the zeros of f', the ends of the axes."""
    curve = data.curve(expression, found)
    return {
        "curve": table(curve),
        "points": table(data.points(found)),
        "zeros": table(data.zeros(found)),
        "view": table(data.window(curve, found.low, found.high)),
    }


@kept
def rolled(setting: Setting) -> tuple[Trajectories, Basins1D]:
    """The balls, and which minimum each start of the interval reaches."""
    starts = np.array([setting.start])
    if setting.many:
        starts = np.r_[starts, np.linspace(setting.low, setting.high, BALLS + 1)[1:]]
    method, rate, steps = setting.method, setting.rate, setting.steps
    found = find(setting.expression, setting.low, setting.high)
    rests, owner = data.places_of_rest(found)
    every, balls = run_in_worker(
        run_in_turn,
        partial(
            basins_1d, setting.expression, setting.low, setting.high, rests,
            method=method, rate=rate, steps=steps, count=STARTS,
        ),
        partial(trajectories, setting.expression, starts, method=method, rate=rate, steps=steps),
    )  # fmt: skip
    return balls, replace(every, reached=data.numbered(every.reached, owner))


@kept
def rate_grid(
    expression: Expression, low: float, high: float, method: str, steps: int, rate: float
) -> RateMap:
    decade = 10.0 ** round(log10(rate))
    rests, owner = data.places_of_rest(find(expression, low, high))
    grid = run_in_worker(
        rate_map, expression, low, high, rests,
        method=method, rates=(decade / 100, decade * 100), steps=steps, size=(200, 80),
    )  # fmt: skip
    return replace(grid, reached=data.numbered(grid.reached, owner))
