"""Two variables: the landscape from above, paths from clicked starts, and the map of basins."""

from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.basins import (
    BasinMap,
    Landscape,
    Saddles,
    Trajectories,
    Window,
    beyond,
    landscape,
    saddles,
    trajectories,
)
from calc.expression import Expression
from calc.numbers import written
from pages.local_and_global_minima import colours
from pages.local_and_global_minima.common import BEYOND, STEPS, ended, fate, numbers
from pages.local_and_global_minima.two import charts, controls
from pages.local_and_global_minima.two import words as say
from pages.local_and_global_minima.two.controls import Setting, Starts
from pages.local_and_global_minima.two.maps import PATIENCE, basins
from pages.local_and_global_minima.two.words import Jump
from pages.shared import theme
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player
from pages.shared.turns import run_in_worker

SHOWN_STEPS = 2
"""Of a ball that jumps: enough to see where it lands."""


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
    status = ended(setting.expression, balls, -1, setting.method, setting.rate, STEPS.high)
    several = len(setting.starts) > 1
    band = None if mapped is None else jump(setting.expression, mapped, setting.method, setting.rate)
    with plane:
        _plane(
            setting,
            balls,
            found,
            passes,
            mapped,
            band,
            fate(status, setting.steps, "last ball" if several else "ball"),
        )
    below.caption(
        f"{'' if mapped else 'Yellow is low, violet high. '}Drag a ring, where a ball starts; click for one more ball."
    )
    with clear:
        controls.clear(setting.starts)
    with right:
        if mapped:
            _shares(setting, mapped)
        else:
            _heights(balls)
        least = float(found.values.min()) if len(found.values) else None
        numbers(
            balls,
            -1,
            setting.method,
            setting.rate,
            status,
            least,
            "the lowest minimum",
            "Last ball (the large one)" * several,
        )
        if outside := say.outside(setting.starts, setting.window):
            st.markdown(outside)
    if setting.why:
        st.markdown(f"**Why this function:** {setting.why}")
    st.caption(say.found_how(mapped is not None))
    # Last, since they have as many lines as there are minima and saddles.
    lowest, between = st.columns(2)
    lowest.markdown(say.counts(mapped) if mapped else say.lowest(found, setting.window))
    between.markdown(say.saddles(passes, setting.window))
    st.markdown(
        BEYOND * charts.leaves(balls, setting.window)
        + ("" if band is None else say.band(band, setting.method))
    )
    if setting.map and not mapped:
        st.warning(
            f"This map would take more than {PATIENCE:g} s, and others use this server too: take fewer starts, or "
            "fewer steps. The contours are shown."
        )


def _plane(
    setting: Setting,
    balls: Trajectories,
    found: Landscape,
    passes: Saddles,
    mapped: BasinMap | None,
    band: Jump | None,
    fate: str,
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
            "starts": charts.starts(setting.starts),
            "field": charts.field(setting.expression, setting.window),
            "jump": charts.way(band.w if band else np.empty((0, 2))),
            "arrows": charts.arrows(setting.expression, setting.window)
            if setting.arrows
            else charts.NO_ARROWS,
            "view": charts.view(setting.window),
        },
        key="move-plane",
        size="tall",
        on_select=partial(controls.move, setting.starts, setting.window),
        alt=f"{say.finding(found, passes, mapped, len(setting.starts), setting.window)} {fate}",
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
    """f by step, on a log axis where it spans decades."""
    first, last = balls.value[-1, [0, -1]]
    log = charts.spans_decades(balls.value)
    show(
        charts.heights(log),
        charts.values(balls.value, log),
        key="heights",
        size="side",
        alt=f"The value of f by step{', on a log axis' * log}, from {written(first)} to {written(last)}.",
    )


@kept
def rolled(expression: Expression, starts: Starts, method: str, rate: float, steps: int) -> Trajectories:
    return run_in_worker(trajectories, expression, starts, method=method, rate=rate, steps=steps)


@kept
def jump(expression: Expression, mapped: BasinMap, method: str, rate: float) -> Jump | None:
    """The first steps of a ball that falls into a valley beyond another one; None if the map has no such start."""
    if (start := beyond(mapped)) is None:
        return None
    x, y, number = start
    run = run_in_worker(trajectories, expression, [(x, y)], method=method, rate=rate, steps=SHOWN_STEPS)
    return Jump(run.w[0], mapped.minima[number])


@kept
def minima(expression: Expression, window: Window) -> Landscape:
    return run_in_worker(landscape, expression, window)


@kept
def saddles_in(expression: Expression, window: Window) -> Saddles:
    return run_in_worker(saddles, expression, window)
