"""What `square-loss` draws, as columns, and its points as a piece of a link: no Streamlit."""

import numpy as np

from calc import datasets
from calc.descent import Run
from calc.losses import AbsoluteLoss, LossError, SquareLoss, absolute_loss, outlier, square_loss
from pages.shared.charts import Columns
from pages.shared.memory import kept

Points = tuple[float, ...]
FIRST: Points = (1.0, 3.0, 4.0, 8.0)
OUTLIERS = range(-100, 101)
"""Where the slider can put one more point."""
MOST, SMALLEST, LARGEST = 30, 1e-9, 1e9
"""As many parabolas as one can still tell apart, and the sizes of numbers that an axis can carry."""


NONE = "none"
"""What a link says for a table without a number."""
BARS = 12
"""Up to this many points have their value beside their bar."""


def read(text: str) -> Points:
    """The numbers of a link such as 1~3~7, also those that this page cannot draw; ValueError for other text."""
    if text == NONE:
        return ()
    table = datasets.parse_points(text.replace("~", "_~") + "_")
    if table["x"].isna().any():
        raise ValueError("a point is missing")
    return tuple(table["x"].tolist())


def write(points: Points) -> str | None:
    """The points as a piece of a link; None if they are too many."""
    if not points:
        return NONE
    text = datasets.format_points(points, [np.nan] * len(points))
    return text and text.replace("_", "")


def check(points: Points) -> Points:
    """The points again; LossError says what this page cannot draw."""
    if len(points) > MOST:
        raise LossError(f"There are {len(points)} points; this picture takes at most {MOST}. Remove some.")
    if any(point != 0 and not SMALLEST <= abs(point) <= LARGEST for point in points):
        raise LossError("Every point must be 0, or between 1e-9 and 1e9 in size. Use another unit.")
    square_loss(points)
    return points


@kept
def losses(points: Points) -> tuple[SquareLoss, AbsoluteLoss]:
    return square_loss(points), absolute_loss(points)


@kept
def rolled(points: Points, start: float, rate: float, steps: int) -> Run:
    """The ball's way down the sum of the parabolas."""
    return losses(points)[0].descend(start, rate=rate, steps=steps)


def window(points: Points, start: float) -> tuple[float, float]:
    """The ends of the x-axis: all points, and the start unless it is far out."""
    low, high = min(points), max(points)
    largest = max(abs(low), abs(high))
    # Points that differ by rounding alone would leave an axis no number to write.
    size = high - low if high - low > 1e-12 * largest else max(1.0, largest / 10)
    low, high = min(low, max(start, low - 3 * size)), max(high, min(start, high + 3 * size))
    room = 0.12 * max(high - low, size)
    return low - room, high + room


def _kinds(count: int, extra: bool) -> list[str]:
    """What each point is called: the last one is the outlier, if there is one."""
    return ["Each point"] * (count - extra) + ["Outlier"] * extra


@kept
def square(points: Points, ends: tuple[float, float], extra: bool) -> dict[str, Columns]:
    """Each parabola, their sum, the mean."""
    loss = losses(points)[0]
    x = np.linspace(*ends, 61)
    each = loss.parabolas(x)
    fine = np.unique(np.r_[np.linspace(*ends, 121), loss.minimiser])
    mean: Columns = {"from": [loss.minimiser], "to": [loss.minimiser], "name": [f"mean {loss.minimiser:.5g}"]}
    return _curves(x, each, fine, loss(fine), points, extra) | {"best": mean}


@kept
def absolute(points: Points, ends: tuple[float, float], extra: bool) -> dict[str, Columns]:
    """Each corner, their sum with its corners, the median or the interval of medians."""
    loss = losses(points)[1]
    low, high = loss.minimisers
    # Straight pieces between the corners need their ends only.
    x = np.unique(np.r_[ends, loss.corners])
    name = f"median {low:.5g}" if low == high else f"medians {low:.5g} to {high:.5g}"
    best: Columns = {"from": [low], "to": [high], "name": [name]}
    return _curves(x, loss.distances(x), x, loss(x), points, extra) | {"best": best}


def _curves(
    x: np.ndarray, each: np.ndarray, fine: np.ndarray, total: np.ndarray, points: Points, extra: bool
) -> dict[str, Columns]:
    kinds = _kinds(len(points), extra)
    top = float(total.max()) or 1.0
    return {
        "each": {
            "point": np.repeat(np.arange(len(points)), len(x)),
            "x": np.tile(x, len(points)),
            "y": each.ravel(),
            "kind": np.repeat(kinds, len(x)),
        },
        "sum": {"x": fine, "y": total},
        "points": {"x": points, "kind": kinds},
        "view": {"x0": [fine[0]], "x1": [fine[-1]], "y0": [-0.06 * top], "y1": [1.04 * top]},
    }


def run(points: Points, rolling: Run) -> Columns:
    """The ball by step: its place, both losses and their slopes there."""
    both = losses(points)
    x = rolling.w[:, 0]
    with np.errstate(all="ignore"):
        known = np.isfinite(x) & (np.abs(x) < 1e100)
        at = np.where(known, x, both[0].minimiser)
        columns = {
            "x": x,
            "square": rolling.loss,
            "slope": rolling.gradient[:, 0],
            "absolute": np.where(known, both[1](at), np.nan),
        }
        left, right = both[1].subgradient(at)
    columns |= {"left": np.where(known, left, np.nan), "right": np.where(known, right, np.nan)}
    return columns


def drawable(columns: Columns) -> Columns:
    """The same for a chart, which leaves out what is missing and cannot draw what is infinite."""
    return {
        name: np.where(np.isfinite(column) & (np.abs(column) < 1e300), column, np.nan)
        for name, column in columns.items()
    }


def bars(points: Points, extra: bool, ends: tuple[float, float]) -> dict[str, Columns]:
    """The points as rows of the chart of pulls, the sum below them; how far the axis has to reach."""
    order = np.argsort(points, kind="stable")
    kinds = np.array(_kinds(len(points), extra))[order]
    mean = losses(points)[0].minimiser
    far = max(2 * (ends[1] - ends[0]) / 1.24, 2 * len(points) * max(ends[1] - mean, mean - ends[0]) / 1.24)
    return {
        "bars": {"row": np.arange(len(points)), "a": np.array(points)[order], "kind": kinds},
        "total": {"row": [len(points)]},
        "size": {"rows": [len(points) + 1], "far": [far]},
    }


@kept
def moved(points: Points, low: float, high: float) -> Columns:
    """Where mean and median lie with one more point, for every place of it."""
    places = np.unique(np.r_[np.linspace(low, high, 41), np.clip(points, low, high)])
    effects = [outlier(points, float(place)) for place in places]
    return {
        "x": np.tile(places, 2),
        "y": [effect.mean[1] for effect in effects] + [effect.median[1] for effect in effects],
        "kind": ["Mean"] * len(places) + ["Median"] * len(places),
    }
