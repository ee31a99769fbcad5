"""A function differentiated rule by rule, with the curves of each step."""

import numpy as np
import pyarrow as pa
import streamlit as st

from calc.autodiff.equations import Writer
from calc.expression import Expression
from pages.derivative_rules import charts, columns, controls
from pages.derivative_rules.derivation import Line, derivation, rows, simplified
from pages.derivative_rules.presets import PRESETS
from pages.shared.charts import show, table
from pages.shared.functions import choose_function
from pages.shared.graph.charts import graph as graph_chart
from pages.shared.graph.columns import drawn, laid_out, short
from pages.shared.layout import Places, unfolded
from pages.shared.memory import kept
from pages.shared.player import player, revealed
from pages.shared.tables import show_table
from pages.shared.visit import visit_memory

LONG = 200
"""Characters of a derivative that are read out."""


def draw(places: Places) -> None:
    """The whole look: the derivation, and beside it what is differentiated and its derivative."""
    with places.controls:
        notation = controls.NOTATION.draw(segmented=True)
        st.caption(
            r"Two ways to write one derivative: Lagrange’s $f'(x)$, and Leibniz’s $\frac{dy}{dx} = \frac{d}{dx} f(x)$."
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
    curves = _curves(expression, notation)
    with places.head:
        player(len(lines), speed=1, plays=f"{expression.text} {notation}")
    with places.picture:
        left, right = st.columns([5, 4])
        with right:
            show(
                charts.at_each_step("before", "function"),
                {name: curves[name] for name in ("before", "run")}, key="step-before", size="main",
                alt=f"What each step differentiates, at the end all of f(x) = {expression.text}.",
            )  # fmt: skip
            show(
                charts.at_each_step("after", "its derivative"),
                {name: curves[name] for name in ("after", "run")}, key="step-after", size="side",
                alt=f"Its derivative, at the end that of all of f: {lines[-1].step.after.text[:LONG]}.",
            )  # fmt: skip
        with left:
            _derivation(expression, notation)
    unfolded(
        "How the function is built: the last operation has the first rule", "built", _built, expression, lines
    )
    y = expression(np.linspace(-columns.WIDE, columns.WIDE, 1001))
    if not (np.abs(y) < columns.HIGHEST).any():
        places.controls.warning(
            "Between −4 and 4 nothing of this function can be drawn: it has no value, or only values beyond a million."
        )


def _built(expression: Expression, lines: tuple[Line, ...]) -> None:
    """The graph of the function: each rule belongs to an operation, and the last one comes first."""
    made, places = laid_out(expression)
    writer = Writer(made, made.forward(1.0))
    # What is differentiated more than once has its rule where it comes first.
    by_line = {line.step.before.root: k for k, line in reversed([*enumerate(lines)][1:-1])}
    steps = [by_line.get(made.nodes[i].whole, -1) for i in places.shown]
    names, operations = zip(*((writer.name(i), writer.operation(i)) for i in places.shown), strict=True)
    words = {
        "name": names, "text": [*map(short, operations)], "whole": operations,
        "value": [f"{name}: {lines[k].step.rule}" if k > 0 else name for k, name in zip(steps, names, strict=True)],
        "slope": [""] * len(steps),
    }  # fmt: skip
    looks = [steps.index(k) if k in steps else -1 for k in range(len(lines) + 1)]
    show(
        graph_chart(), drawn(places, words, steps, [-1] * len(steps), looks), key="built", size="main",
        alt=f"The graph of {expression.text}: from {expression.variables[0]} to the last operation, whose rule, "
        f"{lines[1].step.rule}, comes first.",
    )  # fmt: skip
    st.markdown(
        "A function is built from x on, operation by operation. Its derivative begins at **the last one**, with the "
        "rule of that operation, and goes on with what it was made of."
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
