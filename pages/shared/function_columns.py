"""A function as columns: its curve, what it does at one point, points beside it, the ends of an axis."""

import numpy as np

from calc.curve import Curve, joined, spread
from calc.differences import Quotients, halvings, quotients
from calc.differentiability import Differentiability, Point, at
from calc.expression import Expression
from calc.numerical import Study
from calc.workers import Unanswered
from pages.shared.charts import Columns
from pages.shared.functions import View
from pages.shared.memory import kept
from pages.shared.turns import run_bounded

STEPS = 16
"""Times that h is halved: at last it is 1/65,536 of the first, and rounding is still out of sight."""


@kept
def search(expression: Expression, low: float, high: float) -> tuple[Curve, Differentiability | None]:
    """f and f' along the interval, broken where f is, and every point without a derivative.

    Of a function that takes too long only samples, and None.
    """
    try:
        return run_bounded(joined, expression, low, high)
    except Unanswered:
        x = np.linspace(low, high, 500)
        jet = expression.jet(x)
        return Curve(x, jet.value, jet.first), None


def points(expression: Expression, low: float, high: float) -> tuple[Point, ...]:
    """Those without a derivative; none where that is not known."""
    found = search(expression, low, high)[1]
    return () if found is None else found.points


def line(expression: Expression, low: float, high: float) -> Curve:
    """The curve alone."""
    return search(expression, low, high)[0]


@kept
def settled(expression: Expression, x: float) -> Point | None:
    """`calc.differentiability.at`; None too where it takes too long."""
    try:
        return run_bounded(at, expression, x)
    except Unanswered:
        return None


def local(expression: Expression, x: float) -> tuple[Point, bool]:
    """f at the point with its slopes from either side, and whether they are settled; else f by float64 alone."""
    found = settled(expression, x)
    return (Point(x, None, float(expression(np.array([x]))[0])), False) if found is None else (found, True)


def looked_at(view: View) -> tuple[Point, bool]:
    """The same at a view's point, which the search for points without a derivative may know."""
    found = points(view.expression, view.low, view.high)
    known = next((point for point in found if point.x == view.at), None)
    if known is not None and view.low < view.at < view.high:
        return known, True
    # At the ends the search has looked at the inner side alone.
    point, sure = local(view.expression, view.at)
    return (point, sure) if sure or known is None else (known, True)


def halved(view: View, value: float | None = None) -> Quotients:
    """The difference quotients at the point as h is halved, and at last 0; with `value` in the place of f there."""
    return quotients(view.expression, view.at, halvings(view.h, STEPS), value)


Moving = dict[str, np.ndarray]
"""What the player moves: columns by step."""


def moving(x: float, found: Quotients | Study, **same: float) -> Moving:
    """The point and one on either side of it, by step; and what is the same at each step."""
    return {
        "x": np.full(len(found.h), x), "y": found.here,
        "xa": x - found.h, "ya": found.below, "xb": x + found.h, "yb": found.above,
    } | {name: np.full(len(found.h), value) for name, value in same.items()}  # fmt: skip


def window(drawn: np.ndarray, x: np.ndarray, *more: float) -> tuple[float, float]:
    """The ends of a vertical axis: all values but those beside poles, and some more."""
    if not np.isfinite(drawn).any():
        return 0.0, 1.0
    low, high = spread(drawn, x, 0.02)
    size = high - low
    values = np.r_[drawn, more]
    values = values[(values >= low - size) & (values <= high + size)]
    low, high = float(values.min(initial=low)), float(values.max(initial=high))
    # A constant, but for rounding errors, in the middle of some room.
    room = 0.06 * (high - low) if high - low > 1e-12 * abs(high) else 0.5 * max(1.0, abs(high))
    return low - room, high + room


def ends_of(drawn: Curve, values: np.ndarray, *more: float) -> Columns:
    """The ends of the axes of a chart of these values along the curve."""
    low, high = window(values, drawn.x, *more)
    return {"x0": drawn.x[:1], "x1": drawn.x[-1:], "y0": [low], "y1": [high]}


def decades(values: np.ndarray, least: float = 0.0) -> tuple[float, float]:
    """The ends of a log axis for sizes, of which those below `least` need not be told apart: powers of ten.

    >>> decades(np.array([0.02, 3.0, 0.0, np.nan]))
    (0.01, 10.0)
    """
    shown = values[np.isfinite(values) & (values > 0)]
    if not len(shown):
        return 1e-17, 1.0
    low = 10.0 ** np.floor(np.log10(max(float(shown.min()), least, 1e-290)))
    return float(low), float(min(10.0 ** np.ceil(np.log10(max(float(shown.max()), 10 * low))), 1e290))
