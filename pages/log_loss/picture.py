"""The lesson's live picture for the home page: points move along the sigmoid to their sides."""

from functools import lru_cache

import altair as alt
import numpy as np

from calc.datasets import sentiment
from calc.logistic import fit as fit_classifier
from calc.logistic import sigmoid
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, show, spec
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """Sentences move along the sigmoid to their sides while a classifier learns."""
    dots, run = _classifying()
    z = np.linspace(-5, 5, 101)
    show(
        _sigmoid(), {"curve": {"z": z, "p": sigmoid(z)}, "dots": dots, "run": run}, key="picture-log-loss", size="card",
        alt="Points of two classes slide along the sigmoid: one class towards probability 1, the other towards 0.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _classifying() -> tuple[Columns, Columns]:
    table = sentiment()
    words = table[["good", "bad"]].to_numpy(dtype=float)
    learnt = fit_classifier(words, table["positive"], rate=1.0, steps=PICTURE_STEPS)
    rows = table.groupby(["good", "bad", "positive"]).size().reset_index(name="count")
    names = {"x": "good", "y": "bad", "label": "positive", "count": "count"}
    dots = {name: rows[column].to_numpy() for name, column in names.items()}
    w = learnt.weights
    return dots, {"w1": w[:, 0], "w2": w[:, 1], "b": learnt.intercept}


@built_once
def _sigmoid() -> Spec:
    x = alt.X("z:Q", title="score", scale=alt.Scale(domain=[-5, 5]))
    y = alt.Y("p:Q", title="probability", scale=alt.Scale(domain=[-0.04, 1.04], nice=False))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["1", "0", "curve"]), legend=None)
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .transform_calculate(kind="'curve'")
        .mark_line(size=3)
        .encode(x=x, y=y, color=colour)
    )
    points = alt.Chart(alt.NamedData("dots")).transform_calculate(
        z="now.w1 * datum.x + now.w2 * datum.y + now.b", p="1 / (1 + exp(-datum.z))", kind="'' + datum.label"
    )
    gaps = points.mark_rule(size=2, opacity=0.5, clip=True).encode(x=x, y=y, y2="label:Q", color=colour)
    size = alt.ExprRef("60 + 30 * datum.count")
    dots = points.mark_circle(opacity=0.9, size=size, clip=True).encode(x=x, y=y, color=colour)
    chart = alt.layer(curve, gaps, dots, held("run"))
    return spec(chart.add_params(FRAME, NOW).properties(height=300))
