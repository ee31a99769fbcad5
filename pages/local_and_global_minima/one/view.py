"""One variable: f with every candidate, f' below it, and balls that roll to a minimum, or do not."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.local_and_global_minima.common import ending, update
from pages.local_and_global_minima.one import charts, controls, panels, runs
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.presets import ONE
from pages.shared import links
from pages.shared.charts import show
from pages.shared.player import player

TITLES, PARAMETERS = controls.TITLES, controls.PARAMETERS


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of one variable: controls on the left, charts on the right."""
    with left:
        setting = controls.choose()
    found = runs.find(setting.expression, setting.low, setting.high)
    balls, every = runs.rolled(setting)
    with right:
        player(setting.steps, at=links.step(), plays=str(setting.start))
        still = runs.drawn(setting.expression, found)
        run = data.balls(balls.w[..., 0], balls.value, balls.gradient[..., 0])
        shares = panels.share(found, every)
        show(
            charts.function(), key="one", on_select=_drop, alt=panels.finding(setting, found, shares), **run,
            strip=data.strip(setting.low, setting.high, every.reached), view=still["view"], curve=still["curve"],
            points=still["points"],
        )  # fmt: skip
        show(
            charts.slope(), key="slope", **run, view=still["view"], curve=still["curve"], zeros=still["zeros"],
            alt="The derivative of the function above, zero where the function has a horizontal tangent.",
        )  # fmt: skip
        words, numbers = st.columns([4, 5])
        with words:
            st.markdown(
                f"The strip has the colour of the minimum that each start reaches. {shares} "
                "Click the curve to drop the first ball there."
            )
        with numbers:
            update(balls, ("x",), setting.method, setting.rate)
    if not setting.low <= setting.start <= setting.high:
        st.info(f"The first ball starts at x = {setting.start:g}, outside the interval that is shown.")
    ending(balls.status[0])
    why = ONE.get(st.session_state["f"])
    if why is not None:
        st.markdown(f"**Why this function:** {why.why}")
    panels.candidates(setting, found)
    panels.start_by_rate(setting)


def _drop() -> None:
    """A click on the curve is where the first ball starts."""
    clicked = st.session_state["one"]["selection"].get("drop")
    if clicked and "x" in clicked[0]:
        st.session_state["x0"] = float(f"{clicked[0]['x']:.4g}")
