"""Functions as a class types them, no two the same, and whether the page drew what was typed."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pyarrow as pa

from calc.answers import mistakes
from calc.answers.problems import Rule, problem
from calc.expression import Expression, ExpressionError, parse_expression
from calc.expression.text import canonical
from calc.rules import derive
from tests.benchmarks.students import Run

VARIABLES = {"1": ("x",), "2": ("x", "y")}
MISTAKEN = 0.1
"""The share of typing mistakes."""

GOOD = {
    "1": [
        "{a}x^2 + {b}x - {c}",
        "x^3/{a} - {b}x + {c}",
        "{a}x^4 - {b}x^2 + {c}x",
        "{a}x^6 - {b}x^4 + {c}x",
        "(x - {a})(x + {b})(x^2 - {c})",
        "{a}sin({b}x) + x^2/{c}",
        "x sin({a}x) + {b}x",
        "cos(x)^2 - {a}cos({b}x + {c})",
        "{a}e^(-{b}x^2) + x^2/{c}",
        "e^({a}x) - {b}x + {c}",
        "|x - {a}| + {b}|x + {c}|",
        "||x| - {a}| + {b}x^2",
        "({a}x + {b})/(x^2 + {c})",
        "{a}/x + {b}x^2",
        "{a}x^(1/3) + x^2/{b}",
        "(x - {a})^(2/3) - {b}x",
        "sqrt({a}x^2 + {b}) - {c}sin x",
        "ln(x^2 + {a}) - {b}cos x",
        "{a}x log x - {b}x",
        "sin({a}cos({b}x + {c}))",
        "sin({a}x^2)/{b} + x/{c}",
        "max({a}x, {b} - x^2)",
        "e^(-|x - {a}|) sin({b}x)",
        "tanh({a}x) + x^2/{b}",
    ],
    "2": [
        "{a}x^2 + {b}y^2 - {c}x y",
        "(x^2 + y - {a})^2 + (x + y^2 - {b})^2",
        "x^4 - {a}x^2 + y^2 + {b}x y",
        "(1 - x)^2 + {a}(y - {b}x^2)^2",
        "sin({a}x) cos({b}y) + (x^2 + y^2)/{c}",
        "{a}|x| + {b}|y - {c}|",
        "{a}e^(-x^2 - y^2) + x^2/{b} + y^2/{c}",
        "ln(x^2 + {a}y^2 + {b})",
        "(x + {a})/(x^2 + y^2 + {b})",
        "sqrt(x^2 + {a}y^2 + {b}) - {c}x",
        "cos({a}sqrt(x^2 + y^2)) + x/{b}",
        "x^2/{a} - y^2/{b}",
    ],
}
WRONG = [
    "{a}x^2 + {b}x -",
    "{a}sin({b}x",
    "{a}x^2 + {b}z",
    "{a}x^^2",
    "sin({a}x))",
    "|x - {a}",
    "sine({a}x)",
    "{a}x^2 = {b}",
]


def filled(template: str, chance: random.Random) -> str:
    """A text to type: its coefficients are drawn anew, so that no cache has it."""
    return template.format(**{name: f"{chance.uniform(0.2, 3):.4g}" for name in "abc"})


def text(chance: random.Random, variables: str) -> str:
    """A function, or now and then a mistake."""
    return filled(chance.choice(WRONG if chance.random() < MISTAKEN else GOOD[variables]), chance)


@cache
def answers(rule: Rule, difficulty: int, number: int) -> tuple[str, ...]:
    """Answers to a problem of `derivative-rules`: the right one, then those of the mistakes."""
    step = derive(problem(rule, difficulty, number))
    texts = (step.after.text, *(canonical(wrong) for _, wrong in mistakes(step)))
    return tuple(text for text in texts if readable(text, "1"))


def readable(text: str, variables: str) -> bool:
    """Whether it is a function, and no mistake."""
    try:
        parse_expression(text, VARIABLES[variables])
    except ExpressionError:
        return False
    return True


def confirmed(run: Run, variables: str) -> bool:
    """Whether the page shows what was typed: the function, read back and drawn, or what is wrong with it."""
    names = VARIABLES[variables]
    told = [alert.body for alert in run.of_kind("alert")]
    try:
        expression = parse_expression(run.text, names)
    except ExpressionError as wrong:
        return any(body.startswith(wrong.message) for body in told)
    formula = f"f({', '.join(names)}) = {expression.latex()}"
    shown = any(formula in markdown.body for markdown in run.of_kind("markdown"))
    drawn = _curve_drawn if variables == "1" else _path_drawn
    return shown and drawn(expression, _datasets(run))


def _datasets(run: Run) -> dict[str, list[pa.Table]]:
    """The data of all charts by name, in the order of the page."""
    found: dict[str, list[pa.Table]] = {}
    for chart in run.of_kind("vega_lite_chart"):
        for data in chart.datasets:
            with pa.ipc.open_stream(data.data.data) as stream:
                found.setdefault(data.name, []).append(stream.read_all())
    return found


def _curve_drawn(expression: Expression, data: dict[str, list[pa.Table]]) -> bool:
    """Inside the window: beyond it a curve is cut off."""
    x, f = (data["curve"][0][name].to_numpy() for name in ("x", "f"))
    low, high = (data["view"][0][name].to_numpy()[0] for name in ("f0", "f1"))
    meant = expression(x.astype(float))
    shown = (low <= meant) & (meant <= high)
    return _same(meant[shown], f[shown], SEEN * (high - low))


def _path_drawn(expression: Expression, data: dict[str, list[pa.Table]]) -> bool:
    """The ball's way lies in one chart of the page, and its heights in the other."""
    ways, heights = data["path"]
    x, y, step = (ways[name].to_numpy() for name in ("x", "y", "step"))
    values = dict(zip(heights["step"].to_numpy(), heights["value"].to_numpy(), strict=True))
    both = [i for i, one in enumerate(step) if one in values]
    drawn = np.array([values[one] for one in step[both]])
    seen = drawn[np.isfinite(drawn)]
    return _same(expression(x[both], y[both]), drawn, SEEN * np.ptp(seen) if len(seen) else 0.0)


SEEN = 1e-3
"""A part of a chart's height that nobody sees: numbers come in single precision."""


def _same(meant: np.ndarray, drawn: np.ndarray, near: float) -> bool:
    """Whether the values are the function's; a curve is also broken on purpose, where it jumps."""
    seen = np.isfinite(drawn)
    enough = 2 * seen.sum() >= np.isfinite(meant).sum()
    return bool(enough and np.allclose(drawn[seen], meant[seen], rtol=1e-5, atol=near + 1e-12))
