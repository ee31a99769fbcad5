"""What the plane shows, in words and as a table of shares."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from calc.basins import GRID, BasinMap, Landscape, Saddles, Window
from calc.numbers import counted, share, written
from calc.numbers import shares as percents
from pages.local_and_global_minima.colours import UNDECIDED_SHARE
from pages.local_and_global_minima.marks import KINDS
from pages.shared.charts import Columns

LISTED = 4
"""Minima, or saddles, that are listed one by one."""


class Jump(NamedTuple):
    """The first steps of a ball that falls into a valley beyond another one, (k+1, 2), and that valley's minimum."""

    w: np.ndarray
    minimum: np.ndarray


def band(jump: Jump, method: str) -> str:
    """Why starts far away fall into a valley that is not the nearest: one of them, which the map marks."""
    start, landed, goal = (
        f"({', '.join(written(float(each), 3) for each in at)})" for at in (*jump.w[:2], jump.minimum)
    )
    long = written(float(np.hypot(*(jump.w[1] - jump.w[0]))), 2)
    steep = "The slope is steep there, so" if method == "gradient-descent" else "There"
    return (
        f"**Why are there bands?** The dashed line begins at {start}. {steep} the first step is {long} long: it jumps "
        f"over the valley next to it, to {landed}, and the ball rolls on to {goal}. All starts of the band jump like "
        "that. With a smaller learning rate the bands go."
    )


def place(at: np.ndarray, window: Window, digits: int = 4) -> str:
    """A point as one writes it; what is only a rounding error away from 0 is 0."""
    decimals = 7 - math.floor(math.log10(max(window[1] - window[0], window[3] - window[2])))
    return f"({', '.join(written(round(float(value), decimals), digits) for value in at)})"


def lowest(found: Landscape, window: Window) -> str:
    """The minima in words, the lowest first."""
    total = len(found.minima)
    if not total:
        return "No minimum was found in this window."
    names = [
        f"{'a valley through ' * bool(wide)}{place(at, window)}"
        for at, wide in zip(found.minima[:LISTED], found.valley, strict=False)
    ]
    return _listed(counted(total, "minimum", "minima"), names, found.values)


def saddles(passes: Saddles, window: Window) -> str:
    """The saddles in words, the lowest first."""
    total = len(passes.at)
    if not total:
        return "No saddle was found in this window."
    return _listed(
        counted(total, "saddle", "saddles"), [place(at, window) for at in passes.at[:LISTED]], passes.values
    )


def _listed(total: str, names: Sequence[str], values: np.ndarray) -> str:
    """How many there are, the named ones with their values, and that there are more."""
    lines = [f"{name}: f {_value(value)}" for name, value in zip(names, values, strict=False)]
    rest = len(values) - len(names)
    more = [f"… and {rest:,} more"] if rest else []
    return "  \n".join([f"**{total}**, the lowest first:", *lines, *more])


def _value(value: float) -> str:
    return "≈ 0" if 0 < abs(value) < 1e-15 else f"= {written(value, 5)}"


def lowest_ones(found: BasinMap) -> np.ndarray:
    """Which of the minima are global: no other one that was found is lower, (m,)."""
    values = found.values
    return np.isclose(values, values.min(), rtol=1e-9, atol=1e-12) if len(values) else np.zeros(0, bool)


def counts(found: BasinMap) -> str:
    """What becomes of all starts, in one sentence."""
    total = found.reached.size
    others = {
        "diverge": found.diverged,
        "are still on their way": found.undecided,
        "leave the domain": found.left,
    }
    rest = "; ".join(f"{number:,} {what}" for what, number in others.items() if number)
    if not len(found.minima):
        return f"No minimum was found; of {total:,} starts {rest}."
    reached = found.counts[lowest_ones(found)].sum() / total
    return f"**{share(reached)}** of {total:,} starts reach a global minimum{'; ' * bool(rest)}{rest}."


def shares(found: BasinMap, window: Window) -> Columns:
    """The rows of the legend: each fate of a ball, its colour on the map, and the share of starts it gets."""
    number = len(found.minima)
    listed = number if number <= len(KINDS) else len(KINDS) - 1
    rows = [
        (place(at, window, digits=3), count, kind, 1.0)
        for at, count, kind in zip(found.minima[:listed], found.counts.tolist(), KINDS, strict=False)
    ]
    if number > listed:
        rows.append((f"{number - listed:,} other minima", int(found.counts[listed:].sum()), KINDS[-1], 1.0))
    fates = (
        ("diverge", found.diverged, 1.0),
        ("on their way", found.undecided, UNDECIDED_SHARE),
        ("leave the domain", found.left, 0.0),
    )
    rows += [(fate, balls, "none", faint) for fate, balls, faint in fates if balls]
    labels, balls, kinds, faint = zip(*rows, strict=True)
    part = np.array(balls, dtype=float) / found.reached.size
    return {
        "label": labels,
        "share": part,
        "text": percents(part.tolist()),
        "kind": kinds,
        "faint": faint,
    }


def shared(rows: Columns) -> str:
    """The legend in words."""
    return ", ".join(f"{label}: {text}" for label, text in zip(rows["label"], rows["text"], strict=True))


def outside(starts: Sequence[tuple[float, float]], window: Window) -> str:
    """That the last ball starts where the plane does not show it; empty if it does."""
    x, y = starts[-1]
    if window[0] <= x <= window[1] and window[2] <= y <= window[3]:
        return ""
    ball = "The last ball" if len(starts) > 1 else "The ball"
    return f"{ball} starts at ({written(x)}, {written(y)}), outside the plane that is shown."


def finding(found: Landscape, passes: Saddles, mapped: BasinMap | None, paths: int, window: Window) -> str:
    """The whole picture in a few sentences, for those who do not see it."""
    minima = _places(found.minima, "minimum", "minima", window)
    ground = counts(mapped).replace("*", "") if mapped else "Contours of f."
    seen = f"The plane from above with {minima}. {_places(passes.at, 'saddle', 'saddles', window)}."
    return f"{seen} {ground} {counted(paths, 'path', 'paths')}."


def _places(at: np.ndarray, one: str, many: str, window: Window) -> str:
    """How many places there are, and where the first are."""
    where = ", ".join(place(each, window, digits=3) for each in at[:LISTED]) or "none"
    return f"{counted(len(at), one, many)}: {where}"


def found_how(mapped: bool) -> str:
    """How minima and saddles are marked, what was done to find them, that it is no proof; and how the map is read."""
    basins = "A basin has all the starts that end in one minimum; the paler, the more steps they take. "
    marked = f"Minima (✕) and saddles (◇): searched from {GRID**2:,} places, not proved."
    return f"{basins * mapped}{marked}"
