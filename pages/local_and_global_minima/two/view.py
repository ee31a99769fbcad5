"""Two variables: the landscape from above, paths from clicked starts, and the map of basins."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.basins import (
    BasinMap,
    Landscape,
    Saddles,
    Trajectories,
    Window,
    landscape,
    saddles,
    trajectories,
)
from calc.expression import Expression
from calc.numbers import written
from pages.local_and_global_minima import colours
from pages.local_and_global_minima.common import STEPS, ended, numbers
from pages.local_and_global_minima.two import charts, controls
from pages.local_and_global_minima.two import words as say
from pages.local_and_global_minima.two.controls import Setting, Starts
from pages.local_and_global_minima.two.maps import PATIENCE, basins
from pages.shared import theme
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player
from pages.shared.turns import run_in_worker


def draw(places: Places, settings: DeltaGenerator, function: DeltaGenerator) -> None:
    """The whole view of two variables."""
    setting = controls.choose(places.rate, settings, function)
    balls = rolled(setting.expression, setting.starts, setting.method, setting.rate, setting.steps)
    with places.head:
        player(setting.steps, plays=str(setting.starts))
    with places.picture:
        left, right = st.columns([5, 3])
        with left.container(gap="xsmall"):
            plane = st.container()
            how, clear = st.columns([3, 2], vertical_alignment="center")
            below = how.empty()
    mapped = basins(setting.map, below) if setting.map else None
    found = mapped.landscape.inside(setting.window) if mapped else minima(setting.expression, setting.window)
    passes = saddles_in(setting.expression, setting.window)
    with plane:
        _plane(setting, balls, found, passes, mapped)
    below.caption("Click the plane to drop one more ball there.")
    with clear:
        controls.clear(setting.starts)
    with right:
        if mapped:
            _shares(setting, mapped)
        else:
            _heights(balls)
        least = float(found.values.min()) if len(found.values) else None
        who = "Last ball" if len(setting.starts) > 1 else ""
        status = ended(setting.expression, balls, -1, setting.method, setting.rate, STEPS.high)
        numbers(balls, -1, setting.method, setting.rate, status, least, "the lowest minimum", who)
        if outside := say.outside(setting.starts, setting.window):
            st.markdown(outside)
    if setting.why:
        st.markdown(f"**Why this function:** {setting.why}")
    st.caption(say.found_how(mapped.device if mapped else None))
    # Last, since they have as many lines as there are minima and saddles.
    lowest, between = st.columns(2)
    lowest.markdown(say.counts(mapped) if mapped else say.lowest(found, setting.window))
    between.markdown(say.saddles(passes, setting.window))
    if setting.map and not mapped:
        st.warning(
            f"This map would take more than {PATIENCE:g} s, and others use this server too: take fewer starts, or "
            "fewer steps. The contours are shown."
        )


def _plane(
    setting: Setting, balls: Trajectories, found: Landscape, passes: Saddles, mapped: BasinMap | None
) -> None:
    """The plane from above: its ground, minima and saddles, the balls and their paths."""
    scheme = theme.kind()
    contours = colours.contours
    ground = (
        colours.basins(mapped, scheme) if mapped else contours(setting.expression, setting.window, scheme)
    )
    show(
        charts.plane(),
        {
            "ground": {"url": [ground]},
            **charts.stationary(found, passes),
            **charts.paths(balls, setting.window),
            "targets": charts.targets(setting.window),
            "arrows": charts.arrows(setting.expression, setting.window)
            if setting.arrows
            else charts.NO_ARROWS,
            "view": charts.view(setting.window),
        },
        key="plane",
        size="tall",
        on_select=partial(controls.drop, setting.starts),
        alt=say.finding(found, passes, mapped, len(setting.starts), setting.window),
    )


def _shares(setting: Setting, mapped: BasinMap) -> None:
    """The legend of the map: what becomes of the starts."""
    shares = say.shares(mapped, setting.window)
    show(
        charts.shares(),
        {"shares": shares},
        key="shares",
        size="side",
        alt=f"Share of starts by end. {say.shared(shares)}.",
    )


def _heights(balls: Trajectories) -> None:
    """f by step."""
    first, last = balls.value[-1, [0, -1]]
    show(
        charts.heights(),
        charts.values(balls.value),
        key="heights",
        size="side",
        alt=f"The value of f by step, from {written(first)} to {written(last)}.",
    )


@kept
def rolled(expression: Expression, starts: Starts, method: str, rate: float, steps: int) -> Trajectories:
    return run_in_worker(trajectories, expression, starts, method=method, rate=rate, steps=steps)


@kept
def minima(expression: Expression, window: Window) -> Landscape:
    return run_in_worker(landscape, expression, window)


@kept
def saddles_in(expression: Expression, window: Window) -> Saddles:
    return run_in_worker(saddles, expression, window)
