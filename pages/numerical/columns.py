"""What `numerical` draws beside the errors, as columns: secants, tables of values."""

import numpy as np

from calc.expression import Expression
from calc.numerical import Gradient, Study, noise_deviation
from pages.numerical.controls import Table
from pages.shared.charts import Columns
from pages.shared.function_columns import line, moving, window
from pages.shared.valley import EACH

BESIDE, REACH = 1.6, 5.0
"""How far to each side of the point the curve goes, as Δx begins with 1, and a table, as the lab's does."""


def secants(s: Study) -> Columns:
    """What moves beside the curve: the points and both secants, whose slopes are what the quotients say."""
    columns = moving(s.truth.x, s, tangent=s.truth.slope) | {
        "middle": (s.below + s.above) / 2, "forward": s.found["forward"], "central": s.found["central"],
    }  # fmt: skip
    return {name: column[EACH] for name, column in columns.items()}


def beside(expression: Expression, found: Gradient, table: Table, near: float = np.inf) -> dict[str, Columns]:
    """np.gradient beside the exact curve, so near to 0, and how far noise may lead it astray: two deviations."""
    drawn = line(expression, float(found.x[0]), float(found.x[-1]))
    away = 2 * noise_deviation(table.noise, table.points, found.spacing, table.edge_order)
    (low, high), room = window(drawn.slope, drawn.x), 1.5 * float(away.min())
    seen = np.abs(found.x) <= near
    x = found.x[seen]
    return {
        "exact": {"x": drawn.x, "y": drawn.slope}, "grid": {"x": x, "y": found.found[seen]},
        "band": {"x": x, "y": (found.exact - away)[seen], "y2": (found.exact + away)[seen]},
        "view": {"x0": x[:1], "x1": x[-1:], "y0": [low - room], "y1": [high + room]},
    }  # fmt: skip
