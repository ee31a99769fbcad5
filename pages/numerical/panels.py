"""The numbers and the words of `numerical`."""

from math import isnan

import numpy as np
import streamlit as st

from calc.expression import parse_expression
from calc.numbers import written
from calc.numerical import METHODS, PRECISIONS, STATUSES, Study, by_scipy, gradient
from pages.numerical import columns
from pages.numerical.controls import Setting, Table
from pages.shared.charts import show
from pages.shared.curves import compared
from pages.shared.memory import kept
from pages.shared.player import readout
from pages.shared.quotient import SAID, Cell, answers, subtracted, subtraction
from pages.shared.tables import show_table
from pages.shared.valley import EACH, best_steps, explained, found, said, short

CORNER = parse_expression("|x|")


def digits(setting: Setting) -> None:
    """The subtraction of the central quotient with its digits, and which of its two errors rules."""
    t = setting.t
    html = subtraction(f"f({t} + Δ{t})", f"f({t} − Δ{t})", f"Δf / 2Δ{t}", f"f′({t})")
    readout(html + SAID, {}, _by_step(setting), key="digits")


@kept
def _by_step(setting: Setting) -> dict[str, list[str]]:
    s, most = found(setting.expression, setting.at, setting.format), PRECISIONS[setting.format].digits
    columns = s.above[EACH], s.below[EACH], s.found["central"][EACH]
    texts, differences = subtracted(*columns, s.truth.slope, most)
    return texts | {"said": said(s, differences, most)}


def methods(t: str, s: Study) -> None:
    """What each method says at the step, how wrong it is, and its best step by theory and as measured."""
    rows: dict[str, list[Cell]] = {
        m.name: [(n, 6), (f"{n}-error", 2), *best_steps(s, n)] for n, m in METHODS.items()
    }  # fmt: skip
    heads = "method", f"Δf/Δ{t}", "error", f"best Δ{t}: ◇\u00a0theory", "△\u00a0measured"
    columns = {name: s.found[name][EACH] for name in METHODS}
    columns |= {f"{name}-error": s.errors[name][EACH] for name in METHODS}
    readout(answers(heads, rows), columns, key="methods")


def picture_explained(t: str, unit: float) -> str:
    """What the picture shows."""
    return (
        f"{explained(t)} That rounding is {written(unit, 2)} of their size. With D for the central quotient, "
        f"Richardson’s is (4 D(Δ{t}/2) − D(Δ{t}))/3: the parts with Δ{t}² cancel, so truncation falls with Δ{t}⁴. The "
        f"**complex step** subtracts nothing: it is the imaginary part of f({t} + iΔ{t}), divided by Δ{t}. Dashed "
        "lines: what theory expects. A line along the bottom: an error of 0, or one too small to draw."
    )


def from_table(setting: Setting, table: Table) -> None:
    """np.gradient of a table of values beside the exact curve, and close up at a corner; what noise does to it."""
    t, quiet = setting.t, table._replace(noise=0.0)
    values = gradient(setting.expression, setting.at - columns.REACH, setting.at + columns.REACH, *table)
    corner = gradient(CORNER, -columns.REACH, columns.REACH, *quiet)
    inside, ends = values.furthest
    judged = f"is wrong by up to {short(inside)} inside and {short(ends)} at the ends"
    if max(inside, ends) < 0:
        judged = "has no slope to be compared with"
    told = f"Δ{t} = {written(values.spacing)}: `np.gradient` {judged}."
    near, of = _corner(corner.found), ("exact", "np.gradient")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn = columns.beside(setting.expression, values, table)
        alt = f"np.gradient beside the exact slope. {told}"
        show(compared(t, f"f′({t})", *of), drawn, key="table", alt=alt)
    with right:
        close = columns.beside(CORNER, corner, quiet, 3.2 * corner.spacing)
        alt = f"np.gradient of |x|, close up: {near}"
        show(compared("x", "slope of |x|", *of), close, key="corner", alt=alt)
    st.markdown(
        f"{told} Inside it takes (y₊ − y₋)/2Δ{t}; at an end, where a neighbour is missing, two values with "
        f"`edge_order=1`, three with 2. The same table of |x|, close up: {near}\n\n**Noise** of size σ in each value "
        f"gives such a slope the variance 2σ²/(2Δ{t})², a forward quotient 2σ²/Δ{t}². That is a deviation of "
        f"σ/(√2Δ{t}) = **{written(table.noise / 2**0.5 / values.spacing)}** here, and twice as much with values twice "
        "as dense. The band of two deviations holds 95% of the slopes. Rounding is such a noise, in the last digit."
    )


def _corner(slopes: np.ndarray) -> str:
    middle, odd = divmod(len(slopes), 2)
    # But for rounding.
    near = " and ".join(written(float(slope)) for slope in slopes[middle - 1 + odd : middle + 1].round(9))
    at_0 = f"at 0 it says {near}, where there is no derivative. An even number of points has none at 0."
    return at_0 if odd else f"beside 0 it gives {near}, where −1 and 1 are right: both look across it."


def costs(setting: Setting, s: Study) -> None:
    """How often each method asks for f, and what SciPy says of its own answer."""
    own = by_scipy(setting.expression, setting.at, PRECISIONS[setting.format])
    wrong = float(s.truth.errors(np.array([own.value]))[0])
    rows = [(m.name, m.evaluations(), m.evaluations(1000), s.least[name]) for name, m in METHODS.items()]
    rows.append(("`scipy.differentiate.derivative`", own.evaluations, 1000 * own.evaluations, wrong))
    show_table([
        {"method": name, "computes f": f"{one} ×", "for 1,000 parameters": f"{many:,} ×", "least error": short(error)}
        for name, one, many, error in rows
    ])  # fmt: skip
    judged = (
        "found no number" if isnan(own.value) else "answers, though there is no derivative" if isnan(wrong)
        else f"is wrong by {short(wrong)}, {'within' if wrong <= own.claimed else '**outside**'} its error bar"
    )  # fmt: skip
    st.markdown(
        f"**SciPy {judged}**: {short(own.value, 10)} ± {short(own.claimed)}, status {own.status}: "
        f"{STATUSES[own.status]}. It combines eight central values as Richardson combines four, and halves the step; "
        "its error bar is how far two answers in a row are apart. The complex step computes f once, but with complex "
        "numbers, where one product takes four real ones. **Each further parameter costs the same again**: that makes "
        "numerical differentiation slow for a network. Reverse mode goes forward once and back once, for all of them."
    )
