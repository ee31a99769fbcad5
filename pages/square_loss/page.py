"""The square loss: one parabola for each point, their sum least at the mean; beside it the distances."""

import streamlit as st

from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player
from pages.square_loss import charts, controls, panels
from pages.square_loss import columns as data

places = lesson(
    "The square loss",
    "Every point pulls with twice its distance. Where the pulls cancel, the sum of the squares is least: at the "
    "mean.",
    controls.FIELDS,
)
left, right = places.controls, places.picture
with left:
    setting = controls.choose()

points, extra = setting.points, setting.extra
square, absolute = data.losses(points)
rolling = data.rolled(points, setting.start, setting.rate, setting.steps)
columns = data.run(points, rolling)
run = data.drawable(columns)
ends = data.window(points, setting.start)
low, high = absolute.minimisers
median = f"{low:.5g}" if low == high else f"{low:.5g} to {high:.5g}"

with right:
    player(setting.steps)
    top_left, top_right = st.columns(2)
    with top_left:
        show(
            charts.loss("sum of squares", "square", "Mean", extra),
            {"run": run, **data.square(points, ends, extra)},
            key="square",
            on_select=controls.click,
            alt=f"{len(points)} parabolas, one for each point, and their sum, least at the mean "
            f"{square.minimiser:.5g}, where it is {square.minimum:.5g}. A ball rolls down: {rolling.status.kind}.",
        )
    with top_right:
        show(
            charts.loss("sum of distances", "absolute", "Median", extra),
            {"run": run, **data.absolute(points, ends, extra)},
            key="absolute",
            alt=f"The sum of the distances has a corner at every point and is least at the median, {median}, "
            f"where it is {absolute.minimum:.5g}.",
        )
    low_left, low_right = st.columns(2)
    with low_left:
        show(
            charts.pulls(),
            {"run": run, **data.bars(points, extra, ends)},
            key="pulls",
            alt="A bar for each point, 2(x − a), and below them their sum, the slope: it is zero at the mean.",
        )
    with low_right:
        panels.update(columns, setting.rate)
        st.caption("Click the left chart to add a point there; click a point to take it away.")

panels.status(rolling)
panels.derivation(points)
panels.effect(setting)
