"""The classifier: logistic regression by gradient descent on the log loss, in linked views."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.log_loss.classifier import charts, panels
from pages.log_loss.classifier import columns as data
from pages.log_loss.classifier import table as log_table
from pages.log_loss.classifier.columns import Setting
from pages.log_loss.classifier.table import Table
from pages.shared import links, rates
from pages.shared.charts import show
from pages.shared.player import player

LOSSES = {"log": "Log loss", "square": "Square loss"}
PARAMETERS = log_table.PARAMETERS | {
    "loss": links.choice(LOSSES),
    "rate": rates.accepts,
    "exact": links.number(1e-300, 1e300),
    "steps": links.integer(1, 500),
    "wrong": links.FLAG,
}


def choose() -> tuple[Table, Setting]:
    """Draw the controls and give back what they say."""
    table = log_table.choose()
    loss = links.segmented("Descend on the", LOSSES, key="loss")
    safe = data.fitted(table, loss, None, 0, False).safe_below
    rate = rates.choose_rate(10 * safe, safe / 2, diverges=False)
    st.caption(f"Below {safe:.3g} no step can raise the {LOSSES[loss].lower()} on these data.")
    wrong = st.toggle(
        "Start confidently wrong",
        key="wrong",
        bind="query-params",
        help="Start with weights that call every positive point negative, and are sure of it.",
    )
    with st.popover("Steps, exact rate", width="stretch"):
        steps = st.slider("Steps", 1, 500, 100, key="steps", bind="query-params")
        rates.exact_rate()
    return table, Setting(loss, rate, steps, wrong)


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of the classifier."""
    with left:
        table, setting = choose()
    fits = {loss: data.fitted(table, loss, setting.rate, setting.steps, setting.wrong) for loss in LOSSES}
    fit = fits[setting.loss]
    run, dots, curves = data.run(table, fits, setting.loss), data.points(table), data.curves()
    right_answers = fit.accuracy()
    (x0, x1), (y0, y1) = data.box(table)
    with right:
        player(setting.steps, at=links.step())
        top_left, top_right = st.columns(2)
        with top_left:
            show(
                charts.plane(*table.names),
                key="plane",
                alt=f"{len(table.y)} points with label 0 or 1 and the boundary between them: after "
                f"{setting.steps} steps {right_answers[-1]:.0%} lie on their side. {fit.status.text}",
                points=dots,
                run=run["run"],
                view={"x0": [x0], "x1": [x1], "y0": [y0], "y1": [y1]},
            )
        with top_right:
            show(
                charts.sigmoid(),
                key="sigmoid",
                alt="Every point on the sigmoid at its score z, with a line to its label: training shortens them.",
                curve=curves["sigmoid"],
                points=dots,
                run=run["run"],
                view=run["reach"],
            )
        low_left, low_right = st.columns(2)
        with low_left:
            show(
                charts.losses(),
                key="losses",
                alt=f"Mean loss by step: the log loss goes from {fits['log'].loss[0]:.4g} to "
                f"{fits['log'].loss[-1]:.4g}, the square loss from {fits['square'].loss[0]:.4g} to "
                f"{fits['square'].loss[-1]:.4g}.",
                run=run["run"],
                **data.paths(fits),
            )
        with low_right:
            show(
                charts.margins(setting.loss),
                key="margins",
                alt="Each point's own loss by its margin: the log loss grows without end for a confident wrong "
                "answer, the square loss stays below 1.",
                curves=curves["losses"],
                points=dots,
                run=run["run"],
                view=run["reach"],
            )
        panels.update(fit, right_answers)
    panels.status(fit)
    panels.in_numbers(table, fits)
    panels.why()
    panels.more(table, fit)
