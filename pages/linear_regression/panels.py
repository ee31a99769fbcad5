"""The parts of `linear-regression` below its charts, and the update with its numbers put in."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import streamlit as st

from calc.datasets import to_csv
from calc.descent import METHODS
from calc.regression import Fit
from pages.linear_regression.program import program
from pages.linear_regression.table import Points
from pages.shared.player import readout
from pages.shared.tables import show_table

DIRECTION = {
    "gradient-descent": "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi>{}</mrow></mfrac>",
    "stochastic": "<mfrac><mrow><mi>∂</mi><msub><mi>L</mi><mi>B</mi></msub></mrow>"
    "<mrow><mi>∂</mi>{}</mrow></mfrac>",
    "momentum": "<msub><mi>v</mi>{}</msub>",
    "nesterov": "<msub><mi>d</mi>{}</msub>",
    "adam": "<msub><mi>d</mi>{}</msub>",
}
"""What the rate is multiplied with: the gradient, or what the method makes of the gradients so far."""

WHERE = {
    "gradient-descent": "",
    "stochastic": "B is the mini-batch of this step",
    "momentum": "v is the velocity: 0.9 of the last one, and the gradient",
    "nesterov": "d is the gradient and 0.9 of the velocity",
    "adam": "d is the mean gradient, divided by its typical size",
}
"""What the symbol in the update stands for; the whole formula is further down the page."""

ROW = """
<mtr><mtd><msub><mtext>{name}</mtext><mn data-name="step" data-part="after"></mn></msub><mo>=</mo>
  <msub><mtext>{name}</mtext><mn data-name="step" data-part="before"></mn></msub>
  <mo>−</mo><mi>η</mi><mo>·</mo>{direction}</mtd></mtr>
<mtr><mtd><mspace width="1.5em"></mspace><mo>=</mo><mn data-name="{name}" data-part="before"></mn><mo>−</mo>
  <mn data-name="rate"></mn><mo>×</mo>
  <mn data-name="{name}-direction" data-part="before" data-brackets data-digits="5"></mn>
  <mo>=</mo><mn class="new" data-name="{name}" data-part="after"></mn></mtd></mtr>"""


@cache
def template(method: str, prefix: str, standardise: bool) -> str:
    """The update as MathML with a slot for each number, and the prediction below it."""
    rows = "".join(
        ROW.format(name=name, direction=DIRECTION[method].format(f"<mtext>{name}</mtext>"))
        for name in ("slope", "intercept")
    )
    units = (
        '<div>in the data\'s units: slope <b data-name="data-slope" data-prefix="{0}" data-digits="0"></b>, '
        'intercept <b data-name="data-intercept" data-prefix="{0}" data-digits="0"></b></div>'
        if standardise
        else ""
    )
    return (
        f'<math display="block"><mtable>{rows}</mtable></math><div>{WHERE[method]}</div>{units}'
        '<div><span data-name="at"></span> <span data-name="x-title"></span>: predicted '
        '<span class="big" data-name="prediction" data-prefix="{0}" data-digits="0"></span></div>'
    ).replace("{0}", prefix)


def update(fit: Fit, points: Points, at: float) -> None:
    """The update rule with the numbers of the step shown, moved by the player."""
    with np.errstate(all="ignore"):
        direction = -np.diff(fit.w, axis=0) / fit.rate
    if fit.method in ("gradient-descent", "stochastic"):
        direction = fit.step_gradient
    columns: dict[str, np.ndarray | float] = {
        "slope": fit.w[:, 0],
        "intercept": fit.w[:, 1],
        "slope-direction": direction[:, 0],
        "intercept-direction": direction[:, 1],
        "rate": fit.rate,
        "at": at,
        "prediction": fit.predict(at),
        "data-slope": fit.slope,
        "data-intercept": fit.intercept,
    }
    html = template(fit.method, points.prefix, fit.standardise)
    readout(html, columns, {"x-title": points.x_title}, key="update")


def money(value: float, prefix: str) -> str:
    """A number of the data's units for a table: whole where it is some money, else of four digits."""
    if not np.isfinite(value):
        return str(value)
    text = f"{abs(value):,.0f}" if 1000 <= abs(value) < 1e15 else f"{abs(value):,.4g}"
    return ("−" if value < 0 else "") + (prefix if abs(value) < 1e15 else "") + text


def status(fit: Fit, steps: int) -> None:
    """How the run ended, in the colour of its kind, and what computed it."""
    box = {"converged": st.success, "moving": st.info, "oscillating": st.warning, "diverged": st.error}
    box[fit.status.kind](fit.status.text)
    bend = fit.curvature
    st.caption(
        rf"Curvature of this loss: $\lambda_{{\min}}$ = {bend.lambda_min:.4g}, $\lambda_{{\max}}$ = "
        rf"{bend.lambda_max:.4g}, condition number {bend.condition:.4g}. Gradient descent diverges above "
        rf"$2/\lambda_{{\max}}$ = {bend.diverges_above:.5g}; its best fixed rate is "
        rf"$2/(\lambda_{{\min}} + \lambda_{{\max}})$ = {bend.best_rate:.5g}. Computed by {fit.backend.label}."
    )


def in_numbers(runs: Mapping[str, Fit], points: Points) -> None:
    """Every run beside least squares: the line, the loss, RMSE, R², the steps to within 1%."""
    fit = runs["This run"]
    rows = {
        name: (
            money(run.line.slope, points.prefix),
            money(run.line.intercept, points.prefix),
            f"{run.loss[-1]:.5g}",
            money(run.rmse, points.prefix),
            f"{run.r2:.6g}",
            "not yet" if run.steps_to_within() is None else str(run.steps_to_within()),
            f"{METHODS[run.method].title}, η = {run.rate:.4g}: {run.status.kind}",
        )
        for name, run in runs.items()
    }
    spread = fit.sums.syy / fit.sums.n
    rows["Least squares"] = (
        money(fit.best.slope, points.prefix),
        money(fit.best.intercept, points.prefix),
        f"{fit.best_loss:.5g}",
        money(fit.best_loss**0.5, points.prefix),
        f"{1 - fit.best_loss / spread:.6g}" if spread > 0 else "–",
        "–",
        "exact, by formula",
    )
    names = ["run", "slope", "intercept", "loss", "RMSE", "R²", "steps to within 1%", "how it ended"]
    # A dollar sign would begin a formula.
    cells = {name: [cell.replace("$", r"\$") for cell in row] for name, row in rows.items()}
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
    st.dataframe(table, hide_index=True, height=260)
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
    loss = sympy.Sum((y[i] - (slope * x[i] + intercept)) ** 2, (i, 1, n)) / n
    names = {slope: r"\text{slope} \cdot ", intercept: r"\text{intercept}"}
    by_slope, by_intercept = (
        sympy.latex(sympy.factor_terms(loss.diff(by)), symbol_names=names) for by in (slope, intercept)
    )
    return by_slope, by_intercept


def derivation(fit: Fit, points: Points, seed: int) -> None:
    """The loss, its partial derivatives, the update, and the very source of the method that ran."""
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
        st.code(method.source, height=430)
    st.markdown("**The same run to take home**, in plain NumPy:")
    code = program(fit, points, seed)
    st.code(code, height=260)
    st.download_button("Download the program", code, "downhill_run.py", "text/x-python", on_click="ignore")
