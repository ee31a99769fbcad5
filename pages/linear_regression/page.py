"""A line learns the price of a house: linear regression by gradient descent, one run in linked views."""

import streamlit as st

from calc.numbers import written
from pages.linear_regression import charts, controls, panels
from pages.linear_regression import columns as data
from pages.linear_regression import kept as keeping
from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player

places = lesson(
    "Linear regression by gradient descent",
    "Training starts from any line and moves it downhill on the loss, step by step, until it is as close "
    "as a line can be to all the houses.",
    controls.FIELDS,
)
with places.controls:
    points, setting = controls.choose(places.rate)

how, others = setting.how, keeping.settings(setting.how)
fit, drawn = data.fitted(points, how), data.drawn(points, how, setting.at, others)
status = panels.ended(points, how)
predicted = written(float(fit.predict(setting.at)[-1]), 6, points.prefix)

with places.head:
    player(how.steps, speed=5)
with places.picture:
    top_left, top_right = st.columns([5, 4])
    with top_left:
        show(
            charts.houses(*points.axes),
            drawn["houses"],
            alt=f"{points.sums.n} houses and a line that starts at random; after {how.steps} steps it predicts "
            f"{predicted} at {points.x_title} = {written(setting.at, 10)}. {status.text}",
            key="houses",
            size="main",
        )
    with top_right:
        where = " (standardised)" if how.standardise else ""
        show(
            charts.contour(f"slope{where}", f"intercept{where}"),
            drawn["contour"],
            alt=f"Rings of equal loss over slope and intercept, and the path of the run: {fit.status.kind}.",
            key="contour",
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

panels.curvature(fit)
keeping.buttons(how)
panels.in_numbers(
    {"This run": fit, **{letter: data.fitted(points, other) for letter, other in others}}, points
)

steps_box = st.expander("Every step, as a table and as CSV", on_change="rerun", key="every-step")
if steps_box.open:
    with steps_box:
        panels.every_step(fit)
why = st.expander("Where the update comes from, and the code that ran", on_change="rerun", key="derivation")
if why.open:
    with why:
        panels.derivation(fit, points, how.seed)
