"""The map of basins, with its progress."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from streamlit.delta_generator import DeltaGenerator

from calc.basins import BasinMap, Cancelled, Window, basin_map
from calc.expression import Expression
from pages.shared.memory import Memory
from pages.shared.turns import aside

SMALL = 20_000_000
"""Steps of all balls together below which a map takes well under a second, and need not queue with larger ones."""
PATIENCE = 20.0
"""Seconds after which a map is given up: a server that a class uses has other things to do."""
MOST_PIXELS = 20_000_000
"""Pixels of all maps that are kept."""
QUEUES = {"small": Lock(), "large": Lock()}
"""A map takes all cores; two large ones at once would only be slower."""
_maps: Memory[BasinMap] = Memory("maps of basins", most=2)


@dataclass(frozen=True)
class Wanted:
    """What decides a map of basins."""

    expression: Expression
    window: Window
    size: int
    method: str
    rate: float
    steps: int


def basins(wanted: Wanted, bar: DeltaGenerator) -> BasinMap | None:
    """The map, its progress in `bar`; any control that is moved meanwhile stops it. None if it was given up."""
    if found := _recalled(wanted):
        return found
    with aside():
        return _in_queue(wanted, bar)


def _in_queue(wanted: Wanted, bar: DeltaGenerator) -> BasinMap | None:
    queue = QUEUES["small" if wanted.size**2 * wanted.steps < SMALL else "large"]
    # Each call to the bar is where Streamlit stops a run that is not wanted any more.
    while not queue.acquire(timeout=0.2):
        bar.progress(0.0, "Waiting for another map …")
    try:
        return _recalled(wanted) or _computed(wanted, bar)
    finally:
        queue.release()


def _recalled(wanted: Wanted) -> BasinMap | None:
    # Meanwhile another visitor's map may have taken its place.
    return getattr(_maps.recall(wanted), "value", None)


def _computed(wanted: Wanted, bar: DeltaGenerator) -> BasinMap | None:
    """The map, computed now; None if it takes too long."""
    text = f"{wanted.size**2:,} balls, {wanted.steps} steps each …"
    bar.progress(0.0, text)
    until = monotonic() + PATIENCE

    def going_on(done: float) -> bool:
        bar.progress(min(done, 1.0), text)
        return monotonic() < until

    try:
        found = basin_map(
            wanted.expression, wanted.window, (wanted.size, wanted.size),
            method=wanted.method, rate=wanted.rate, steps=wanted.steps, progress=going_on,
        )  # fmt: skip
    except Cancelled:
        return None
    _maps.keep(wanted, found)
    _maps.bound(MOST_PIXELS, lambda each: each.reached.size)
    return found
