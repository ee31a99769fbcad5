"""The controls of `linear-regression`: they give the points and one frozen `Setting`."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from calc.descent import METHODS
from calc.regression import Descent, Line, Sums, curvature
from pages.linear_regression import table
from pages.linear_regression.table import Points
from pages.shared import links, rates

PARAMETERS = table.PARAMETERS | {
    "rate": rates.accepts,
    "exact": links.number(1e-300, 1e300),
    "steps": links.integer(1, 1000),
    "method": links.choice(METHODS),
    "standardise": links.FLAG,
    "at": links.number(-1e6, 1e6),
    "start": links.integer(0, 999),
    "slope": links.number(-1e9, 1e9),
    "intercept": links.number(-1e9, 1e9),
    "batch": links.integer(1, 512),
}


@dataclass(frozen=True)
class Setting:
    """How the line descends, and the x for which it predicts."""

    how: Descent
    at: float


def first_row(sums: Sums) -> tuple[float, int, str, bool]:
    """Rate, steps, method and standardise: what a first-time student needs."""
    slot = st.container()
    steps = st.slider("Steps", 1, 1000, 100, key="steps", bind="query-params")
    method = links.selectbox("Method", {name: each.title for name, each in METHODS.items()}, key="method")
    standardise = st.toggle(
        "Standardise the data",
        True,
        key="standardise",
        bind="query-params",
        help="Descend in (x − mean) / deviation. Switch it off to see why: the round valley of the loss "
        "becomes a narrow canyon.",
    )
    with slot:
        rate = _rate(sums, method, standardise)
    return rate, steps, method, standardise


def _rate(sums: Sums, method: str, standardise: bool) -> float:
    bend = curvature(sums, standardise=standardise)
    stable = METHODS[method].stable_below
    if stable is None:
        # Adam's steps are about as long as the rate: what counts is how far it has to go.
        far = 10.0 if standardise else 10 * max(abs(sums.best.slope), abs(sums.best.intercept), 1e-9)
        return rates.choose_rate(far, far / 100, diverges=False)
    limit = stable / bend.lambda_max
    return rates.choose_rate(limit, limit / 10 if bend.condition < 10 else limit / 2)


def choose() -> tuple[Points, Setting]:
    """Draw all controls and give back what they say."""
    points = table.choose()
    rate, steps, method, standardise = first_row(points.sums)
    with st.popover("More settings", width="stretch"):
        one, two = st.columns(2)
        if st.session_state.setdefault("at-of", points.x_title) != points.x_title:
            # Nine bedrooms mean nothing on another axis: start again from its middle.
            st.session_state["at-of"] = points.x_title
            st.session_state.pop("at", None)
        middle = 9.0 if points.x_title == "bedrooms" else float(f"{np.median(points.x):.3g}")
        at = one.number_input(
            "Predict at x =", -1e6, 1e6, middle, step=1.0, format="%g", key="at", bind="query-params"
        )
        seed = two.number_input("Random starting line no.", 0, 999, 0, key="start", bind="query-params")
        with one:
            rates.exact_rate()
        batch = two.number_input(
            "Rows in a mini-batch",
            1,
            512,
            min(8, points.sums.n),
            key="batch",
            bind="query-params",
            disabled=method != "stochastic",
        )
        slope, intercept = (
            column.number_input(
                f"Own starting {name}",
                -1e9,
                1e9,
                None,
                format="%g",
                key=name,
                bind="query-params",
                placeholder="random",
            )
            for column, name in ((one, "slope"), (two, "intercept"))
        )
    start = None if slope is None and intercept is None else Line(slope or 0.0, intercept or 0.0)
    how = Descent(
        rate=rate,
        steps=steps,
        start=start,
        method=method,
        standardise=standardise,
        batch=min(batch, points.sums.n),
        seed=seed,
    )
    return points, Setting(how, at)
