"""What `symbolic` draws, as columns: f in f with its slope, and how long its derivative is."""

import numpy as np

from calc.expression import Expression
from calc.swell import Size, swell
from pages.shared.charts import Columns
from pages.shared.function_columns import window
from pages.shared.memory import kept

MOST, SAMPLES = 6, 401
"""Times that f stands in itself at last; points of a curve."""


@kept
def sizes(expression: Expression) -> tuple[Size, ...]:
    """Of the derivatives of f, f in f, and so on."""
    return swell(expression, MOST)


@kept
def composed(expression: Expression, low: float, high: float) -> tuple[dict[str, Columns], list[float]]:
    """f, f in f and so on with their slopes by the chain rule; and on what part of the interval each has no number.

    The datasets are `curve` (x, f1, slope1, f2, …) and `view` (x0, x1, y0, y1 by step).
    """
    x = np.linspace(low, high, SAMPLES)
    columns, ends, lost = {"x": x}, [], []
    value, slope = x, np.ones_like(x)
    for times in range(1, MOST + 1):
        jet = expression.jet(value)
        with np.errstate(all="ignore"):
            value, slope = jet.value, jet.first * slope
        columns |= {f"f{times}": value, f"slope{times}": slope}
        lost.append(float(np.mean(~np.isfinite(value))))
        bottoms, tops = zip(window(value, x), window(slope, x), strict=True)
        ends.append((low, high, min(bottoms), max(tops)))
    view = dict(zip(("x0", "x1", "y0", "y1"), np.transpose(ends), strict=True))
    return {"curve": columns, "view": view}, lost


def lengths(found: tuple[Size, ...]) -> dict[str, np.ndarray]:
    """The sizes by step, as numbers of float64: they may be beyond 2⁶³."""
    names = ("times", "tree", "characters", "graph", "graph_operations", "reverse")
    return {name: np.array([float(getattr(size, name)) for size in found]) for name in names}


def drawn(found: dict[str, np.ndarray]) -> dict[str, Columns]:
    """The same as datasets of a log axis, which has no 0."""
    rows = {name: np.where(column > 0, column, np.nan) for name, column in found.items()}
    top = 2 * float(rows["characters"].max(initial=10))
    view = {"x0": [0.8], "x1": [MOST + 0.2], "y0": [0.8], "y1": [top]}
    return {"sizes": rows, "run": rows, "view": view}
