"""The controls of `square-loss`: the points of the visitor, one more of them far out, and how the ball rolls."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.datasets import Column, DatasetError, format_column, numbers_in, parse_column
from calc.descent import METHODS
from calc.descent.quadratic import Quadratic
from calc.loss_curves import Points, beside
from pages.shared import rates, table_source
from pages.shared.charts import clicked
from pages.shared.fields import Carried, Flag, Number, Whole, drawer
from pages.shared.last_good import last_good, shown_field
from pages.square_loss import columns

SMALLEST, LARGEST = 1e-9, 1e9
"""The sizes of numbers that an axis can carry."""
check = partial(numbers_in, name="points", most=columns.MOST, smallest=SMALLEST, largest=LARGEST)
FIRST: Points = (1.0, 3.0, 4.0, 8.0)
POINTS: Carried[Column | None] = Carried(
    "points", "the points; with a mistake in them, the table shows both", parse_column, format_column,
    "up to 60 numbers: `1~3~7`",
    examples=(FIRST, (-LARGEST, LARGEST), (SMALLEST,), (), (1.0, 1e12), (1.0, "two")),
)  # fmt: skip
SHOWN: Carried[Column | None] = shown_field(
    "shown", "the points shown while those of the table cannot be used", POINTS, check, (2.0, 5.0)
)
OUTLIER = Whole("outlier", "where one more point lies", "An outlier at", -100, 100, default=30)
ADD = Flag("add", "whether it is one of the points", "Add it to the points")
STEPS = Whole("steps", "steps of the ball", "Steps", 1, columns.MOST_STEPS, default=40)
START = Number[float | None](
    "start", "where the ball starts", "The ball starts at x =", -LARGEST, LARGEST, None
)
FIELDS = (POINTS, SHOWN, OUTLIER, ADD, rates.RATE, rates.EXACT, STEPS, START)


@dataclass(frozen=True)
class Setting:
    """What decides the pictures: the table's `own` points, all with an `extra` one, the outlier; the ball's run."""

    own: Points
    outlier: float
    extra: bool
    points: Points
    start: float
    rate: float
    steps: int


def choose(slider: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say."""
    outlier, extra = OUTLIER.draw(), ADD.draw()
    box = drawer("Steps, start, exact rate")
    steps, start = STEPS.draw(box), START.draw(box, placeholder="the left end")
    exact = rates.EXACT.draw(box, placeholder="none")
    # Last, so that what is said of a mistake moves nothing.
    own = _points()
    points = (*own, float(outlier)) if extra else own
    limit = 1 / len(points)
    with slider:
        known = Quadratic(METHODS["gradient-descent"], (2 / limit,))
        rate = rates.choose_rate(limit, limit / 5, exact, known)
    return Setting(own, float(outlier), extra, points, beside(own) if start is None else start, rate, steps)


def _points() -> Points:
    """The editable table; while it holds something else than points, the last good ones are shown."""
    table = table_source.editor(
        POINTS, FIRST, lambda points: pd.DataFrame({"points aᵢ": points}), height=155,
        alt="Editable table of the points, one a row",
    )  # fmt: skip
    st.caption("A click in the chart of squares adds a point there; a click on a point takes it away.")
    rows = table_source.typed_rows(table, [*table.columns])
    # With the empty rows, which are no points, a mistake is named by the row of the table.
    column = tuple(point for (point,) in rows)
    POINTS.keep(tuple(point for point in column if point is not None))
    return last_good(column, check, SHOWN, FIRST, error=DatasetError, tell="These points cannot be used yet.")


def click() -> None:
    """A click in the chart adds a point there; a click on a point takes it away."""
    for x in clicked("square", "x"):
        seen = SHOWN.get(None) or POINTS.get(FIRST) or FIRST
        points = tuple(point for point in seen if isinstance(point, float)) or FIRST
        POINTS.put(columns.clicked(x, points))
