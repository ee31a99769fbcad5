"""From average to instantaneous: the second point of a secant comes nearer, and its slope has a limit."""

from math import nan

import streamlit as st

from calc.numbers import written
from pages.instantaneous_rate import charts, controls, panels
from pages.shared.charts import show
from pages.shared.function_columns import STEPS, ends_of, halved, line, looked_at
from pages.shared.layout import lesson, quarters, unfolded
from pages.shared.magnifier import draw, straight
from pages.shared.player import player
from pages.shared.verdict import interval, judge

places = lesson(
    "Instantaneous rate of change",
    "How fast, at one instant? The slope of a secant is an average. Let its second point come nearer: the limit is the "
    "derivative, the slope of the tangent.",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)

t, at, words = setting.t, written(setting.at), setting.words
drawn = line(setting.expression, setting.low, setting.high)
point, sure = looked_at(setting)
verdict, found = judge(point), halved(setting)
run = panels.run(setting, point, found)
told = panels.told(setting, point, verdict, sure)
looks = "" if setting.hidden else straight(setting, point, verdict)
everywhere = "" if setting.hidden else interval(setting.expression, setting.low, setting.high)

with places.head:
    played = f"{setting.expression.text} {setting.at} {setting.h} {setting.side}"
    player(0 if setting.hidden else STEPS, speed=5, plays=played)
top_left, top_right, low_left, low_right = quarters(places.picture, (5, 4), (4, 5))
with top_left:
    show(
        charts.secant(words.t, words.f, mine=setting.guess is not None),
        {"curve": {"x": drawn.x, "y": drawn.value}, "run": run, "view": ends_of(drawn, drawn.value, point.value)},
        key="drag-curve", size="main", on_select=controls.moved,
        alt=f"A curve, and a secant whose second point comes nearer to the point at {t} = {at}. {told}.",
    )  # fmt: skip
with top_right:
    lines = [] if setting.hidden else [(point.left, -1, "Tangent"), (point.right, 1, "Tangent")]
    mine = [] if setting.guess is None else [(setting.guess, 0, "My tangent")]
    draw(setting, point, verdict, run, lines + mine, charts.NAMES, looks)
with low_left:
    # The answer could be read off.
    slope = drawn.slope * (nan if setting.hidden else 1.0)
    view = ends_of(drawn, drawn.slope, point.slope, 0.0, float(run["secant"][0]))
    show(
        charts.slope(words.t, words.slope), {"curve": {"x": drawn.x, "y": slope}, "run": run, "view": view},
        key="slope", size="side",
        alt=f"The slope at every {t}, and the slope of the secant over its interval, which shrinks to one point.",
    )  # fmt: skip
with low_right:
    panels.numbers(setting, point, found, run, told)

st.markdown(f"{looks}\n\n{everywhere}")
unfolded(f"How small should Δ{t} be?", "how-small", panels.how_small, setting, point)
unfolded("Steep, flat, falling: lines and their slopes", "steep", panels.steepness)
