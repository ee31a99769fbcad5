"""One variable: f with every candidate, f' below it, and balls that roll to a minimum, or do not."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc import minima
from calc.basins import DIVERGED, LEFT, UNDECIDED, Basins1D, RateMap, Rolls, basins_1d, rate_map, roll
from calc.expression import Expression, parse_expression
from calc.minima import Minima, Point
from views.optimisation import minima_charts as charts
from views.optimisation import minima_data as data
from views.optimisation.minima_presets import ONE, OWN
from views.optimisation.minima_words import METHODS, count, ending, ends, fitting, update
from views.shared import links, rates
from views.shared.charts import show
from views.shared.formula import accepts, formula
from views.shared.player import player

STARTS = 300
LISTED = 40
TITLES = {slug: preset.title for slug, preset in ONE.items()} | {OWN: "My own function"}
PARAMETERS = {
    "f": links.choice(TITLES),
    "own": accepts(["x"]),
    "from": links.number(-1e6, 1e6),
    "to": links.number(-1e6, 1e6),
    "x0": links.number(-1e6, 1e6),
    "rate": links.number(1e-300, 1e300),
    "exact": links.number(1e-300, 1e300),
    "steps": links.integer(1, 300),
    "method": links.choice(METHODS),
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


@lru_cache(maxsize=256)
def find(expression: Expression, low: float, high: float, exact: bool = False) -> Minima:
    return minima.find(expression, low, high, exact=exact)


@lru_cache(maxsize=256)
def preset(text: str) -> Expression:
    return parse_expression(text)


@lru_cache(maxsize=512)
def rolled(setting: Setting) -> tuple[Rolls, Basins1D]:
    """The balls, and which minimum each start of the interval reaches."""
    starts = np.array([setting.start])
    if setting.many:
        starts = np.r_[starts, np.linspace(setting.low, setting.high, charts.BALLS + 1)[1:]]
    how = {"method": setting.method, "rate": setting.rate, "steps": setting.steps}
    found = find(setting.expression, setting.low, setting.high)
    rests, owner = data.places_of_rest(found)
    every = basins_1d(setting.expression, setting.low, setting.high, rests, count=STARTS, **how)
    return roll(setting.expression, starts, **how), replace(
        every, reached=data.numbered(every.reached, owner)
    )


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    slug = links.selectbox("Function", TITLES, key="f")
    chosen = ONE.get(slug, ONE["double-well"])
    (x0,), (x_from, x_to) = chosen.start, chosen.window
    fitting(f"{slug}(x)", chosen.rate, x0=x0, **{"from": x_from, "to": x_to})
    if slug == OWN:
        expression = formula("f(x) =", chosen.text, key="own")
    else:
        expression = preset(chosen.text)
        st.latex(f"f(x) = {expression.latex()}")
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


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of one variable: controls on the left, charts on the right."""
    with left:
        setting = choose()
    found = find(setting.expression, setting.low, setting.high)
    balls, every = rolled(setting)
    with right:
        player(setting.steps, at=links.step())
        drawn = data.curve(setting.expression, found)
        run = data.balls(balls.w[..., 0], balls.value, balls.gradient[..., 0])
        view = data.window(drawn, setting.low, setting.high)
        show(
            charts.function(), key="one", on_select=_drop, alt=_finding(setting, found, every), view=view, **run,
            curve=drawn, points=data.points(found), strip=data.strip(setting.low, setting.high, every.reached),
        )  # fmt: skip
        show(
            charts.slope(), key="slope", view=view, **run, curve=drawn, zeros=data.zeros(found),
            alt="The derivative of the function above, zero where the function has a horizontal tangent.",
        )  # fmt: skip
        words, numbers = st.columns([4, 5])
        with words:
            st.markdown(_share(found, every) + " Click the curve to drop the first ball there.")
        with numbers:
            update(balls, ("x",), setting.method, setting.rate)
    if not setting.low <= setting.start <= setting.high:
        st.info(f"The first ball starts at x = {setting.start:g}, outside the interval that is shown.")
    ending(balls.status[0])
    why = ONE.get(st.session_state["f"])
    if why is not None:
        st.markdown(f"**Why this function:** {why.why}")
    _candidates(setting, found)
    _rates(setting, found)


def _drop() -> None:
    """A click on the curve is where the first ball starts."""
    clicked = st.session_state["one"]["selection"].get("drop")
    if clicked and "x" in clicked[0]:
        st.session_state["x0"] = float(f"{clicked[0]['x']:.4g}")


