"""The coin: k heads of n, likelihood, log-likelihood and log loss on one axis, least and greatest at k/n."""

from functools import lru_cache

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.likelihood import coin, derivative_latex, maximise
from pages.log_loss.coin import charts
from pages.shared import links
from pages.shared.charts import Columns, show
from pages.shared.player import player, readout

PARAMETERS = {"heads": links.integer(0, 100), "tails": links.integer(0, 100)}
STEPS = 100
"""The player walks p from 0 to 1 in hundredths."""

CURVES = (
    ("likelihood L", "likelihood", "curve", 150),
    ("log-likelihood ln L", "logarithm", "curve", 150),
    ("log loss −(ln L)/n", "loss", "log", 180),
)
READOUT = """
<div>p = <span class="big" data-name="p"></span></div>
<div>likelihood <b data-name="likelihood" data-digits="4"></b>, slope
<b data-name="likelihood_slope" data-digits="4"></b></div>
<div>log-likelihood <b data-name="logarithm" data-digits="5"></b>, slope
<b data-name="logarithm_slope" data-digits="5"></b></div>
<div>log loss <b data-name="loss" data-digits="5"></b>, slope <b data-name="loss_slope" data-digits="5"></b></div>
"""


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of the coin: controls on the left, curves and derivation on the right."""
    with left:
        heads = st.slider("Heads k", 0, 100, 7, key="heads", bind="query-params")
        tails = st.slider("Tails n − k", 0, 100, 3, key="tails", bind="query-params")
        if heads + tails == 0:
            st.error("A coin that was never tossed tells nothing. Shown: one toss, one head.")
            heads = 1
        tosses = heads + tails
        st.markdown(f"**{heads} heads of {tosses} tosses.** The maximiser is k/n = **{heads / tosses:.6g}**.")
        st.caption("The player walks p from 0 to 1: watch the three tangents become level at the same p.")
    found = curves(heads, tosses)
    with right:
        player(STEPS, at=links.step())
        drawn, words = st.columns([3, 2], gap="medium")
        with drawn:
            for title, column, kind, height in CURVES:
                show(
                    charts.curve(title, column, kind, height),
                    key=f"coin-{column}",
                    alt=f"The {title} of {heads} heads in {tosses} tosses against p: "
                    f"{'least' if column == 'loss' else 'greatest'} at p = {heads / tosses:.6g}.",
                    curve={name: found["curve"][name] for name in ("p", column)},
                    run={name: drawable(found["run"][name]) for name in ("p", column, f"{column}_slope")},
                    best={"p": [heads / tosses]},
                    view=found[column],
                )
        with words:
            readout(READOUT, found["run"], key="coin-readout")
            st.markdown(derivation(heads, tosses))


def drawable(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)


@lru_cache(maxsize=512)
def curves(heads: int, tosses: int) -> dict[str, Columns]:
    """The three curves with their slopes along p, the same at the player's steps, and the ends of their axes."""
    best = heads / tosses
    fine = np.unique(np.r_[np.linspace(0, 1, 201), best])
    curve, run = _at(fine, heads, tosses), _at(np.linspace(0, 1, STEPS + 1), heads, tosses)
    least = float(np.nanmin(curve["loss"]))
    # The log loss is infinite at an end of the axis; what is 1.5 above the least shows its shape.
    ends = {
        "likelihood": (0.0, 1.08 * float(np.max(curve["likelihood"]))),
        "logarithm": (-tosses * (least + 1.5), -tosses * (least - 0.1)),
        "loss": (least - 0.1, least + 1.5),
    }
    views = {name: {"low": [low], "high": [high]} for name, (low, high) in ends.items()}
    shown = {name: drawable(values) for name, values in curve.items()}
    return {"curve": shown, "run": run, **views}


def _at(p: np.ndarray, heads: int, tosses: int) -> dict[str, np.ndarray]:
    product = coin(heads, tosses)
    with np.errstate(all="ignore"):
        logarithm, slope = product.log_abs(p), product.log_derivative(p)
        # At the maximiser rounding would leave 1e-16 of a slope that is zero.
        slope = np.where(np.abs(heads - tosses * p) < 1e-12 * tosses, 0.0, slope)
        likelihood = np.exp(logarithm)
        return {
            "p": p,
            "likelihood": likelihood,
            "likelihood_slope": np.where(likelihood > 0, likelihood * slope, 0.0),
            "logarithm": logarithm,
            "logarithm_slope": slope,
            "loss": -logarithm / tosses,
            "loss_slope": (0.0 - slope) / tosses,
        }


@lru_cache(maxsize=512)
def derivation(heads: int, tosses: int) -> str:
    """The derivative set to zero, line by line, with these numbers; an end of the axis where it never is."""
    product, tails = coin(heads, tosses), tosses - heads
    found = maximise(product).best
    logarithm = " + ".join(
        f"{count if count > 1 else ''} \\ln {of}" for count, of in ((heads, "p"), (tails, "(1-p)")) if count
    )
    lines = [
        rf"L(p) = {product.latex()}",
        rf"\ln L(p) = {logarithm}",
        rf"\frac{{d}}{{dp}} \ln L = {derivative_latex(product)}",
    ]
    if heads and tails:
        lines += [
            rf"= 0 \iff {heads}\,(1 - p) = {tails}\,p",
            rf"\iff {heads} = {tosses}\,p",
            rf"p = \frac{{k}}{{n}} = \frac{{{heads}}}{{{tosses}}} = {found.p:.6g}",
        ]
        words = "The logarithm rises, so both have the same maximiser; the log loss is least there."
    else:
        side, sign = ("heads", "above") if heads else ("tails", "below")
        words = (
            f"Only {side}: the derivative stays {sign} zero and is never zero between 0 and 1. The likelihood is "
            f"greatest at the end p = {found.p:g}, which is k/n all the same: after {tosses} "
            f"{'toss' if tosses == 1 else 'tosses'} it calls the other side impossible."
        )
    return "\n\n".join([*(f"$\\displaystyle {line}$" for line in lines), words])
