"""The classifier: logistic regression by gradient descent on the log loss, in linked views."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.logistic import Loss
from pages.log_loss.classifier import charts, controls, panels
from pages.log_loss.classifier import columns as data
from pages.shared.charts import show, titled
from pages.shared.player import player

LOSSES: tuple[Loss, ...] = ("log", "square")


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of the classifier."""
    with left:
        setting = controls.choose()
    table = setting.table
    fits = {loss: data.fitted(table, loss, setting.rate, setting.steps, setting.wrong) for loss in LOSSES}
    fit = fits[setting.loss]
    run, dots, curves = data.run(table, fits, setting.loss), data.points(table), data.curves()
    right_answers = fit.accuracy()
    (x0, x1), (y0, y1) = data.box(table)
    with right:
        player(setting.steps)
        top_left, top_right = st.columns(2)
        with top_left:
            show(
                titled(charts.plane(), dict(zip("xy", table.names, strict=True))),
                {
                    "points": dots,
                    "run": run["run"],
                    "view": {"x0": [x0], "x1": [x1], "y0": [y0], "y1": [y1]},
                },
                key="plane",
                alt=f"{len(table.y)} points with label 0 or 1 and the boundary between them: after "
                f"{setting.steps} steps {right_answers[-1]:.0%} lie on their side. {fit.status.text}",
            )
        with top_right:
            show(
                charts.sigmoid(),
                {"curve": curves["sigmoid"], "points": dots, "run": run["run"], "view": run["reach"]},
                key="sigmoid",
                alt="Every point on the sigmoid at its score z, with a line to its label: training shortens them.",
            )
        low_left, low_right = st.columns(2)
        with low_left:
            show(
                charts.losses(),
                {"run": run["run"], **data.paths(fits)},
                key="losses",
                alt=f"Mean loss by step: the log loss goes from {fits['log'].loss[0]:.4g} to "
                f"{fits['log'].loss[-1]:.4g}, the square loss from {fits['square'].loss[0]:.4g} to "
                f"{fits['square'].loss[-1]:.4g}.",
            )
        with low_right:
            show(
                charts.margins(setting.loss),
                {"curves": curves["losses"], "points": dots, "run": run["run"], "view": run["reach"]},
                key="margins",
                alt="Each point's own loss by its margin: the log loss grows without end for a confident wrong "
                "answer, the square loss stays below 1.",
            )
        panels.update(fit, right_answers)
    panels.status(fit)
    panels.in_numbers(table, fits)
    panels.why()
    panels.more(table, fit)
