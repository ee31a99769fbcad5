"""The classifier: logistic regression by gradient descent on the log loss, in linked views."""

import streamlit as st

from calc.logistic import Loss
from calc.numbers import share, written
from pages.log_loss.classifier import charts, controls, panels
from pages.log_loss.classifier import columns as data
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.player import player

LOSSES: tuple[Loss, ...] = ("log", "square")


def draw(places: Places) -> None:
    """The whole view of the classifier."""
    with places.controls:
        setting = controls.choose(places.rate)
    table = setting.table
    fits = {loss: data.fitted(table, loss, setting.rate, setting.steps, setting.wrong) for loss in LOSSES}
    with places.head:
        player(setting.steps)
    with places.picture:
        _picture(setting, fits)
    if setting.said is not None:
        with setting.answer:
            panels.answer(fits[setting.loss], setting.said)
    panels.more(table, fits, setting.loss)


def _picture(setting: controls.Setting, fits: data.Fits) -> None:
    """All that the player moves."""
    table, fit = setting.table, fits[setting.loss]
    status = panels.ended(setting, fit)
    good, others = (share(each.accuracy()[-1]) for each in (fit, fits[panels.OTHER[setting.loss]]))
    run, dots, curves = data.run(table, fits, setting.loss), data.points(table), data.curves()
    (x0, x1), (y0, y1) = data.box(table)
    said = data.said(setting.said, table)
    left, right = st.columns(2)
    with left:
        show(
            charts.plane(*table.axes, *table.labels),
            {
                "points": dots,
                "said": said,
                "run": run["boundary"],
                "view": {"x0": [x0], "x1": [x1], "y0": [y0], "y1": [y1]},
            },
            key="plane",
            size="main",
            alt=f"{len(table.y)} points, {' or '.join(table.labels)}, and the boundary between them: after "
            f"{setting.steps} steps {good} lie on their side, by the other loss {others}. The plane is shaded by the "
            f"probability of {table.labels[0]}. {status.text}",
        )
    with right:
        show(
            charts.sigmoid(table.score, f"probability p of {table.labels[0]}"),
            {
                "curve": curves["sigmoid"],
                "points": dots,
                "said": said,
                "run": run["score"],
                "view": run["reach"],
            },
            key="sigmoid",
            size="main",
            alt="Every point on the sigmoid at its score z, with a line to its label: training shortens them.",
        )
    left, middle, right = st.columns([3, 3, 5])
    with left:
        ends = {name: [written(value) for value in each.loss[[0, -1]]] for name, each in fits.items()}
        show(
            charts.losses(),
            {"run": run["losses"], **data.paths(fits)},
            key="losses",
            size="side",
            alt="Mean loss by step: "
            + ", ".join(f"the {name} loss goes from {a} to {b}" for name, (a, b) in ends.items())
            + ".",
        )
    with middle:
        show(
            charts.margins(setting.loss),
            {"curves": curves["losses"], "points": dots, "run": run["score"], "view": run["reach"]},
            key="margins",
            size="side",
            alt="Each point's own loss by its margin: the log loss grows without end for a confident wrong "
            "answer, the square loss stays below 1.",
        )
    with right:
        panels.update(setting, fits, status)
