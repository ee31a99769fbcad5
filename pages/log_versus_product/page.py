"""Why machine learning takes logarithms: a product and its logarithm, on one axis, climbed from one start."""

import streamlit as st

from calc.likelihood import LikelihoodError
from pages.log_versus_product import charts, controls, words
from pages.log_versus_product import columns as data
from pages.log_versus_product import looks as panels
from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player

places = lesson(
    "Log versus product",
    "Both are greatest at the same p. But a product's slope drowns or explodes in floating point; its logarithm's "
    "leads to the top.",
    controls.FIELDS,
)
left, right = places.controls, places.picture
with left:
    setting = controls.choose()

with right:
    player(setting.steps)
    both, drawn = None, None
    try:
        drawn = data.picture(setting.product, setting.low, setting.high)
        both = data.climbed(setting.product, setting.start, setting.steps, setting.times, setting.boost)
    except LikelihoodError as wrong:
        st.error("There is nothing to climb here." if drawn else "This stretch of p cannot be drawn.")
        st.text(str(wrong))
    if drawn is not None:
        best = drawn.found.best
        shared = {
            "curve": drawn.curve,
            "tops": {"p": [best.p] if best else []},
            "run": data.balls(setting.product, both, drawn, setting.start),
            "view": {name: [value] for name, value in drawn.view.items()},
        }
        show(charts.product(), shared, key="product", alt=words.finding(both, drawn, "The product |f|"))
        show(
            charts.logarithm(),
            shared,
            key="logarithm",
            alt=words.finding(both, drawn, "The logarithm of |f|"),
        )

if drawn is not None:
    if both is not None:
        words.updates(both, setting)
    words.maximiser(drawn, setting)
panels.draw(setting)
