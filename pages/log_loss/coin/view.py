"""The coin: k heads of n, likelihood, log-likelihood and log loss on one axis, least and greatest at k/n."""

import streamlit as st

from calc.likelihood import coin, derivative_latex
from pages.log_loss.coin import charts, controls
from pages.log_loss.coin import columns as data
from pages.shared.charts import show
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player, readout

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


def draw(places: Places) -> None:
    """The whole view of the coin: controls on the left, curves and derivation on the right."""
    with places.controls:
        heads, tosses = controls.choose()
        st.markdown(f"**{heads} heads of {tosses} tosses.** The maximiser is k/n = **{heads / tosses:.6g}**.")
        st.caption("The player walks p from 0 to 1: watch the three tangents become level at the same p.")
    found = data.curves(heads, tosses)
    with places.picture:
        player(data.STEPS)
        drawn, words = st.columns([3, 2], gap="medium")
        with drawn:
            for title, column, kind, height in CURVES:
                run = {name: data.drawable(found["run"][name]) for name in ("p", column, f"{column}_slope")}
                show(
                    charts.curve(title, column, kind, height),
                    {
                        "curve": {name: found["curve"][name] for name in ("p", column)},
                        "run": run,
                        "best": {"p": [heads / tosses]},
                        "view": found[column],
                    },
                    key=f"coin-{column}",
                    alt=f"The {title} of {heads} heads in {tosses} tosses against p: "
                    f"{'least' if column == 'loss' else 'greatest'} at p = {heads / tosses:.6g}.",
                )
        with words:
            readout(READOUT, found["run"], key="coin-readout")
            st.markdown(derivation(heads, tosses))


@kept
def derivation(heads: int, tosses: int) -> str:
    """The derivative set to zero, line by line, with these numbers; an end of the axis where it never is."""
    product, tails = coin(heads, tosses), tosses - heads
    best = heads / tosses
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
            rf"p = \frac{{k}}{{n}} = \frac{{{heads}}}{{{tosses}}} = {best:.6g}",
        ]
        words = "The logarithm rises, so both have the same maximiser; the log loss is least there."
    else:
        side, sign = ("heads", "above") if heads else ("tails", "below")
        words = (
            f"Only {side}: the derivative stays {sign} zero and is never zero between 0 and 1. The likelihood is "
            f"greatest at the end p = {best:g}, which is k/n all the same: after {tosses} "
            f"{'toss' if tosses == 1 else 'tosses'} it calls the other side impossible."
        )
    return "\n\n".join([*(f"$\\displaystyle {line}$" for line in lines), words])
