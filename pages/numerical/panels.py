"""The numbers and the words of `numerical`."""

from html import escape
from math import inf, isfinite, isnan

import numpy as np
import streamlit as st

from calc.expression import Expression
from calc.numbers import written
from calc.numerical import METHODS, PRECISIONS, STATUSES, Study, Theory, by_scipy, cancelled
from pages.numerical import charts, columns
from pages.numerical.columns import CORNER, EACH
from pages.numerical.controls import Setting
from pages.shared.charts import show
from pages.shared.memory import kept
from pages.shared.player import readout
from pages.shared.quotient import subtracted, subtraction
from pages.shared.tables import show_table

RULES = {
    "truncation": "The secant is not yet the tangent: a smaller step is better.",
    "rounding": "Too few digits are left: a larger step is better.",
    "both": "Both are alike: this is near the best step.",
}


def digits(setting: Setting, s: Study) -> None:
    """The subtraction of the central quotient with its digits, and which of its two errors rules."""
    t = setting.t
    html = subtraction(f"f({t} + Δ{t})", f"f({t} − Δ{t})", f"Δf / 2Δ{t}", f"f′({t})")
    html += '<div class="verdict"><span data-name="said"></span></div>'
    readout(
        html, {"h": s.h[EACH]}, _subtractions(setting.expression, setting.at, setting.format), key="digits"
    )


