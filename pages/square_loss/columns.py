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


@kept
def curves(points: Points, extra: bool, ends: tuple[float, float]) -> list[dict[str, pa.Table]]:
    """Of each loss: the points as in the table (the last one an outlier if `extra`), axes, least place, sum."""
    kinds, drawn = ["Each point"] * (len(points) - extra) + ["Outlier"] * extra, []
    names = [f"a = {written(a)}" for a in points]
    rows = table({"i": range(len(points)), "x": points, "kind": kinds, "name": names})
    for loss in losses(points):
        x, y = loss_curves.curve(loss, *ends)
        (low, high), top = loss.minimisers, float(y.max()) or 1.0
        view = {"x0": ends[:1], "x1": ends[1:], "y0": [-0.06 * top], "y1": [1.04 * top]}
        drawn.append({"points": rows, "view": table(view)})
    best: Columns = {"x": [low], "x2": [high], "name": [loss.where]}
    drawn[1] |= {"sum": table({"x": x, "y": y}), "best": table(best)}
    return drawn


def _on_a_point(x: np.ndarray, points: Points) -> np.ndarray:
    """The places of a run, and the point itself where the numbers shown tell no difference: there a corner lies."""
    at = np.array(points)[np.abs(np.subtract.outer(points, x)).argmin(axis=0)]
    return np.where(np.abs(x - at) <= 1e-6 * (np.ptp(points) or max(1.0, abs(points[0]))), at, x)


@kept
def run(points: Points, start: float, rate: float, steps: int) -> tuple[dict[str, np.ndarray], Status]:
    """The ball by step, its place, both losses and their slopes there; how its run ended, and what would help."""
    square, absolute = losses(points)
    rolling = square.descend(start, rate=rate, steps=steps)
    columns = {"x": (x := rolling.w[:, 0]), "square": rolling.loss, "slope": rolling.gradient[:, 0]}
    columns |= dict(zip(("absolute", "left", "right"), absolute.along(_on_a_point(x, points)), strict=True))
    return columns, advised_rate_or_steps(
        ending(rolling), lambda rate, steps: ending(square.descend(start, rate=rate, steps=steps)),
        rate=rate, steps=steps, most=MOST_STEPS, limit=1 / len(points),
    )  # fmt: skip
