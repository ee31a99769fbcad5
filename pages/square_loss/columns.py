"""What `square-loss` draws, as columns, kept by what decides it."""

import numpy as np
import pyarrow as pa

from calc import loss_curves
from calc.descent import Status
from calc.descent.advice import advised_rate_or_steps, ending
from calc.loss_curves import Points
from calc.losses import AbsoluteLoss, SquareLoss, absolute_loss, square_loss
from calc.numbers import written
from pages.shared.charts import Columns, table
from pages.shared.memory import kept

MOST, MOST_STEPS = 30, 200
"""As many parabolas as one can still tell apart."""


@kept
def losses(points: Points) -> tuple[SquareLoss, AbsoluteLoss]:
    """Both losses of the points."""
    return square_loss(points), absolute_loss(points)


def clicked(x: float, points: Points) -> Points:
    """The points after a click at `x`: one more, or one less if it lies there; the last one stays."""
    low, high = loss_curves.window(points, points[0])
    near = min(points, key=lambda point: abs(point - x))
    if abs(near - x) > 0.015 * (high - low):
        return (*points, float(f"{x:.3g}"))[:MOST]
    gone = points.index(near)
    return points[:gone] + points[gone + 1 :] or points


@kept
def curves(points: Points, extra: bool, ends: tuple[float, float]) -> list[dict[str, pa.Table]]:
    """Of each loss: the points in their order (the last one given an outlier if `extra`), sum, least place, axes."""
    order, drawn = np.argsort(points, kind="stable"), []
    a = np.array(points)[order]
    rows: Columns = {
        "row": np.arange(len(a)), "a": a, "name": [f"a = {written(each)}" for each in a],
        "kind": np.where(order < len(a) - extra, "Each point", "Outlier"),
    }  # fmt: skip
    for loss in losses(points):
        x, y = loss_curves.curve(loss, *ends)
        (low, high), top = loss.minimisers, float(y.max()) or 1.0
        parts: dict[str, Columns] = {
            "points": rows, "sum": {"x": x, "y": y}, "best": {"x": [low], "x2": [high], "name": [loss.where]},
            "view": {"x0": ends[:1], "x1": ends[1:], "y0": [-0.06 * top], "y1": [1.04 * top]},
        }  # fmt: skip
        drawn.append({name: table(part) for name, part in parts.items()})
    return drawn


@kept
def run(points: Points, start: float, rate: float, steps: int) -> tuple[dict[str, np.ndarray], Status]:
    """The ball by step, its place, both losses and their slopes there; how its run ended, and what would help."""
    square, absolute = losses(points)
    rolling = square.descend(start, rate=rate, steps=steps)
    x = rolling.w[:, 0]
    columns = {"x": x, "square": rolling.loss, "slope": rolling.gradient[:, 0]}
    columns |= dict(zip(("absolute", "left", "right"), absolute.along(x), strict=True))
    return columns, advised_rate_or_steps(
        ending(rolling), lambda rate, steps: ending(square.descend(start, rate=rate, steps=steps)),
        rate=rate, steps=steps, most=MOST_STEPS, limit=1 / len(points),
    )  # fmt: skip


@kept
def moved(points: Points, place: float) -> dict[str, Columns]:
    """Where mean and median lie with one more point, wherever it is and at `place`."""
    places, mean, median = loss_curves.moved(points, place, 100.0)
    count, here = len(places), places.index(place)
    return {
        "moved": {"x": places * 2, "y": mean + median, "kind": ["Mean"] * count + ["Median"] * count},
        "now": {"x": [place] * 2, "y": [mean[here], median[here]], "kind": ["Mean", "Median"]},
    }
