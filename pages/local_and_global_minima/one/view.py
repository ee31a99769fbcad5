"""One variable: f with every candidate, f' below it, and balls that roll to a minimum, or do not."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.numbers import written
from pages.local_and_global_minima.common import BEYOND, ended, fate, numbers
from pages.local_and_global_minima.one import charts, controls, panels, runs
from pages.local_and_global_minima.one import columns as data
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.player import player

GREY = "Full grey: those that diverge; faint: those on their way. "


def draw(places: Places, settings: DeltaGenerator, function: DeltaGenerator) -> None:
    """The whole view of one variable."""
    setting = controls.choose(places.rate, settings, function)
    found = runs.find(setting.expression, setting.low, setting.high)
    balls, every = runs.rolled(setting)
    still = runs.drawn(setting.expression, found)
    run = data.balls(balls.w[..., 0], balls.value, balls.gradient[..., 0])
    shares = panels.shares(found, every)
    status = ended(setting.expression, balls, 0, setting.method, setting.rate, controls.MOST_STEPS)
    with places.head:
        player(setting.steps, speed=5, plays=str(setting.start))
    with places.picture:
        pictures, words = st.columns([5, 3])
    with pictures:
        show(
            charts.function(),
            {
                **run,
                "strip": data.strip(setting.low, setting.high, every.reached),
                "view": still["view"],
                "curve": still["curve"],
                "points": still["points"],
            },
            key="move-along",
            size="main",
            on_select=partial(controls.start_there, setting.low, setting.high),
            alt=panels.finding(setting, found, shares, fate(status, setting.steps, "first ball")),
        )
        show(
            charts.slope(),
            {"run": run["run"], "view": still["view"], "curve": still["curve"], "zeros": still["zeros"]},
            key="slope",
            size="side",
            alt="The derivative of the function above, zero where the function has a horizontal tangent.",
        )
    with words:
        least = found.global_minimum[0].value if found.global_minimum else None
        numbers(
            balls,
            0,
            setting.method,
            setting.rate,
            status,
            least,
            "the global minimum",
            "First ball (the large one)" * setting.many,
        )
        inside = setting.low <= setting.start <= setting.high
        outside = (
            f"The first ball starts at x = {written(setting.start)}, outside the interval that is shown. "
        )
        grey = GREY * bool((every.reached < 0).any())
        # What is not always said comes last, so that it moves nothing.
        st.markdown(
            "Drag the ring, where the ball starts, or click. The strip has the colour of the minimum each start "
            f"reaches. {shares} {grey}{BEYOND * bool(data.leaves(balls.w, setting.low, setting.high))}"
            f"{'' if inside else outside}"
        )
    if setting.why:
        st.markdown(f"**Why this function:** {setting.why}")
    panels.candidates(setting, found)
    panels.start_by_rate(setting)
