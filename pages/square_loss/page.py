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

points, extra = setting.points, setting.extra
square, absolute = columns.losses(points)
of_squares, of_distances = columns.curves(points, extra, window(points, setting.start))
run, status = columns.run(points, setting.start, setting.rate, setting.steps)
mean, median, drawn = square.where, absolute.where, table(run)
rolling = {**of_squares, "run": drawn}

with places.head:
    player(setting.steps, speed=5)
with places.picture:
    left, right = st.columns(2)
with left:
    show(
        charts.loss("square", extra), rolling, key="square", size="main", on_select=controls.click,
        alt=f"{len(points)} parabolas and their sum, least at the {mean}, where it is "
        f"{written(square.minimum, 5)}. A ball rolls down: {status.kind}.",
    )  # fmt: skip
    show(
        charts.pulls(), {name: rolling[name] for name in ("points", "view", "run")}, key="pulls", size="side",
        alt="A bar for each point, 2(x − a), and below them their sum, the slope: it is zero at the mean.",
    )  # fmt: skip
with right:
    show(
        charts.loss("absolute", extra), {**of_distances, "run": drawn}, key="absolute", size="main",
        alt=f"The sum of the distances has a corner at every point and is least at the {median}, "
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
lines = [
    f"\n| {i} | $\\displaystyle {line.latex}$ | {line.why} |" for i, line in enumerate(square.steps(), 1)
]
st.markdown("| line | the minimum, step by step | why |\n|---|---|---|" + "".join(lines))
st.markdown(
    "**The distances have corners instead.** At $x$ the slope is the number of points to the left less the number to "
    "the right, and at a point itself there is none, only one for each side. It changes sign in the middle of the "
    f"points, so the sum is least at the **{median}**."
)

st.header("One outlier: the mean follows it, the median does not", anchor=False)
place, found = written(setting.outlier), outlier(setting.own, setting.outlier)
moves = [[*map(written, (*pair, pair[1] - pair[0]))] for pair in (found.mean, found.median)]
left, right = st.columns([2, 3], gap="medium")
left.markdown(
    f"One more point at **{place}**, beside the {len(setting.own)} in the table:\n\n"
    "| one more point | without | with | moves by |\n|---|---|---|---|\n"
    f"| mean | {' | '.join(moves[0])} |\n| median | {' | '.join(moves[1])} |\n\n"
    "Its square pulls with twice its distance, so the mean moves without bound. In the sum of distances it pulls with "
    "1, as every point does: how far out it lies makes no difference."
)
with right:
    show(
        charts.moved(), columns.moved(setting.own, setting.outlier), key="moved",
        alt="Mean and median against the place of one more point: a straight line, and one flat beyond the points. "
        f"At {place} the mean moves by {moves[0][2]}, the median by {moves[1][2]}.",
    )  # fmt: skip
