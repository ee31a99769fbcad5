"""The lesson's live picture for the home page: a ball in the sum of three parabolas."""

from calc.losses import absolute_loss, square_loss
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS
from pages.square_loss import charts, columns


def draw() -> None:
    """A ball rolls down the sum of three parabolas to the mean of their points."""
    points = (1.0, 3.0, 8.0)
    loss = square_loss(points)
    rolling = loss.descend(-1.5, rate=0.02, steps=PICTURE_STEPS)
    moving = {"points": columns.ordered(points), "run": columns.run(absolute_loss(points), rolling)}
    show(
        charts.loss("square", picture=True), moving | columns.curve(loss, (-2.0, 10.0)), key="picture-square-loss",
        alt="Three parabolas and their sum: a ball rolls down the sum to the mean of the three points.",
    )  # fmt: skip
