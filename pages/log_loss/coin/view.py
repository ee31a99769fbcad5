"""The coin: k heads of n, likelihood, log-likelihood and log loss on one axis, least and greatest at k/n."""

import streamlit as st

from calc.likelihood import coin, derivative_latex
from calc.numbers import counted, written
from pages.log_loss.coin import charts, controls
from pages.log_loss.coin import columns as data
from pages.shared.charts import Size, show
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player, readout
from pages.shared.run import Big

TITLES = {"likelihood": "likelihood L", "logarithm": "log-likelihood ln L", "loss": "log loss −(ln L)/n"}
ROW = """
<tr><th>{title}</th><td><b data-name="{name}" data-digits="4"></b></td>
<td><b data-name="{name}_slope" data-digits="4"></b></td></tr>
"""
READOUT = f"""
<div class="bigs">{Big("p =", "p").html()}{Big("log loss", "loss").html()}</div>
<table><tr><td></td><th>value</th><th>slope</th></tr>
{"".join(ROW.format(name=name, title=title) for name, title in TITLES.items())}</table>
"""


def draw(places: Places) -> None:
    """The whole view of the coin: three curves and their slopes; below them the derivation."""
    with places.controls:
        heads, tosses = controls.choose()
    run, of_charts = data.curves(heads, tosses)
    best = written(heads / tosses, 6)

    def curve(name: str, size: Size) -> None:
        show(
            charts.curve(TITLES[name], "log" if name == "loss" else "curve"), of_charts[name],
            key=f"coin-{name}", size=size,
            alt=f"The {TITLES[name]} of {counted(heads, 'head')} in {counted(tosses, 'toss', 'tosses')} against p: "
            f"{'least' if name == 'loss' else 'greatest'} at p = {best}.",
        )  # fmt: skip

    with places.head:
        player(data.STEPS)
    with places.picture:
        left, right = st.columns([4, 5])
        with left:
            curve("likelihood", "side")
            curve("logarithm", "side")
        with right:
            curve("loss", "main")
            readout(READOUT, run, key="coin-readout")
    st.header(
        f"{counted(heads, 'head')} of {counted(tosses, 'toss', 'tosses')}: the maximiser is k/n = {best}",
        anchor=False,
    )
    st.markdown(derivation(heads, tosses))


@kept
def derivation(heads: int, tosses: int) -> str:
    """The derivative set to zero, line by line, with these numbers; an end of the axis where it never is."""
    product, tails = coin(heads, tosses), tosses - heads
    best = written(heads / tosses, 6)
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
            rf"p = \frac{{k}}{{n}} = \frac{{{heads}}}{{{tosses}}} = {best}",
        ]
        words = "The logarithm rises, so both have the same maximiser; the log loss is least there."
    else:
        side, sign = ("heads", "above") if heads else ("tails", "below")
        words = (
            f"Only {side}: the derivative stays {sign} zero and is never zero between 0 and 1. The likelihood is "
            f"greatest at the end p = {best}, which is k/n all the same: after {tosses} "
            f"{'toss' if tosses == 1 else 'tosses'} it calls the other side impossible."
        )
    return "\n\n".join([*(f"$\\displaystyle {line}$" for line in lines), words])
