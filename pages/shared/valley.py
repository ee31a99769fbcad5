"""How wrong a difference quotient is, depending on its step, on log axes: a valley between truncation and rounding."""

from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

import altair as alt
import numpy as np

from calc.expression import Expression
from calc.numbers import RAISED, written
from calc.numerical import METHODS, PRECISIONS, Cancelled, Study, ruling, study
from pages.shared import curves
from pages.shared.charts import POWERS, Columns, Spec, built_once, coloured, here, legend, span
from pages.shared.function_columns import decades, local
from pages.shared.memory import kept

PLAYED = 16
"""Steps of the player: each takes a tenth of the one before."""
EACH = slice(None, None, 6)
"""Those of the player among all that are drawn."""
STEPS = np.array([float(f"{10.0**-power:.3g}") for power in np.linspace(0, 16, EACH.step * PLAYED + 1)])
"""Of three digits, so that the step that is written is the one that was used."""
NAMES = ("Central", "Forward", "Curve", "Complex step", "Richardson", "-", "--", "Tangent")
"""What has which colour of the theme's palette."""
COLOURS = alt.Scale(domain=list(NAMES))
HEIGHTS = {"forward": 0.3, "central": 0.2, "richardson": 0.62, "rounding": 0.72}
"""Where theory's lines are named, as a part of the chart's height: none covers another."""


@kept
def found(expression: Expression, at: float, format: str = "float64") -> Study:
    """Every method at the point, for steps of all sizes."""
    steps, precision = STEPS, PRECISIONS[format]
    s = study(expression, at, steps, precision)
    if s.truth.known:
        return s
    point, sure = local(expression, at)
    return study(expression, at, steps, precision, point.slope) if sure and point.kind is None else s


@built_once
def chart(t: str, methods: Sequence[str] = tuple(METHODS), moves: bool = True, named: bool = True) -> Spec:
    """The error of each method by step, what theory says of it (named or not), and the best steps.

    Datasets: `error` (h, error, kind), `theory` (h, error, kind, line), `names` (h, error, name), `best` (h, error,
    kind, who), `run` (h and a column a method) where it moves, `view` (with `none`: no derivative).
    """
    axis = alt.Axis(labelExpr=POWERS, tickCount=8)
    x = alt.X("h:Q", title=f"Δ{t}", scale=span("view.x0", "view.x1", type="log"), axis=axis)
    y = alt.Y("error:Q", title=f"error of Δf/Δ{t}", scale=span("view.y0", "view.y1", type="log"), axis=axis)
    key = legend(*(METHODS[name].name for name in methods)) if named else None
    colour = alt.Color("kind:N", scale=COLOURS, legend=key)

    def of(dataset: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(dataset)).encode(x=x, y=y)

    layers: list[alt.Chart] = [
        of("theory").mark_line(size=1.5, strokeDash=[5, 4], clip=True).encode(color=colour, detail="line:N"),
        of("error").mark_line(size=3, clip=True).encode(color=colour),
    ]
    if moves:
        rule = here().transform_calculate(h="now.h").mark_rule(size=1.5).encode(x=x)
        layers.append(coloured(rule, "Curve", COLOURS, key))
        for name in methods:
            ball = (
                here()
                .transform_calculate(h="now.h", error=f"now.{name}")
                .transform_filter("isValid(datum.error)")
            )
            ball = ball.mark_circle(size=150, opacity=1, clip=True).encode(x=x, y=y)
            layers.append(coloured(ball, METHODS[name].name, COLOURS, key))
    if named:
        # On a phone without the word that would cover the axis.
        few = "width < 400 ? replace(datum.name, /^t.* ∝/, '∝') : datum.name"
        lines = of("names").transform_calculate(name=few)
        rounds = {sign: lines.transform_filter(f"{sign}test(/^rounding/, datum.name)") for sign in ("", "!")}
        said = rounds[""].mark_text(align="left", dx=8), rounds["!"].mark_text(align="right", dx=-8)
        none = (
            here()
            .transform_filter("view.none > 0")
            .transform_calculate(name="'no derivative here: no error'")
        )
        none = none.mark_text(x=alt.ExprRef("width / 2"), y=alt.ExprRef("height / 2"))
        shape = alt.Scale(domain=["theory", "measured"], range=["diamond", "triangle-up"])
        best = of("best").mark_point(size=150, strokeWidth=2.5, opacity=1, clip=True)
        layers.append(best.encode(color=colour, shape=alt.Shape("who:N", scale=shape, legend=None)))
        layers += [each.encode(text="name:N") for each in (*said, none)]
    return curves.chart(*layers, moves=moves)


