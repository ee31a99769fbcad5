"""What is computed for one variable, kept by what decides it: candidates, balls, the map of starts by rates."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import inf, log10
from time import monotonic

import numpy as np
import pyarrow as pa

import calc.minima
from calc.basins import Basins1D, RateMap, Trajectories, basins_1d, rate_map, trajectories
from calc.curve import Curve, curve
from calc.expression import Expression
from calc.minima import Doubt, Minima
from calc.minima.exact import closed_forms
from calc.numbers import written
from calc.workers import Unanswered, run_in_turn
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.one.controls import Setting
from pages.shared.charts import table
from pages.shared.memory import Memory, kept
from pages.shared.turns import aside, run_bounded, run_in_worker

BALLS = 20
"""More balls than the first, on demand."""
STARTS = 300
"""Of the strip."""
PAUSE = 60.0
"""Seconds until what was not answered is asked again: reruns do not wait for it each time."""
TOO_LONG = (
    "This function takes too long to examine between {} and {}, so the search was stopped. A shorter interval, or a "
    "simpler function, may be settled."
)
UNSETTLED = "Whether the function has a global {} is not settled."

_found: Memory[tuple[float, Minima]] = Memory(f"{__name__}.find")
_exact: Memory[tuple[float, Minima]] = Memory(f"{__name__}.find_exact")


def find(expression: Expression, low: float, high: float) -> Minima:
    """All that is proved; what a worker had to be ended for is asked again, though not at once."""

    def answer() -> tuple[Minima, bool]:
        try:
            return run_bounded(calc.minima.find, expression, low, high), True
        except Unanswered:
            return _unsettled(low, high), False

    return _recalled(_found, (expression, low, high), answer)


def find_exact(expression: Expression, low: float, high: float) -> Minima:
    """The same with closed forms. What SymPy had no time for is tried again, though not at once."""

    def answer() -> tuple[Minima, bool]:
        found = find(expression, low, high)
        if not found.points:
            return found, False
        with aside():
            exact = closed_forms(expression, found)
        return exact, not exact.notes

    return _recalled(_exact, (expression, low, high), answer)


def _recalled(
    memory: Memory[tuple[float, Minima]],
    key: tuple[Expression, float, float],
    answer: Callable[[], tuple[Minima, bool]],
) -> Minima:
    """What was answered, for good or in the last `PAUSE` seconds; else the answer, and whether it is for good."""
    if known := memory.recall(key):
        until, found = known.value
        if monotonic() < until:
            return found
    found, final = answer()
    memory.keep(key, (inf if final else monotonic() + PAUSE, found))
    return found


def _unsettled(low: float, high: float) -> Minima:
    """What is known of a function that nobody could examine."""
    said = TOO_LONG.format(written(low), written(high))
    why = (UNSETTLED.format("minimum"), UNSETTLED.format("maximum"))
    return Minima(low, high, (), (), (), *why, unproved=(Doubt(said, low, high, local=True),))


@kept
def drawn(expression: Expression, found: Minima) -> dict[str, pa.Table]:
    """What stands still while balls roll: the curve, its candidates, the zeros of f', the ends of the axes."""
    try:
        line = run_bounded(curve, expression, found, data.chosen(found))
    except Unanswered:
        ends, nothing = np.array([found.low, found.high]), np.full(2, np.nan)
        line = Curve(ends, nothing, nothing)
    view = data.window(line, found)
    return {
        "curve": table(data.curve(line, found, view)),
        "points": table(data.points(found)),
        "zeros": table(data.zeros(found)),
        "view": table(view),
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
