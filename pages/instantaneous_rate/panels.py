"""The numbers and the words of `instantaneous-rate`."""

from collections.abc import Mapping
from math import isfinite, isnan

import numpy as np
import streamlit as st

from calc.differences import Quotients
from calc.differentiability import Point
from calc.numbers import written
from pages.instantaneous_rate.controls import Setting
from pages.shared import valley
from pages.shared.cells import lines_of
from pages.shared.charts import show
from pages.shared.layout import as_page
from pages.shared.menu import LESSONS
from pages.shared.player import readout
from pages.shared.quotient import SAID, countdown, fraction, substituted
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
    return f"Yet the slopes have a limit, the derivative: {written(point.slope, 6)}{setting.preset.per}"


def numbers(
    setting: Setting, point: Point, found: Quotients, run: Mapping[str, np.ndarray], told: str
) -> None:
    """The guess, then the quotient with its numbers, the countdown, and what it comes to."""
    t, name, per, guess = setting.t, setting.preset.name, setting.preset.per, setting.guess
    if guess is not None:
        st.markdown(compared(guess, point.slope, setting.hidden))
    if setting.hidden:
        return
    ends = [run[name] for name in ("xa", "ya", "xb", "yb", "secant")]
    said = [_average(t, per, *map(float, step)) for step in zip(*ends, strict=True)]
    zero = "" if isnan(point.value) else ", and 0/0 is no number"
    said[-1] = f"h = 0: one point has no secant{zero}. {told}."
    html = fraction(t, name, setting.side)
    if guess is None:
        html += f'<div class="bigs">{Big(f"Δ{name}/Δ{t} =", "quotient", suffix=per).html()}</div>'
    columns = found.h, found.backward, found.central, found.forward
    # The guess has taken some room.
    html += countdown(["h", "left", "around", "right"], *columns, rows=3 if guess is None else 2) + SAID
    texts = substituted(run["ya"], run["yb"], run["xb"] - run["xa"], run["secant"])
    readout(html, {"h": found.h}, texts | {"said": said}, key="quotient")


def _average(t: str, per: str, a: float, fa: float, b: float, fb: float, slope: float) -> str:
    if isfinite(slope):
        return (
            f"Between {t} = {written(a, 7)} and {written(b, 7)} the average rate is {written(slope, 6)}{per}."
        )
    places = " and at ".join(written(x, 7) for x, value in ((a, fa), (b, fb)) if not isfinite(value))
    why = "the function has no value" if isnan(fa) or isnan(fb) else "the value is too large to compute"
    return f"At {t} = {places} {why}, so there is no secant."


def compared(guess: float, slope: float, hidden: bool) -> str:
    """The guess beside the truth."""
    mine = f"My tangent has the slope **{written(guess, 4)}**."
    if hidden:
        return f"{mine} Turn it until it touches the curve, then *compare*."
    if isnan(slope):
        return mine
    away = written(abs(guess - slope), 3)
    return f"{mine} The tangent: **{written(slope, 6)}**. They differ by **{away}**."


def how_small(setting: Setting, point: Point) -> None:
    """The error of Δf/Δx for steps of all sizes, with the valley between the two kinds of error."""
    if setting.hidden:
        st.markdown("First the guess, then the answer.")
        return
    if isnan(point.slope):
        st.markdown("Where there is no derivative there is nothing from which Δf/Δx could differ.")
        return
    t, found = setting.t, valley.found(setting.expression, point.x)
    forward, central = (_nearest(found.h, found.errors[name]) for name in SHOWN)
    nearest = f"Forward differences are {forward}, central ones {central}"
    if not any((found.errors[name] > 0).any() for name in SHOWN):
        st.markdown(f"{nearest}.")
        return
    show(
        valley.chart(t, SHOWN, moves=False), valley.columns(found, t, SHOWN, moves=False), key="error",
        alt=f"The distance of Δf/Δ{t} from the derivative against the step, both on log axes: two valleys. {nearest}.",
    )  # fmt: skip
    st.markdown(
        "On the right of a valley the **step is too large**: the secant is not the tangent (truncation), and the "
        "distance falls like h, of the central quotient like h², if not faster. On the left **rounding** is all there "
        f"is: two nearly equal numbers are subtracted, and what is left of their 16 digits is divided by h. {nearest}."
    )
    study = next(lesson for lesson in LESSONS if lesson.url_path == "numerical")
    st.page_link(as_page(study), label="The full study: numerical differentiation")


def _nearest(h: np.ndarray, error: np.ndarray) -> str:
    shown = np.isfinite(error) & (error > 0)
    if not shown.any():
        return "exact" if (error == 0).any() else "without values, as the function ends here"
    return f"nearest at h = {written(float(h[shown][np.argmin(error[shown])]), 2)}"


def steepness() -> None:
    """Lines of different slopes through one point."""
    x, slope = np.tile([-1.0, 1.0], len(SLOPES)), np.repeat([*SLOPES.values()], 2)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show(
            lines_of("x", tuple(SLOPES)), {"cell": {"x": x, "y": x * slope, "kind": np.repeat([*SLOPES], 2)}},
            key="lines", alt="Five lines through one point, of the slopes 2, 1/2, 0, −1/2 and −2.",
        )  # fmt: skip
    right.markdown(
        "Of two lines that **rise** the steeper one has the greater slope: 2 is more than 1/2. Of two that **fall** it "
        "has the smaller one: −2 is less than −1/2. A **horizontal** line has the slope 0.\n\n"
        "Where the *tangent* of a distance is horizontal the velocity is 0, at that instant: just before and just "
        "after it the car may move."
    )
