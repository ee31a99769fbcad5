"""Lots of tiny things: n probabilities multiplied in each type, and their logarithms added."""

import numpy as np
import streamlit as st

from calc.likelihood import LikelihoodError, Underflow
from calc.numbers import written, written_exp
from pages.log_versus_product import charts
from pages.log_versus_product import columns as data
from pages.log_versus_product.controls import LEAST, MOST, SEED, N, Setting
from pages.log_versus_product.looks.tables import table
from pages.shared.charts import show
from pages.shared.layout import lead_to

SUM_DIGITS = 8
"""So many show what each type has lost."""


def draw(setting: Setting) -> None:
    """n probabilities multiplied in each type, and their logs added."""
    one, two, three, four = st.columns(4)
    n = int(N.draw(one))
    low, high = LEAST.draw(two, slider=True, step=0.05), MOST.draw(three, slider=True, step=0.05)
    seed = SEED.draw(four, slider=False)
    try:
        every, close = data.vanished(n, low, high, seed)
    except LikelihoodError as wrong:
        st.error("These are no probabilities to draw from.")
        st.text(str(wrong))
        return
    left, right = st.columns([5, 4])
    with left:
        show(charts.vanishing(), data.running(close), key="vanishing", alt=every.text)
    with right:
        show(
            charts.sums(), {"sums": data.sums(every)}, key="sums",
            alt=f"The sum of {n:,} logs falls steadily to {written(every.log_sum[-1], 6)}; only float16 loses it.",
        )  # fmt: skip
    _ends(every)
    st.caption(
        "The likelihood of n data points is a product of n probabilities. It is 0 in every type long before a million, "
        "and so is its gradient. The sum of their logs keeps falling at the same pace, and leads to the log loss."
    )
    lead_to("log-loss", "Minus that sum, divided by n: the log loss", show="classifier")


def _ends(every: Underflow) -> None:
    """How the product and the sum ended in each type, and in truth."""
    rows = [
        (
            name,
            "never" if run.zero_at is None else f"{run.zero_at:,}",
            written(float(run.last)),
            written(float(run.log_sum[-1]), SUM_DIGITS),
        )
        for name, run in every.types.items()
    ]
    last = every.log10[-1]
    power = written_exp(every.log_sum[-1], 4)
    rows.append(
        ("truth", "never" if np.isfinite(last) else "–", power, written(every.log_sum[-1], SUM_DIGITS))
    )
    table(("type", "the product is 0 from factor", "last product", "sum of logs"), rows)
