"""What the looks of `derivative-rules` draw, as columns: pure functions."""

from collections.abc import Sequence

import numpy as np

from calc.expression import Expression, parse_expression
from pages.derivative_rules.derivation import Line
from pages.derivative_rules.presets import Common
from pages.shared.charts import Columns
from pages.shared.function_columns import window
from pages.shared.memory import kept

WIDE = 4.0
"""Each step's curves are seen from −4 to 4: around 0, where rules show."""
SAMPLES = 2400
"""Of all steps together, some 40 KB."""
NUDGES = 40
NUDGED = parse_expression("x^2"), parse_expression("sin(x)"), parse_expression("sin(x^2)")
"""f, g and g(f) of the pictures."""
HIGHEST = 1e6
"""What is beyond is not drawn."""
MOVES = 120
"""Along a common function: eight pixels each."""


def steps(lines: Sequence[Line]) -> dict[str, Columns]:
    """The function that each line differentiates, and its derivative, by step; with the ends of the axes."""
    x = np.linspace(-WIDE, WIDE, max(40, min(200, SAMPLES // len(lines))) + 1)
    jets = [Expression(line.step.before.root, line.step.before.variables[:1]).jet(x) for line in lines]
    found: dict[str, Columns] = {}
    ends: dict[str, Sequence[float]] = {}
    for name, values in (("before", [jet.value for jet in jets]), ("after", [jet.first for jet in jets])):
        found[name] = {
            "step": np.repeat(np.arange(len(lines)), len(x)), "x": np.tile(x, len(lines)), "y": np.concatenate(values),
        }  # fmt: skip
        low, high = zip(
            *(window(np.where(np.abs(y) < HIGHEST, y, np.nan), x, 0.0) for y in values), strict=True
        )
        ends |= {f"{name}0": low, f"{name}1": high}
    return found | {"run": ends}


def nudged(at: float) -> dict[str, np.ndarray]:
    """f = x², g = sin x and g(f) at a point and at one nudged by dx, which shrinks by the step."""
    dx = 0.6 * (0.01 / 0.6) ** (np.arange(NUDGES + 1) / NUDGES)
    (f, g, y), (f2, g2, y2) = (
        [each(np.full(len(dx), x)) if np.isscalar(x) else each(x) for each in NUDGED] for x in (at, at + dx)
    )
    df, dg, dy = f2 - f, g2 - g, y2 - y
    whole = df * g + f * dg + df * dg
    slope = {name: float(each.derivative(at)) for name, each in zip(("f", "g", "y"), NUDGED, strict=True)}
    known = {"sf": slope["f"], "sg": slope["g"], "sy": slope["y"], "su": float(np.cos(at**2)),
             "sum": slope["f"] + slope["g"], "product": slope["f"] * g[0] + f[0] * slope["g"]}  # fmt: skip
    return {
        "x": np.full(len(dx), at), "dx": dx, "x2": at + dx, "f": f, "g": g, "y": y, "f2": f2, "g2": g2, "y2": y2,
        "df": df, "dg": dg, "dfg": df * g, "fdg": f * dg, "corner": df * dg, "share": 100 * df * dg / whole,
        "rf": df / dx, "rg": dg / dx, "rsum": (df + dg) / dx, "rproduct": whole / dx, "ru": dy / df, "ry": dy / dx,
    } | {f"{name}_": np.full(len(dx), value) for name, value in known.items()}  # fmt: skip


def mirrored(
    f: str, inverse: str, x: np.ndarray, low: float, high: float
) -> tuple[dict[str, Columns], Columns]:
    """A rising function, its inverse, and a point of each by step; the run with the slopes of both.

    Args:
        f, inverse: as one would type them.
        x: of the point by step.
        low, high: the ends of both axes.
    """
    function, back = parse_expression(f), parse_expression(inverse)
    across = np.linspace(low, high, 301)
    y = function(x)
    run = {"x": x, "y": y, "back": back(y), "slope": function.derivative(x), "inverse": back.derivative(y)}
    ends = {"x0": [low], "x1": [high], "y0": [low], "y1": [high]}
    # Of the parabola only the half that has an inverse.
    there = (
        across if np.isfinite(back(function(low))) and back(function(low)) < 0 else np.maximum(across, 0.0)
    )
    curves = {"curve": {"x": there, "y": function(there)}, "mirror": {"x": across, "y": back(across)}}
    return curves | {"run": run, "view": ends}, run


def towards_e() -> dict[str, np.ndarray]:
    """(1 + 1/n)^n for n = 1, 10, 100, …, 10^17: in float64, and as it is; by step."""
    n = 10.0 ** np.arange(18)
    said, known = (1 + 1 / n) ** n, np.exp(n * np.log1p(1 / n))
    return {"n": n, "float64": said, "exact": known}


def powers(run: dict[str, np.ndarray]) -> Columns:
    """The same as rows of a chart, with their distances from e."""
    names = ("float64", "exact")
    value = np.concatenate([run[name] for name in names])
    away = np.abs(np.e - value)
    return {
        "n": np.tile(run["n"], 2), "step": np.tile(np.arange(len(run["n"])), 2), "value": value,
        "away": np.where(away > 0, away, np.nan), "kind": np.repeat(names, len(run["n"])),
    }  # fmt: skip


@kept
def common(chosen: Common, n: int) -> tuple[Expression, dict[str, Columns]]:
    """A common function and its derivative along x, broken at poles; the point that moves along them."""
    expression = parse_expression(chosen.text.replace("^n", f"^({n})"))
    x = np.linspace(*chosen.window, 2 * MOVES + 1)
    jet, most = expression.jet(x), chosen.most if n >= 0 else 30.0
    y, slope = (np.where(np.abs(values) < most, values, np.nan) for values in (jet.value, jet.first))
    ends: dict[str, Sequence[float]] = {"x0": [float(x[0])], "x1": [float(x[-1])]}
    for name, values in (("f", y), ("slope", slope)):
        low, high = window(values, x, 0.0)
        ends |= {f"{name}0": [low], f"{name}1": [high]}
    return expression, {
        "f": {"x": x, "y": y}, "slope": {"x": x, "y": slope},
        "run": {"x": x[::2], "y": jet.value[::2], "slope": jet.first[::2]}, "view": ends,
    }  # fmt: skip
