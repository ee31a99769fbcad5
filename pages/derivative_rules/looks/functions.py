"""A common function and its derivative, linked: the slope along f is the height of f′."""

from math import isfinite

import numpy as np
import streamlit as st

from calc.numbers import written
from calc.rules import derive
from pages.derivative_rules import charts, columns, controls
from pages.derivative_rules.presets import COMMON
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.player import player, readout
from pages.shared.run import Big


def draw(places: Places) -> None:
    """The whole look: moving along f draws f′."""
    with places.controls:
        slug = controls.FUNCTION.draw()
        chosen = COMMON[slug]
        n = controls.EXPONENT.draw() if slug == "power" else 0
        expression, drawn = columns.common(chosen, n)
        st.markdown(rf"$\displaystyle f(x) = {expression.latex()}$")
        st.markdown(rf"$\displaystyle f'(x) = {derive(expression).after.latex()}$")
        st.markdown(chosen.words)
    with places.head:
        player(columns.MOVES, plays=f"{slug} {n}")
    ends = drawn["view"]
    with places.picture:
        for name, title, size, words in (
            ("f", "f(x)", "main", f"the curve, with a tangent that moves along it. {chosen.words}"),
            ("slope", "slope f′(x)", "side", "the slope of the curve, drawn as far as the point has come."),
        ):
            view = {"x0": ends["x0"], "x1": ends["x1"], "y0": ends[f"{name}0"], "y1": ends[f"{name}1"]}
            show(
                charts.along(name, title), {name: drawn[name], "run": drawn["run"], "view": view},
                key=f"common-{name}", size="main" if size == "main" else "side", alt=f"{chosen.title}: {words}",
            )  # fmt: skip
    with places.rate:
        html = "".join(
            Big(f"{name} =", column).html()
            for name, column in (("x", "x"), ("f(x)", "y"), ("f′(x)", "slope"))
        )
        run = {name: np.asarray(drawn["run"][name]) for name in ("x", "y", "slope")}
        texts = {
            name: [written(value, 4) if isfinite(value) else "no value" for value in run[name].tolist()]
            for name in ("y", "slope")
            if not np.isfinite(run[name]).all()
        }
        readout(f'<div class="bigs">{html}</div>', run, texts, key="common")
