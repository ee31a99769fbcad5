"""What `local-and-global-minima` draws, as columns: pure functions, no Streamlit."""

from typing import Any

import numpy as np

from calc.basins import UNDECIDED, Basins1D
from calc.curve import ROUNDING, Curve, spread
from calc.minima import Minima, Point
from calc.numbers import written
from pages.local_and_global_minima.colours import UNDECIDED_SHARE, colour
from pages.local_and_global_minima.marks import last_seen
from pages.shared.charts import LARGEST, Columns

SEVERAL = 12
"""Up to this many minima are named in the chart; more would cover each other."""
OUTER = 0.15
"""The part of the interval at which values near a pole may run out of the chart, and as much on the other side."""
HOLE = 0.007
"""The part of the interval to either side of a hole without a curve: the circle's radius in pixels."""
FAR_OUT = 1000
"""Heights of the window above and below it, beyond which it makes no difference where a line goes."""
MOST = 150
"""Up to this many candidates are drawn; the others would cover each other, and keep the browser busy."""


def minimisers(found: Minima) -> tuple[Point, ...]:
    """The points at which f has a local minimum: what a ball may come to rest in."""
    return tuple(point for point in found.points if point.extremum in ("minimum", "both"))


def chosen(found: Minima, most: int = MOST) -> tuple[Point, ...]:
    """At most about so many of the points, evenly spread, with the first of the global ones among them."""
    if len(found.points) <= most:
        return found.points
    best = (*found.global_minimum[:3], *found.global_maximum[:3])
    spread = found.points[:: -(-len(found.points) // (most - len(best)))]
    return tuple(sorted({point.x: point for point in (*spread, *best)}.values(), key=lambda point: point.x))


def places_of_rest(found: Minima) -> tuple[np.ndarray, np.ndarray]:
    """Where a ball can rest, (m,), and the number of the minimum there: a flat one is a row of places."""
    x: list[np.ndarray] = []
    for point in minimisers(found):
        low, high = point.stretch or (point.x, point.x)
        x.append(np.linspace(low, high, 1 + int(np.ceil(600 * (high - low) / (found.high - found.low)))))
    return np.concatenate([*x, []]), np.repeat([*numbers(found).values()], [len(row) for row in x]).astype(
        int
    )


def numbered(reached: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """For each place of rest that was reached its minimum's number; the codes below 0 stay."""
    return np.where(reached >= 0, np.append(owner, -1)[np.clip(reached, -1, None)], reached)


def at_rest(found: Minima, every: Basins1D) -> np.ndarray:
    """Which balls rest on a flat stretch that is no minimum, (n,): elsewhere a slope of 0 may be a rounded one."""
    flat = np.zeros(len(every.ends), dtype=bool)
    for point in found.of_kind("flat"):
        low, high = point.stretch or (point.x, point.x)
        flat |= (low <= every.ends) & (every.ends <= high)
    return flat & every.stays


def numbers(found: Minima) -> dict[float, int]:
    """The number of the minimum at each x: 0 is the global one's, the others count from left to right."""
    rests, best = [point.x for point in minimisers(found)], {point.x for point in found.global_minimum[:1]}
    others = {x: number for number, x in enumerate((x for x in rests if x not in best), 1)}
    return {x: others.get(x, 0) for x in rests}


def basin(number: int) -> str:
    """The colour's name of the minimum with this number; "none" below 0."""
    return str(colour(np.array(number))) if number >= 0 else "none"


def curve(drawn: Curve, found: Minima, view: Columns) -> Columns:
    """f and f' along the interval; far outside the window a canvas loses its way, and draws lines where none are."""
    empty = np.zeros(len(drawn.x), dtype=bool)
    for point in holes(found):
        empty |= np.abs(drawn.x - point.x) < HOLE * (found.high - found.low)
    return {
        "x": drawn.x,
        "f": _within(np.where(empty, np.nan, drawn.value), view["f0"][0], view["f1"][0]),
        "slope": _within(np.where(empty, np.nan, drawn.slope), view["s0"][0], view["s1"][0]),
    }


def holes(found: Minima) -> tuple[Point, ...]:
    """Those that are drawn, each as an empty circle that the curve keeps out of."""
    return tuple(point for point in found.of_kind("hole") if np.isfinite(point.left))[:SEVERAL]


def _within(values: np.ndarray, low: float, high: float) -> np.ndarray:
    far = FAR_OUT * (high - low)
    cut: np.ndarray = np.clip(values, low - far, high + far)
    return cut


def points(found: Minima) -> Columns:
    """The candidates that have a value, with kind, colour and name; and the holes, at the height of their limit."""
    rests = numbers(found)
    lowest = {point.x for point in found.global_minimum}
    shown, empty = [point for point in chosen(found) if np.isfinite(point.value)], holes(found)
    return {
        "x": [point.x for point in (*shown, *empty)],
        "f": [*(point.value for point in shown), *(point.left for point in empty)],
        "kind": [*map(_role, shown), *["hole"] * len(empty)],
        "basin": [basin(rests.get(point.x, -1)) for point in (*shown, *empty)],
        "name": [*(title(point, point.x in lowest) for point in shown), *["hole"] * len(empty)],
        "shown": [*(_named(point, shown, lowest) for point in shown), *[True] * len(empty)],
        "said": [
            f"{title(point, point.x in lowest)}: x = {place(point, 6)}, f(x) = {written(point.value, 6)}"
            for point in shown
        ]
        + [
            f"hole: x = {place(point, 6)}, no value; the limit is {written(point.left, 6)}" for point in empty
        ],
    }


def _named(point: Point, shown: list[Point], lowest: set[float]) -> bool:
    """Whether its name stands in the chart: of many points only the global minimum's, if it is one or two.

    What lies at the end of a flat stretch would cover the name of the stretch.
    """
    if len(shown) <= SEVERAL:
        at_flat = any(each.stretch is not None and point.x in each.stretch for each in shown)
        return not (at_flat or point.kind.startswith("end")) or point.x in lowest
    return point.x in lowest and len(lowest) < 3


def place(point: Point, digits: int) -> str:
    """Where a point lies, in so many digits or those that are known."""
    if point.error > 0 and point.x:
        digits = min(digits, max(1, int(np.log10(abs(point.x) / (2 * point.error)))))
    return written(point.x, digits)


def _role(point: Point) -> str:
    return point.extremum if point.extremum in ("minimum", "maximum") else "other"


def title(point: Point, lowest: bool) -> str:
    """The point in words."""
    return "global minimum" if lowest else point.name or point.kind


def zeros(found: Minima) -> Columns:
    """Where f' is zero, in the colours of the points above."""
    rests = numbers(found)
    kinds = ("local minimum", "local maximum", "inflection", "flat")
    flat = [point for point in chosen(found) if point.kind in kinds]
    return {
        "x": [point.x for point in flat],
        "slope": np.zeros(len(flat)),
        "basin": [basin(rests.get(point.x, -1)) for point in flat],
    }


def window(drawn: Curve, found: Minima) -> Columns:
    """The ends of the axes: what the curve needs, without what runs off to infinity at a pole."""
    ends: dict[str, Any] = {"x0": [found.low], "x1": [found.high]}
    endless = np.isinf([[point.left, point.right] for point in found.points]).any()
    size = 0.0
    for name, low, high, values in (("f", "f0", "f1", drawn.value), ("slope", "s0", "s1", drawn.slope)):
        values = np.where(np.abs(values) < LARGEST, values, np.nan)
        bottom, top = -1.0, 1.0
        if np.isfinite(values).any():
            bottom, top = float(np.nanmin(values)), float(np.nanmax(values))
            # A pole, or a vertical tangent, may not flatten the rest of the curve to a line.
            first, last = spread(values, drawn.x, OUTER if endless else 0.05)
            room = (1 if endless else 4) * (last - first)
            bottom, top = max(bottom, first - room), min(top, last + room)
        # What only rounding errors move is level: those of f are rounding errors of f' too.
        size = max(abs(bottom), abs(top), size / (found.high - found.low))
        level = top - bottom <= ROUNDING * size
        margin = max(1.0, size / 10) if level else 0.1 * (top - bottom)
        # Above the curve of f stand names, below it the strip.
        above, below = (1.8, 3) if name == "f" else (1, 1)
        ends |= {low: [bottom - below * margin], high: [top + above * margin]}
    return ends


def leaves(w: np.ndarray, low: float, high: float) -> bool:
    """Whether a ball leaves the interval, or has no place any more."""
    return not bool(((low <= w) & (w <= high)).all())


def balls(w: np.ndarray, value: np.ndarray, slope: np.ndarray) -> dict[str, Columns]:
    """The run, one row a step: each ball's place and height, and the slope under the first, which is drawn last."""
    columns: dict[str, Any] = {}
    for number, (place, height) in enumerate(zip(last_seen(w), last_seen(value), strict=True)):
        columns[f"b{number}"] = place
        columns[f"f{number}"] = height
    columns["slope"] = slope[0]
    return {"run": columns, "balls": {"i": np.arange(len(w))[::-1]}}


def strip(low: float, high: float, reached: np.ndarray) -> Columns:
    """Each start's stretch of the axis, in the colour of the minimum that it ends in; equal neighbours join."""
    edges = np.linspace(low, high, len(reached) + 1)
    breaks = np.flatnonzero(np.diff(reached)) + 1
    first, last = np.r_[0, breaks], np.r_[breaks, len(reached)]
    return {
        "x": edges[first], "x2": edges[last], "basin": [basin(number) for number in reached[first]],
        "faint": np.where(reached[first] == UNDECIDED, UNDECIDED_SHARE, 1.0),
    }  # fmt: skip
