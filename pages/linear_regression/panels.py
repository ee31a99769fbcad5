"""The parts of `linear-regression` below its charts, and the update with its numbers put in."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import chain

import numpy as np
import pandas as pd
import streamlit as st

from calc.datasets import to_csv
from calc.descent import METHODS, Advice, Status
from calc.descent.advice import advised, in_order, larger_rates, more_steps, smaller_rates
from calc.numbers import Result, counted, holding, written
from calc.regression import DescentSettings, Fit
from pages.linear_regression.columns import fitted
from pages.linear_regression.controls import BATCH, STEPS
from pages.linear_regression.program import program
from pages.linear_regression.table import Points
from pages.shared import run
from pages.shared.memory import kept
from pages.shared.tables import show_table

AT = '◆ <span data-name="x-title"></span> = <span data-name="at" data-digits="10"></span>:'
WEIGHTS = '<mi mathvariant="bold">w</mi>'
GRADIENT = {
    "gradient-descent": "<mo>∇</mo><mi>L</mi>",
    "stochastic": "<mo>∇</mo><msub><mi>L</mi><mi>B</mi></msub>",
}

MEANT = {"gradient-descent": "w is (slope, intercept), ∇L the slope of the loss L along each.<br>"}
"""A line of its own, which no number before it moves."""


@kept
def ended(points: Points, how: DescentSettings) -> Status:
    """How the run ended, and what would help."""
    fit = fitted(points, how)
    rate, limit, most = fit.rate, fit.limit, min(BATCH.high, points.sums.n)
    batches = (
        [Advice("batch", most, f"Take larger mini-batches, of {most} rows.")]
        if fit.batch is not None and fit.batch < most
        else []
    )
    candidates = in_order(
        fit.status,
        chain(batches, smaller_rates(rate, limit)),
        chain(more_steps(how.steps, STEPS.high), larger_rates(rate, limit)),
    )

    def again(advice: Advice) -> tuple[Status, float]:
        whole = int(advice.value)
        match advice.control:
            case "rate":
                changed = replace(how, rate=advice.value)
            case "steps":
                changed = replace(how, steps=whole)
            case _:
                changed = replace(how, batch=whole)
        then = fitted(points, changed)
        return then.status, float(then.loss[-1])

    return advised(fit.status, float(fit.loss[-1]), candidates, again)


def update(fit: Fit, points: Points, at: float, status: Status) -> None:
    """The update rule with the numbers of the step shown, and what the line predicts there."""
    names = ("slope", "intercept")
    columns: dict[str, run.Column] = {
        **run.coordinates(names, fit.w, fit.rate, fit.step_gradient if fit.method in GRADIENT else None),
        "loss": fit.loss, "at": at, "prediction": fit.predict(at),
        "data-slope": fit.slope, "data-intercept": fit.intercept,
    }  # fmt: skip
    units = (
        f'In the data\'s units: slope <b data-name="data-slope" data-prefix="{points.prefix}" data-digits="6"></b>, '
        f'intercept <b data-name="data-intercept" data-prefix="{points.prefix}" data-digits="6"></b>. '
    )
    run.numbers(
        run.Update(
            WEIGHTS, run.direction(fit.method, GRADIENT.get(fit.method, ""), WEIGHTS),
            {name: f"<mtext>{name}</mtext>" for name in names},
        ),
        columns,
        [
            run.Big("loss", "loss"),
            run.Big(AT, "prediction", 6, prefix=points.prefix),
        ],
        verdict=run.times_the_least(fit.loss, fit.best_loss, "loss"),
        status=status,
        small=MEANT.get(fit.method, "") + (units if fit.standardise else "") + run.WHERE[fit.method],
        texts={"x-title": points.x_title},
    )  # fmt: skip


def curvature(fit: Fit) -> None:
    """What decides which rates converge, and what computed the run."""
    bend = fit.curvature
    eigenvalues = (bend.lambda_min, 4), (bend.lambda_max, 4)
    digits = (
        4
        + holding(
            eigenvalues,
            Result(lambda least, most: 2 / most, bend.diverges_above, 5),
            Result(lambda least, most: 2 / (least + most), bend.best_rate, 5),
        ).more
    )
    st.markdown(
        "**Which rates converge.** The valley bends by "
        rf"$\lambda_{{\min}}$ = {written(bend.lambda_min, digits)} where it is flattest and by $\lambda_{{\max}}$ = "
        rf"{written(bend.lambda_max, digits)} where it is steepest (its curvature); their ratio, the condition number, "
        f"is {written(bend.condition)}. Gradient descent diverges above "
        rf"$2/\lambda_{{\max}}$ = {written(bend.diverges_above, 5)}; its best fixed rate is "
        rf"$2/(\lambda_{{\min}} + \lambda_{{\max}})$ = {written(bend.best_rate, 5)}. Computed by {fit.backend.label}."
    )


ENDED = {
    "converged": "arrived",
    "moving": "still on its way",
    "oscillating": "swinging to and fro",
    "diverged": "diverges",
}


def way(fit: Fit) -> str:
    """What the path in the contour shows, in words."""
    steps = counted(len(fit.loss) - 1, "step")
    match fit.status.kind:
        case "converged":
            return f"the path arrives there by step {fit.status.step}"
        case "diverged":
            return f"the path leads away from it and out of the picture: it diverges from step {fit.status.step} on"
        case "oscillating":
            return f"after {steps} the path still swings to and fro across it"
    return f"after {steps} the path is still on its way there"


def of_run(fit: Fit) -> str:
    """Method, rate and data of a run."""
    data = "standardised" if fit.standardise else "raw data"
    return f"{METHODS[fit.method].title}, η = {written(fit.rate)}, {data}"


NO_SPREAD = "none: all y are equal"
"""R² is the share of the variance of y that is explained."""


def in_numbers(runs: Mapping[str, Fit], points: Points) -> None:
    """Every run beside least squares: the line, the loss, RMSE, R², the steps to within 1%."""
    fit = runs["This run"]
    spread = fit.sums.syy / fit.sums.n
    rows = {
        name: (
            written(each.line.slope, 6, points.prefix),
            written(each.line.intercept, 6, points.prefix),
            written(each.loss[-1], 5),
            written(each.rmse, 6, points.prefix),
            written(each.r2, 6) if spread > 0 else NO_SPREAD,
            "not yet" if each.steps_to_within() is None else str(each.steps_to_within()),
            f"{of_run(each)}: {ENDED[each.status.kind]}",
        )
        for name, each in runs.items()
    }
    rows["Best line (least squares)"] = (
        written(fit.best.slope, 6, points.prefix),
        written(fit.best.intercept, 6, points.prefix),
        written(fit.best_loss, 5),
        written(fit.best_loss**0.5, 6, points.prefix),
        written(1 - fit.best_loss / spread, 6) if spread > 0 else NO_SPREAD,
        "–",
        "exact, by formula",
    )
    names = [
        "run", "slope", "intercept", "loss", "typical error (RMSE)", "share explained (R²)",
        "steps to within 1% of the least loss", "how it ended",
    ]  # fmt: skip
    # A dollar sign would begin a formula.
    cells = {name: [cell.replace("$", r"\$") for cell in row] for name, row in rows.items()}
    # The rows have the colours of their lines: see runs.css.
    with st.container(key="runs"):
        show_table([dict(zip(names, (name, *row), strict=True)) for name, row in cells.items()])


def every_step(fit: Fit) -> None:
    """The whole run as a table and as CSV."""
    table = pd.DataFrame(
        {
            "step": np.arange(len(fit.loss)),
            "slope": fit.slope,
            "intercept": fit.intercept,
            "loss": fit.loss,
            "dL/dslope": fit.gradient[:, 0],
            "dL/dintercept": fit.gradient[:, 1],
        }
    )
    # A run that diverged has numbers of hundreds of digits.
    short = {name: st.column_config.NumberColumn(format="%.7g") for name in table.columns[1:]}
    st.dataframe(table, hide_index=True, height=260, column_config=short)
    if fit.standardise:
        st.caption("Slope, intercept and loss in the data's units; the two derivatives in standardised ones.")
    st.download_button("Download as CSV", to_csv(table), "downhill-run.csv", "text/csv", on_click="ignore")


LOSS = (
    r"L(\text{slope}, \text{intercept}) = "
    r"\frac1n \sum_{i=1}^n (y_i - (\text{slope} \cdot x_i + \text{intercept}))^2"
)


@cache
def partials() -> tuple[str, str]:
    """The two partial derivatives of the square loss as LaTeX, differentiated by SymPy."""
    import sympy

    i, n = sympy.symbols("i n", integer=True, positive=True)
    slope, intercept = sympy.symbols("slope intercept", real=True)
    x, y = sympy.IndexedBase("x"), sympy.IndexedBase("y")
    loss = sympy.Sum((slope * x[i] + intercept - y[i]) ** 2, (i, 1, n)) / n
    names = {slope: r"\text{slope} \cdot ", intercept: r"\text{intercept}"}
    by_slope, by_intercept = (
        sympy.latex(sympy.factor_terms(loss.diff(by)), symbol_names=names) for by in (slope, intercept)
    )
    return by_slope, by_intercept


def derivation(fit: Fit, points: Points, seed: int) -> None:
    """The rates that converge, the loss, its partial derivatives, the update, and the very source that ran."""
    curvature(fit)
    by_slope, by_intercept = partials()
    method = METHODS[fit.method]
    left, right = st.columns(2)
    with left:
        st.markdown("**The loss** is the mean of the squared residuals:")
        st.latex(LOSS)
        st.markdown("**Its two partial derivatives**, by SymPy:")
        st.latex(r"\frac{\partial L}{\partial\,\text{slope}} = " + by_slope)
        st.latex(r"\frac{\partial L}{\partial\,\text{intercept}} = " + by_intercept)
        st.markdown(f"**The update**, {method.title.lower()}, with w = (slope, intercept):")
        st.latex(method.formula)
        st.caption(method.reference)
    with right:
        st.markdown("**The code that ran**, as it stands in this app:")
        st.code(method.source, height=430, wrap_lines=True)
    st.markdown("**The same run to take home**, in plain NumPy:")
    code = program(fit, points, seed)
    st.code(code, height=260, wrap_lines=True)
    st.download_button("Download the program", code, "downhill_run.py", "text/x-python", on_click="ignore")
