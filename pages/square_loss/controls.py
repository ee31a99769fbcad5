"""The controls of `square-loss`: the points of the visitor, one more of them far out, and how the ball rolls."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from calc.losses import LossError
from pages.shared import rates, table_source
from pages.shared.fields import Carried, Flag, Number, Whole
from pages.shared.last_good import last_good
from pages.square_loss import columns
from pages.square_loss.columns import FIRST, Points

POINTS: Carried[Points | None] = Carried(
    "points",
    "the points; with a mistake in them, the table shows both",
    reads=columns.read,
    writes=lambda points: None if points is None else columns.write(points),
    taken="up to 60 numbers: `1~3~7`",
    examples=(FIRST, (-columns.LARGEST, columns.LARGEST), (columns.SMALLEST,), (), (1.0, 1e12)),
)
SHOWN: Carried[Points | None] = Carried(
    "shown",
    "the points shown while those of the table cannot be used",
    reads=lambda text: columns.check(columns.read(text)),
    writes=lambda points: None if points is None else columns.write(points),
    taken="as `points`",
    examples=((2.0, 5.0),),
)
OUTLIER = Whole(
    "outlier",
    "where one more point lies",
    "An outlier at",
    columns.OUTLIERS[0],
    columns.OUTLIERS[-1],
    default=30,
)
ADD = Flag("add", "whether it is one of the points", "Add it to the points")
STEPS = Whole("steps", "steps of the ball", "Steps", 1, 200, default=40)
START: Number[float | None] = Number(
    "start", "where the ball starts", "The ball starts at x =", -columns.LARGEST, columns.LARGEST, None
)
FIELDS = (POINTS, SHOWN, OUTLIER, ADD, rates.RATE, rates.EXACT, STEPS, START)


@dataclass(frozen=True)
class Setting:
    """What decides the pictures: all points, whether the last of them is the outlier, and the ball's run."""

    own: Points
    outlier: float
    extra: bool
    start: float
    rate: float
    steps: int

    @property
    def points(self) -> Points:
        return (*self.own, self.outlier) if self.extra else self.own


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    own = _points()
    outlier = OUTLIER.draw()
    extra = ADD.draw()
    limit = 1 / (len(own) + extra)
    slider = st.container()
    with st.popover("Steps, start, exact rate", width="stretch"):
        steps = STEPS.draw()
        start = START.draw(placeholder="the left end")
        exact = rates.EXACT.draw(placeholder="none")
    with slider:
        rate = rates.choose_rate(limit, limit / 5, exact)
    low, high = min(own), max(own)
    if start is None:
        start = low - 0.4 * (high - low or max(1.0, abs(low) / 10))
    return Setting(own, float(outlier), extra, start, rate, steps)


def _points() -> Points:
    """The editable table; while it holds something else than points, the last good ones are shown."""
    table = table_source.editor(
        POINTS, FIRST, lambda points: pd.DataFrame({"a": points}, dtype=float), height=155,
        column_config={"a": st.column_config.NumberColumn("points aᵢ", format="%.12g")},
        alt="Editable table of the points, one a row",
    )  # fmt: skip
    cells = pd.to_numeric(table["a"], errors="coerce").dropna().astype(float)
    typed: Points = tuple(cells.tolist())
    POINTS.keep(typed)
    return last_good(typed, columns.check, SHOWN, FIRST, error=LossError, tell=_refuse)


def _refuse(wrong: ValueError) -> None:
    st.error("These points cannot be used yet.", icon=":material/table:")
    st.text(str(wrong))
    st.caption("Until then you see the last ones that could.")


def click() -> None:
    """A click in the chart adds a point there; a click on a point takes it away."""
    clicked = st.session_state["square"]["selection"].get("drop")
    if clicked and "x" in clicked[0]:
        shown = SHOWN.get(None) or POINTS.get(FIRST) or FIRST
        POINTS.put(clicked_at(clicked[0]["x"], shown))


def clicked_at(x: float, points: Points) -> Points:
    """The points after a click at `x`: one more, or one less if it lies there."""
    low, high = columns.window(points, points[0])
    near = min(points, key=lambda point: abs(point - x))
    if abs(near - x) < 0.015 * (high - low):
        gone = points.index(near)
        return points[:gone] + points[gone + 1 :] if len(points) > 1 else points
    return (*points, float(f"{x:.3g}")) if len(points) < columns.MOST else points
