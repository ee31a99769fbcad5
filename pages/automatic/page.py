"""Automatic differentiation: the graph of a function, filled in operation by operation, forward or in reverse."""

import streamlit as st

from calc.numbers import counted, written
from pages.automatic import columns, controls, panels
from pages.shared.charts import show
from pages.shared.graph import charts
from pages.shared.layout import lesson
from pages.shared.player import player, readout

LARGE = 12
"""Nodes; a larger graph is played faster, and may be larger than its picture."""
EQUATIONS = """<div class="chain">
<p><b>Value</b> <span data-name="value"></span></p>
<p><b>Local derivative</b> <span data-name="local"></span></p>
<p><b>Chain rule</b> <span data-name="chain" class="new"></span></p>
</div><div class="verdict" data-kind="{kind}"><span data-name="said"></span></div>"""

places = lesson(
    "Automatic differentiation",
    "Neither a formula nor a difference quotient, but the chain rule with numbers, one operation at a time.",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)

walk = columns.walk(setting.expression, setting.at, setting.backward)
count, letter = len(walk.shown), setting.expression.variables[0]
mode = "in reverse" if setting.backward else "forward"
with places.head:
    player(
        walk.steps,
        speed=1 if count <= LARGE else 5,
        plays=f"{setting.expression.text} {setting.at} {setting.backward}",
    )
with places.picture:
    show(
        charts.graph(), columns.walked(setting.expression, walk), key="graph", size="main",
        alt=f"The graph of {setting.expression.text}, {counted(count, 'node')} from {letter} to f; derivatives go "
        f"{mode}. At {letter} = {written(setting.at)}: {walk.ending()}",
    )  # fmt: skip
    kind = "converged" if walk.whole else "oscillating"
    readout(EQUATIONS.format(kind=kind), {}, walk.equations, key="equations")
    if count > LARGE:
        st.caption(f"{count} nodes: if they do not all fit, the picture follows the step.")

panels.below(setting)
