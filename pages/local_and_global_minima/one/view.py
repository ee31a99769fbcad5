"""One variable: f with every candidate, f' below it, and balls that roll to a minimum, or do not."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.local_and_global_minima.common import ending, update
from pages.local_and_global_minima.one import charts, controls, panels, runs
from pages.local_and_global_minima.one import columns as data
from pages.shared.charts import show
from pages.shared.player import player


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of one variable: controls on the left, charts on the right."""
    with left:
        setting = controls.choose()
    found = runs.find(setting.expression, setting.low, setting.high)
    balls, every = runs.rolled(setting)
    with right:
        player(setting.steps, plays=str(setting.start))
        still = runs.drawn(setting.expression, found)
        run = data.balls(balls.w[..., 0], balls.value, balls.gradient[..., 0])
        shares = panels.share(found, every)
        show(
            charts.function(),
            {
                **run,
                "strip": data.strip(setting.low, setting.high, every.reached),
                "view": still["view"],
                "curve": still["curve"],
                "points": still["points"],
            },
            key="one",
            on_select=controls.drop,
            alt=panels.finding(setting, found, shares),
        )
        show(
            charts.slope(),
            {"run": run["run"], "view": still["view"], "curve": still["curve"], "zeros": still["zeros"]},
            key="slope",
            alt="The derivative of the function above, zero where the function has a horizontal tangent.",
        )
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
    if setting.why:
        st.markdown(f"**Why this function:** {setting.why}")
    panels.candidates(setting, found)
    panels.start_by_rate(setting)