def columns(
    s: Study, t: str, methods: Sequence[str] = tuple(METHODS), moves: bool = True
) -> dict[str, Columns]:
    """What the chart draws."""
    # The complex step may be right by luck to more digits than a float has.
    low, high = decades(np.concatenate([s.errors[name] for name in methods]), 1e-17 * abs(s.truth.slope))
    shown = {name: np.maximum(s.errors[name], low) for name in methods}
    lines, names, best, errors = [], [], [], []
    for name, height in HEIGHTS.items():
        told = s.theory.get(name, s.theory["forward"])
        line, said, kind = (
            (told.rounding_at(s.h), f"rounding ∝ 1/Δ{t}", "Forward") if name == "rounding"
            else (told.truncation_at(s.h), _truncation(name, t, told.power), METHODS[name].name)
        )  # fmt: skip
        if name not in (*methods, "rounding") or not np.isfinite(line).all() or not (line > 0).all():
            continue
        # On log axes it is straight: its ends are all of it.
        lines += [(s.h[end], line[end], kind, said) for end in (0, -1)]
        place = int(np.argmin(np.abs(np.log(line / low ** (1 - height) / high**height))))
        names += [(s.h[place], line[place], said)] if low < line[place] < high else []
    for name, error in shown.items():
        errors += [(h, size, METHODS[name].name) for h, size in zip(s.h, error, strict=True)]
        if name in HEIGHTS and (least := s.best[name]) is not None:
            best += [(s.theory[name].best, s.theory[name].least, METHODS[name].name, "theory")]
            best += [(s.h[least], error[least], METHODS[name].name, "measured")]
    run = {"run": {"h": s.h[EACH], **{name: error[EACH] for name, error in shown.items()}}}
    return (run if moves else {}) | {
        "error": _rows("h error kind", errors), "theory": _rows("h error kind line", lines),
        "names": _rows("h error name", names),
        "best": _rows("h error kind who", [mark for mark in best if 0 < mark[0] <= 1 and mark[1] >= low]),
        "view": {"x0": s.h[-1:] / 2, "x1": [2.0], "y0": [low / 3], "y1": [high], "none": [float(not s.truth.known)]},
    }  # fmt: skip


def _truncation(name: str, t: str, power: int) -> str:
    return f"{'truncation ' * (name == 'forward')}∝ Δ{t}{'' if power == 1 else str(power).translate(RAISED)}"


def _rows(names: str, rows: Sequence[tuple[Any, ...]]) -> Columns:
    return {name: [row[i] for row in rows] for i, name in enumerate(names.split())}


RULES = {
    "truncation": "The secant is not yet the tangent: a smaller step is better.",
    "rounding": "Too few digits are left: a larger step is better.",
    "both": "Both are equally large: this is near the best step.",
}


def said(s: Study, differences: Sequence[Cancelled | None], digits: int) -> list[str]:
    """Which of the two errors of the central quotient rules, by step of the player, and how many digits cancel."""
    h, told = s.h[EACH], s.theory["central"]
    columns = h, s.errors["central"][EACH], told.truncation_at(h), told.rounding_at(h)
    steps = zip(*(column.tolist() for column in columns), strict=True)
    return [
        f"Step {written(h, 3)}: "
        + (
            "at one of the two points the function has no value, or too large a one." if taken is None
            else f"{taken.lost} of {digits} digits cancel. {_ruling(s.truth.known, *errors)}"
        )
        for (h, *errors), taken in zip(steps, differences, strict=True)
    ]  # fmt: skip


def _ruling(known: bool, error: float, truncation: float, rounding: float) -> str:
    if not known:
        return "There is no derivative to compare with."
    if error == 0:
        return "The quotient is right to the last digit."
    rules = ruling(truncation, rounding)
    if rules is None:
        return "Theory needs a smooth function."
    return f"Theory: truncation {written(truncation, 2)}, rounding {written(rounding, 2)}. {RULES[rules]}"


def short(value: float, digits: int = 2) -> str:
    """A number of a few digits, a dash for none."""
    return written(value, digits) if isfinite(value) else "–"


def best_steps(s: Study, method: str) -> tuple[str, str]:
    """The best step by theory and as measured, in words where it is none."""
    best, place = s.theory[method].best, s.best[method]
    theory = "any small" if best == 0 else "any large" if best == inf else short(best)
    if place is None or method == "complex":
        return theory, "–" if place is None else "any small"
    return theory, short(float(s.h[place]))


def nearest(s: Study, method: str) -> str:
    """At which step a method is nearest to the derivative, in words."""
    error = s.errors[method]
    shown = np.isfinite(error) & (error > 0)
    if not shown.any():
        return "exact" if (error == 0).any() else "without values, as the function ends here"
    return f"nearest at a step of {short(float(s.h[shown][np.argmin(error[shown])]))}"


def explained(t: str) -> str:
    """The two sides of a valley."""
    return (
        "**On the right the step is too large**: the secant is not the tangent. This error, *truncation*, falls with "
        f"Δ{t} for the forward quotient, with Δ{t}² for the central one, if not faster. **On the left it is too "
        "small**: two nearly equal numbers are subtracted, and the *rounding* of their last digits is divided by "
        f"Δ{t}."
    )
