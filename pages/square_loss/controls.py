"""The controls of `square-loss`: the points of the visitor, one more of them far out, and how the ball rolls."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from calc.losses import LossError
from pages.shared import links, rates
from pages.square_loss import columns as data
from pages.square_loss.columns import Points

FIRST: Points = (1.0, 3.0, 4.0, 8.0)
OUTLIER = 30
PARAMETERS = {
    "points": lambda text: data.read(text) is not None,
    "add": links.FLAG,
    "outlier": links.integer(-100, 100),
    "rate": rates.accepts,
    "exact": links.number(1e-300, 1e300),
    "steps": links.integer(1, 200),
    "start": links.number(-data.LARGEST, data.LARGEST),
}


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
    outlier = st.slider("An outlier at", -100, 100, OUTLIER, key="outlier", bind="query-params")
    extra = st.toggle("Add it to the points", key="add", bind="query-params")
    limit = 1 / (len(own) + extra)
    rate = rates.choose_rate(limit, limit / 5)
    with st.popover("Steps, start, exact rate", width="stretch"):
        steps = st.slider("Steps", 1, 200, 40, key="steps", bind="query-params")
        start = st.number_input(
            "The ball starts at x =",
            -data.LARGEST,
            data.LARGEST,
            None,
            format="%g",
            key="start",
            bind="query-params",
            placeholder="the left end",
        )
        rates.exact_rate()
    low, high = min(own), max(own)
    if start is None:
        start = low - 0.4 * (high - low or max(1.0, abs(low) / 10))
    return Setting(own, float(outlier), extra, float(start), rate, steps)


def _points() -> Points:
    """The editable table; while it holds something else than points, the last good ones are shown."""
    if "square-points" not in st.session_state:
        _put(data.read(st.query_params.get("points", "")) or FIRST)
    table = st.data_editor(
        st.session_state["square-table"],
        num_rows="dynamic",
        hide_index=True,
        height=155,
        key=f"square-edits-{st.session_state['square-version']}",
        column_config={"a": st.column_config.NumberColumn("points aᵢ", format="%g")},
        alt="Editable table of the points, one a row",
    )
    try:
        points = data.checked(pd.to_numeric(table["a"], errors="coerce").astype(float).tolist())
    except LossError as wrong:
        st.error("These points cannot be used yet.", icon=":material/table:")
        st.text(str(wrong))
        st.caption("Until then you see the last ones that could.")
        points = st.session_state["square-points"]
    st.session_state["square-points"] = points
    if points == FIRST:
        st.query_params.pop("points", None)
    else:
        links.put("points", data.write(points))
    return points


def _put(points: Points) -> None:
    """Start the table anew with these points."""
    st.session_state["square-points"] = points
    st.session_state["square-table"] = pd.DataFrame({"a": points}, dtype=float)
    st.session_state["square-version"] = st.session_state.get("square-version", 0) + 1


def click() -> None:
    """A click in the chart adds a point there; a click on a point takes it away."""
    clicked = st.session_state["square"]["selection"].get("drop")
    if not clicked or "x" not in clicked[0]:
        return
    points = st.session_state["square-points"]
    low, high = data.window(points, points[0])
    x = float(f"{clicked[0]['x']:.3g}")
    near = min(points, key=lambda point: abs(point - clicked[0]["x"]))
    if abs(near - clicked[0]["x"]) < 0.015 * (high - low):
        if len(points) > 1:
            gone = points.index(near)
            _put(points[:gone] + points[gone + 1 :])
    elif len(points) < data.MOST:
        _put((*points, x))
