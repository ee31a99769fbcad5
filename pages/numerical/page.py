"""Numerical differentiation: how wrong a difference quotient is, depending on Δx from 1 to 1e-16."""

import streamlit as st

from calc.numbers import written
from calc.numerical import PRECISIONS
from pages.numerical import charts, columns, controls, panels
from pages.numerical.cells import CELLS, values
from pages.shared import valley
from pages.shared.cells import show_cells
from pages.shared.charts import show
from pages.shared.fields import Nowhere
from pages.shared.function_columns import ends_of, line
from pages.shared.layout import lesson, quarters, unfolded
from pages.shared.player import player

places = lesson(
    "Numerical differentiation",
    "Δf/Δx nears the derivative as Δx shrinks, until the digits run out. How wrong is it, from Δx = 1 down to 10⁻¹⁶?",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)

t, found = setting.t, valley.found(setting.expression, setting.at, setting.format)
drawn = line(setting.expression, setting.at - columns.BESIDE, setting.at + columns.BESIDE)

with places.head:
    player(valley.PLAYED, speed=5, plays=f"{setting.expression.text} {setting.at} {setting.format}")
top_left, top_right, low_left, low_right = quarters(places.picture, (5, 4), (5, 6))
with top_left:
    best = "{} by theory and {} as measured".format(*valley.best_steps(found, "central"))
    told = f"The error of four methods against Δ{t}, on log axes. The best step of the central quotient is {best}."
    show(valley.chart(t), valley.columns(found, t), key="valley", size="main", alt=told)
with top_right:
    show(
        charts.secants(t), {"curve": {"x": drawn.x, "y": drawn.value}, "run": columns.secants(found),
                            "view": ends_of(drawn, drawn.value, float(found.here[0]))},
        key="secants", size="main", alt=f"The curve around {t} = {written(setting.at, 9)} with the secants of the step "
        "shown, of the slopes that were computed: at the smallest steps they leave the tangent again.",
    )  # fmt: skip
with low_left:
    panels.digits(setting)
with low_right:
    panels.methods(t, found)

st.markdown(panels.picture_explained(t, 2 * PRECISIONS[setting.format].unit))
tabled = st.expander("From a table of values: np.gradient, its ends, noise", on_change="rerun", key="tabled")
table = controls.table(tabled if tabled.open else Nowhere())
if tabled.open:
    with tabled:
        panels.from_table(setting, table)
unfolded("How often each method computes f, and SciPy’s error bar", "costs", panels.costs, setting, found)
unfolded(
    "The lab’s cells, with this function and this table", "lab", show_cells, CELLS, values(setting, table),
    key="numerical", everyone=setting.ours and table[:2] == (100, 1), title="Numerical differentiation",
)  # fmt: skip