@kept
def _subtractions(expression: Expression, at: float, format: str) -> dict[str, list[str]]:
    s, most = columns.found(expression, at, format), PRECISIONS[format].digits
    steps = zip(s.h[EACH], s.above[EACH], s.below[EACH], s.found["central"][EACH], strict=True)
    rows = [
        subtracted(above, below, quotient, s.truth.slope, most) | {"said": _said(s, h, above, below, most)}
        for h, above, below, quotient in (map(float, step) for step in steps)
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _said(s: Study, h: float, above: float, below: float, most: int) -> str:
    taken, told = cancelled(above, below, most), s.theory["central"]
    if taken is None:
        return (
            f"Step {written(h, 3)}: the function has no value at one of the two points, or it is too large."
        )
    lost = f"Step {written(h, 3)}: {taken.lost} of {most} digits cancel. "
    ruling = told.ruling_at(h)
    if ruling is None or not s.truth.known:
        return lost + (
            "Theory needs a smooth function." if s.truth.known else "There is no derivative to miss."
        )
    truncation, rounding = (written(float(at([h])[0]), 2) for at in (told.truncation_at, told.rounding_at))
    return f"{lost}Theory: truncation {truncation}, rounding {rounding}. {RULES[ruling]}"


def methods(setting: Setting, s: Study) -> None:
    """What each method says at the step, how wrong it is, and its best step by theory and as measured."""
    t = setting.t
    heads = "method", f"Δf/Δ{t}", "error", f"best Δ{t}: ◇ theory", "△ measured"
    cells = [
        (f'<th scope="row">{METHODS[name].name}</th>', *(f'<td data-name="{name}{of}"></td>' for of in ("", "-error")),
         f"<td>{by_theory(s.theory[name])}</td><td>{measured(s, name)}</td>")
        for name in METHODS
    ]  # fmt: skip
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    html = f'<table class="methods"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    texts = {name: [_cell(value, 7) for value in slope[EACH].tolist()] for name, slope in s.found.items()}
    texts |= {
        f"{name}-error": [_cell(value) for value in error[EACH].tolist()] for name, error in s.errors.items()
    }
    readout(html, {"h": s.h[EACH]}, texts, key="methods")


def _cell(value: float, many: int = 2) -> str:
    return written(value, many) if isfinite(value) else "–"


def by_theory(told: Theory) -> str:
    """The best step of theory, in words where it is none."""
    return "any small" if told.best == 0 else "any large" if told.best == inf else _cell(told.best)


def measured(s: Study, name: str) -> str:
    """The best step as measured."""
    place = s.best[name]
    return "–" if place is None else "any small" if name == "complex" else written(float(s.h[place]), 2)


def explained(setting: Setting) -> str:
    """What the picture shows."""
    t, unit = setting.t, written(2 * PRECISIONS[setting.format].unit, 2)
    return (
        f"**On the right the step is too large**: the secant is not the tangent. This error, *truncation*, falls with "
        f"Δ{t} for the forward quotient, with Δ{t}² for the central one D, and with Δ{t}⁴ for Richardson’s (4 D(Δ{t}/2) "
        f"− D(Δ{t}))/3, in which the Δ{t}² cancel. **On the left it is too small**: two nearly equal numbers are "
        f"subtracted, and the *rounding* of their last digits, some {unit} of their size, is divided by Δ{t}. The "
        f"**complex step** subtracts nothing: it is the imaginary part of f({t} + iΔ{t}), divided by Δ{t}. Dashed: what "
        "theory expects. A line along the bottom has an error of 0, or one too small to draw."
    )


def table(setting: Setting, points: int, edge_order: str, noise: float) -> None:
    """np.gradient of a table of values beside the exact curve, and close up at a corner; what noise does to it."""
    t = setting.t
    found = columns.table(setting.expression, setting.at, points, edge_order, noise)
    corner = columns.table(CORNER, 0.0, points, edge_order, 0.0)
    away = np.abs(found.found - found.exact)
    inside, ends = (
        _cell(float(np.max(part[np.isfinite(part)], initial=0))) for part in (away[1:-1], away[[0, -1]])
    )
    told = f"Δ{t} = {written(found.spacing)}: `np.gradient` is wrong by up to {inside} inside and {ends} at the ends."
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show(
            charts.table(t, f"f′({t})"), columns.gridded(found, setting.expression, edge_order, noise), key="table",
            alt=f"np.gradient at {points} points beside the exact derivative. {told}",
        )  # fmt: skip
    with right:
        show(
            charts.table("x", "slope of |x|"), columns.corner(corner), key="corner", alt=_corner(corner.found)
        )
    st.markdown(
        f"{told} Inside it takes (y₊ − y₋)/2Δ{t}; at an end, where a neighbour is missing, two values with `edge_order=1`, "
        f"three with 2. On the right the same table of |x|, close up: {_corner(corner.found)}\n\n**Noise** of size σ in "
        f"each value gives such a slope the variance 2σ²/(2Δ{t})², and a forward quotient 2σ²/Δ{t}²: a deviation of "
        f"σ/(√2Δ{t}) = **{written(noise / 2**0.5 / found.spacing)}** here. Values twice as dense make it twice as large. "
        "The band of two deviations holds 95% of the slopes. Rounding is such a noise, in the last digit."
    )


def _corner(slopes: np.ndarray) -> str:
    middle, odd = divmod(len(slopes), 2)
    near = [written(float(slope)) for slope in slopes[middle - 1 + odd : middle + 1]]
    if odd:
        return (
            f"at 0 it says {near[0]}, where there is no derivative. An even number of points has none at 0."
        )
    return f"beside 0 it gives {' and '.join(near)}, where −1 and 1 are right. Both look across the corner."


def costs(setting: Setting, s: Study) -> None:
    """How often each method asks for f, and what SciPy says of its own answer."""
    own = by_scipy(setting.expression, setting.at, PRECISIONS[setting.format])
    wrong = float(s.truth.errors(np.array([own.value]))[0])
    asked = {
        each.name: (each.evaluations, each.gradient[0] * 1000 + each.gradient[1]) for each in METHODS.values()
    }
    least = [
        _cell(float(s.errors[name][place])) if (place := s.best[name]) is not None else "–"
        for name in METHODS
    ]
    asked["`scipy.differentiate.derivative`"] = own.evaluations, 1000 * own.evaluations
    show_table([
        {"method": name, "f is asked for": f"{one:,} ×", "with 1,000 parameters": f"{many:,} ×", "error at its best": error}
        for (name, (one, many)), error in zip(asked.items(), [*least, _cell(wrong)], strict=True)
    ])  # fmt: skip
    judged = (
        "found no number" if isnan(own.value) else "answers, though there is no derivative" if isnan(wrong)
        else f"is wrong by {_cell(wrong)}, {'within' if wrong <= own.claimed else '**outside**'} its error bar"
    )  # fmt: skip
    st.markdown(
        f"**SciPy {judged}**: {_cell(own.value, 10)} ± {_cell(own.claimed)}, status {own.status}: {STATUSES[own.status]}. "
        "It combines eight central values as Richardson combines four, halves the step, and its error bar is how far two "
        "answers in a row are apart. The complex step asks once, in complex numbers, which costs as much as two to four "
        "real ones. **Each further parameter asks again**: for a network that is what makes numerical differentiation "
        "slow. Reverse mode goes once forward and once back, however many parameters there are."
    )
