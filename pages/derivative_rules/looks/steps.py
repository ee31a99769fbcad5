"""A function differentiated rule by rule, with the curves of each step."""

import numpy as np
import pyarrow as pa
import streamlit as st

from calc.expression import Expression
from pages.derivative_rules import charts, columns, controls
from pages.derivative_rules.derivation import derivation, rows, simplified
from pages.derivative_rules.presets import PRESETS
from pages.shared.charts import show, table
from pages.shared.functions import choose_function
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player, revealed
from pages.shared.tables import show_table
from pages.shared.visit import visit_memory


def draw(places: Places) -> None:
    """The whole look: the derivation, and beside it what is differentiated and its derivative."""
    with places.controls:
        notation = controls.NOTATION.draw(segmented=True)
        st.caption(
            r"$f'(x)$ is Lagrange's notation, $\frac{dy}{dx} = \frac{d}{dx} f(x)$ Leibniz's: one derivative."
        )
        _, _, expression = choose_function(controls.F, PRESETS, PRESETS["product"])
    lines = derivation(expression, notation)
    if not lines:
        with places.head:
            player(0)
        places.picture.error(
            "The derivative of this function is too long to be written out: try a shorter one."
        )
        return
    drawn = _curves(expression, notation)
    with places.head:
        player(len(lines), speed=1, plays=f"{expression.text} {notation}")
    with places.picture:
        left, right = st.columns([5, 4])
        with right:
            show(
                charts.at_each_step("before", "differentiated"),
                {name: drawn[name] for name in ("before", "run")}, key="step-before", size="main",
                alt="The function that the step shown differentiates.",
            )  # fmt: skip
            show(
                charts.at_each_step("after", "its derivative"),
                {name: drawn[name] for name in ("after", "run")}, key="step-after", size="side",
                alt="The derivative of the function above.",
            )  # fmt: skip
        with left:
            _derivation(expression, notation)
    y = expression(np.linspace(-columns.WIDE, columns.WIDE, 1001))
    if not (np.abs(y) < columns.HIGHEST).any():
        places.controls.warning(
            "Between −4 and 4 nothing of this function can be drawn: it has no value there, or none below a million."
        )


def _derivation(expression: Expression, notation: str) -> None:
    """The table, which does not wait for SymPy: its form follows."""
    memory, asked = visit_memory(), (expression, notation)
    if memory.get("simplified") == asked:
        revealed(_table(expression, notation))
        return
    place = revealed(rows(derivation(expression, notation), more="SymPy is simplifying …"))
    with place:
        show_table(_table(expression, notation))
    memory["simplified"] = asked


@kept
def _curves(expression: Expression, notation: str) -> dict[str, pa.Table]:
    """The curves of each line; at last, beside SymPy's form, those of the last one again."""
    lines = derivation(expression, notation)
    return {name: table(drawn) for name, drawn in columns.steps([*lines, lines[-1]]).items()}


@kept
def _table(expression: Expression, notation: str) -> pa.Table:
    return rows(derivation(expression, notation), more=simplified(expression, notation))
