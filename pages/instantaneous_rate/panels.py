"""The numbers and the words of `instantaneous-rate`."""

from math import isfinite, isnan, nan

import numpy as np
import streamlit as st

from calc.differences import distances, magnified, order
from calc.differentiability import Point
from calc.numbers import written
from pages.instantaneous_rate import charts
from pages.instantaneous_rate.columns import Secants, fan
from pages.instantaneous_rate.setting import Setting
from pages.shared import valley
from pages.shared.charts import show
from pages.shared.layout import as_page
from pages.shared.magnifier import REACH, zooms
from pages.shared.menu import LESSONS
from pages.shared.player import readout
from pages.shared.quotient import countdown, fraction, substituted
from pages.shared.run import Big

NO_SLOPE = {
    "corner": "From the left the slopes go to {left}, from the right to {right}: a corner has no derivative",
    "cusp": "From the left the slopes go to {left}, from the right to {right}: a cusp has no derivative",
    "vertical tangent": "The slopes leave every bound: the tangent is vertical, and there is no derivative",
    "jump": "The function jumps here, so there is no derivative",
    "hole": "The function has no value here, so there is nothing to measure a slope from",
    "pole": "The function has no value here, so there is nothing to measure a slope from",
    "oscillation": "The function has no value here, so there is nothing to measure a slope from",
}

EPSILON = float(np.finfo(float).eps)
SHOWN = ("forward", "central")
"""Of the methods, in the chart of their errors."""
POWERS = {2: "²", 3: "³", 4: "⁴"}
LOOKS_STRAIGHT = 1.3
"""A distance that falls like a higher power of h than this is soon too small to be seen in the magnifier."""
SUDDEN = 1e3
"""A distance that falls by so much as h is halved has left a straight piece behind: h⁴ falls by 16."""


def told(setting: Setting, point: Point, sure: bool) -> str:
    """What becomes of the slopes, in words."""
    if setting.hidden:
        return "The slope is not told yet"
    if not sure:
        return "What the slopes do here is not settled"
    if point.kind is not None:
        return NO_SLOPE[point.kind].format(left=written(point.left), right=written(point.right))
    if isnan(point.slope):
        return "The function has no value here: choose another point"
    return f"Yet the slopes have a limit, the derivative: {written(point.slope, 6)}{setting.preset.units[2]}"


def numbers(setting: Setting, point: Point, found: Secants, told: str) -> None:
    """The guess, then the quotient with its numbers, the countdown, and what it comes to."""
    if setting.guess is not None:
        st.markdown(compared(setting, point))
    if setting.hidden:
        return
    t, name, per = setting.t, setting.preset.name, setting.preset.units[2]
    q = found.quotients
    steps = zip(found.xa, found.ya, found.xb, found.yb, found.slope, strict=True)
    said = [_average(t, per, *map(float, step)) for step in steps]
    zero = "" if isnan(point.value) else ", and 0/0 is no number"
    said[-1] = f"h = 0: one point has no secant{zero}. {told}."
    # The guess has taken some room.
    rows = 3 if setting.guess is None else 2
    big = (
        ""
        if setting.guess is not None
        else f'<div class="bigs">{Big(f"Δ{name}/Δ{t} =", "quotient", suffix=per).html()}</div>'
    )
    html = (
        fraction(t, name, setting.side)
        + big
        + countdown(["h", "left", "around", "right"], q.h, q.backward, q.central, q.forward, rows=rows)
        + f'<div class="verdict" data-kind="{"oscillating" if isnan(point.slope) else "converged"}">'
        + '<span data-name="said"></span></div>'
    )
    texts = substituted(found.ya, found.yb, found.xb - found.xa, found.slope)
    readout(html, {"h": q.h}, texts | {"said": said}, key="quotient")


def _average(t: str, per: str, a: float, fa: float, b: float, fb: float, slope: float) -> str:
    if isfinite(slope):
        return (
            f"Between {t} = {written(a, 7)} and {written(b, 7)} the average rate is {written(slope, 6)}{per}."
        )
    values = {a: fa, b: fb}
    places = " and at ".join(written(x, 7) for x, value in values.items() if not isfinite(value))
    why = "the function has no value" if isnan(fa) or isnan(fb) else "the value is too large to compute"
    return f"At {t} = {places} {why}, so there is no secant."


