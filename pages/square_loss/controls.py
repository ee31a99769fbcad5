"""The controls of `square-loss`: the points of the visitor, one more of them far out, and how the ball rolls."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.datasets import Column, DatasetError, format_column, numbers_in, parse_column
from calc.descent import METHODS
from calc.descent.quadratic import Quadratic
from calc.loss_curves import Points, beside
from calc.numbers import rounded
from pages.shared import rates, table_source
from pages.shared.fields import Carried, Flag, Number, Whole, drawer
from pages.shared.last_good import last_good, shown_field
from pages.shared.moving import SEEN, moved_to
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
SHOWN: Carried[Column | None] = shown_field("shown", "those shown meanwhile", POINTS, check, (2.0, 5.0))
OUTLIER = Whole("outlier", "where one more point lies", "An outlier at", -100, 100, default=30)
ADD = Flag("add", "whether it is one of the points", "Add it")
STEPS = Whole("steps", "steps of the ball", "Steps", 1, columns.MOST_STEPS, default=40)
START = Number[float | None]("start", "where the ball starts", "Ball starts at x =", -LARGEST, LARGEST, None)
FIELDS = (POINTS, SHOWN, OUTLIER, ADD, rates.RATE, rates.EXACT, STEPS, START)


@dataclass(frozen=True)
class Setting:
    """What decides the pictures: the table's `own` points, all with an `extra` one, the outlier; the ball's run."""

    own: Points
    outlier: float
    extra: bool
    start: float
    rate: float
    steps: int

    @property
    def points(self) -> Points:
        return (*self.own, self.outlier) if self.extra else self.own


def choose(slider: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; while the table holds no points, the last good ones are shown."""
    where, add = st.columns([3, 2], vertical_alignment="center")
    outlier, extra = float(OUTLIER.draw(where)), ADD.draw(add)
    st.caption("Drag points; click to add or remove one.")
    table = table_source.editor(
        POINTS, FIRST, lambda points: pd.DataFrame({"points aᵢ": points}), height=212,
        alt="Editable table of the points, one a row; the empty row adds one",
    )  # fmt: skip
    box = drawer("Steps, start, exact rate")
    steps, start = STEPS.draw(box), START.draw(box, placeholder="the left end")
    exact = rates.EXACT.draw(box, placeholder="none")
    # With the empty rows, which are no points, a mistake is named by the row of the table.
    column = tuple(point for (point,) in table_source.typed_rows(table, [*table.columns]))
    POINTS.keep(tuple(point for point in column if point is not None))
    # Last, so that what is said of a mistake moves nothing.
    own = last_good(column, check, SHOWN, FIRST, error=DatasetError, tell="These points cannot be used yet.")
    limit = 1 / (len(own) + extra)
    known = Quadratic(METHODS["gradient-descent"], (2 / limit,))
    with slider:
        rate = rates.choose_rate(limit, limit / 5, exact, known)
    return Setting(own, outlier, extra, beside(own) if start is None else start, rate, steps)


def move(setting: Setting, span: float) -> None:
    """A point was moved in the chart of squares, or clicked to take it away, or a place clicked for one more."""
    if (done := moved_to("move-square")) is None:
        return
    own, number, place = setting.own, done[0], rounded(done[1], span / SEEN)
    click = number >= 0 and abs(place - setting.points[number]) < span / 100
    if number == len(own):
        return ADD.put(False) if click else OUTLIER.put(round(min(max(place, OUTLIER.low), OUTLIER.high)))
    before, after = (own, ()) if number < 0 else (own[:number], own[number + 1 :])
    # The last one stays, and none is put where an axis could not carry it.
    with suppress(DatasetError):
        POINTS.put(check((*before, *(() if click else (place,)), *after)))
