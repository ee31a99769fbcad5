"""The numbers and the words of `instantaneous-rate`, and what its player moves."""

from math import isfinite, isnan, nan

import numpy as np
import streamlit as st

from calc.differences import Quotients
from calc.differentiability import Point
from calc.numbers import written
from pages.instantaneous_rate.controls import Setting
from pages.shared import valley
from pages.shared.cells import lines_of
from pages.shared.charts import show
from pages.shared.function_columns import Moving, moving
from pages.shared.layout import as_page
from pages.shared.magnifier import zooms
from pages.shared.menu import LESSONS
from pages.shared.quotient import countdown, show_quotients
from pages.shared.run import Big
from pages.shared.verdict import Verdict

SHOWN = ("forward", "central")
"""Of the methods, in the chart of their errors."""
SLOPES = {"slope 2": 2.0, "slope 1/2": 0.5, "slope 0": 0.0, "slope −1/2": -0.5, "slope −2": -2.0}


def told(setting: Setting, point: Point, verdict: Verdict, sure: bool) -> str:
    """What becomes of the slopes, in words."""
    if setting.hidden:
        return "The slope is not told yet"
    if not sure:
        return "What the slopes do here is not settled"
    if isnan(point.slope):
        return f"A derivative? {verdict.why_differentiable}"
    return f"Yet the slopes have a limit, the derivative: {written(point.slope, 6)}{setting.words.per}"


def run(setting: Setting, point: Point, found: Quotients) -> Moving:
    """What the player moves; while the answer is hidden nothing but the zoom."""
    mine = nan if setting.guess is None else setting.guess
    columns = moving(setting.at, found, mine=mine, slope=point.slope, left=point.left, right=point.right)
    sides = {"around": found.central, "right": found.forward, "left": found.backward}
    columns["secant"] = sides[setting.side]
    # The end that stays at the point.
    if setting.side != "around":
        end = "a" if setting.side == "right" else "b"
        columns |= {f"x{end}": columns["x"], f"y{end}": columns["y"]}
    if setting.hidden:
        columns |= {name: nan * columns[name] for name in columns.keys() - {"x", "y", "mine"}}
    return columns | {"zoom": zooms(setting)}


def numbers(setting: Setting, point: Point, found: Quotients, run: Moving, told: str) -> None:
    """The guess, then the quotient with its numbers, the countdown, and what it comes to."""
    t, name, per, guess = setting.t, setting.words.name, setting.words.per, setting.guess
    if guess is not None:
        mine = f"My tangent has the slope **{written(guess, 4)}**."
        if setting.hidden:
            mine += " Turn it with the slider until it just touches the curve, then choose *compare*."
        elif not isnan(point.slope):
            away = written(abs(guess - point.slope), 3)
            mine += f" The tangent has **{written(point.slope, 6)}**: I was off by **{away}**."
        st.markdown(mine)
    if setting.hidden:
        return
    xa, ya, xb, yb, slope = (run[column] for column in ("xa", "ya", "xb", "yb", "secant"))
    said = [_average(t, per, *map(float, step)) for step in zip(xa, ya, xb, yb, slope, strict=True)]
    zero = "" if isnan(point.value) else ", and 0/0 is no number"
    said[-1] = f"h = 0: one point has no secant{zero}. {told}."
    columns = found.h, found.backward, found.central, found.forward
    # A guess has taken some room.
    table = countdown(["h", "to the left", "around", "to the right"], *columns, rows=2 + (guess is None))
    if guess is None:
        table = f'<div class="bigs">{Big(f"Δ{name}/Δ{t} =", "quotient", suffix=per).html()}</div>{table}'
    show_quotients(t, name, {setting.side: (ya, yb, xb - xa, slope)}, table, said, found.h)


def _average(t: str, per: str, a: float, fa: float, b: float, fb: float, slope: float) -> str:
    if isfinite(slope):
        between = f"Between {t} = {written(a, 7)} and {written(b, 7)}"
        return f"{between} the average rate is {written(slope, 6)}{per}."
    places = " and at ".join(written(x, 7) for x, value in ((a, fa), (b, fb)) if not isfinite(value))
    why = "the function has no value" if isnan(fa) or isnan(fb) else "the value is too large to compute"
    return f"At {t} = {places} {why}, so there is no secant."


def how_small(setting: Setting, point: Point) -> None:
    """The error of Δf/Δx for steps of all sizes, with the valley between the two kinds of error."""
    if setting.hidden or isnan(point.slope):
        st.markdown(
            "There is nothing to compare Δf/Δx with: no derivative exists here, or you have yet to guess it."
        )
        return
    t, found = setting.t, valley.found(setting.expression, point.x)
    forward, central = (valley.nearest(found, name) for name in SHOWN)
    words = f"Forward differences are {forward}; central ones are {central}."
    if any((found.errors[name] > 0).any() for name in SHOWN):
        show(
            valley.chart(t, SHOWN, moves=False), valley.columns(found, t, SHOWN, moves=False), key="error",
            alt=f"The distance of Δf/Δ{t} from the derivative against the step, on log axes: two valleys. {words}",
        )  # fmt: skip
        words = f"{valley.explained(t)} {words}"
    st.markdown(words)
    study = next(lesson for lesson in LESSONS if lesson.url_path == "numerical")
    st.page_link(as_page(study), label="The full study: numerical differentiation")


def steepness() -> None:
    """Lines of different slopes through one point."""
    x, slope = np.tile([-1.0, 1.0], len(SLOPES)), np.repeat([*SLOPES.values()], 2)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show(
            lines_of("x", tuple(SLOPES)), {"cell": {"x": x, "y": x * slope, "kind": np.repeat([*SLOPES], 2)}},
            key="lines", alt="Five lines through one point, with the slopes 2, 1/2, 0, −1/2 and −2.",
        )  # fmt: skip
    right.markdown(
        "Of two lines that **rise**, the steeper one has the greater slope: 2 is more than 1/2. Of two that **fall**, "
        "the steeper one has the smaller slope: −2 is less than −1/2. A **horizontal** line has the slope 0.\n\n"
        "Where the tangent to a graph of distance is horizontal, the velocity is 0, but only for that instant."
    )
