"""The numbers and the words of `instantaneous-rate`."""

from math import isnan

import numpy as np
import streamlit as st

from calc.differences import distances, magnified, order
from calc.differentiability import Point
from calc.numbers import written
from pages.instantaneous_rate import charts, columns
from pages.instantaneous_rate.columns import Secants
from pages.instantaneous_rate.setting import Setting
from pages.shared.charts import show
from pages.shared.layout import as_page
from pages.shared.magnifier import REACH
from pages.shared.menu import LESSONS
from pages.shared.player import readout
from pages.shared.quotient import countdown, fraction, substituted
from pages.shared.run import Big

NO_SLOPE = {
    "corner": "From the left the slopes go to {left}, from the right to {right}: a corner has no derivative",
    "cusp": "From the left the slopes go to {left}, from the right to {right}: a cusp has no derivative",
    "vertical tangent": "The slopes grow without bound: the tangent is vertical, and there is no derivative",
    "jump": "The function jumps here, so there is no derivative",
    "hole": "The function has no value here, so there is nothing to measure a slope from",
    "pole": "The function has no value here, so there is nothing to measure a slope from",
    "oscillation": "The function has no value here, so there is nothing to measure a slope from",
}


def told(setting: Setting, point: Point) -> str:
    """What becomes of the slopes, in words."""
    if setting.hidden:
        return "The slope is not told yet"
    if point.kind is not None:
        return NO_SLOPE[point.kind].format(left=written(point.left), right=written(point.right))
    if isnan(point.slope):
        return "The function has no value here: choose another point"
    return f"Yet the slopes have a limit, the derivative: {written(point.slope, 6)}{setting.preset.units[2]}"


def numbers(setting: Setting, point: Point, found: Secants) -> None:
    """The guess, then the quotient with its numbers, the countdown, and what it comes to."""
    if setting.guess is not None:
        st.markdown(compared(setting, point))
    if setting.hidden:
        return
    t, name, per = setting.t, setting.preset.name, setting.preset.units[2]
    q = found.quotients
    said = [
        f"Between {t} = {written(a, 7)} and {written(b, 7)} the average rate is {written(slope, 6)}{per}."
        for a, b, slope in zip(found.xa, found.xb, found.slope, strict=True)
    ]
    said[-1] = f"h = 0: one point has no secant, and 0/0 is no number. {told(setting, point)}."
    html = (
        fraction(t, name, setting.side)
        + f'<div class="bigs">{Big(f"Δ{name}/Δ{t} =", "quotient", suffix=per).html()}</div>'
        + countdown(["h", "left", "around", "right"], q.h, q.backward, q.central, q.forward)
        + f'<div class="verdict" data-kind="{"oscillating" if isnan(point.slope) else "converged"}">'
        + '<span data-name="said"></span></div>'
    )
    texts = substituted(found.ya, found.yb, found.xb - found.xa, found.slope)
    readout(html, {"h": q.h}, texts | {"said": said}, key="quotient")


def straight(setting: Setting, point: Point, found: Secants) -> str:
    """How fast the curve nears its tangent under the magnifier."""
    if setting.hidden:
        return ""
    h = found.quotients.h
    line = point.slope if point.kind is None else (point.left + point.right) / 2
    if not np.isfinite(line):
        return "No straight line fits this point, however far one zooms in."
    steps = h[h > 0]
    away = distances(*magnified(setting.expression, point.x, point.value, steps, REACH), steps, line)
    first, last = written(float(away[0]), 3), written(float(away[4]), 3)
    if point.kind == "corner":
        return (
            f"At a corner no line fits: the best one is {first} away at the first zoom and {last} at 16 times it. It "
            "falls like h, as the picture itself does, so the corner looks the same at every zoom."
        )
    if away[4] < 1e-12 * (1 + abs(point.value)):
        return "The curve is its own tangent: a straight line."
    fast = order(float(away[3]), float(away[4]))
    return (
        f"The curve is {first} from its tangent at the first zoom, and {last} at 16 times it: like h{_power(fast)}, "
        "while the picture shrinks like h. So the curve looks straight."
    )


def _power(fast: float) -> str:
    return {2: "²", 3: "³", 4: "⁴"}.get(round(fast), f" to the power {written(fast, 2)}")


def compared(setting: Setting, point: Point) -> str:
    """The guess beside the truth."""
    assert setting.guess is not None
    mine = written(setting.guess, 4)
    if setting.hidden:
        return f"My tangent has the slope **{mine}**. Turn it until it touches the curve, then *compare*."
    if isnan(point.slope):
        return f"My tangent has the slope **{mine}**. {told(setting, point)}."
    away = written(abs(setting.guess - point.slope), 3)
    return f"My tangent: **{mine}**. The tangent: **{written(point.slope, 6)}**. They differ by **{away}**."


def how_small(setting: Setting, point: Point) -> None:
    """The error of Δf/Δx for steps of all sizes, with the valley between the two kinds of error."""
    st.header(f"How small should Δ{setting.t} be?", anchor=False)
    if setting.hidden:
        st.markdown("First the guess, then the answer.")
        return
    if isnan(point.slope):
        st.markdown("Where there is no derivative there is nothing from which Δf/Δx could differ.")
        return
    found, rows = columns.error(setting.expression, point.x, point.slope)
    best = {
        name: int(np.nanargmin(error))
        for name, error in (("forward", found.forward), ("central", found.central))
    }
    h = {name: written(float(found.h[at]), 2) for name, at in best.items()}
    show(
        charts.error(setting.t), {"error": rows, "names": columns.valley(found)}, key="error",
        alt=f"The distance of Δf/Δ{setting.t} from the derivative against the step, both on log axes: two valleys. "
        f"Forward differences are nearest at h = {h['forward']}, central ones at {h['central']}.",
    )  # fmt: skip
    st.markdown(
        "On the right of each valley the **step is too large**: the secant is not the tangent (truncation), and the "
        "distance falls like h, of the central quotient like h². On the left **rounding** is all there is: two nearly "
        f"equal numbers are subtracted, and what is left of their 16 digits is divided by h. Forward differences are "
        f"nearest at h = {h['forward']}, central ones at h = {h['central']}."
    )
    for lesson in LESSONS:
        if lesson.url_path == "numerical":
            st.page_link(as_page(lesson), label="The full study: numerical differentiation")


def steepness() -> None:
    """Lines of different slopes through one point."""
    st.header("Steep, flat, falling", anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show(
            charts.lines(), columns.fan(), key="lines",
            alt="Five lines through one point, of the slopes 2, 1/2, 0, −1/2 and −2.",
        )  # fmt: skip
    right.markdown(
        "Of two lines that **rise** the steeper one has the greater slope: 2 is more than 1/2. Of two that **fall** it "
        "has the smaller one: −2 is less than −1/2. A **horizontal** line has the slope 0.\n\n"
        "Where the *tangent* of a distance is horizontal the velocity is 0, at that instant: just before and just "
        "after it the car may move."
    )
