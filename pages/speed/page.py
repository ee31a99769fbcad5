"""A fair race: symbolic, numerical and automatic differentiation, to build, to call first, to call again."""

import streamlit as st

from calc.race import recorded
from pages.shared.charts import show
from pages.shared.layout import lesson, unfolded
from pages.shared.player import player
from pages.speed import charts, columns, controls, panels

places = lesson(
    "A race of three ways",
    "Which way to differentiate is the fastest? It depends on what is timed: building the derivative, calling it "
    "once, or calling it again and again, as training does.",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)
    live = panels.here(setting)

race = setting.race
sizes, ways = race.sizes, tuple(race.contestants)
results = {size: recorded().heats[setting.name, setting.precision, size] for size in sizes}
laps, ours = columns.dots(results, sizes), columns.dots({setting.size: live}, sizes)
seen = {name: [] if setting.hidden else rows for name, rows in laps.items()}

with places.head:
    player(len(sizes) - 1, speed=1, plays=f"{setting.name} {setting.precision}")
with places.picture:
    show(
        charts.dots(ways), {"laps": seen, "here": ours, "view": columns.ends(laps, ours)}, key="laps", size="main",
        alt=f"Times on a log axis, for each way to differentiate {race.title}. "
        f"{columns.told(setting, sizes[-1], results[sizes[-1]])}",
    )  # fmt: skip
    left, right = st.columns([4, 5])
with left:
    growth = columns.growth(setting, results)
    grown = {name: [] if setting.hidden else rows for name, rows in growth.items()}
    show(
        charts.growth(ways, race.size, "ns a point" if race.points(1) else "ms", race.size != "k"),
        {
            "growth": grown, "run": {"step": list(range(len(sizes))), "size": sizes},
            "view": columns.corners(growth),
        },
        key="growth", size="side",
        alt=f"How the time of later calls grows with {race.size}, a line for each way, coloured as above.",
    )  # fmt: skip
with right:
    panels.numbers(setting, results)

panels.record()
st.markdown(panels.WHY)
unfolded("The code that is timed", "code", panels.code, setting)
