"""What `numerical` draws, as columns: errors by step, what theory says of them, secants, tables of values."""

from math import log10, nan
from typing import Any

import numpy as np

from calc.expression import Expression, parse_expression
from calc.numbers import RAISED
from calc.numerical import METHODS, PRECISIONS, Gradient, Study, gradient, noise_deviation, study, truth
from pages.shared.charts import Columns
from pages.shared.function_columns import line, local, window
from pages.shared.memory import kept

PLAYED = 32
"""Steps of the player, two a decade."""
STEPS = np.array([float(f"{10.0**-power:.3g}") for power in np.linspace(0, 16, 3 * PLAYED + 1)])
"""Of three digits, so that the Δx that is written is the one that was used."""
EACH = slice(None, None, 3)
"""Those of the player among them."""
BESIDE, GRID = 1.6, 5.0
"""How far to each side of the point the curve goes, as Δx begins with 1, and a table, as the lab's does."""
CORNER = parse_expression("|x|")


@kept
def found(expression: Expression, at: float, format: str) -> Study:
    """Every method at the point, for steps of all sizes."""
    settled = nan
    if not truth(expression, at).known:
        point, sure = local(expression, at)
        settled = point.slope if sure and point.kind is None else nan
    return study(expression, at, STEPS, PRECISIONS[format], settled)


def valley(s: Study, t: str) -> dict[str, Columns]:
    """The errors on log axes, theory's lines with their names, and the best steps."""
    low, high = _ends(s)
    shown = {name: np.maximum(error, low) for name, error in s.errors.items()}
    lines = [
        (METHODS[name].name, f"{said}∝ Δ{t}{_raised(s.theory[name].power)}", height, s.theory[name].truncation_at(s.h))
        for name, said, height in (("forward", "truncation ", 0.3), ("central", "", 0.2), ("richardson", "", 0.62))
        if s.theory[name].size > 0
    ]  # fmt: skip
    if s.theory["forward"].rounding > 0:
        lines.append(("Forward", f"rounding ∝ 1/Δ{t}", 0.72, s.theory["forward"].rounding_at(s.h)))
    best = []
    for name, place in s.best.items():
        if place is not None and name != "complex":
            best += [(s.theory[name].best, s.theory[name].least, METHODS[name].name, "theory")]
            best += [(s.h[place], shown[name][place], METHODS[name].name, "measured")]
    h, n = s.h, len(s.h)
    return {
        "error": {"h": np.tile(h, len(shown)), "error": np.concatenate([*shown.values()]),
                  "kind": np.repeat([METHODS[name].name for name in shown], n)},
        "theory": {"h": np.tile(h, len(lines)), "error": np.concatenate([*(line[3] for line in lines), []]),
                   "kind": np.repeat([line[0] for line in lines], n), "line": np.repeat([line[1] for line in lines], n)},
        "names": _rows("h error kind name", [
            (h[place], error[place], kind, name) for kind, name, height, error in lines
            # Where the line comes nearest to that part of the chart's height.
            for place in [int(np.argmin(np.abs(np.log(error / low ** (1 - height) / high**height))))]
            if low < error[place] < high
        ]),
        "best": _rows("h error kind who", [mark for mark in best if 0 < mark[0] <= 1 and mark[1] >= low]),
        "run": {"h": h[EACH], **{name: error[EACH] for name, error in shown.items()}},
        "view": {"x0": h[-1:] / 2, "x1": [2.0], "y0": [low / 3], "y1": [high], "none": [float(not s.truth.known)]},
    }  # fmt: skip


def _raised(power: int) -> str:
    return "" if power == 1 else str(power).translate(RAISED)


def _rows(names: str, rows: list[tuple[Any, ...]]) -> Columns:
    return {name: [row[i] for row in rows] for i, name in enumerate(names.split())}


def _ends(s: Study) -> tuple[float, float]:
    """The smallest error that is drawn, on whose height all smaller ones stand, and the largest."""
    every = np.concatenate([*s.errors.values()])
    every = every[np.isfinite(every) & (every > 0)]
    if not len(every):
        return 1e-17, 1.0
    least, most = (float(end) for end in (every.min(), every.max()))
    # The complex step may be right by luck to more digits than a float has.
    low = 10.0 ** np.floor(log10(max(least, 1e-17 * abs(s.truth.slope), 1e-290)))
    return low, min(10.0 ** np.ceil(log10(max(most, 10 * low))), 1e290)


def secants(s: Study) -> dict[str, np.ndarray]:
    """What moves beside the curve: the points and both secants, whose slopes are what the quotients say."""
    x, same = s.truth.x, np.ones_like(s.h)
    columns = {
        "x": x * same, "y": s.here, "xa": x - s.h, "ya": s.below, "xb": x + s.h, "yb": s.above,
        "middle": (s.below + s.above) / 2, "forward": s.found["forward"], "central": s.found["central"],
        "tangent": s.truth.slope * same,
    }  # fmt: skip
    return {name: column[EACH] for name, column in columns.items()}


@kept
def table(expression: Expression, at: float, points: int, edge_order: str, noise: float) -> Gradient:
    """np.gradient of a table of values around the point."""
    return gradient(expression, at - GRID, at + GRID, points, 2 if edge_order == "2" else 1, noise)


def gridded(found: Gradient, expression: Expression, edge_order: str, noise: float) -> dict[str, Columns]:
    """np.gradient beside the exact curve, and how far noise is expected to lead it astray: two deviations."""
    drawn = line(expression, float(found.x[0]), float(found.x[-1]))
    away = 2 * noise_deviation(noise, len(found.x), found.spacing, 2 if edge_order == "2" else 1)
    low, high = window(drawn.slope, drawn.x)
    room = 1.5 * float(away.min())
    return {
        "exact": {"x": drawn.x, "y": drawn.slope}, "grid": {"x": found.x, "y": found.found},
        "band": {"x": found.x, "y": found.exact - away, "y2": found.exact + away},
        "view": {"x0": found.x[:1], "x1": found.x[-1:], "y0": [low - room], "y1": [high + room]},
    }  # fmt: skip


def corner(found: Gradient) -> dict[str, Columns]:
    """np.gradient of |x| close up, beside the slopes -1 and 1."""
    reach = 3.5 * found.spacing
    near = np.abs(found.x) <= reach
    return {
        "exact": {"x": [-reach, 0.0, 0.0, 0.0, reach], "y": [-1.0, -1.0, nan, 1.0, 1.0]},
        "grid": {"x": found.x[near], "y": found.found[near]}, "band": {"x": [], "y": [], "y2": []},
        "view": {"x0": [-reach], "x1": [reach], "y0": [-1.3], "y1": [1.3]},
    }  # fmt: skip
