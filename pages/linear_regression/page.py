"""A line learns the price of a house: linear regression by gradient descent, one run in linked views."""

from functools import partial

import streamlit as st

from calc.numbers import written
from pages.linear_regression import charts, controls, panels, table
from pages.linear_regression import columns as data
from pages.linear_regression import kept as keeping
from pages.shared.charts import show
from pages.shared.layout import lesson, unfolded
from pages.shared.player import player

places = lesson(
    "Linear regression by gradient descent",
    "The loss is the mean square of the grey gaps between line and houses. Step by step the line moves "
    "downhill on it. Drag the ring, where it starts, or a house (of up to 60).",
    controls.FIELDS,
)
with places.controls:
    points, setting = controls.choose(places.rate)

how, others = setting.how, keeping.settings(setting.how)
fit, drawn = data.fitted(points, how), data.drawn(points, how, setting.at, others)
status = panels.ended(points, how)
start = "at random" if how.start is None else "where you put it"
predicted = written(float(fit.predict(setting.at)[-1]), 6, points.prefix)

with places.head:
    player(how.steps, speed=5, plays=str(how.start))
with places.picture:
    top_left, top_right = st.columns([5, 4])
    with top_left:
        show(
            charts.houses(*points.axes, data.spread(points)),
            drawn["houses"],
            alt=f"{points.sums.n} houses and a line that starts {start}; after {how.steps} steps it predicts "
            f"{predicted} at {points.x_title} = {written(setting.at, 10)}. {status.text}",
            key="move-houses",
            on_select=partial(table.move_house, points),
            size="main",
        )
    with top_right:
        where = (
            " (standardised)" if how.standardise else "" if data.true_scale(fit) else " (axes of two scales)"
        )
        show(
            charts.contour(f"slope{where}", f"intercept{where}"),
            drawn["contour"],
            alt=f"Rings of equal loss over slope and intercept around the least loss; {panels.way(fit)}. "
            "The start can be moved.",
            key="move-contour",
            on_select=partial(controls.start_here, fit),
            size="main",
        )
    low_left, low_right = st.columns([4, 5])
    with low_left:
        show(
            charts.loss(),
            drawn["loss"],
            alt=f"The loss on a log scale goes from {written(fit.loss[0], 3)} to {written(fit.loss[-1], 3)} in "
            f"{how.steps} steps; the least possible is {written(fit.best_loss, 3)}.",
            key="loss",
            size="side",
        )
    with low_right:
        panels.update(fit, points, setting.at, status)

keeping.buttons(how)
# Open as soon as there is something to compare.
box = st.expander("The runs in numbers", bool(others), key=f"numbers-{bool(others)}", on_change="rerun")
if box.open:
    with box:
        every = {"This run": fit, **{letter: data.fitted(points, other) for letter, other in others}}
        panels.in_numbers(every, points)
unfolded("Every step, as a table and as CSV", "every-step", panels.every_step, fit)
unfolded(
    "Where the update comes from, which rates converge, and the code that ran", "derivation",
    panels.derivation, fit, points, how.seed,
)  # fmt: skip
