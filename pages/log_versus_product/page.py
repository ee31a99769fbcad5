"""Why machine learning takes logarithms: a product and its logarithm beside each other, climbed from one start."""

import streamlit as st

from calc.likelihood import LikelihoodError
from pages.log_versus_product import charts, controls, panels
from pages.log_versus_product import columns as data
from pages.log_versus_product.looks import digits, rates, terms, tiny
from pages.shared.charts import show
from pages.shared.layout import lesson
from pages.shared.player import player

places = lesson(
    "Log versus product",
    "Both are greatest at the same p. But the slope of a long product is too small or too large for a computer: that "
    "of its logarithm leads to the top.",
    controls.FIELDS,
)
with places.controls:
    setting = controls.choose(places.rate)
with places.head:
    player(setting.steps, speed=5)

both, drawn, wrong = None, None, ""
try:
    drawn = data.picture(setting.product, setting.low, setting.high)
    both = data.climbed(setting.product, setting.start, setting.steps, setting.times, setting.boost)
except LikelihoodError as error:
    wrong = str(error)

with places.picture:
    if drawn is None:
        st.error("This stretch of p cannot be drawn.")
        st.text(wrong)
    else:
        shared = {
            "curve": drawn.curve,
            "tops": {"p": [best.p] if (best := drawn.found.best) else []},
            "run": data.balls(setting.product, both, drawn, setting.start),
            "view": {name: [value] for name, value in drawn.view.items()},
        }
        left, right = st.columns(2)
        with left:
            show(charts.product(drawn.negative), shared, key="product", size="main",
                 alt=panels.finding("product", both, drawn))  # fmt: skip
            if both is not None:
                panels.update("product", both, drawn, setting)
            else:
                st.container(key="instead-left").error("There is nothing to climb here.")
        with right:
            show(charts.logarithm(drawn.negative), shared, key="logarithm", size="main",
                 alt=panels.finding("log", both, drawn))  # fmt: skip
            if both is not None:
                panels.update("log", both, drawn, setting)
            else:
                st.container(key="instead-right").text(wrong)

if drawn is not None:
    panels.maximiser(drawn, setting)
REASONS = {"terms": terms.draw, "rate": rates.draw, "digits": digits.draw, "tiny": tiny.draw}
if reason := controls.LOOK.draw():
    REASONS[reason](setting)