def straight(setting: Setting, point: Point, found: Secants) -> str:
    """How fast the curve nears its tangent under the magnifier."""
    line = point.slope if point.kind is None else (point.left + point.right) / 2
    if setting.hidden or isnan(point.value) or (point.kind is None and isnan(line)):
        return ""
    if point.kind == "vertical tangent":
        return "Under the magnifier the curve stands ever more upright. A vertical line has no slope."
    if not isfinite(line):
        return "No straight line fits this point, however far one zooms in."
    steps = found.quotients.h[:-1]
    u, v = magnified(setting.expression, point.x, point.value, steps, REACH)
    away = distances(u, v, steps, line)
    whole = np.flatnonzero(np.isfinite(away))
    if not len(whole):
        return ""
    # What 16 digits of x and of f leave.
    rounding = 4 * EPSILON * (abs(point.value) + abs(line * point.x) + steps * (1 + np.abs(v).max(axis=1)))
    first, last = whole[0], min(whole[0] + 4, len(steps) - 1)
    zoom = [f"× {written(each, 3)}" for each in zooms(steps, setting.high - setting.low)]
    falls = (
        f"{written(float(away[first]), 3)} from {{line}} at {zoom[first]}, and {written(float(away[last]), 3)} at "
        f"{zoom[last]}"
    )
    if point.kind == "corner":
        return (
            f"At a corner no line fits: the curve is {falls.format(line='the best one')}. That falls like h, as the "
            "picture itself does, so the corner looks the same at every zoom."
        )
    seen = np.flatnonzero(away > 100 * rounding)
    if not len(seen):
        return "As far as 16 digits tell, the curve is its own tangent here: a straight line."
    falls = f"The curve is {falls.format(line='its tangent')}"
    deep = seen[-1]
    fast = order(float(away[deep - 1]), float(away[deep])) if deep > first else nan
    if deep + 1 < len(away) and away[deep + 1] < away[deep] / SUDDEN:
        return f"{falls}. Further in it is its own tangent, as far as 16 digits tell."
    if fast > LOOKS_STRAIGHT:
        return (
            f"{falls}: like h{_power(fast)}, while the picture shrinks like h. So the curve looks straight."
        )
    return f"{falls}. That falls no faster than the picture shrinks: it does not look straight yet."


def _power(fast: float) -> str:
    near = round(fast)
    return POWERS[near] if abs(fast - near) < 0.1 and near in POWERS else f" to the power {written(fast, 2)}"


def compared(setting: Setting, point: Point) -> str:
    """The guess beside the truth."""
    assert setting.guess is not None
    mine = written(setting.guess, 4)
    if setting.hidden:
        return f"My tangent has the slope **{mine}**. Turn it until it touches the curve, then *compare*."
    if isnan(point.slope):
        return f"My tangent has the slope **{mine}**."
    away = written(abs(setting.guess - point.slope), 3)
    return f"My tangent: **{mine}**. The tangent: **{written(point.slope, 6)}**. They differ by **{away}**."


def how_small(setting: Setting, point: Point) -> None:
    """The error of Δf/Δx for steps of all sizes, with the valley between the two kinds of error."""
    if setting.hidden:
        st.markdown("First the guess, then the answer.")
        return
    if isnan(point.slope):
        st.markdown("Where there is no derivative there is nothing from which Δf/Δx could differ.")
        return
    found = valley.found(setting.expression, point.x)
    forward, central = (_nearest(found.h, found.errors[name]) for name in SHOWN)
    nearest = f"Forward differences are {forward}, central ones {central}"
    if not any((found.errors[name] > 0).any() for name in SHOWN):
        st.markdown(f"{nearest}.")
        return
    show(
        valley.chart(setting.t, SHOWN, moves=False), valley.columns(found, setting.t, SHOWN, moves=False), key="error",
        alt=f"The distance of Δf/Δ{setting.t} from the derivative against the step, both on log axes: two valleys. "
        f"{nearest}.",
    )  # fmt: skip
    st.markdown(
        "On the right of a valley the **step is too large**: the secant is not the tangent (truncation), and the "
        "distance falls like h, of the central quotient like h², if not faster. On the left **rounding** is all there "
        f"is: two nearly equal numbers are subtracted, and what is left of their 16 digits is divided by h. {nearest}."
    )
    for lesson in LESSONS:
        if lesson.url_path == "numerical":
            st.page_link(as_page(lesson), label="The full study: numerical differentiation")


def _nearest(h: np.ndarray, error: np.ndarray) -> str:
    shown = np.isfinite(error) & (error > 0)
    if not shown.any():
        return "exact" if (error == 0).any() else "without values, as the function ends here"
    return f"nearest at h = {written(float(h[shown][np.argmin(error[shown])]), 2)}"


def steepness() -> None:
    """Lines of different slopes through one point."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show(
            charts.lines(), fan(), key="lines",
            alt="Five lines through one point, of the slopes 2, 1/2, 0, −1/2 and −2.",
        )  # fmt: skip
    right.markdown(
        "Of two lines that **rise** the steeper one has the greater slope: 2 is more than 1/2. Of two that **fall** it "
        "has the smaller one: −2 is less than −1/2. A **horizontal** line has the slope 0.\n\n"
        "Where the *tangent* of a distance is horizontal the velocity is 0, at that instant: just before and just "
        "after it the car may move."
    )