def _share(found: Minima, every: Basins1D) -> str:
    """How many of the starts find the global minimum, and what becomes of the others."""
    best = {point.x for point in found.global_minimum}
    lowest = [number for number, point in enumerate(data.minimisers(found)) if point.x in best]
    parts = []
    if lowest:
        share = np.isin(every.reached, lowest).mean()
        parts.append(
            f"**{share:.0%} of all starts** reach {'the' if len(lowest) == 1 else 'a'} global minimum"
        )
    elif found.why_no_minimum:
        parts.append(found.why_no_minimum.rstrip("."))
    for code, what in (
        (DIVERGED, "diverge"),
        (UNDECIDED, "are still on their way"),
        (LEFT, "leave the domain"),
    ):
        if (every.reached == code).any():
            parts.append(f"{(every.reached == code).mean():.0%} {what}")
    return "; ".join(parts) + "."


def _finding(setting: Setting, found: Minima, every: Basins1D) -> str:
    lowest = ", ".join(f"x = {point.x:.4g}" for point in found.global_minimum[:3]) or "none"
    many = count(len(data.minimisers(found)), "minimum", "minima")
    share = _share(found, every).replace("*", "")
    return (
        f"A curve with {many} between {setting.low:g} and {setting.high:g}; global minimum: {lowest}. "
        f"Below it the derivative, zero at the candidates. {share}"
    )


def _candidates(setting: Setting, found: Minima) -> None:
    """Every candidate with its place, its value and how it was found."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The candidates**")
        exact = st.toggle("Exact, by SymPy", key="symbolic", bind="query-params")
    if exact:
        with st.spinner("SymPy is solving f′(x) = 0 …"):
            found = find(setting.expression, setting.low, setting.high, True)
    listed = data.chosen(found, LISTED)
    if listed:
        st.table([_line(setting.expression, found, point) for point in listed], hide_index=True)
    else:
        st.markdown("There is none.")
    if len(found.points) > len(listed):
        st.caption(
            f"Of {len(found.points):,} candidates {len(listed)} are listed and up to {data.MOST} drawn, evenly "
            "spread and the global ones among them. A shorter interval shows them all."
        )
    if found.proved:
        st.caption(
            "Proved, in exact or interval arithmetic: no zero of the derivative, corner or jump was left out, and no "
            "value on this interval lies below the global minimum."
        )
    else:
        st.caption("Not proved: " + " ".join(str(doubt) for doubt in found.unproved[:4]))
    for note in (*found.notes, found.why_none):
        if note:
            st.caption(note)


def _line(expression: Expression, found: Minima, point: Point) -> dict[str, str]:
    """A candidate as the table has it; its closed form comes from our own tree, as LaTeX."""
    second = float(expression.jet(point.x).second)
    what = point.name or point.kind
    what += ", **global minimum**" if point in found.global_minimum else ""
    what += ", **global maximum**" if point in found.global_maximum else ""
    where = f"{point.x:.12g}".replace("-", "−")
    return {
        "x": f"${point.latex}$ = {where}" if point.latex else where,
        "f(x)": f"{point.value:.10g}".replace("-", "−") if np.isfinite(point.value) else "no value",
        "f″(x)": f"{second:.4g}".replace("-", "−") if np.isfinite(second) else "–",
        "what": what,
    }


def _rates(setting: Setting, found: Minima) -> None:
    """Start by rate, on demand: what a larger rate, or another method, changes for every start at once."""
    if not st.toggle(
        "Start by rate: which minimum does each start reach at each rate?", key="rates", bind="query-params"
    ):
        return
    grid = _rate_grid(
        setting.expression, setting.low, setting.high, setting.method, setting.steps, setting.rate
    )
    show(
        charts.start_by_rate(), key="start-by-rate",
        alt="A map of starts by learning rates, in the colours of the minima that are reached.",
        cells=data.cells(grid.starts, grid.rates, grid.reached),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _rate_grid(
    expression: Expression, low: float, high: float, method: str, steps: int, rate: float
) -> RateMap:
    decade = 10.0 ** np.round(np.log10(rate))
    rests, owner = data.places_of_rest(find(expression, low, high))
    grid = rate_map(
        expression, low, high, rests, method=method, rates=(decade / 100, decade * 100), steps=steps, size=(200, 80)
    )  # fmt: skip
    return replace(grid, reached=data.numbered(grid.reached, owner))
