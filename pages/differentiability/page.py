"""Where derivatives do not exist: a secant on either side of a point, two limits, or none."""

from math import isnan

import streamlit as st

from calc.numbers import counted
from pages.differentiability import charts, columns, controls, panels
from pages.shared.charts import show
from pages.shared.function_columns import STEPS, ends_of, halved, line, looked_at
from pages.shared.layout import lesson, quarters, unfolded
from pages.shared.magnifier import draw, straight
from pages.shared.player import player
from pages.shared.verdict import apart, judge

places = lesson(
    "Where derivatives do not exist",
    "A derivative is one slope: the same limit from both sides. Shrink h: do both secants end up on one line?",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)

t, at = setting.t, apart(setting.at, setting.low, setting.high, digits=6)[0]
drawn = line(setting.expression, setting.low, setting.high)
point, sure = looked_at(setting)
verdict = judge(point, setting.fill)
found = halved(setting, verdict.value)
view = ends_of(drawn, drawn.value, verdict.value)
run = columns.run(setting, verdict, found, view["y1"][0] - view["y0"][0])
marks = columns.marks(setting.expression, setting.low, setting.high, setting.fill)
kinds = tuple(dict.fromkeys(marks["kind"]))
text = f"{t} = {at}. {verdict.text if sure else 'What the function does here is not settled.'}"
looks = straight(setting, point, verdict)

with places.head:
    player(STEPS, speed=5, plays=f"{setting.expression.text} {setting.at} {setting.h} {setting.fill}")
top_left, top_right, low_left, low_right = quarters(places.picture, (5, 4), (3, 5))
with top_left:
    show(
        charts.secants(t, kinds),
        {"curve": {"x": drawn.x, "y": drawn.value}, "run": run, "view": view} | ({"points": marks} if kinds else {}),
        key="drag-curve", size="main", on_select=lambda: controls.moved(setting),
        alt=f"A curve with {counted(len(marks['x']), 'mark')} where it has no derivative, and two secants through the "
        f"point at {t} = {at}, whose second points come nearer. {text}",
    )  # fmt: skip
with top_right:
    lines = (verdict.left, -1, "From the left"), (verdict.right, 1, "From the right")
    draw(setting, point, verdict, run, lines, charts.NAMES, looks)
with low_left:
    show(
        charts.beside(f"f({t} ± h)" if isnan(verdict.value) else f"Δf/Δ{t}"),
        columns.beside(setting, point, verdict), key="beside", size="side",
        alt=f"What the slopes from the left and the right come to as h shrinks. {text}",
    )  # fmt: skip
with low_right:
    panels.numbers(t, verdict, found, text)

st.markdown(looks)
unfolded("What SymPy, NumPy, SciPy and JAX say at such points", "who-says-what", panels.who_says_what)
