"""The controls of `square-loss`: the points of the visitor, one more of them far out, and how the ball rolls."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.datasets import Typed as Rows
from calc.datasets import refused, typed_rows
from calc.descent import METHODS
from calc.descent.quadratic import Quadratic
from calc.losses import LossError
from pages.shared import rates, table_source
from pages.shared.fields import Carried, Flag, Number, Whole, drawer
from pages.shared.last_good import last_good
from pages.square_loss.columns import (
    LARGEST,
    MOST_STEPS,
    SMALLEST,
    Points,
    Typed,
    check,
    clicked,
    read,
    write,
)

FIRST: Points = (1.0, 3.0, 4.0, 8.0)
POINTS: Carried[Typed | None] = Carried(
    "points", "the points; with a mistake in them, the table shows both", read, write, "up to 60 numbers: `1~3~7`",
    examples=(FIRST, (-LARGEST, LARGEST), (SMALLEST,), (), (1.0, 1e12), (1.0, "two")),
)  # fmt: skip
SHOWN: Carried[Typed | None] = Carried(
    "shown", "the points shown while those of the table cannot be used", lambda text: check(read(text)), write,
    "as `points`", examples=((2.0, 5.0),),
)  # fmt: skip
OUTLIER = Whole("outlier", "where one more point lies", "An outlier at", -100, 100, default=30)
ADD = Flag("add", "whether it is one of the points", "Add it to the points")
STEPS = Whole("steps", "steps of the ball", "Steps", 1, MOST_STEPS, default=40)
START: Number[float | None] = Number(
    "start", "where the ball starts", "The ball starts at x =", -LARGEST, LARGEST, None
)
FIELDS = (POINTS, SHOWN, OUTLIER, ADD, rates.RATE, rates.EXACT, STEPS, START)


@dataclass(frozen=True)
class Setting:
    """What decides the pictures: the table's points, an outlier, whether it is one of the points, the ball's run."""

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
    """Draw the controls and give back what they say."""
    outlier, extra = OUTLIER.draw(), ADD.draw()
    box = drawer("Steps, start, exact rate")
    steps, start = STEPS.draw(box), START.draw(box, placeholder="the left end")
    exact = rates.EXACT.draw(box, placeholder="none")
    # Last, so that what is said of a mistake moves nothing.
    own = _points()
    limit = 1 / (len(own) + extra)
    known = Quadratic(METHODS["gradient-descent"], (2 / limit,))
    with slider:
        rate = rates.choose_rate(limit, limit / 5, exact, known=known)
    low, high = min(own), max(own)
    if start is None:
        start = low - 0.4 * (high - low or max(1.0, abs(low) / 10))
    return Setting(own, float(outlier), extra, start, rate, steps)


def _points() -> Points:
    """The editable table; while it holds something else than points, the last good ones are shown."""
    table = table_source.editor(
        POINTS, FIRST, lambda points: pd.DataFrame({"a": points}), height=155,
        column_config={"a": st.column_config.TextColumn("points aᵢ", alignment="right")},
        alt="Editable table of the points, one a row",
    )  # fmt: skip
    st.caption("A click in the chart of squares adds a point there; a click on a point takes it away.")
    rows = typed_rows(table, ["a"])
    typed = tuple(point for (point,) in rows if point is not None)
    POINTS.keep(typed)
    return last_good(typed, check, SHOWN, FIRST, error=LossError, tell=partial(_refuse, rows))


def _refuse(rows: Rows, wrong: ValueError) -> None:
    st.error("These points cannot be used yet. Until then you see the last ones that could.")
    # What was typed is never put into Markdown. With the empty rows, which are no points, it is the row of the table.
    st.text(refused(rows, ["points"], then="") or str(wrong))


def click() -> None:
    """A click in the chart adds a point there; a click on a point takes it away."""
    picked = st.session_state["square"]["selection"].get("drop")
    if picked and "x" in picked[0]:
        seen = SHOWN.get(None) or POINTS.get(FIRST) or FIRST
        points = tuple(point for point in seen if not isinstance(point, str))
        POINTS.put(clicked(picked[0]["x"], points or FIRST))
