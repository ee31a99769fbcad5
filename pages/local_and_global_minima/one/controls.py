"""The controls of one variable: they give the function on its interval, the start and how the balls roll."""

from dataclasses import dataclass

import streamlit as st

from calc.expression import Expression
from pages.local_and_global_minima.common import METHODS, ends, fitting
from pages.local_and_global_minima.common import PARAMETERS as PARAMETERS_OF_BOTH
from pages.local_and_global_minima.presets import ONE, OWN
from pages.shared import links, rates
from pages.shared.formula import formula, read, written

TITLES = {slug: preset.title for slug, preset in ONE.items()} | {OWN: "My own function"}
PARAMETERS = PARAMETERS_OF_BOTH | {
    "f": links.choice(TITLES),
    "from": links.number(-1e6, 1e6),
    "to": links.number(-1e6, 1e6),
    "x0": links.number(-1e6, 1e6),
    "steps": links.integer(1, 300),
    "balls": links.FLAG,
    "rates": links.FLAG,
    "symbolic": links.FLAG,
}


@dataclass(frozen=True)
class Setting:
    """What decides the picture: the function on its interval, the start, and how the balls roll."""

    expression: Expression
    low: float
    high: float
    start: float
    rate: float
    steps: int
    method: str
    many: bool


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    slug = links.selectbox("Function", TITLES, key="f")
    chosen = ONE.get(slug, ONE["double-well"])
    (x0,), (x_from, x_to) = chosen.start, chosen.window
    fitting(f"{slug}(x)", chosen.rate, x0=x0, **{"from": x_from, "to": x_to})
    if slug == OWN:
        expression = formula("f(x) =", chosen.text, key="own")
    else:
        expression = read(chosen.text)
        written(expression)
    rate = rates.choose_rate(100 * chosen.rate, chosen.rate, diverges=False)
    steps = st.slider("Steps", 1, 300, 60, key="steps", bind="query-params")
    method = links.selectbox("Method", METHODS, key="method")
    many = st.toggle("Twenty more balls", key="balls", bind="query-params")
    with st.popover("Interval, start, exact rate", width="stretch"):
        one, two = st.columns(2)
        low = one.number_input("from x =", -1e6, 1e6, x_from, format="%g", key="from", bind="query-params")
        high = two.number_input("to x =", -1e6, 1e6, x_to, format="%g", key="to", bind="query-params")
        start = one.number_input(
            "first ball at x =", -1e6, 1e6, x0, format="%g", key="x0", bind="query-params"
        )
        with two:
            rates.exact_rate()
    low, high = ends("The interval", low, high, (x_from, x_to))
    return Setting(expression, low, high, start, rate, steps, method, many)
