"""The lesson's live picture for the home page: a ball in the sum of three parabolas."""

from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS
from pages.square_loss import charts, columns


def draw() -> None:
    """A ball rolls down the sum of three parabolas to the mean of their points."""
    points = (1.0, 3.0, 8.0)
    run, _ = columns.run(points, -1.5, 0.02, PICTURE_STEPS)
    square, _ = columns.curves(points, False, (-2.0, 10.0))
    show(
        charts.loss("square", picture=True), {**square, "run": run}, key="picture-square-loss", size="card",
        alt="Three parabolas and their sum: a ball rolls down the sum to the mean of the three points.",
    )  # fmt: skip
