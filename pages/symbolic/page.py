"""Symbolic differentiation: formulas of formulas, exact, and how they swell."""

import streamlit as st

from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player
from pages.symbolic import charts, columns, controls, panels

places = lesson(
    "Symbolic differentiation",
    "A program can apply the rules to a formula, and the answer is exact. Put f into itself again and again: how long "
    "does its derivative get?",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose()

found = columns.sizes(setting.expression)
curves, lost = columns.composed(setting.expression, setting.low, setting.high)
sizes, last = columns.lengths(found), found[-1]

with places.head:
    player(columns.MOST - 1, speed=1, plays=setting.expression.text)
with places.picture:
    top_left, top_right = st.columns([5, 4])
    low_left, low_right = st.columns([4, 5])
with top_left:
    show(
        charts.functions(), curves, key="composed", size="main",
        alt="f and its slope f′, then those of f(f(x)) and so on, up to f applied six times.",
    )  # fmt: skip
with top_right:
    show(
        charts.lengths(), columns.drawn(sizes), key="lengths", size="main",
        alt=f"How long the derivative is, on a log axis: at last {last.tree:,} parts written out, {last.graph:,} with "
        f"shared parts, and {last.reverse:,} operations in reverse mode.",
    )  # fmt: skip
with low_left:
    panels.formula(found, lost)
with low_right:
    panels.table(sizes)

panels.honestly()
panels.cells(setting)
