"""Two variables: the landscape from above, paths from clicked starts, and the map of basins."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.basins import BasinMap, Landscape, Trajectories, Window, landscape, trajectories
from calc.expression import Expression
from calc.workers import run_in_worker
from pages.local_and_global_minima.common import ending, update
from pages.local_and_global_minima.two import charts, controls
from pages.local_and_global_minima.two import words as say
from pages.local_and_global_minima.two.controls import XY, Setting, Starts
from pages.local_and_global_minima.two.maps import basins, coloured, contours
from pages.shared import theme
from pages.shared.charts import show
from pages.shared.formula import written
from pages.shared.memory import kept
from pages.shared.player import player


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of two variables: controls on the left, pictures on the right."""
    with left:
        setting = controls.choose()
    balls = rolled(setting.expression, setting.starts, setting.method, setting.rate, setting.steps)
    with right:
        player(setting.steps, plays=str(setting.starts))
        plane, side = st.columns([4, 3])
        with plane:
            mapped = basins(setting.map) if setting.ground == "basins" else None
            found = (
                mapped.landscape.inside(setting.window)
                if mapped
                else minima(setting.expression, setting.window)
            )
            _plane(setting, balls, found, mapped)
        with side:
            update(balls, XY, setting.method, setting.rate, ball=-1)
            if mapped:
                _shares(setting, mapped)
            else:
                _heights(setting, balls, found)
    ending(balls.status[-1], "Last ball" if len(setting.starts) > 1 else "Ball")
    if setting.why:
        st.markdown(f"**Why this function:** {setting.why}")
        written(setting.expression)


def _plane(setting: Setting, balls: Trajectories, found: Landscape, mapped: BasinMap | None) -> None:
    """The plane from above: its ground, the minima, the balls and their paths."""
    scheme = theme.kind()
    ground = coloured(mapped, scheme) if mapped else contours(setting.expression, setting.window, scheme)
    show(
        charts.plane(),
        {
            "ground": {"url": [ground]},
            **charts.minima(found),
            **charts.paths(balls, setting.window),
            "targets": charts.targets(setting.window),
            "arrows": charts.arrows(setting.expression, setting.window)
            if setting.arrows
            else charts.NO_ARROWS,
            "view": charts.view(setting.window),
        },
        key="plane",
        on_select=partial(controls.drop, setting.starts),
        alt=say.finding(found, mapped, len(setting.starts), setting.window),
    )
    say.found_how(mapped.device if mapped else None)


def _shares(setting: Setting, mapped: BasinMap) -> None:
    """The legend of the map: what becomes of the starts."""
    st.markdown(say.counts(mapped))
    shares = say.shares(mapped, setting.window)
    show(
        charts.shares(len(shares["label"])),
        {"shares": shares},
        key="shares",
        alt=f"Share of starts by end. {say.shared(shares)}.",
    )


def _heights(setting: Setting, balls: Trajectories, found: Landscape) -> None:
    """f by step, and the minima in words."""
    show(
        charts.heights(),
        charts.values(balls.value),
        key="heights",
        alt=f"The value of f by step, from {balls.value[-1, 0]:.4g} to {balls.value[-1, -1]:.4g}.",
    )
    st.markdown(say.lowest(found, setting.window))


@kept
def rolled(expression: Expression, starts: Starts, method: str, rate: float, steps: int) -> Trajectories:
    return run_in_worker(trajectories, expression, starts, method=method, rate=rate, steps=steps)


@kept
def minima(expression: Expression, window: Window) -> Landscape:
    return run_in_worker(landscape, expression, window)
