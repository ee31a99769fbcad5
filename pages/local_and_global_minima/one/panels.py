"""What is said of one variable: who finds the global minimum, every candidate, and which rate leads where."""

import numpy as np
import pyarrow as pa
import streamlit as st

from calc.basins import DIVERGED, OUTSIDE, UNDECIDED, Basins1D
from calc.expression import Expression
from calc.minima import Minima, Point
from calc.numbers import counted, share, written
from pages.local_and_global_minima import colours
from pages.local_and_global_minima.one import charts
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.one.controls import RATES, SYMBOLIC, Setting
from pages.local_and_global_minima.one.runs import UNSETTLED, find, find_exact, rate_grid
from pages.shared import theme
from pages.shared.charts import show
from pages.shared.memory import kept
from pages.shared.tables import show_table, table_of

LISTED = 40
TOLD = 3
"""Doubts that are told one by one."""
NO_CLOSED_FORM = (
    "For an x that is given as a decimal alone SymPy has no closed form short enough to show; its digits are "
    "those of the numerical search."
)


def shares(found: Minima, every: Basins1D) -> str:
    """How many of the starts find the global minimum, and what becomes of the others."""
    lowest, parts = _lowest(found), []
    if lowest:
        found_it = np.isin(every.reached, lowest).mean()
        parts.append(
            f"**{share(found_it)} of all starts** reach {'the' if len(lowest) == 1 else 'a'} global minimum"
        )
    elif found.why_no_minimum:
        parts.append(found.why_no_minimum.rstrip("."))
    # Where not all is settled a ball may rest where nobody knows of a minimum.
    on = "are still on their way" if found.proved else "are still on their way, or where nothing is settled"
    rest = data.at_rest(found, every)
    fates = (
        (every.reached == DIVERGED, "diverge"),
        (rest, "rest where the function is flat"),
        ((every.reached == UNDECIDED) & ~rest, on),
        (every.reached == OUTSIDE, "leave the domain"),
    )
    parts += [f"{share(balls.mean())} {what}" for balls, what in fates if balls.any()]
    return "; ".join(parts) + "."


def _lowest(found: Minima) -> list[int]:
    """The numbers of the global minima."""
    best = {point.x for point in found.global_minimum}
    return [number for x, number in data.numbers(found).items() if x in best]


def finding(setting: Setting, found: Minima, shared: str, fate: str) -> str:
    """What the two charts show, and what becomes of the ball, for those who do not see them."""
    lowest = ", ".join(f"x = {data.place(point, 4)}" for point in found.global_minimum[:3])
    lowest = lowest or ("not settled" if _open(found.why_no_minimum, found) else "none")
    many = counted(len(data.minimisers(found)), "minimum", "minima")
    many = many if found.proved else f"at least {many}"
    return (
        f"A curve with {many} between {written(setting.low)} and {written(setting.high)}; global minimum: {lowest}. "
        f"Below it the derivative, zero at the candidates. {fate} " + shared.replace("*", "")
    )


def _open(why: str, found: Minima) -> bool:
    """Whether the sentence says that something is not settled: it stands among the doubts, or none is known."""
    return why == UNSETTLED.format("minimum") or any(str(doubt) == why for doubt in found.unproved)


def candidates(setting: Setting, found: Minima) -> None:
    """Every candidate with its place, its value and how it was found."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**The candidates:** where the slope is 0 or missing, and the ends. f″, the slope of f′, is above 0 where "
            "the curve bends upwards, as in a valley"
        )
        exact = SYMBOLIC.draw()
    if exact:
        with st.spinner("SymPy is solving f′(x) = 0 …"):
            found = find_exact(setting.expression, setting.low, setting.high)
    if found.points:
        show_table(_listed(setting.expression, found))
    else:
        st.markdown("There is none." if found.proved else "None is settled.")
    listed = len(data.chosen(found, LISTED))
    if len(found.points) > listed:
        st.caption(
            f"Of {len(found.points):,} candidates {listed} are listed and up to {data.MOST} drawn, evenly "
            "spread and the global ones among them. A shorter interval shows them all."
        )
    st.caption(proof(found))
    without = exact and not found.notes and any(_is_decimal(point) for point in found.points)
    for note in (*found.notes, NO_CLOSED_FORM if without else "", found.why_none):
        if note:
            st.caption(note)


def proof(found: Minima) -> str:
    """What is proved, or what is not."""
    if not found.proved:
        return _doubts(found)
    lowest = ", and no value on this interval lies below the global minimum" if found.global_minimum else ""
    return (
        "Proved, in exact or interval arithmetic: no zero of the derivative, corner or jump was left out"
        f"{lowest}."
    )


def _doubts(found: Minima) -> str:
    """The first doubts, but for what is said of the global extrema anyway."""
    doubts = list(dict.fromkeys(str(doubt) for doubt in found.unproved))
    doubts = [doubt for doubt in doubts if doubt not in (found.why_no_minimum, found.why_no_maximum)]
    parts = ["Not proved:", *doubts[:TOLD]]
    if len(doubts) > TOLD:
        parts.append(f"So it is at {counted(len(doubts) - TOLD, 'more place')}.")
    return " ".join([*parts, "Only what is known is listed and drawn."])


def _is_decimal(point: Point) -> bool:
    """Whether it is known as a decimal only; the ends are as they were given."""
    return point.latex is None and not point.kind.startswith("end")


@kept
def _listed(expression: Expression, found: Minima) -> pa.Table:
    listed = data.chosen(found, LISTED)
    second = expression.jet([point.x for point in listed]).second.tolist()
    return table_of([_line(found, *row) for row in zip(listed, second, strict=True)])


def _line(found: Minima, point: Point, second: float) -> dict[str, str]:
    """A candidate as the table has it, with f'' there; its closed form comes from our own tree, as LaTeX."""
    what = point.name or point.kind
    what += ", **global minimum**" if point in found.global_minimum else ""
    what += ", **global maximum**" if point in found.global_maximum else ""
    where = data.place(point, 12)
    return {
        "x": f"${point.latex}$ = {where}" if point.latex else where,
        "f(x)": written(point.value, 10) if np.isfinite(point.value) else "no value",
        "f″(x)": written(second) if np.isfinite([point.value, second]).all() else "–",
        "what": what,
    }


def start_by_rate(setting: Setting) -> None:
    """Start by rate, on demand: what a larger rate, or another method, changes for every start at once."""
    if not RATES.draw():
        return
    grid = rate_grid(
        setting.expression, setting.low, setting.high, setting.method, setting.steps, setting.rate
    )
    found = find(setting.expression, setting.low, setting.high)
    lowest = _lowest(found)
    best = np.isin(grid.reached, lowest).mean(axis=1)
    half = np.sqrt(grid.rates[1] / grid.rates[0])
    most, at = share(best.max()), written(grid.rates[best.argmax()], 3)
    words = f"At the rate {at} the most starts, {most}, reach a global minimum."
    words = words if best.any() else "At none of these rates does a start reach a global minimum."
    words = words if lowest else found.why_no_minimum
    show(
        charts.start_by_rate(),
        {
            "ground": {"url": [colours.start_by_rate(grid, theme.kind())]},
            "view": {
                "x0": [setting.low],
                "x1": [setting.high],
                "r0": [grid.rates[0] / half],
                "r1": [grid.rates[-1] * half],
            },
            "ball": {"x": [setting.start], "rate": [setting.rate]},
        },
        key="start-by-rate",
        size="main",
        alt=f"A map of starts by learning rates. {words}",
    )
    st.caption(
        f"{words} Full grey: it diverges; faint grey: it is still on its way. The dot is the first ball."
    )
