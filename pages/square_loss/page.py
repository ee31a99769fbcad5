"""The square loss: one parabola for each point, their sum least at the mean; beside it the distances."""

import streamlit as st

from calc.loss_curves import window
from calc.losses import outlier
from calc.numbers import written
from pages.shared.charts import show, table
from pages.shared.layout import lesson
from pages.shared.player import player
from pages.shared.run import Big, Update, at, numbers, times_the_least
from pages.square_loss import charts, columns, controls

places = lesson(
    "The square loss",
    "Every point pulls with twice its distance. Where the pulls cancel, the sum of the squares is least: at the mean.",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)

points, (low, high) = setting.points, window(setting.points, setting.start)
square, absolute = columns.losses(points)
run, status = columns.run(points, setting.start, setting.rate, setting.steps)
drawn = {"run": table(run)}
of_squares, of_distances = (each | drawn for each in columns.curves(points, setting.extra, (low, high)))

with places.head:
    player(setting.steps, speed=5)
with places.picture:
    left, right = st.columns(2)
with left:
    show(
        charts.loss("square", setting.extra), of_squares, key="move-square", size="main",
        on_select=lambda: controls.move(setting, high - low),
        alt=f"{len(points)} parabolas and their sum, least at the {square.where}, where it is "
        f"{written(square.minimum, 5)}. A ball rolls down: {status.kind}.",
    )  # fmt: skip
    show(
        charts.pulls(), {name: of_squares[name] for name in ("points", "view", "run")}, key="pulls", size="side",
        alt="Arrows from the ball to each point, and below them their mean, which ends at the mean of the points.",
    )  # fmt: skip
with right:
    show(
        charts.loss("absolute", setting.extra), of_distances, key="absolute", size="main",
        alt=f"The sum of the distances has a corner at every point and is least at the {absolute.where}, "
        f"where it is {written(absolute.minimum, 5)}.",
    )  # fmt: skip
    pulls = (
        f"<munder><mo>∑</mo><mi>i</mi></munder><mn>2</mn><mo>(</mo>{at('<mi>x</mi>', 'before')}<mo>−</mo>"
        "<msub><mi>a</mi><mi>i</mi></msub><mo>)</mo>"
    )
    numbers(
        Update("<mi>x</mi>", pulls, {"x": ""}),
        {**run, "x-direction": run["slope"][:-1], "rate": setting.rate},
        [Big("squares", "square"), Big("distances", "absolute")],
        verdict=times_the_least(run["square"], square.minimum, "sum of squares"),
        status=status,
        small='Slope of the distances: <b data-name="left"></b> left, <b data-name="right"></b> right.',
    )

st.header("Why the minimum is the mean", anchor=False)
lines = (f"| {i} | $\\displaystyle {line.latex}$ | {line.why} |" for i, line in enumerate(square.steps(), 1))
st.markdown("\n".join(("| line | the minimum, step by step | why |\n|---|---|---|", *lines)))
first, last = absolute.minimisers
least = f"at the **{absolute.where}**" if first == last else f"at every $x$ of the **{absolute.where}**"
st.markdown(
    "**The distances have corners instead.** At $x$ the slope is the number of points to the left less the number to "
    "the right. At a point itself there is no slope, only one from each side. It changes sign in the middle of the "
    f"points, so the sum is least {least}."
)

st.header("One outlier: the mean follows it, the median does not", anchor=False)
place, found = written(setting.outlier), outlier(setting.own, setting.outlier)
mean, median = (" to ".join(map(written, pair)) for pair in (found.mean, found.median))
alone = "Of two points the median is halfway, as the mean is: take more."
st.markdown(
    f"One more point at **{place}** moves the mean from **{mean}**, and the median (halfway, where there are two) from "
    f"**{median}**. Its square pulls with twice its distance: the farther out it lies, the farther it moves the mean. "
    "In the sum of distances it pulls with 1, as every point does, however far out it lies. "
    + (alone if len(setting.own) == 1 else "Add it, then drag it in the chart.")
)
